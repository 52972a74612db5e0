package import Kernels

/// Folds the middle axis of contiguous values `[outer, count, inner]` into `[outer, inner]`, on as
/// many threads as pay.
///
/// Long rows are cut into parts of one length, whatever the number of threads, so the result is the
/// same, bit for bit, for any.
package func reduceInParallel<Scalar: NDArrayScalar>(
  _ op: KernelReduction, _ outer: Int, _ count: Int, _ inner: Int, _ x: UnsafePointer<Scalar>,
  _ out: UnsafeMutablePointer<Scalar>
) {
  let reduce = Scalar.kernels.reduce
  let part = 1 << 17
  guard outer == 1, inner == 1, count > part else {
    let grain = max(1, elementwiseGrain / max(1, count * inner))
    return inParallel(outer, grain: grain) { range in
      let first = range.lowerBound
      reduce(op, range.count, count, inner, x + first * count * inner, out + first * inner)
    }
  }
  let parts = (count + part - 1) / part
  let partial = NDArray<Scalar>(uninitialized: [parts])
  inParallel(pieces: parts) { piece in
    let start = piece * part
    reduce(op, 1, min(part, count - start), 1, x + start, partial.pointer + piece)
  }
  reduce(op, 1, parts, 1, partial.pointer, out)
}
