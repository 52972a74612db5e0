internal import WorkbookArrays

/// Truth values in the shape of an array: what a comparison such as `h .< 0` returns.
///
/// ```swift
/// let h: NDArray<Double> = [[1, -2], [-3, 4]]
/// let negative = h .< 0
/// print(negative.count(), negative[0, 1], h[negative])
/// ```
/// ```output
/// 2 true [-2. -3.]
/// ```
public struct Mask: Sendable, Equatable {
  /// The size of each axis.
  public let shape: [Int]
  /// 1 for true and 0 for false, in row-major order.
  private(set) var bytes: [UInt8]

  init(shape: [Int], bytes: [UInt8]) {
    self.shape = shape
    self.bytes = bytes
  }

  /// The truth values in row-major order.
  public var scalars: [Bool] { bytes.map { $0 != 0 } }

  /// How many are true.
  ///
  /// ```swift
  /// let x: NDArray<Double> = [1, -2, 3]
  /// print((x .> 0).count())
  /// ```
  /// ```output
  /// 2
  /// ```
  public func count() -> Int { bytes.reduce(0) { $0 + Int($1) } }

  /// Whether any is true.
  ///
  /// ```swift
  /// let x: NDArray<Double> = [1, -2, 3]
  /// print((x .> 0).any(), (x .> 3).any())
  /// ```
  /// ```output
  /// true false
  /// ```
  public func any() -> Bool { bytes.contains(1) }

  /// Whether all are true.
  ///
  /// ```swift
  /// let x: NDArray<Double> = [1, -2, 3]
  /// print((x .> 0).all(), (x .< 4).all())
  /// ```
  /// ```output
  /// false true
  /// ```
  public func all() -> Bool { !bytes.contains(0) }

  /// The truth value at a place, one index an axis; negative indices count from the end.
  ///
  /// Traps if an index is outside its axis.
  ///
  /// ```swift
  /// let x: NDArray<Double> = [[1, -2], [3, 4]]
  /// print((x .< 0)[0, -1])
  /// ```
  /// ```output
  /// true
  /// ```
  public subscript(indices: Int...) -> Bool { bytes[place(of: indices, in: shape)] != 0 }

  /// True where the mask is false.
  ///
  /// ```swift
  /// let x: NDArray<Double> = [1, -2, 3]
  /// print((.!(x .< 0)).scalars)
  /// ```
  /// ```output
  /// [true, false, true]
  /// ```
  public static prefix func .! (a: Mask) -> Mask {
    Mask(shape: a.shape, bytes: a.bytes.map { 1 - $0 })
  }

  /// True where both masks, of one shape, are.
  ///
  /// Traps if their shapes differ.
  ///
  /// ```swift
  /// let x: NDArray<Double> = [1, 2, 3]
  /// print(((x .> 1) .& (x .< 3)).scalars)
  /// ```
  /// ```output
  /// [false, true, false]
  /// ```
  public static func .& (a: Mask, b: Mask) -> Mask { combine(a, b, ".&", &) }

  /// True where either of two masks of one shape is.
  ///
  /// Traps if their shapes differ.
  ///
  /// ```swift
  /// let x: NDArray<Double> = [1, 2, 3]
  /// print(((x .< 2) .| (x .> 2)).scalars)
  /// ```
  /// ```output
  /// [true, false, true]
  /// ```
  public static func .| (a: Mask, b: Mask) -> Mask { combine(a, b, ".|", |) }

  /// True where exactly one of two masks of one shape is.
  ///
  /// Traps if their shapes differ.
  ///
  /// ```swift
  /// let x: NDArray<Double> = [1, 2, 3]
  /// print(((x .< 3) .^ (x .> 1)).scalars)
  /// ```
  /// ```output
  /// [true, false, true]
  /// ```
  public static func .^ (a: Mask, b: Mask) -> Mask { combine(a, b, ".^", ^) }

  private static func combine(
    _ a: Mask, _ b: Mask, _ name: StaticString, _ operation: (UInt8, UInt8) -> UInt8
  ) -> Mask {
    require(a.shape == b.shape, "\(name): the shapes \(a.shape) and \(b.shape) differ")
    return Mask(shape: a.shape, bytes: zip(a.bytes, b.bytes).map(operation))
  }
}

// MARK: - Comparisons

extension NDArray {
  /// Where `a` is less than `b`.
  ///
  /// The mask has the shape that both broadcast to, as of all comparisons. Traps if they do not.
  ///
  /// ```swift
  /// let x: NDArray<Double> = [[1, 2], [3, 4]]
  /// print((x .< [2, 5]).scalars)
  /// ```
  /// ```output
  /// [true, true, false, true]
  /// ```
  public static func .< (a: NDArray, b: NDArray) -> Mask { compare(.less, a, b, ".<") }

  /// Where `a` is less than or equal to `b`.
  ///
  /// ```swift
  /// let x: NDArray<Double> = [1, 2, 3]
  /// print((x .<= 2).scalars)
  /// ```
  /// ```output
  /// [true, true, false]
  /// ```
  public static func .<= (a: NDArray, b: NDArray) -> Mask { compare(.lessOrEqual, a, b, ".<=") }

  /// Where `a` is greater than `b`.
  ///
  /// ```swift
  /// let x: NDArray<Double> = [1, 2, 3]
  /// print((x .> 2).scalars)
  /// ```
  /// ```output
  /// [false, false, true]
  /// ```
  public static func .> (a: NDArray, b: NDArray) -> Mask { compare(.greater, a, b, ".>") }

  /// Where `a` is greater than or equal to `b`.
  ///
  /// ```swift
  /// let x: NDArray<Double> = [1, 2, 3]
  /// print((x .>= 2).scalars)
  /// ```
  /// ```output
  /// [false, true, true]
  /// ```
  public static func .>= (a: NDArray, b: NDArray) -> Mask { compare(.greaterOrEqual, a, b, ".>=") }

  /// Where `a` equals `b`.
  ///
  /// Of whole arrays `==` says whether they are equal.
  ///
  /// ```swift
  /// let x: NDArray<Double> = [1, 2, 3]
  /// print((x .== [1, 0, 3]).scalars, x == [1, 0, 3])
  /// ```
  /// ```output
  /// [true, false, true] false
  /// ```
  public static func .== (a: NDArray, b: NDArray) -> Mask { compare(.equal, a, b, ".==") }

  /// Where `a` does not equal `b`.
  ///
  /// ```swift
  /// let x = NDArray([.nan, 2.0])
  /// print((x .!= x).scalars)
  /// ```
  /// ```output
  /// [true, false]
  /// ```
  public static func .!= (a: NDArray, b: NDArray) -> Mask { compare(.notEqual, a, b, ".!=") }

  /// Where `a` is less than `b`.
  public static func .< (a: NDArray, b: Scalar) -> Mask { a .< NDArray(b) }

  /// Where `a` is less than or equal to `b`.
  public static func .<= (a: NDArray, b: Scalar) -> Mask { a .<= NDArray(b) }

  /// Where `a` is greater than `b`.
  public static func .> (a: NDArray, b: Scalar) -> Mask { a .> NDArray(b) }

  /// Where `a` is greater than or equal to `b`.
  public static func .>= (a: NDArray, b: Scalar) -> Mask { a .>= NDArray(b) }

  /// Where `a` equals `b`.
  public static func .== (a: NDArray, b: Scalar) -> Mask { a .== NDArray(b) }

  /// Where `a` does not equal `b`.
  public static func .!= (a: NDArray, b: Scalar) -> Mask { a .!= NDArray(b) }

  private static func compare(
    _ op: KernelComparison, _ a: NDArray, _ b: NDArray, _ name: StaticString
  ) -> Mask {
    let layout = Layout(broadcast(a.shape, b.shape, name))
    let shape = layout.shape
    let bytes = [UInt8](unsafeUninitializedCapacity: layout.count) { bytes, filled in
      guard let start = bytes.baseAddress, layout.count > 0 else { return }
      withExtendedLifetime((a.buffer, b.buffer)) {
        Scalar.kernels.compare(
          op, shape, a.operand(in: shape), b.operand(in: shape),
          Operand(start, layout.strides, size: 1))
      }
      filled = layout.count
    }
    return Mask(shape: shape, bytes: bytes)
  }
}

// MARK: - Masked access

extension NDArray {
  /// The elements where `mask`, of the same shape, is true, as an array of one axis.
  ///
  /// Setting replaces them, in row-major order, with as many others.
  ///
  /// Traps if the shapes or counts differ.
  ///
  /// ```swift
  /// var x: NDArray<Double> = [[1, -2], [-3, 4]]
  /// print(x[x .< 0])
  /// x[x .< 0] = [20, 30]
  /// print(x)
  /// ```
  /// ```output
  /// [-2. -3.]
  /// [[ 1. 20.]
  ///  [30.  4.]]
  /// ```
  public subscript(mask: Mask) -> NDArray {
    get {
      check(mask)
      return NDArray(zip(scalars, mask.bytes).compactMap { $1 != 0 ? $0 : nil })
    }
    set {
      check(mask)
      let values = newValue.scalars
      let places = mask.bytes.indices.filter { mask.bytes[$0] != 0 }
      require(
        places.count == values.count,
        "[mask]: \(values.count) values cannot replace the \(places.count) that are selected")
      makeUnique()
      for (place, value) in zip(places, values) { pointer[place] = value }
    }
  }

  /// Sets every element where `mask`, of the same shape, is true: `gradH[h .< 0] = 0`.
  ///
  /// ```swift
  /// var gradH: NDArray<Double> = [10, 20, 30]
  /// let h: NDArray<Double> = [-1, 0, 1]
  /// gradH[h .< 0] = 0
  /// print(gradH)
  /// ```
  /// ```output
  /// [ 0. 20. 30.]
  /// ```
  @_disfavoredOverload
  public subscript(mask: Mask) -> Scalar {
    @available(*, unavailable, message: "a mask selects an array, not a number")
    get { fatalError() }
    set { replace(with: NDArray(newValue), where: mask) }
  }

  /// Takes the elements of `other`, which broadcasts to this shape, where `mask` is true.
  ///
  /// Traps if it does not, or if the mask has another shape.
  ///
  /// ```swift
  /// var x: NDArray<Double> = [[1, -2], [-3, 4]]
  /// x.replace(with: [10, 20], where: x .< 0)
  /// print(x)
  /// ```
  /// ```output
  /// [[ 1. 20.]
  ///  [10.  4.]]
  /// ```
  public mutating func replace(with other: NDArray, where mask: Mask) {
    check(mask)
    let wide = Self.broadcast(shape, other.shape, "replace")
    require(wide == shape, "replace: the shape \(other.shape) does not broadcast to \(shape)")
    makeUnique()
    if count == 0 { return }
    mask.bytes.withUnsafeBytes { mask in
      withExtendedLifetime((buffer, other.buffer)) {
        // Kernels only read a mask.
        let start = UnsafeMutableRawPointer(mutating: mask.baseAddress!)
        let own = operand(in: shape)
        selectElements(
          shape, Operand(start, layout.strides, size: 1), other.operand(in: shape), own, own)
      }
    }
  }

  /// The array with the elements of `other`, which broadcasts to its shape, where `mask` is true.
  ///
  /// ```swift
  /// let x: NDArray<Double> = [1, -2, 3]
  /// print(x.replacing(with: -x, where: x .< 0))
  /// ```
  /// ```output
  /// [1. 2. 3.]
  /// ```
  public func replacing(with other: NDArray, where mask: Mask) -> NDArray {
    var result = self
    result.replace(with: other, where: mask)
    return result
  }

  /// The array with `value` where `mask` is true.
  public func replacing(with value: Scalar, where mask: Mask) -> NDArray {
    replacing(with: NDArray(value), where: mask)
  }

  private func check(_ mask: Mask) {
    require(
      mask.shape == shape,
      "[mask]: a mask of shape \(mask.shape) cannot select from an array of shape \(shape)")
  }
}
