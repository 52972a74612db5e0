extension Kernels {
  /// Computes C = A·B, or C += A·B, on as many threads as pay.
  ///
  /// A is `[m, k]` and B `[k, n]`, each of any strides, so a transposed operand needs no copy; C is
  /// `[m, n]` with contiguous rows. The result is the same, bit for bit, for any number of threads.
  package func product(
    _ m: Int, _ n: Int, _ k: Int, _ a: KernelGrid, _ b: KernelGrid, _ c: KernelGrid,
    accumulate: Bool = false
  ) {
    if n == 1, c.row == 1, m > 1, a.column != 1 || b.row != 1 {
      // A column is a row of the transposed product, which reads A along its rows.
      let row = KernelGrid(start: c.start, row: m, column: 1)
      return product(1, m, k, b.transposed, a.transposed, row, accumulate: accumulate)
    }
    let (kernel, generation) = (table.product, kernel_generation())
    let plan = productPlan(m, n, k, a, b, bytes: k * n * size)
    let threads = threadCount
    guard threads > 1, m * n * k >= parallelProduct else {
      return kernel(generation, plan, m, n, k, a, b, c, accumulate)
    }
    let pieces = m * n * k >= manyPieces ? 4 * threads : threads
    let rows = evenPieces(of: m, pieces, unit: 4)
    let columns = evenPieces(of: n, pieces, unit: 64 / size)
    // Cutting between columns packs no part of B twice, if that leaves the threads even work.
    let byRows =
      Double(rows) * Double(n) * (plan == .packed ? 1.1 : 1) < Double(columns) * Double(m)
    let (step, length) = byRows ? (rows, m) : (columns, n)
    inParallel(pieces: (length + step - 1) / step) { piece in
      let start = piece * step
      let count = min(length, start + step) - start
      if byRows {
        kernel(
          generation, plan, count, n, k, a.from(start * a.row, size), b,
          c.from(start * c.row, size), accumulate)
      } else {
        kernel(
          generation, plan, m, count, k, a, b.from(start * b.column, size), c.from(start, size),
          accumulate)
      }
    }
  }

  /// Computes `batch` products C = A·B of one size, whose operands are `aBatch` and `bBatch` elements
  /// apart (0 repeats one matrix), and whose results follow each other.
  package func products(
    _ batch: Int, _ m: Int, _ n: Int, _ k: Int, _ a: KernelGrid, apart aBatch: Int,
    _ b: KernelGrid, apart bBatch: Int, _ c: KernelGrid
  ) {
    let isLarge = m * n * k >= parallelProduct
    let grain = isLarge ? max(1, batch) : max(1, parallelProduct / max(1, 2 * m * n * k))
    inParallel(pieces: (batch + grain - 1) / grain) { piece in
      for i in piece * grain..<min(batch, (piece + 1) * grain) {
        product(
          m, n, k, a.from(i * aBatch, size), b.from(i * bBatch, size), c.from(i * m * n, size))
      }
    }
  }
}

extension KernelGrid {
  fileprivate var transposed: KernelGrid { KernelGrid(start: start, row: column, column: row) }

  /// From an offset of elements of a size on.
  fileprivate func from(_ offset: Int, _ size: Int) -> KernelGrid {
    KernelGrid(start: start + offset * size, row: row, column: column)
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
  _ m: Int, _ n: Int, _ k: Int, _ a: KernelGrid, _ b: KernelGrid, bytes: Int
) -> KernelProduct {
  if n == 1, a.column == 1, b.row == 1, k >= 64 { return .dots }
  if b.column == 1, m <= 8 || bytes <= 1 << 20 { return .direct }
  guard a.column == 1, b.row == 1, k >= 64 else { return .packed }
  return m <= 8 || n <= 16 || m <= 64 && k >= 512 && bytes <= 1 << 19 ? .dots : .packed
}

/// The length, a multiple of `unit`, of `pieces` pieces of `length`.
private func evenPieces(of length: Int, _ pieces: Int, unit: Int) -> Int {
  ((length + pieces - 1) / pieces + unit - 1) / unit * unit
}
