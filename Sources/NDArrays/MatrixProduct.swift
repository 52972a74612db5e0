internal import Kernels

/// Computes C = A·B, or C += A·B, on as many threads as pay.
///
/// A is `[m, k]` and B `[k, n]`, each of any strides, so a transposed operand needs no copy; C is
/// `[m, n]` with contiguous rows `cRow` elements apart. The result is the same, bit for bit, for
/// any number of threads.
package func matrixProduct<Scalar: NDArrayScalar>(
  _ m: Int, _ n: Int, _ k: Int,
  _ a: UnsafePointer<Scalar>, aRow: Int, aColumn: Int,
  _ b: UnsafePointer<Scalar>, bRow: Int, bColumn: Int,
  _ c: UnsafeMutablePointer<Scalar>, cRow: Int, accumulate: Bool = false
) {
  if n == 1, cRow == 1, m > 1, aColumn != 1 || bRow != 1 {
    // A column is a row of the transposed product, which reads A along its rows.
    return matrixProduct(
      1, m, k, b, aRow: bColumn, aColumn: bRow, a, bRow: aColumn, bColumn: aRow, c, cRow: m,
      accumulate: accumulate)
  }
  let plan = productPlan(
    m, n, k, aColumn: aColumn, bRow: bRow, bColumn: bColumn,
    bytes: k * n * MemoryLayout<Scalar>.stride)
  let product = Scalar.kernels.product
  let threads = getNumThreads()
  guard threads > 1, m * n * k >= parallelProduct else {
    return product(plan, m, n, k, a, aRow, aColumn, b, bRow, bColumn, c, cRow, accumulate ? 1 : 0)
  }
  let pieces = m * n * k >= manyPieces ? 4 * threads : threads
  let rows = evenPieces(of: m, pieces, unit: 4)
  let columns = evenPieces(of: n, pieces, unit: 64 / MemoryLayout<Scalar>.stride)
  // Cutting between columns packs no part of B twice, if that leaves the threads even work.
  let byRows = Double(rows) * Double(n) * (plan == .packed ? 1.1 : 1) < Double(columns) * Double(m)
  let (step, length) = byRows ? (rows, m) : (columns, n)
  inParallel(pieces: (length + step - 1) / step) { piece in
    let start = piece * step
    let count = min(length, start + step) - start
    if byRows {
      product(
        plan, count, n, k, a + start * aRow, aRow, aColumn, b, bRow, bColumn,
        c + start * cRow, cRow, accumulate ? 1 : 0)
    } else {
      product(
        plan, m, count, k, a, aRow, aColumn, b + start * bColumn, bRow, bColumn,
        c + start, cRow, accumulate ? 1 : 0)
    }
  }
}

/// Computes `batch` products C = A·B of one size, whose matrices are `aBatch`, `bBatch` and `cBatch`
/// elements apart (0 repeats one matrix).
package func batchedMatrixProduct<Scalar: NDArrayScalar>(
  _ batch: Int, _ m: Int, _ n: Int, _ k: Int,
  _ a: UnsafePointer<Scalar>, aBatch: Int, aRow: Int, aColumn: Int,
  _ b: UnsafePointer<Scalar>, bBatch: Int, bRow: Int, bColumn: Int,
  _ c: UnsafeMutablePointer<Scalar>, cBatch: Int, cRow: Int, accumulate: Bool = false
) {
  let isLarge = m * n * k >= parallelProduct
  let grain = isLarge ? max(1, batch) : max(1, parallelProduct / max(1, 2 * m * n * k))
  inParallel(pieces: (batch + grain - 1) / grain) { piece in
    for i in piece * grain..<min(batch, (piece + 1) * grain) {
      matrixProduct(
        m, n, k, a + i * aBatch, aRow: aRow, aColumn: aColumn, b + i * bBatch, bRow: bRow,
        bColumn: bColumn, c + i * cBatch, cRow: cRow, accumulate: accumulate)
    }
  }
}

/// From how many multiplications on a product is worth a second thread.
private let parallelProduct = 1 << 18
/// From how many on threads share out many small pieces, so that none waits for a slow one.
private let manyPieces = 1 << 27

/// How to go about a product; it depends on the whole, not on a thread's piece of it.
///
/// The bounds are measured: a matrix B of 1 MB stays in a core's cache; packing it takes as long as
/// multiplying some eight rows; adding up a vector's lanes pays for long dot products only.
private func productPlan(
  _ m: Int, _ n: Int, _ k: Int, aColumn: Int, bRow: Int, bColumn: Int, bytes: Int
) -> KernelProduct {
  if bColumn == 1, m <= 8 || bytes <= 1 << 20 { return .direct }
  guard aColumn == 1, bRow == 1, k >= 64 else { return .packed }
  return m <= 8 || n <= 16 || m <= 64 && k >= 512 && bytes <= 1 << 19 ? .dots : .packed
}

/// The length, a multiple of `unit`, of `pieces` pieces of `length`.
private func evenPieces(of length: Int, _ pieces: Int, unit: Int) -> Int {
  ((length + pieces - 1) / pieces + unit - 1) / unit * unit
}
