import Tensors
import Testing

struct FunctionTests {
  struct MyReLU: Function {
    static func forward(_ ctx: Context, _ input: Tensor) -> Tensor {
      ctx.saveForBackward(input)
      return input.clamp(min: 0)
    }

    static func backward(_ ctx: Context, _ gradOutput: Tensor) -> Tensor {
      let gradInput = gradOutput.clone()
      gradInput[ctx.savedTensors[0] .< 0] = 0
      return gradInput
    }
  }

  @Test func `one input one output`() {
    let x = Tensor([-1, 2, 3], requiresGrad: true)
    let relu = MyReLU.apply
    let y = relu(x * 2)
    #expect(y.toArray() == [0, 4, 6])
    (y * y).sum().backward()
    #expect(x.grad?.toArray() == [0, 16, 24])
    #expect(gradcheck(MyReLU.apply, Tensor([-1, 0.5, 2])).passed)
  }

  @Test func `without a gradient nothing is recorded`() {
    #expect(!MyReLU.apply(Tensor([1])).requiresGrad)
    let x = Tensor([1], requiresGrad: true)
    #expect(!noGrad { MyReLU.apply(x) }.requiresGrad)
  }

  /// a · b + c, where c is a number that the context carries.
  struct Scale: Function {
    static func forward(_ ctx: Context, _ inputs: [Tensor]) -> Tensor {
      ctx.saveForBackward(inputs[0], inputs[1])
      ctx.state["scale"] = 3.0
      return inputs[0] * inputs[1] * 3
    }

    static func backward(_ ctx: Context, _ gradOutput: Tensor) -> [Tensor?] {
      guard let scale = ctx.state["scale"] as? Double else { return [] }
      let saved = ctx.savedTensors
      return [
        ctx.needsInputGrad[0] ? gradOutput * saved[1] * scale : nil,
        ctx.needsInputGrad[1] ? gradOutput * saved[0] * scale : nil,
      ]
    }
  }

  @Test func `several inputs of which some need no gradient`() {
    let (a, b) = (Tensor([2], requiresGrad: true), Tensor([5]))
    Scale.apply(a, b).sum().backward()
    #expect(a.grad?.toArray() == [15])
    #expect(b.grad == nil)
    #expect(gradcheck({ Scale.apply($0, $1) }, Tensor([1, 2]), Tensor([3, 4])).passed)
  }

  @Test func `an input given twice gets both gradients`() {
    let a = Tensor([2], requiresGrad: true)
    Scale.apply(a, a).sum().backward()
    #expect(a.grad?.toArray() == [12])
  }

  struct SinCos: Function {
    static func forward(_ ctx: Context, _ input: Tensor) -> [Tensor] {
      ctx.saveForBackward(input)
      return [input.sin(), input.cos()]
    }

    static func backward(_ ctx: Context, _ gradOutput: [Tensor]) -> Tensor? {
      let x = ctx.savedTensors[0]
      return gradOutput[0] * x.cos() - gradOutput[1] * x.sin()
    }
  }

  @Test func `several outputs share one backward`() {
    #expect(
      gradcheck({ x in SinCos.apply(x)[0] * 2 + SinCos.apply(x)[1] }, Tensor([0.3, 1])).passed)
    let both = { (x: Tensor) in
      let outputs = SinCos.apply(x)
      return outputs[0] * outputs[1] + outputs[1] * outputs[1]
    }
    #expect(gradcheck(both, Tensor([0.3, 1])).passed)
  }

  @Test func `an output that is not used counts as zero`() {
    let x = Tensor([0.3, 1], dtype: .float64, requiresGrad: true)
    SinCos.apply(x)[1].sum().backward()
    #expect(x.grad?.allClose(-x.detach().sin()) == true)
  }

  struct Nothing: Function {
    static func forward(_ ctx: Context, _ input: Tensor) -> Tensor { input * 2 }
    static func backward(_ ctx: Context, _ gradOutput: Tensor) -> Tensor? { nil }
  }

  @Test func `nil is no gradient`() {
    let x = Tensor([1], requiresGrad: true)
    Nothing.apply(x).sum().backward()
    #expect(x.grad == nil)
  }

  struct Identity: Function {
    static func forward(_ ctx: Context, _ input: Tensor) -> Tensor { input }
    static func backward(_ ctx: Context, _ gradOutput: Tensor) -> Tensor { gradOutput }
  }

  @Test func `an input may be returned as it is`() {
    let x = Tensor([1, 2], requiresGrad: true)
    let y = Identity.apply(x)
    #expect(!y.isLeaf && x.isLeaf)
    y.sum().backward()
    #expect(x.grad?.toArray() == [1, 1])
  }

  /// Minus the gradient, of the same elements.
  enum Reverse: Function {
    static func forward(_ ctx: Context, _ input: Tensor) -> Tensor { input.view(2) }
    static func backward(_ ctx: Context, _ gradOutput: Tensor) -> Tensor { -gradOutput }
  }

  enum Twins: Function {
    static func forward(_ ctx: Context, _ input: Tensor) -> [Tensor] {
      let result = input * 2
      return [result, result]
    }

    static func backward(_ ctx: Context, _ gradOutput: [Tensor]) -> Tensor {
      2 * (gradOutput[0] + gradOutput[1])
    }
  }

  @Test func `an output of the input's elements is a view`() {
    let x = Tensor([1, 2], requiresGrad: true)
    let y = Reverse.apply(x)
    (y * y).sum().backward()
    #expect(x.grad?.toArray() == [-2, -4])
    noGrad { y += 10 }
    #expect(x.toArray() == [11, 12])
    let z = FunctionTests.MyReLU.apply(x)
    z += 1
    z.sum().backward()
    #expect(z.toArray() == [12, 13] && x.grad?.toArray() == [-1, -3])
  }
}
