import WorkbookArrays

/// An operation of one's own: a forward and a backward computation, as static methods, since an
/// operation has no state; what backward needs of forward goes through the context.
///
/// For one input and one output, both methods take and return a `Tensor`. For several inputs,
/// `forward` takes `[Tensor]`, and `backward` returns `[Tensor?]`, nil where an input has no
/// gradient. For several outputs, `forward` returns `[Tensor]` and `backward` takes `[Tensor]`.
///
/// ```swift
/// struct MyReLU: Function {
///   static func forward(_ ctx: Context, _ input: Tensor) -> Tensor {
///     ctx.saveForBackward(input)
///     return input.clamp(min: 0)
///   }
///
///   static func backward(_ ctx: Context, _ gradOutput: Tensor) -> Tensor {
///     let gradInput = gradOutput.clone()
///     gradInput[ctx.savedTensors[0] .< 0] = 0
///     return gradInput
///   }
/// }
///
/// let x = Tensor([-1, 0, 2], requiresGrad: true)
/// let y = MyReLU.apply(x)
/// y.sum().backward()
/// print(y, x.grad!)
/// ```
/// ```output
/// tensor([0., 0., 2.], gradFn: MyReLU) tensor([0., 1., 1.])
/// ```
public protocol Function {
  /// What `forward` takes: `Tensor` or `[Tensor]`.
  associatedtype Input: TensorGroup
  /// What `forward` returns: `Tensor` or `[Tensor]`.
  associatedtype Output: TensorGroup
  /// What `backward` returns: a gradient for each input, `Tensor`, `Tensor?` or `[Tensor?]`.
  associatedtype Gradient: TensorGradients

  /// Computes the outputs; nothing in it is recorded.
  ///
  /// An output of an input's elements, or of another output's, is a view of them: a change of it in
  /// place that would have to be recorded traps, as in PyTorch; return a `clone()` for one that may be
  /// changed.
  static func forward(_ ctx: Context, _ input: Input) -> Output

  /// Computes the gradients of the inputs from those of the outputs, shape for shape.
  ///
  /// An output that took no part in the result has a gradient of zeros.
  static func backward(_ ctx: Context, _ gradOutput: Output) -> Gradient
}

extension Function {
  /// Applies the operation and records it if an input requires a gradient.
  ///
  /// ```swift
  /// struct Square: Function {
  ///   static func forward(_ ctx: Context, _ x: Tensor) -> Tensor {
  ///     ctx.saveForBackward(x)
  ///     return x * x
  ///   }
  ///   static func backward(_ ctx: Context, _ g: Tensor) -> Tensor {
  ///     g * 2 * ctx.savedTensors[0]
  ///   }
  /// }
  /// print(Square.apply(Tensor([3], requiresGrad: true)))
  /// ```
  /// ```output
  /// tensor([9.], gradFn: Square)
  /// ```
  public static func apply(_ input: Input) -> Output {
    let inputs = input._tensors
    let context = Context(needsInputGrad: inputs.map { $0.gradientTarget != nil })
    let outputs = noGrad { forward(context, input) }._tensors.map { $0.values }
    let node =
      context.needsInputGrad.contains(true)
      ? FunctionNode("\(Self.self)", inputs, outputs, context) { gradients in
        backward(context, Output._make(gradients))._gradients
      } : nil
    let storages = (inputs.map(\.values) + outputs).map(\.storage)
    return Output._make(
      outputs.enumerated().map { i, output in
        let isView = storages.count { $0 === output.storage } > 1
        return Tensor(output, node, output: i, isView: isView)
      })
  }
}

extension Function where Input == [Tensor] {
  /// Applies the operation to several inputs.
  public static func apply(_ inputs: Tensor...) -> Output { apply(inputs) }
}

/// What `forward` hands on to `backward`.
///
/// ```swift
/// struct Scale: Function {
///   static func forward(_ ctx: Context, _ inputs: [Tensor]) -> Tensor {
///     ctx.state["factor"] = inputs[1].item()
///     return inputs[0] * inputs[1].item()
///   }
///   static func backward(_ ctx: Context, _ g: Tensor) -> [Tensor?] {
///     [g * (ctx.state["factor"] as! Double), nil]
///   }
/// }
/// let x = Tensor([1, 2], requiresGrad: true)
/// Scale.apply(x, Tensor(10)).sum().backward()
/// print(x.grad!)
/// ```
/// ```output
/// tensor([10., 10.])
/// ```
public final class Context {
  /// For each input, whether its gradient is needed; the others' may be nil.
  public let needsInputGrad: [Bool]
  /// Values other than tensors that `backward` needs, by name.
  public var state: [String: Any] = [:]
  private var saved: [Saved] = []

  init(needsInputGrad: [Bool]) { self.needsInputGrad = needsInputGrad }

  var savesValues: Bool { !saved.isEmpty }

  func release() { saved = [] }

  /// Keeps tensors for `backward`, which traps if they are changed in place before.
  ///
  /// ```swift
  /// struct Divide: Function {
  ///   static func forward(_ ctx: Context, _ inputs: [Tensor]) -> Tensor {
  ///     ctx.saveForBackward(inputs[0], inputs[1])
  ///     return inputs[0] / inputs[1]
  ///   }
  ///   static func backward(_ ctx: Context, _ g: Tensor) -> [Tensor] {
  ///     let (a, b) = (ctx.savedTensors[0], ctx.savedTensors[1])
  ///     return [g / b, -g * a / (b * b)]
  ///   }
  /// }
  /// print(gradcheck({ Divide.apply($0, $1) }, [1, 2], [3, 4]).passed)
  /// ```
  /// ```output
  /// true
  /// ```
  public func saveForBackward(_ tensors: Tensor...) { saved += tensors.map { Saved($0.values) } }

  /// The tensors kept, in order, without history.
  public var savedTensors: [Tensor] { saved.map { Tensor($0.unpacked(for: "savedTensors")) } }
}

/// A tensor or several, as a function takes or returns them.
///
/// ```swift
/// struct SumAndDifference: Function {
///   static func forward(_ ctx: Context, _ x: [Tensor]) -> [Tensor] {
///     [x[0] + x[1], x[0] - x[1]]
///   }
///   static func backward(_ ctx: Context, _ g: [Tensor]) -> [Tensor] {
///     [g[0] + g[1], g[0] - g[1]]
///   }
/// }
/// print(SumAndDifference.apply([5, 7], [1, 2]))
/// ```
/// ```output
/// [tensor([6., 9.]), tensor([4., 5.])]
/// ```
public protocol TensorGroup {
  /// The tensors in order.
  var _tensors: [Tensor] { get }
  /// The group of the given tensors, as many as it takes.
  static func _make(_ tensors: [Tensor]) -> Self
}

/// The gradient of an input or of several; nil where there is none.
///
/// ```swift
/// struct FirstOfTwo: Function {
///   static func forward(_ ctx: Context, _ x: [Tensor]) -> Tensor {
///     x[0].clone()
///   }
///   static func backward(_ ctx: Context, _ g: Tensor) -> [Tensor?] {
///     [g, nil]
///   }
/// }
/// let a = Tensor([1], requiresGrad: true)
/// let b = Tensor([2], requiresGrad: true)
/// FirstOfTwo.apply(a, b).backward()
/// print(a.grad != nil, b.grad != nil)
/// ```
/// ```output
/// true false
/// ```
public protocol TensorGradients {
  /// The gradients in order.
  var _gradients: [Tensor?] { get }
}

extension Tensor: TensorGroup, TensorGradients {
  /// This tensor.
  public var _tensors: [Tensor] { [self] }
  /// This tensor.
  public var _gradients: [Tensor?] { [self] }
  /// The only tensor.
  public static func _make(_ tensors: [Tensor]) -> Tensor { tensors[0] }
}

extension Array: TensorGroup where Element == Tensor {
  /// The tensors in order.
  public var _tensors: [Tensor] { self }
  /// The same tensors.
  public static func _make(_ tensors: [Tensor]) -> [Tensor] { tensors }
}

extension Optional: TensorGradients where Wrapped == Tensor {
  /// This gradient.
  public var _gradients: [Tensor?] { [self] }
}

extension Array: TensorGradients where Element: TensorGradients {
  /// The gradients in order.
  public var _gradients: [Tensor?] { flatMap(\._gradients) }
}

/// The node of a `Function`, which may have several results and computes all gradients at once.
private final class FunctionNode: Node {
  private let isNeeded: [Bool]
  private let outputs: [(shape: [Int], dtype: DType)]
  private var gradients: [Values?]
  private let context: Context
  private var pullback: ([Tensor]) -> [Tensor?]

  init(
    _ name: String, _ inputs: [Tensor], _ outputs: [Values], _ context: Context,
    _ pullback: @escaping ([Tensor]) -> [Tensor?]
  ) {
    self.outputs = outputs.map { ($0.shape, $0.dtype) }
    self.context = context
    self.pullback = pullback
    gradients = outputs.map { _ in nil }
    // `pullback` does the edges' work.
    let edges = inputs.map { Edge($0) { $0 } }
    isNeeded = edges.map { $0 != nil }
    super.init(name, edges.compactMap { $0 })
  }

  override func receive(_ arriving: consuming Values, output: Int) -> Bool {
    let isFirst = gradients.allSatisfy { $0 == nil }
    if gradients[output] == nil {
      gradients[output] = arriving
    } else {
      gradients[output]!.accumulate(arriving)
    }
    return isFirst
  }

  override func propagate(_ walk: inout Walk, retainGraph: Bool) {
    let arrived = zip(gradients, outputs).map { gradient, output in
      Tensor(gradient ?? Values(0, output.shape, output.dtype))
    }
    for (output, gradient) in gradients.enumerated() {
      if let gradient { keep(gradient, output: output) }
    }
    gradients = outputs.map { _ in nil }
    let results = noGrad { pullback(arrived) }
    require(
      results.count == isNeeded.count,
      "\(name): backward returned \(results.count) gradients for \(isNeeded.count) inputs")
    var remaining = edges[...]
    for (i, result) in results.enumerated() where isNeeded[i] {
      let edge = remaining.removeFirst()
      guard let result else { continue }
      require(
        result.shape == edge.shape && result.dtype == edge.dtype,
        "\(name): backward returned a gradient \(result.dtype) \(result.shape) "
          + "for input \(i), which is \(edge.dtype) \(edge.shape)")
      walk.deliver(result.values, to: edge.target)
    }
    if !retainGraph, savesValues { release() }
  }

  override var savesValues: Bool { context.savesValues }

  override func release() {
    super.release()
    context.release()
    pullback = { _ in [] }
  }
}
