import Kernels
import Testing

@testable import NDArrays

struct MatrixProductTests {
  static let shapes: [(m: Int, n: Int, k: Int)] = [
    (0, 3, 2), (3, 0, 2), (3, 2, 0), (1, 1, 1), (2, 3, 4), (8, 32, 16), (7, 31, 5), (9, 33, 17),
    (1, 70, 40), (70, 1, 40), (64, 10, 100), (65, 100, 67), (130, 140, 150), (3, 5, 1100),
    (1, 65, 21), (67, 1, 530),
    (50, 70, 600),
  ]

  @Test("Float products of any strides are those of the definition", arguments: shapes)
  func float(shape: (m: Int, n: Int, k: Int)) {
    check(Float.self, shape.m, shape.n, shape.k)
  }

  @Test("Double products of any strides are those of the definition", arguments: shapes)
  func double(shape: (m: Int, n: Int, k: Int)) {
    check(Double.self, shape.m, shape.n, shape.k)
  }

  /// Their products and sums are exact in any order.
  private func smallIntegers<Scalar: NDArrayScalar>(
    _: Scalar.Type, _ count: Int, below limit: Int
  ) -> [Scalar] {
    (0..<count).map { (i: Int) -> Scalar in
      let value: Int = (i * 7 + i / 5) % limit - limit / 2
      return Scalar(value)
    }
  }

  private func check<Scalar: NDArrayScalar>(_: Scalar.Type, _ m: Int, _ n: Int, _ k: Int) {
    let a = smallIntegers(Scalar.self, m * k, below: 11)
    let b = smallIntegers(Scalar.self, k * n, below: 13)
    // At most every seventh row and column, by the definition.
    let rows = (0..<m).filter { m <= 20 || $0 % 7 == 0 || $0 == m - 1 }
    let columns = (0..<n).filter { n <= 20 || $0 % 7 == 0 || $0 == n - 1 }
    for (transposedA, transposedB) in [(false, false), (true, false), (false, true), (true, true)] {
      let (aRow, aColumn) = transposedA ? (1, m) : (k, 1)
      let (bRow, bColumn) = transposedB ? (1, k) : (n, 1)
      for accumulate in [false, true] {
        let pitch = n + 3
        var c = [Scalar](repeating: 100, count: m * pitch + 1)
        c.withUnsafeMutableBufferPointer { c in
          matrixProduct(
            m, n, k, a + [0], aRow: aRow, aColumn: aColumn, b + [0], bRow: bRow, bColumn: bColumn,
            c.baseAddress!, cRow: pitch, accumulate: accumulate)
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

  @Test("every generation of processors, in every way, gets the same", arguments: shapes)
  func generations(shape: (m: Int, n: Int, k: Int)) {
    let (m, n, k) = shape
    let a = smallIntegers(Float.self, m * k, below: 11) + [0]
    let b = smallIntegers(Float.self, k * n, below: 13) + [0]
    func product(_ generation: Int, _ plan: KernelProduct, _ accumulate: Int32) -> [Float] {
      // What the dots need: a product with a transposed matrix.
      let (bRow, bColumn) = plan == .dots ? (1, k) : (n, 1)
      var c = [Float](repeating: 100, count: m * n + 1)
      kernel_product_of_generation_f32(
        generation, plan, m, n, k, a, k, 1, b, bRow, bColumn, &c, n, accumulate)
      return c
    }
    func product64(_ generation: Int, _ plan: KernelProduct, _ accumulate: Int32) -> [Float] {
      let (bRow, bColumn) = plan == .dots ? (1, k) : (n, 1)
      var c = [Double](repeating: 100, count: m * n + 1)
      kernel_product_of_generation_f64(
        generation, plan, m, n, k, a.map { Double($0) }, k, 1, b.map { Double($0) }, bRow, bColumn,
        &c, n, accumulate)
      return c.map { Float($0) }
    }
    for plan in [KernelProduct.direct, .dots, .packed] {
      for accumulate in [0, 1] as [Int32] {
        let newest = product(kernel_generation(), plan, accumulate)
        for generation in [1, 3, 4] where generation <= kernel_generation() {
          let isSame = product(generation, plan, accumulate) == newest
          let isSame64 = product64(generation, plan, accumulate) == newest
          #expect(isSame && isSame64, "generation \(generation), \(plan)")
        }
      }
    }
  }

  @Test("the number of threads changes no bit", arguments: [2, 3])
  func threads(count: Int) {
    var generator = MersenneTwister(seed: 1)
    for (m, n, k) in [(64, 100, 200), (200, 100, 64), (100, 101, 103), (1, 900, 700)] {
      let a = (0..<m * k).map { _ in Float(generator.nextUniform()) - 0.5 }
      let b = (0..<k * n).map { _ in Float(generator.nextUniform()) - 0.5 }
      func product(_ threads: Int) -> [Float] {
        let before = getNumThreads()
        defer { setNumThreads(before) }
        setNumThreads(threads)
        return [Float](unsafeUninitializedCapacity: m * n) { c, filled in
          matrixProduct(
            m, n, k, a, aRow: k, aColumn: 1, b, bRow: n, bColumn: 1, c.baseAddress!, cRow: n)
          filled = m * n
        }
      }
      #expect(product(1) == product(count))
    }
  }
}
