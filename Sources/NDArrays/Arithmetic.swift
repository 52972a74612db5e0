internal import WorkbookArrays

extension NDArray {
  /// The sum, element by element, of two arrays whose shapes broadcast.
  ///
  /// Traps if they do not.
  ///
  /// ```swift
  /// let x: NDArray<Double> = [[1, 2], [3, 4]]
  /// print(x + [10, 20])
  /// ```
  /// ```output
  /// [[11. 22.]
  ///  [13. 24.]]
  /// ```
  ///
  /// <!-- workbook: traps="[2, 2] and [3]; the sizes 2 and 3 of axis -1 differ" -->
  /// ```swift
  /// // +: cannot broadcast [2, 2] and [3]; the sizes 2 and 3 of axis -1 differ
  /// print(x + [1, 2, 3])
  /// ```
  public static func + (a: NDArray, b: NDArray) -> NDArray { binary(.add, a, b, "+") }

  /// The difference, element by element, of two arrays whose shapes broadcast.
  ///
  /// Traps if they do not.
  ///
  /// ```swift
  /// let row: NDArray<Double> = [1, 2, 3]
  /// let column: NDArray<Double> = [[1], [2]]
  /// print(row - column)
  /// ```
  /// ```output
  /// [[ 0.  1.  2.]
  ///  [-1.  0.  1.]]
  /// ```
  public static func - (a: NDArray, b: NDArray) -> NDArray { binary(.subtract, a, b, "-") }

  /// The product, element by element, of two arrays whose shapes broadcast.
  ///
  /// The matrix product is ``dot(_:)``. Traps if the shapes do not broadcast.
  ///
  /// ```swift
  /// let x: NDArray<Double> = [[1, 2], [3, 4]]
  /// print(x * x)
  /// ```
  /// ```output
  /// [[ 1.  4.]
  ///  [ 9. 16.]]
  /// ```
  public static func * (a: NDArray, b: NDArray) -> NDArray { binary(.multiply, a, b, "*") }

  /// The quotient, element by element, of two arrays whose shapes broadcast.
  ///
  /// Traps if they do not.
  ///
  /// ```swift
  /// let x: NDArray<Double> = [[1, 2], [3, 4]]
  /// print(x / x.sum(axis: 1, keepDims: true))
  /// ```
  /// ```output
  /// [[0.33333333 0.66666667]
  ///  [0.42857143 0.57142857]]
  /// ```
  public static func / (a: NDArray, b: NDArray) -> NDArray { binary(.divide, a, b, "/") }

  /// Each element plus `b`.
  public static func + (a: NDArray, b: Scalar) -> NDArray { binary(.add, a, b) }

  /// Each element minus `b`.
  public static func - (a: NDArray, b: Scalar) -> NDArray { binary(.subtract, a, b) }

  /// Each element times `b`.
  public static func * (a: NDArray, b: Scalar) -> NDArray { binary(.multiply, a, b) }

  /// Each element divided by `b`.
  public static func / (a: NDArray, b: Scalar) -> NDArray { binary(.divide, a, b) }

  /// `a` plus each element.
  public static func + (a: Scalar, b: NDArray) -> NDArray { binary(.add, a, b) }

  /// `a` minus each element.
  public static func - (a: Scalar, b: NDArray) -> NDArray { binary(.subtract, a, b) }

  /// `a` times each element.
  public static func * (a: Scalar, b: NDArray) -> NDArray { binary(.multiply, a, b) }

  /// `a` divided by each element.
  public static func / (a: Scalar, b: NDArray) -> NDArray { binary(.divide, a, b) }

  /// Each element with the other sign.
  ///
  /// ```swift
  /// let x: NDArray<Double> = [0, 1]
  /// print(-x)
  /// ```
  /// ```output
  /// [-0. -1.]
  /// ```
  public static prefix func - (x: NDArray) -> NDArray { unary(.negate, x) }

  /// Adds `b`, which broadcasts to the shape of `a`, in place.
  ///
  /// Other arrays that shared memory with `a` keep their elements. Traps if `b` does not broadcast
  /// to that shape.
  ///
  /// ```swift
  /// let x: NDArray<Double> = [1, 2]
  /// var y = x
  /// y += [10, 20]
  /// print(x, y)
  /// ```
  /// ```output
  /// [1. 2.] [11. 22.]
  /// ```
  public static func += (a: inout NDArray, b: NDArray) { update(.add, &a, b, "+=") }

  /// Subtracts `b`, which broadcasts to the shape of `a`, in place.
  ///
  /// Traps if it does not.
  ///
  /// ```swift
  /// var w: NDArray<Double> = [1, 2]
  /// w -= 0.5 * w
  /// print(w)
  /// ```
  /// ```output
  /// [0.5 1. ]
  /// ```
  public static func -= (a: inout NDArray, b: NDArray) { update(.subtract, &a, b, "-=") }

  /// Multiplies by `b`, which broadcasts to the shape of `a`, in place.
  ///
  /// Traps if it does not.
  ///
  /// ```swift
  /// var x: NDArray<Double> = [[1, 2], [3, 4]]
  /// x *= [[1], [-1]]
  /// print(x)
  /// ```
  /// ```output
  /// [[ 1.  2.]
  ///  [-3. -4.]]
  /// ```
  public static func *= (a: inout NDArray, b: NDArray) { update(.multiply, &a, b, "*=") }

  /// Divides by `b`, which broadcasts to the shape of `a`, in place.
  ///
  /// Traps if it does not.
  ///
  /// ```swift
  /// var x: NDArray<Double> = [[1, 2], [3, 4]]
  /// x /= [1, 2]
  /// print(x)
  /// ```
  /// ```output
  /// [[1. 1.]
  ///  [3. 2.]]
  /// ```
  public static func /= (a: inout NDArray, b: NDArray) { update(.divide, &a, b, "/=") }

  /// Adds `b` to each element, in place.
  public static func += (a: inout NDArray, b: Scalar) { update(.add, &a, b) }

  /// Subtracts `b` from each element, in place.
  public static func -= (a: inout NDArray, b: Scalar) { update(.subtract, &a, b) }

  /// Multiplies each element by `b`, in place.
  public static func *= (a: inout NDArray, b: Scalar) { update(.multiply, &a, b) }

  /// Divides each element by `b`, in place.
  public static func /= (a: inout NDArray, b: Scalar) { update(.divide, &a, b) }
}

// MARK: - From an operation to its kernel

extension NDArray {
  static func unary(_ op: KernelUnary, _ x: NDArray) -> NDArray {
    let source = x.contiguous()
    let result = NDArray(uninitialized: x.shape)
    withExtendedLifetime((source.buffer, result.buffer)) {
      Scalar.kernels.unary(op, x.count, source.pointer, result.pointer)
    }
    return result
  }

  static func binary(
    _ op: KernelBinary, _ a: NDArray, _ b: NDArray, _ name: StaticString
  ) -> NDArray {
    let result = NDArray(uninitialized: broadcast(a.shape, b.shape, name))
    compute(op, a, b, into: result)
    return result
  }

  static func binary(_ op: KernelBinary, _ a: NDArray, _ b: Scalar) -> NDArray {
    let result = NDArray(uninitialized: a.shape)
    compute(op, a.contiguous(), b, into: result)
    return result
  }

  static func binary(_ op: KernelBinary, _ a: Scalar, _ b: NDArray) -> NDArray {
    binary(op, NDArray(a), b, "")
  }

  private static func update(
    _ op: KernelBinary, _ a: inout NDArray, _ b: NDArray, _ name: StaticString
  ) {
    let shape = broadcast(a.shape, b.shape, name)
    require(shape == a.shape, "\(name): the result has the shape \(shape), not \(a.shape)")
    a.makeUnique()
    compute(op, a, b, into: a)
  }

  private static func update(_ op: KernelBinary, _ a: inout NDArray, _ b: Scalar) {
    a.makeUnique()
    compute(op, a, b, into: a)
  }

  /// Fills `result`, contiguous and of the shape that `a` and `b` broadcast to.
  private static func compute(
    _ op: KernelBinary, _ a: NDArray, _ b: NDArray, into result: NDArray
  ) {
    withExtendedLifetime((a.buffer, b.buffer, result.buffer)) {
      if a.isContiguous, b.isContiguous, a.count == result.count, b.count == result.count {
        return Scalar.kernels.binary(op, result.count, a.pointer, b.pointer, result.pointer)
      }
      let shape = result.shape
      Scalar.kernels.binary(
        op, shape, a.operand(in: shape), b.operand(in: shape), result.operand(in: shape))
    }
  }

  /// Fills `result`, as contiguous and of the same shape as `a`.
  private static func compute(
    _ op: KernelBinary, _ a: NDArray, _ b: Scalar, into result: NDArray
  ) {
    var b = b
    withUnsafeMutablePointer(to: &b) { b in
      withExtendedLifetime((a.buffer, result.buffer)) {
        Scalar.kernels.binary(op, a.count, a.pointer, b, bStep: 0, result.pointer)
      }
    }
  }

  /// The shape that two shapes broadcast to; traps, in the name of an operation, if there is none.
  static func broadcast(_ a: [Int], _ b: [Int], _ operation: StaticString) -> [Int] {
    if let shape = broadcastShape(a, b) { return shape }
    let clash = zip(a.reversed(), b.reversed()).enumerated()
      .first { $1.0 != $1.1 && $1.0 != 1 && $1.1 != 1 }!
    let (i, (x, y)) = clash
    fail(
      "\(operation): cannot broadcast \(a) and \(b); the sizes \(x) and \(y) of axis -\(i + 1) differ"
    )
  }
}
