internal import Kernels

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The larger of two elements, for arrays whose shapes broadcast; NaN where either is.
public func maximum<Scalar>(_ a: NDArray<Scalar>, _ b: NDArray<Scalar>) -> NDArray<Scalar> {
  NDArray.binary(.maximum, a, b, "maximum")
}

/// Each element, or `b` where that is larger; `maximum(h, 0)` is the rectifier.
public func maximum<Scalar>(_ a: NDArray<Scalar>, _ b: Scalar) -> NDArray<Scalar> {
  NDArray.binary(.maximum, a, b)
}

/// The smaller of two elements, for arrays whose shapes broadcast; NaN where either is.
public func minimum<Scalar>(_ a: NDArray<Scalar>, _ b: NDArray<Scalar>) -> NDArray<Scalar> {
  NDArray.binary(.minimum, a, b, "minimum")
}

/// Each element, or `b` where that is smaller.
public func minimum<Scalar>(_ a: NDArray<Scalar>, _ b: Scalar) -> NDArray<Scalar> {
  NDArray.binary(.minimum, a, b)
}

/// Each element limited to `low`...`high`.
public func clip<Scalar>(
  _ x: NDArray<Scalar>, _ low: Scalar, _ high: Scalar
) -> NDArray<Scalar> {
  minimum(maximum(x, low), high)
}

/// Each element of `a` to the power of `b`, whose shapes broadcast.
public func power<Scalar>(_ a: NDArray<Scalar>, _ b: NDArray<Scalar>) -> NDArray<Scalar> {
  NDArray.binary(.power, a, b, "power")
}

/// Each element to the power of `b`.
public func power<Scalar>(_ a: NDArray<Scalar>, _ b: Scalar) -> NDArray<Scalar> {
  b == 2 ? square(a) : NDArray.binary(.power, a, b)
}

/// The square of each element.
public func square<Scalar>(_ x: NDArray<Scalar>) -> NDArray<Scalar> { NDArray.unary(.square, x) }

/// The square root of each element; NaN of negative ones.
public func sqrt<Scalar>(_ x: NDArray<Scalar>) -> NDArray<Scalar> {
  NDArray.unary(.squareRoot, x)
}

/// The magnitude of each element.
public func abs<Scalar>(_ x: NDArray<Scalar>) -> NDArray<Scalar> { NDArray.unary(.absolute, x) }

/// -1, 0 or 1 as each element is negative, zero or positive.
public func sign<Scalar>(_ x: NDArray<Scalar>) -> NDArray<Scalar> { NDArray.unary(.sign, x) }

/// e to the power of each element.
public func exp<Scalar>(_ x: NDArray<Scalar>) -> NDArray<Scalar> { NDArray.unary(.exp, x) }

/// The natural logarithm of each element; NaN of negative ones.
public func log<Scalar>(_ x: NDArray<Scalar>) -> NDArray<Scalar> { NDArray.unary(.log, x) }

/// The sine of each element, in radians.
public func sin<Scalar>(_ x: NDArray<Scalar>) -> NDArray<Scalar> { NDArray.unary(.sin, x) }

/// The cosine of each element, in radians.
public func cos<Scalar>(_ x: NDArray<Scalar>) -> NDArray<Scalar> { NDArray.unary(.cos, x) }

/// The hyperbolic tangent of each element.
public func tanh<Scalar>(_ x: NDArray<Scalar>) -> NDArray<Scalar> { NDArray.unary(.tanh, x) }

/// The arrays one after another along an axis; their other sizes are the same.
///
/// Traps if they are not, or if there is no array.
public func concatenate<Scalar>(_ arrays: [NDArray<Scalar>], axis: Int = 0) -> NDArray<Scalar> {
  ensure(!arrays.isEmpty, "concatenate: there is no array")
  let axis = normalized(axis, arrays[0].ndim, "concatenate")
  var shape = arrays[0].shape
  for array in arrays.dropFirst() {
    var other = array.shape
    if other.count == shape.count { other[axis] = arrays[0].shape[axis] }
    ensure(
      other == arrays[0].shape,
      """
      concatenate: the shapes \(arrays[0].shape) and \(array.shape) differ along more than \
      axis \(axis)
      """)
    shape[axis] += array.shape[axis]
  }
  let result = NDArray<Scalar>(uninitialized: shape)
  var start = 0
  for array in arrays {
    result.part(axis, start..<start + array.shape[axis]).assign(from: array)
    start += array.shape[axis]
  }
  return result
}

/// Arrays of one shape side by side along a new first axis.
///
/// Traps if their shapes differ, or if there is no array.
public func stack<Scalar>(_ arrays: [NDArray<Scalar>]) -> NDArray<Scalar> {
  concatenate(
    arrays.map { array in
      let row = array.contiguous()
      return NDArray(
        shape: [1] + row.shape, count: row.count, viewStrides: nil, offset: row.offset,
        buffer: row.buffer)
    })
}

/// Whether both have one shape and all elements |a − b| ≤ atol + rtol · |b|.
public func allclose<Scalar>(
  _ a: NDArray<Scalar>, _ b: NDArray<Scalar>, rtol: Scalar = 1e-5, atol: Scalar = 1e-8
) -> Bool {
  a.shape == b.shape
    && zip(a.scalars, b.scalars).allSatisfy {
      $0 == $1 || ($0 - $1).magnitude <= atol + rtol * $1.magnitude
    }
}

/// `axis` counted from 0, where negative ones count from the end.
///
/// Traps, in the name of `operation`, if there is no such axis.
package func normalized(_ axis: Int, _ ndim: Int, _ operation: StaticString) -> Int {
  ensure(
    axis >= -ndim && axis < ndim,
    "\(operation): axis \(axis) is out of range for an array of \(ndim) axes")
  return axis < 0 ? axis + ndim : axis
}
