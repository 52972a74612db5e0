import WorkbookArrays

/// A step that was run once, and can be replayed: every kernel with its memory, and nothing else.
///
/// A replay computes the same numbers, bit for bit, as the step itself would, but records no history,
/// makes no tensors and decides nothing. The step is captured with everything that it does to tensors:
/// the forward computation, ``Tensor/backward(gradient:retainGraph:)``, gradients that are cleared,
/// changes in place, optimizers, which count their steps on and follow their learning rates. Tensors
/// from outside of the step stay what they are to it, so new data is copied into those that it reads,
/// and a number that changes is a tensor, too.
///
/// Everything else is that of the capture: numbers of Swift, branches, the lengths of loops and all
/// shapes. Where a step draws random numbers, goes on with a schedule or reads an element, in `item()`,
/// `print`, `clipGradNorm` or a mask whose count decides a shape, there is nothing to replay, and it
/// traps. What it makes, it makes anew each time: what is to last from one replay to the next is made
/// before, and a step that makes such state when it runs first is run once before it is captured: one
/// that begins with `w.grad?.zero()` and finds no gradient traps. The memory of all that the step
/// computes stays with the graph.
///
/// ```swift
/// let x: Tensor = [1, 2], y: Tensor = [3, 6], lr = Tensor(0.1)
/// let w = Tensor(0, requiresGrad: true)
/// let step = Graph {
///   let loss = (w * x - y).pow(2).sum()
///   w.grad = nil
///   loss.backward()
///   noGrad { w -= lr * w.grad! }
///   return loss
/// }
/// print(step.result.item(), step.replay().item(), w)
/// lr.fill(0.01)
/// y.copy(from: [4, 8])
/// print(step.replay().item(), w)
/// ```
/// ```output
/// 45.0 0.0 tensor(3., requiresGrad: true)
/// 5.0 tensor(3.1000, requiresGrad: true)
/// ```
///
/// <!-- workbook: traps="item: a Graph is being captured, and a number read here" -->
/// ```swift
/// // item: a Graph is being captured, and a number read here would be the same in all replays; …
/// let other = Graph { w.item() }
/// ```
public final class Graph<Result> {
  /// What the step returned; its tensors have the elements of the last replay.
  public let result: Result
  private let steps: RecordedSteps
  private let leaves: [Leaf]

  /// Runs a step and captures it.
  ///
  /// Traps inside of another step, and where the step does what a replay could not do again.
  ///
  /// ```swift
  /// let x: Tensor = [1, 2]
  /// let double = Graph { x * 2 }
  /// print(double.result)
  /// ```
  /// ```output
  /// tensor([2., 4.])
  /// ```
  public init(_ step: () throws -> Result) rethrows {
    require(!Capture.isOn, "Graph: a step that is being captured cannot capture another")
    let recording = GraphRecording()
    var recorded: RecordedSteps?
    defer { if recorded == nil { _ = recording.finish() } }
    result = try Capture.with(recording, step)
    leaves = recording.leaves()
    recorded = recording.finish()
    steps = recorded!
  }

  /// Runs the step again on what tensors hold now, and returns what it returned.
  ///
  /// The tensors are the same each time, with new elements: what is to be kept of them is cloned.
  ///
  /// ```swift
  /// let x: Tensor = [1, 2]
  /// let double = Graph { x * 2 }
  /// x.copy(from: [10, 20])
  /// print(double.replay())
  /// ```
  /// ```output
  /// tensor([20., 40.])
  /// ```
  @discardableResult
  public func replay() -> Result {
    require(!Capture.isOn, "replay: a step that is being captured cannot replay another")
    for leaf in leaves { leaf.start() }
    steps.run()
    for leaf in leaves { leaf.end() }
    return result
  }
}

/// What a step does to a tensor's gradient.
private struct Leaf {
  let tensor: Tensor
  /// What the step reads or adds to, unless it makes a gradient of its own first.
  let sum: Tensor?
  /// The gradient after the step.
  var last: Tensor?

  /// Has the gradient be what the step reads or adds to.
  func start() {
    guard let sum, tensor.gradient !== sum else { return }
    // Added to -0, each number stays what it is, -0 too.
    if let gradient = tensor.gradient {
      sum.values.assign(gradient.values)
    } else {
      sum.values.fill(-0.0)
    }
    tensor.gradient = sum
  }

  func end() { tensor.gradient = last }
}

/// A recording that knows what becomes of gradients, too.
final class GraphRecording: Recording {
  /// What records this thread.
  static var running: GraphRecording? { Capture.recorder as? GraphRecording }

  private var touched: [ObjectIdentifier: Leaf] = [:]
  /// The tensors that the step found without a gradient.
  private var without: [Tensor] = []

  /// Notes that the step itself gives a tensor its gradient, or takes it away, before it adds to it.
  func noteOwnGradient(of tensor: Tensor) { note(tensor) { nil } }

  /// Notes that the step found a tensor without a gradient, if it did not take it away itself.
  func noteNoGradient(of tensor: Tensor) {
    if touched[ObjectIdentifier(tensor)] == nil { without.append(tensor) }
  }

  /// Notes that the step reads or adds to what gradient a tensor has, and makes it one that lasts.
  func noteSum(in tensor: Tensor) {
    note(tensor) {
      Capture.with(nil) {
        if let gradient = tensor.gradient {
          if gradient.values.repeats { tensor.gradient = gradient.clone() }
        } else {
          tensor.gradient = Tensor(Values(filled: -0.0, tensor.shape, tensor.dtype))
        }
        return tensor.gradient
      }
    }
  }

  private func note(_ tensor: Tensor, _ sum: () -> Tensor?) {
    let key = ObjectIdentifier(tensor)
    if touched[key] == nil { touched[key] = Leaf(tensor: tensor, sum: sum()) }
  }

  /// The tensors whose gradients the step changes.
  ///
  /// Traps if it left a gradient where it had found none: a replay finds that one, and would not do with
  /// it what the step does with gradients.
  fileprivate func leaves() -> [Leaf] {
    for tensor in without {
      require(
        tensor.gradient == nil,
        "grad: a tensor of shape \(tensor.shape) had none when this step read it, and has one after the "
          + "step, which replays would find; run the step once before it is captured, or set grad to nil "
          + "in it first")
    }
    return touched.values.map { Leaf(tensor: $0.tensor, sum: $0.sum, last: $0.tensor.gradient) }
  }
}
