import NDArrays

/// A product of an `m` by `k` and a `k` by `n` matrix.
private struct Product {
  let m, k, n: Int
  var transposesA = false, transposesB = false
}

private let products = [
  Product(m: 64, k: 1000, n: 100),
  Product(m: 1000, k: 64, n: 100, transposesA: true),
  Product(m: 64, k: 1000, n: 100, transposesB: true),
  Product(m: 64, k: 100, n: 10),
  Product(m: 256, k: 256, n: 256),
  Product(m: 512, k: 512, n: 512),
  Product(m: 1024, k: 1024, n: 1024),
  Product(m: 2048, k: 2048, n: 2048),
  Product(m: 1, k: 4096, n: 4096),
  Product(m: 4096, k: 64, n: 4096),
]

/// Matrix products over shapes, in both types.
func productsWork(_ limits: Limits) -> [Work] {
  products.map { work(Float.self, "float32", limits.float32, limits.memory, $0) }
    + products.map { work(Double.self, "float64", limits.float64, limits.memory, $0) }
}

private func work<Scalar: NDArrayScalar>(
  _: Scalar.Type, _ type: String, _ rate: Double, _ memory: Double, _ product: Product
) -> Work {
  let (m, k, n) = (product.m, product.k, product.n)
  let operations = 2.0 * Double(m) * Double(k) * Double(n)
  let bytes = Double((m * k + k * n + m * n) * MemoryLayout<Scalar>.stride)
  // Small matrices are in the cache: what memory allows counts for those that are not.
  let limit = max(operations / rate, bytes > 16e6 ? bytes / memory : 0)
  let (a, b) = (product.transposesA ? "t" : "n", product.transposesB ? "t" : "n")
  let name = "\(m)x\(k)x\(n)" + (a + b == "nn" ? "" : "-" + a + b) + "-" + type
  return Work(
    name: name, limit: limit,
    peerCommand: "product \(type) \(m) \(k) \(n) \(a) \(b)", repetitions: repetitions(2 * limit)
  ) {
    func matrix(_ rows: Int, _ columns: Int, _ transposes: Bool) -> NDArray<Scalar> {
      let values = NDArray<Scalar>.linspace(-1, 1, rows * columns)
      return transposes ? values.reshape(columns, rows).T : values.reshape(rows, columns)
    }
    let a = matrix(m, k, product.transposesA)
    let b = matrix(k, n, product.transposesB)
    return { _ = a.dot(b) }
  }
}
