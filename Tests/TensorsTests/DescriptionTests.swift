import Tensors
import Testing

struct DescriptionTests {
  /// Each beside what PyTorch 2.13 prints.
  static let samples: [(make: @Sendable () -> Tensor, text: String)] = [
    ({ Tensor(1.5) }, "tensor(1.5000)"),
    ({ Tensor([1, 2, 3]) }, "tensor([1., 2., 3.])"),
    (
      { Tensor([[1, -2.5], [3, 40]]) },
      "tensor([[ 1.0000, -2.5000],\n        [ 3.0000, 40.0000]])"
    ),
    ({ Tensor([1e-5, 1]) }, "tensor([1.0000e-05, 1.0000e+00])"),
    ({ Tensor([1e9, 1]) }, "tensor([1.0000e+09, 1.0000e+00])"),
    ({ Tensor([.nan, 1, Double.infinity]) }, "tensor([nan, 1., inf])"),
    ({ Tensor([0, 0.5, Double.nan]) }, "tensor([0.0000, 0.5000,    nan])"),
    (
      { Tensor.arange(12).reshape(2, 2, 3) },
      """
      tensor([[[ 0.,  1.,  2.],
               [ 3.,  4.,  5.]],

              [[ 6.,  7.,  8.],
               [ 9., 10., 11.]]])
      """
    ),
    (
      { Tensor.arange(2000) },
      """
      tensor([0.0000e+00, 1.0000e+00, 2.0000e+00,  ..., 1.9970e+03, 1.9980e+03,
              1.9990e+03])
      """
    ),
    (
      { Tensor.arange(30) / 8 },
      """
      tensor([0.0000, 0.1250, 0.2500, 0.3750, 0.5000, 0.6250, 0.7500, 0.8750, 1.0000,
              1.1250, 1.2500, 1.3750, 1.5000, 1.6250, 1.7500, 1.8750, 2.0000, 2.1250,
              2.2500, 2.3750, 2.5000, 2.6250, 2.7500, 2.8750, 3.0000, 3.1250, 3.2500,
              3.3750, 3.5000, 3.6250])
      """
    ),
    ({ Tensor([Double]()) }, "tensor([])"),
    (
      { Tensor.zeros(26) },
      """
      tensor([0., 0., 0., 0., 0., 0., 0., 0., 0., 0., 0., 0., \
      0., 0., 0., 0., 0., 0., 0., 0., 0., 0., 0., 0.,
              0., 0.])
      """
    ),
  ]

  @Test(arguments: samples.indices)
  func `elements are printed as PyTorch prints them`(_ index: Int) {
    let sample = Self.samples[index]
    #expect("\(sample.make())" == sample.text)
  }

  @Test func `large ones show their edges`() {
    let lines = "\(Tensor.zeros(40, 30))".split(separator: "\n")
    #expect(lines.count == 7)
    #expect(lines[0] == "tensor([[0., 0., 0.,  ..., 0., 0., 0.],")
    #expect(lines[3] == "        ...,")
  }

  @Test func `what is not usual is said`() {
    #expect("\(Tensor([1], dtype: .float64))" == "tensor([1.], dtype: .float64)")
    let w = Tensor([1], requiresGrad: true)
    #expect("\(w)" == "tensor([1.], requiresGrad: true)")
    #expect("\(w * 2)" == "tensor([2.], gradFn: mul)")
    #expect("\(Tensor([3, -10], dtype: .int64))" == "tensor([  3, -10])")
    #expect("\(Tensor([1]) .> 0)" == "tensor([true])")
    #expect("\(Tensor.zeros(0, 3))" == "tensor([], shape: [0, 3])")
    #expect("\(Tensor.zeros(0, dtype: .int64))" == "tensor([], dtype: .int64)")
    #expect("\(Tensor.zeros(0, 3) .> 0)" == "tensor([], shape: [0, 3], dtype: .bool)")
  }
}
