import Tensors
import Testing

@Suite("gradcheck")
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

  @Test func namesTheWorstElement() {
    let check = gradcheck(Wrong.apply, Tensor([[1, 2], [3, 4]]))
    #expect(!check.passed && check.count == 4)
    #expect(check.worst?.input == 0)
    #expect(check.worst?.place == [1, 0])
    #expect(
      "\(check)".hasPrefix("gradcheck failed: 4 gradients; worst at input 0 [1, 0]: backward"))
  }

  @Test func aMissingGradientFails() {
    let check = gradcheck({ $0.detach() * 2 }, Tensor([1, 2]))
    #expect(!check.passed && check.worst?.backward == 0)
  }

  @Test func notANumberFails() { #expect(!gradcheck({ $0.log() }, Tensor([0, 1])).passed) }

  @Test func theInputsStayAsTheyAre() {
    let x = Tensor([1, 2], requiresGrad: true)
    #expect(gradcheck({ $0.exp() }, x).passed)
    #expect(x.toArray() == [1, 2] && x.grad == nil && x.dtype == .float32)
  }

  @Test func integersAndMasksArePassedAsTheyAre() {
    let mask = Tensor([1, 0]) .> 0
    let check = gradcheck({ $0[0][$0[1]] }, [Tensor([3, 4]), mask])
    #expect(check.passed && check.count == 2)
  }

  @Test func nothingToCheckPasses() {
    let check = gradcheck({ $0.sum() }, Tensor.zeros(0))
    #expect(check.passed && check.count == 0 && check.worst == nil)
  }
}
