internal import WorkbookArrays

extension NDArray {
  /// The matrix product with `other`, as in NumPy: `[m, k]` and `[k, n]` give `[m, n]`, a vector
  /// `[k]` on either side leaves out its axis, and two vectors give a number `[]`.
  ///
  /// Traps if the inner sizes differ. O(m·n·k); a transpose on either side costs no copy.
  ///
  /// ```swift
  /// let a: NDArray<Double> = [[1, 2], [3, 4]]
  /// let v: NDArray<Double> = [1, 10]
  /// print(a.dot(a.T), a.dot(v), v.dot(v), separator: "\n")
  /// ```
  /// ```output
  /// [[ 5. 11.]
  ///  [11. 25.]]
  /// [21. 43.]
  /// 101.0
  /// ```
  ///
  /// <!-- workbook: traps="cannot multiply [2, 3] by [2, 3]; the inner sizes 3 and 2 differ" -->
  /// ```swift
  /// let x = NDArray<Double>.zeros(2, 3)
  /// // dot: cannot multiply [2, 3] by [2, 3]; the inner sizes 3 and 2 differ
  /// print(x.dot(x))
  /// ```
  public func dot(_ other: NDArray) -> NDArray {
    require(
      (1...2).contains(ndim) && (1...2).contains(other.ndim),
      "dot: cannot multiply \(shape) by \(other.shape); vectors and matrices can be")
    let (m, k) = ndim == 2 ? (shape[0], shape[1]) : (1, shape[0])
    let (inner, n) = (other.shape[0], other.ndim == 2 ? other.shape[1] : 1)
    require(
      k == inner,
      "dot: cannot multiply \(shape) by \(other.shape); the inner sizes \(k) and \(inner) differ")
    let result = NDArray(uninitialized: shape.dropLast() + other.shape.dropFirst())
    withExtendedLifetime((buffer, other.buffer, result.buffer)) {
      Scalar.kernels.product(
        m, n, k,
        KernelGrid(
          start: pointer, row: ndim == 2 ? layout.strides[0] : 0, column: layout.strides[ndim - 1]),
        KernelGrid(
          start: other.pointer, row: other.layout.strides[0],
          column: other.ndim == 2 ? other.layout.strides[1] : 1),
        KernelGrid(start: result.pointer, row: n, column: 1))
    }
    return result
  }
}
