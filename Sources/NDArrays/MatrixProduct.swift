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
  let product = Scalar.kernels.product
  let threads = getNumThreads()
  guard threads > 1, m * n * k >= parallelProduct else {
    return product(m, n, k, a, aRow, aColumn, b, bRow, bColumn, c, cRow, accumulate ? 1 : 0)
  }
  // Rows or columns are cut at multiples of a kernel's tile, whichever leaves even pieces.
  let byRows = m >= n
  let length = byRows ? m : n
  let grain = byRows ? 8 : 32
  let step = ((length + threads - 1) / threads + grain - 1) / grain * grain
  inParallel(pieces: (length + step - 1) / step) { piece in
    let start = piece * step
    let count = min(length, start + step) - start
    if byRows {
      product(
        count, n, k, a + start * aRow, aRow, aColumn, b, bRow, bColumn,
        c + start * cRow, cRow, accumulate ? 1 : 0)
    } else {
      product(
        m, count, k, a, aRow, aColumn, b + start * bColumn, bRow, bColumn,
        c + start, cRow, accumulate ? 1 : 0)
    }
  }
}

/// From how many multiplications on a product is worth a second thread.
private let parallelProduct = 1 << 19
