internal import WorkbookArrays

/// The larger of two elements, for arrays whose shapes broadcast; NaN where either is.
///
/// Traps if they do not.
///
/// ```swift
/// let x: NDArray<Double> = [[1, 5], [7, 3]]
/// print(maximum(x, [4, 4]), maximum(x, x.T), separator: "\n")
/// ```
/// ```output
/// [[4. 5.]
///  [7. 4.]]
/// [[1. 7.]
///  [7. 3.]]
/// ```
public func maximum<Scalar>(_ a: NDArray<Scalar>, _ b: NDArray<Scalar>) -> NDArray<Scalar> {
  NDArray.binary(.maximum, a, b, "maximum")
}

/// Each element, or `b` where that is larger; `maximum(h, 0)` is the rectifier.
///
/// ```swift
/// let h: NDArray<Double> = [-1, 0, 2]
/// print(maximum(h, 0))
/// ```
/// ```output
/// [0. 0. 2.]
/// ```
public func maximum<Scalar>(_ a: NDArray<Scalar>, _ b: Scalar) -> NDArray<Scalar> {
  NDArray.binary(.maximum, a, b)
}

/// The smaller of two elements, for arrays whose shapes broadcast; NaN where either is.
///
/// Traps if they do not.
///
/// ```swift
/// let x: NDArray<Double> = [1, 5, 3]
/// print(minimum(x, [4, 4, 4]))
/// ```
/// ```output
/// [1. 4. 3.]
/// ```
public func minimum<Scalar>(_ a: NDArray<Scalar>, _ b: NDArray<Scalar>) -> NDArray<Scalar> {
  NDArray.binary(.minimum, a, b, "minimum")
}

/// Each element, or `b` where that is smaller.
public func minimum<Scalar>(_ a: NDArray<Scalar>, _ b: Scalar) -> NDArray<Scalar> {
  NDArray.binary(.minimum, a, b)
}

/// Each element limited to `low`...`high`.
///
/// ```swift
/// let x: NDArray<Double> = [-2, 0.5, 3]
/// print(clip(x, -1, 1))
/// ```
/// ```output
/// [-1.   0.5  1. ]
/// ```
public func clip<Scalar>(
  _ x: NDArray<Scalar>, _ low: Scalar, _ high: Scalar
) -> NDArray<Scalar> {
  minimum(maximum(x, low), high)
}

/// Each element of `a` to the power of `b`, whose shapes broadcast.
///
/// Traps if they do not.
///
/// ```swift
/// let x: NDArray<Double> = [2, 3, 4]
/// print(power(x, [3, 2, 0.5]))
/// ```
/// ```output
/// [8. 9. 2.]
/// ```
public func power<Scalar>(_ a: NDArray<Scalar>, _ b: NDArray<Scalar>) -> NDArray<Scalar> {
  NDArray.binary(.power, a, b, "power")
}

/// Each element to the power of `b`.
public func power<Scalar>(_ a: NDArray<Scalar>, _ b: Scalar) -> NDArray<Scalar> {
  b == 2 ? square(a) : NDArray.binary(.power, a, b)
}

/// The square of each element.
///
/// ```swift
/// let x: NDArray<Double> = [-3, 0.5]
/// print(square(x))
/// ```
/// ```output
/// [9.   0.25]
/// ```
public func square<Scalar>(_ x: NDArray<Scalar>) -> NDArray<Scalar> { NDArray.unary(.square, x) }

/// The square root of each element; NaN of negative ones.
///
/// ```swift
/// let x: NDArray<Double> = [4, 2]
/// print(sqrt(x))
/// ```
/// ```output
/// [2.         1.41421356]
/// ```
public func sqrt<Scalar>(_ x: NDArray<Scalar>) -> NDArray<Scalar> {
  NDArray.unary(.squareRoot, x)
}

/// The magnitude of each element.
///
/// ```swift
/// let x: NDArray<Double> = [-3, 0.5]
/// print(abs(x))
/// ```
/// ```output
/// [3.  0.5]
/// ```
public func abs<Scalar>(_ x: NDArray<Scalar>) -> NDArray<Scalar> { NDArray.unary(.absolute, x) }

/// -1, 0 or 1 as each element is negative, zero or positive.
///
/// ```swift
/// let x: NDArray<Double> = [-3, 0, 0.5]
/// print(sign(x))
/// ```
/// ```output
/// [-1.  0.  1.]
/// ```
public func sign<Scalar>(_ x: NDArray<Scalar>) -> NDArray<Scalar> { NDArray.unary(.sign, x) }

/// e to the power of each element.
///
/// ```swift
/// let x: NDArray<Double> = [0, 1, -1]
/// print(exp(x))
/// ```
/// ```output
/// [1.         2.71828183 0.36787944]
/// ```
public func exp<Scalar>(_ x: NDArray<Scalar>) -> NDArray<Scalar> { NDArray.unary(.exp, x) }

/// The natural logarithm of each element; NaN of negative ones.
///
/// ```swift
/// let x: NDArray<Double> = [1, 2, 10]
/// print(log(x))
/// ```
/// ```output
/// [0.         0.69314718 2.30258509]
/// ```
public func log<Scalar>(_ x: NDArray<Scalar>) -> NDArray<Scalar> { NDArray.unary(.log, x) }

/// The sine of each element, in radians.
///
/// ```swift
/// let x: NDArray<Double> = [0, 1, 2]
/// print(sin(x))
/// ```
/// ```output
/// [0.         0.84147098 0.90929743]
/// ```
public func sin<Scalar>(_ x: NDArray<Scalar>) -> NDArray<Scalar> { NDArray.unary(.sin, x) }

/// The cosine of each element, in radians.
///
/// ```swift
/// let x: NDArray<Double> = [0, 1, 2]
/// print(cos(x))
/// ```
/// ```output
/// [ 1.          0.54030231 -0.41614684]
/// ```
public func cos<Scalar>(_ x: NDArray<Scalar>) -> NDArray<Scalar> { NDArray.unary(.cos, x) }

/// The hyperbolic tangent of each element.
///
/// ```swift
/// let x: NDArray<Double> = [-100, -1, 0, 1, 100]
/// print(tanh(x))
/// ```
/// ```output
/// [-1.         -0.76159416  0.          0.76159416  1.        ]
/// ```
public func tanh<Scalar>(_ x: NDArray<Scalar>) -> NDArray<Scalar> { NDArray.unary(.tanh, x) }

/// The arrays one after another along an axis; their other sizes are the same.
///
/// Traps if they are not, or if there is no array.
///
/// ```swift
/// let x: NDArray<Double> = [[1, 2]], y: NDArray<Double> = [[3, 4]]
/// print(concatenate([x, y]))
/// print(concatenate([x, y], axis: 1))
/// ```
/// ```output
/// [[1. 2.]
///  [3. 4.]]
/// [[1. 2. 3. 4.]]
/// ```
public func concatenate<Scalar>(_ arrays: [NDArray<Scalar>], axis: Int = 0) -> NDArray<Scalar> {
  require(!arrays.isEmpty, "concatenate: there is no array")
  let axis = normalized(axis, arrays[0].ndim, "concatenate")
  var shape = arrays[0].shape
  for array in arrays.dropFirst() {
    var other = array.shape
    if other.count == shape.count { other[axis] = arrays[0].shape[axis] }
    require(
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
///
/// ```swift
/// let x: NDArray<Double> = [1, 2], y: NDArray<Double> = [3, 4]
/// print(stack([x, y]))
/// ```
/// ```output
/// [[1. 2.]
///  [3. 4.]]
/// ```
public func stack<Scalar>(_ arrays: [NDArray<Scalar>]) -> NDArray<Scalar> {
  concatenate(
    arrays.map { NDArray($0.layout.unsqueezed([0]), $0.offset, $0.buffer) })
}

/// Whether both have one shape and all elements |a − b| ≤ atol + rtol · |b|.
///
/// ```swift
/// let x = NDArray([0.1 + 0.2])
/// print(x == [0.3], allclose(x, [0.3]))
/// ```
/// ```output
/// false true
/// ```
public func allclose<Scalar>(
  _ a: NDArray<Scalar>, _ b: NDArray<Scalar>, rtol: Scalar = 1e-5, atol: Scalar = 1e-8
) -> Bool {
  a.shape == b.shape
    && zip(a.scalars, b.scalars).allSatisfy {
      $0 == $1 || $1.isFinite && ($0 - $1).magnitude <= atol + rtol * $1.magnitude
    }
}

/// `axis` counted from 0, where negative ones count from the end.
///
/// Traps, in the name of `operation`, if there is no such axis.
func normalized(_ axis: Int, _ ndim: Int, _ operation: StaticString) -> Int {
  require(
    axis >= -ndim && axis < ndim,
    "\(operation): axis \(axis) is out of range for an array of \(ndim) axes")
  return axis < 0 ? axis + ndim : axis
}
