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
      // Lanes of a vector, several of them, and a rest.
      shapes += [
        (19, 16 * size - 7, 1), (8, 16 * size, 1), (1, 16 * size + 1, 1), (2, 70, 9 * size),
      ]
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

  @Test(arguments: 1...4)
  func `columns are folded right, also where one alone is left for a thread`(threads: Int) {
    let before = threadCount
    defer { threadCount = before }
    threadCount = threads
    for (outer, count, inner) in [(1, 2000, 33), (1, 4100, 17), (2, 2000, 49), (17, 129, 65)] {
      let x = (0..<outer * count * inner).map { Double($0 % inner) }
      let sums = (0..<outer * inner).map { Double($0 % inner * count) }
      for kernels in [Kernels.float32, .float64] {
        #expect(reduced(.sum, kernels, x, outer, count, inner) == sums)
      }
    }
  }

  @Test(arguments: [Kernels.float32, .float64])
  func `extremes of rows and of columns are the elements', NaN where there is one`(
    kernels: Kernels
  ) {
    for (rows, columns) in [(1, 1), (3, 7), (17, 16), (16, 65), (5, 130), (33, 200)] {
      for special in [Double.nan, -.infinity, .infinity, 1e3] {
        var x = (0..<rows * columns).map { Double(($0 * 37) % 101) - 50 }
        x[x.count / 2] = special
        for (op, isBetter) in [(KernelReduction.maximum, >), (.minimum, <)]
          as [(_, (Double, Double) -> Bool)]
        {
          func best(_ values: [Double]) -> Double {
            values.contains { $0.isNaN }
              ? .nan : values.reduce(values[0]) { isBetter($1, $0) ? $1 : $0 }
          }
          let ofRows = (0..<rows).map { best(Array(x[$0 * columns..<($0 + 1) * columns])) }
          let ofColumns = (0..<columns).map { column in
            best((0..<rows).map { x[$0 * columns + column] })
          }
          #expect("\(reduced(op, kernels, x, rows, columns, 1))" == "\(ofRows)")
          #expect("\(reduced(op, kernels, x, 1, rows, columns))" == "\(ofColumns)")
        }
      }
    }
  }

  /// What `reduce` makes of numbers that both types hold exactly.
  private func reduced(
    _ op: KernelReduction, _ kernels: Kernels, _ x: [Double], _ outer: Int, _ count: Int,
    _ inner: Int
  ) -> [Double] {
    var doubles = x
    var results = [Double](repeating: 0, count: outer * inner)
    if kernels == .float64 {
      kernels.reduce(op, outer, count, inner, &doubles, &results)
      return results
    }
    var floats = x.map { Float($0) }
    var folds = [Float](repeating: 0, count: outer * inner)
    kernels.reduce(op, outer, count, inner, &floats, &folds)
    return folds.map { Double($0) }
  }
}
