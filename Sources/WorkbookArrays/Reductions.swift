extension Kernels {
  /// Folds the middle axis of contiguous values `[outer, count, inner]` into `[outer, inner]`, on as
  /// many threads as pay.
  ///
  /// The threads share out what is kept, or else parts of one length, whatever the number of threads,
  /// so the result is the same, bit for bit, for any.
  package func reduce(
    _ op: KernelReduction, _ outer: Int, _ count: Int, _ inner: Int, _ x: UnsafeRawPointer,
    _ out: UnsafeMutableRawPointer
  ) {
    let (reduce, size) = (table.reduce, size)
    let part = 1 << 17
    if inner == 1, outer == 1, count > part {
      let parts = (count + part - 1) / part
      let partial = Buffer(byteCount: parts * size)
      let sums = partial.base
      inParallel(pieces: parts) { piece in
        let start = piece * part
        reduce(op, 1, min(part, count - start), 1, x + start * size, 1, sums + piece * size)
      }
      return withExtendedLifetime(partial) { reduce(op, 1, parts, 1, sums, 1, out) }
    }
    // Many rows of few columns, in parts of one length, too.
    let rows = max(64, part / max(inner, 1) & ~63)
    if inner > 1, outer * inner < elementwiseGrain, count > 2 * rows {
      let parts = (count + rows - 1) / rows
      let partial = Buffer(byteCount: outer * parts * inner * size)
      let sums = partial.base
      inParallel(pieces: outer * parts) { piece in
        let start = piece % parts * rows
        reduce(
          op, 1, min(rows, count - start), inner,
          x + (piece / parts * count + start) * inner * size, inner, sums + piece * inner * size)
      }
      return withExtendedLifetime(partial) { reduce(op, outer, parts, inner, sums, inner, out) }
    }
    if inner > outer {
      return inParallel(inner, grain: max(1, elementwiseGrain / max(1, outer * count))) { range in
        for o in 0..<outer {
          reduce(
            op, 1, count, range.count, x + (o * count * inner + range.lowerBound) * size, inner,
            out + (o * inner + range.lowerBound) * size)
        }
      }
    }
    inParallel(outer, grain: max(1, elementwiseGrain / max(1, count * inner))) { range in
      let first = range.lowerBound * inner * size
      reduce(op, range.count, count, inner, x + first * count, inner, out + first)
    }
  }
}
