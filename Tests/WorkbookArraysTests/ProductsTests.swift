import Testing

@testable import WorkbookArrays

struct ProductsTests {
  static let shapes: [(m: Int, n: Int, k: Int)] = [
    (0, 3, 2), (3, 0, 2), (3, 2, 0), (1, 1, 1), (2, 3, 4), (8, 32, 16), (7, 31, 5), (9, 33, 17),
    (1, 70, 40), (70, 1, 40), (64, 10, 100), (65, 100, 67), (130, 140, 150), (3, 5, 1100),
    (1, 65, 21), (67, 1, 530),
    (50, 70, 600),
  ]

  @Test(arguments: shapes)
  func `products of any strides are those of the definition`(shape: (m: Int, n: Int, k: Int)) {
    check(.float32, Float.self, shape.m, shape.n, shape.k)
    check(.float64, Double.self, shape.m, shape.n, shape.k)
  }

  /// Their products and sums are exact in any order.
  private func smallIntegers<Scalar: BinaryFloatingPoint>(
    _: Scalar.Type, _ count: Int, below limit: Int
  ) -> [Scalar] {
    (0..<count).map { (i: Int) -> Scalar in
      let value: Int = (i * 7 + i / 5) % limit - limit / 2
      return Scalar(value)
    }
  }

  private func check<Scalar: BinaryFloatingPoint>(
    _ kernels: Kernels, _: Scalar.Type, _ m: Int, _ n: Int, _ k: Int
  ) {
    var a = smallIntegers(Scalar.self, m * k, below: 11) + [0]
    var b = smallIntegers(Scalar.self, k * n, below: 13) + [0]
    // At most every seventh row and column, by the definition.
    let rows = (0..<m).filter { m <= 20 || $0 % 7 == 0 || $0 == m - 1 }
    let columns = (0..<n).filter { n <= 20 || $0 % 7 == 0 || $0 == n - 1 }
    for (transposedA, transposedB) in [(false, false), (true, false), (false, true), (true, true)] {
      let (aRow, aColumn) = transposedA ? (1, m) : (k, 1)
      let (bRow, bColumn) = transposedB ? (1, k) : (n, 1)
      for accumulate in [false, true] {
        let pitch = n + 3
        var c = [Scalar](repeating: 100, count: m * pitch + 1)
        withGrids(&a, (aRow, aColumn), &b, (bRow, bColumn), &c, (pitch, 1)) {
          kernels.product(m, n, k, $0, $1, $2, accumulate: accumulate)
        }
        for i in rows {
          for j in columns {
            var sum: Scalar = accumulate ? 100 : 0
            for p in 0..<k { sum += a[i * aRow + p * aColumn] * b[p * bRow + j * bColumn] }
            #expect(c[i * pitch + j] == sum, "C[\(i), \(j)] \(transposedA) \(transposedB)")
          }
        }
        let outside = (0..<m).flatMap { i in (n..<pitch).map { c[i * pitch + $0] } }
        #expect(outside.allSatisfy { $0 == 100 })
      }
    }
  }

  @Test(arguments: shapes)
  func `every generation of processors, in every way, gets the same`(
    shape: (m: Int, n: Int, k: Int)
  ) {
    let (m, n, k) = shape
    func product<Scalar: BinaryFloatingPoint>(
      _ kernels: Kernels, _: Scalar.Type, _ generation: Int, _ plan: KernelProduct,
      _ accumulate: Bool
    ) -> [Float] {
      var a = smallIntegers(Scalar.self, m * k, below: 11) + [0]
      var b = smallIntegers(Scalar.self, k * n, below: 13) + [0]
      var c = [Scalar](repeating: 100, count: m * n + 1)
      // What the dots need: a product with a transposed matrix.
      withGrids(&a, (k, 1), &b, plan == .dots ? (1, k) : (n, 1), &c, (n, 1)) {
        kernels.table.product(generation, plan, m, n, k, $0, $1, $2, accumulate)
      }
      return c.map { Float($0) }
    }
    for plan in [KernelProduct.direct, .dots, .packed] {
      for accumulate in [false, true] {
        let newest = product(.float32, Float.self, kernel_generation(), plan, accumulate)
        for generation in [1, 3, 4] where generation <= kernel_generation() {
          let single = product(.float32, Float.self, generation, plan, accumulate)
          let double = product(.float64, Double.self, generation, plan, accumulate)
          #expect(single == newest && double == newest, "generation \(generation), \(plan)")
        }
      }
    }
  }

  @Test(arguments: [2, 3])
  func `the number of threads changes no bit`(count: Int) {
    var generator = MersenneTwister(seed: 1)
    for (m, n, k) in [(64, 100, 200), (200, 100, 64), (100, 101, 103), (1, 900, 700)] {
      var a = (0..<m * k).map { _ in Float(generator.nextUniform()) - 0.5 }
      var b = (0..<k * n).map { _ in Float(generator.nextUniform()) - 0.5 }
      func product(_ threads: Int) -> [Float] {
        let before = threadCount
        defer { threadCount = before }
        threadCount = threads
        var c = [Float](repeating: 0, count: m * n)
        withGrids(&a, (k, 1), &b, (n, 1), &c, (n, 1)) {
          Kernels.float32.product(m, n, k, $0, $1, $2)
        }
        return c
      }
      #expect(product(1) == product(count))
    }
  }

  /// Calls `body` with three arrays as kernels see them.
  private func withGrids<Scalar>(
    _ a: inout [Scalar], _ aSteps: (row: Int, column: Int),
    _ b: inout [Scalar], _ bSteps: (row: Int, column: Int),
    _ c: inout [Scalar], _ cSteps: (row: Int, column: Int),
    _ body: (KernelGrid, KernelGrid, KernelGrid) -> Void
  ) {
    a.withUnsafeMutableBytes { a in
      b.withUnsafeMutableBytes { b in
        c.withUnsafeMutableBytes { c in
          body(
            KernelGrid(start: a.baseAddress!, row: aSteps.row, column: aSteps.column),
            KernelGrid(start: b.baseAddress!, row: bSteps.row, column: bSteps.column),
            KernelGrid(start: c.baseAddress!, row: cSteps.row, column: cSteps.column))
        }
      }
    }
  }
}
