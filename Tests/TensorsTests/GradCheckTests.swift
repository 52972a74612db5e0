import Tensors
import Testing

struct GradCheckTests {
  struct Wrong: Function {
    static func forward(_ ctx: Context, _ input: Tensor) -> Tensor {
      ctx.saveForBackward(input)
      return input * input
    }

    /// Right everywhere but where the input is 3.
    static func backward(_ ctx: Context, _ gradOutput: Tensor) -> Tensor {
      let x = ctx.savedTensors[0]
      return .where(x .== 3, gradOutput * x, gradOutput * x * 2)
    }
  }

  @Test func `names the worst element`() {
    let check = gradcheck(Wrong.apply, Tensor([[1, 2], [3, 4]]))
    #expect(!check.passed && check.count == 4)
    #expect(check.worst?.input == 0)
    #expect(check.worst?.place == [1, 0])
    #expect(
      "\(check)".hasPrefix("gradcheck failed: 4 gradients; worst at input 0 [1, 0]: backward"))
  }

  @Test func `a missing gradient fails`() {
    let check = gradcheck({ $0.detach() * 2 }, Tensor([1, 2]))
    #expect(!check.passed && check.worst?.backward == 0)
  }

  @Test func `not a number fails`() { #expect(!gradcheck({ $0.log() }, Tensor([0, 1])).passed) }

  @Test func `the inputs stay as they are`() {
    let x = Tensor([1, 2], requiresGrad: true)
    #expect(gradcheck({ $0.exp() }, x).passed)
    #expect(x.toArray() == [1, 2] && x.grad == nil && x.dtype == .float32)
  }

  @Test func `integers and masks are passed as they are`() {
    let mask = Tensor([1, 0]) .> 0
    let check = gradcheck({ $0[0][$0[1]] }, [Tensor([3, 4]), mask])
    #expect(check.passed && check.count == 2)
  }

  @Test func `nothing to check passes`() {
    let check = gradcheck({ $0.sum() }, Tensor.zeros(0))
    #expect(check.passed && check.count == 0 && check.worst == nil)
  }
}
