import Testing

@testable import WorkbookArrays

struct ReductionsTests {
  @Test(arguments: [1, 3])
  func `the middle axis is folded, whichever axis the threads share out`(threads: Int) {
    let before = threadCount
    defer { threadCount = before }
    threadCount = threads
    var shapes = [(1, 400_001, 1), (2, 3, 40_000), (40_000, 3, 2), (2, 0, 3), (2, 90_000, 3)]
    // Short rows, and rows narrower than a vector, whole and in blocks.
    for size in 1...33 {
      shapes += [(35, size, 1), (3, 2, size), (1, 64 + size, size), (2, 130, size), (17, 0, 1)]
    }
    for (outer, count, inner) in shapes {
      var x = (0..<outer * count * inner + 1).map { Double($0 % 10) }
      var sums = [Double](repeating: -1, count: outer * inner)
      Kernels.float64.reduce(.sum, outer, count, inner, &x, &sums)
      let expected = (0..<outer * inner).map { place in
        (0..<count).reduce(0.0) { $0 + x[(place / inner * count + $1) * inner + place % inner] }
      }
      #expect(sums == expected)
    }
  }
}
