import Optim
import Tensors
import Testing
import WorkbookTestSupport

@Suite(.ownGenerator) struct SGDTests {
  /// From `make_bits.py`: `w = torch.randn(1003)` after `manual_seed(3)`, five steps of `torch.optim.SGD` with
  /// lr 0.1, each with another `randn(1003)` as gradient, and the hash of the bits of `w`.
  @Test(
    arguments: [
      (0, 0, 0, false, 3_306_993_537_061_038_790),
      (0, 0, 0.01, false, 15_087_576_239_843_876_140),
      (0.9, 0, 0, false, 2_860_035_478_104_808_406),
      (0.9, 0.1, 0.01, false, 2_813_388_121_186_112_752),
      (0.9, 0, 0.01, true, 14_167_278_265_977_255_045),
    ] as [(Double, Double, Double, Bool, UInt64)])
  func `five steps are PyTorch's bit for bit`(
    momentum: Double, dampening: Double, weightDecay: Double, nesterov: Bool, expected: UInt64
  ) {
    manualSeed(3)
    let w = Tensor.randn(1003)
    w.requiresGrad = true
    let optimizer = SGD(
      [w], lr: 0.1, momentum: momentum, dampening: dampening, weightDecay: weightDecay,
      nesterov: nesterov)
    for _ in 0..<5 {
      w.grad = Tensor.randn(1003)
      optimizer.step()
    }
    #expect(bitsHash(w) == expected)
  }
}
