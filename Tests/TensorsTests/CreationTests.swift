import Tensors
import Testing

struct CreationTests {
  @Test func `literals have infinities and what is no number`() {
    let x: Tensor = [[-.infinity, 1], [.infinity, -2.5]], y: Tensor = [.nan, 1]
    #expect(x.toArray() == [-.infinity, 1, .infinity, -2.5])
    #expect(y[0].item().isNaN && y[1].item() == 1)
    #expect((-x + [-.infinity, 0]).toArray()[2...] == [-.infinity, 2.5])
  }

  @Test(arguments: [0, 1, 2, 3, 17, 1024, 1025, 200_001])
  func `each number of a range is rounded once`(_ count: Int) {
    let (start, step) = (-3.7, 0.1)
    // Half a step less, so that rounding does not decide how many there are.
    let end = start + (Double(count) - 0.5) * step
    let expected = (0..<max(count, 1)).map { start + Double($0) * step }
    if count > 0 {
      #expect(Tensor.arange(start, end, step, dtype: .float64).toArray() == expected)
      #expect(Tensor.arange(start, end, step).toArray() == expected.map { Double(Float($0)) })
    }
    #expect(Tensor.arange(count, dtype: .int64).toArray() == (0..<count).map { Double($0) })
    #expect(Tensor.arange(count).toArray() == (0..<count).map { Double($0) })
  }

  @Test(arguments: [0, 1, 2, 3, 17, 1025, 200_000])
  func `evenly spaced numbers are counted from both ends`(_ count: Int) {
    let (start, end) = (1.1, -0.7)
    let step = count > 1 ? (end - start) / Double(count - 1) : 0
    let expected = (0..<count).map {
      $0 < (count + 1) / 2 ? start + step * Double($0) : end - step * Double(count - 1 - $0)
    }
    let doubles = Tensor.linspace(start, end, steps: count, dtype: .float64)
    #expect(doubles.toArray() == expected)
    let floats = Tensor.linspace(start, end, steps: count, requiresGrad: true)
    #expect(floats.toArray() == expected.map { Double(Float($0)) } && floats.requiresGrad)
    if count > 1 { #expect(doubles[-1].item() == end) }
  }
}
