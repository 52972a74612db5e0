import WorkbookArrays

// What masks, bool tensors, are made into.
extension Tensor {
  /// Where a mask does not hold.
  ///
  /// Traps unless the elements are bool, as all operators of masks do.
  ///
  /// ```swift
  /// let x: Tensor = [-1, 0, 2]
  /// print(.!(x .< 0))
  /// ```
  /// ```output
  /// tensor([false,  true,  true])
  /// ```
  public static prefix func .! (a: Tensor) -> Tensor {
    requireMasks(".!", a, a)
    return Tensor(.joined(.xor, a.values, Values(1, [], .bool), ".!"))
  }

  /// Where both masks hold; shapes broadcast.
  ///
  /// ```swift
  /// let x: Tensor = [-1, 0, 2]
  /// print(x .> -1 .& x .< 1)
  /// ```
  /// ```output
  /// tensor([false,  true, false])
  /// ```
  public static func .& (a: Tensor, b: Tensor) -> Tensor {
    requireMasks(".&", a, b)
    return Tensor(.joined(.and, a.values, b.values, ".&"))
  }

  /// Where one of two masks holds, or both; shapes broadcast.
  ///
  /// ```swift
  /// let x: Tensor = [-1, 0, 2]
  /// print(x .< 0 .| x .> 1)
  /// ```
  /// ```output
  /// tensor([ true, false,  true])
  /// ```
  public static func .| (a: Tensor, b: Tensor) -> Tensor {
    requireMasks(".|", a, b)
    return Tensor(.joined(.or, a.values, b.values, ".|"))
  }

  /// Where exactly one of two masks holds; shapes broadcast.
  ///
  /// ```swift
  /// let x: Tensor = [-1, 0, 2]
  /// print(x .< 1 .^ x .> -1)
  /// ```
  /// ```output
  /// tensor([ true, false,  true])
  /// ```
  public static func .^ (a: Tensor, b: Tensor) -> Tensor {
    requireMasks(".^", a, b)
    return Tensor(.joined(.xor, a.values, b.values, ".^"))
  }

  /// Whether any element is not 0, as those of a mask are where it holds.
  ///
  /// ```swift
  /// let x: Tensor = [[1, -2], [3, 4]]
  /// print((x .< 0).any(), (x .< 0).any(dim: 1))
  /// ```
  /// ```output
  /// true tensor([ true, false])
  /// ```
  public func any() -> Bool { to(.bool).trueCount("any") > 0 }

  /// Whether any element along a dimension is not 0, bool.
  public func any(dim: Int, keepDim: Bool = false) -> Tensor {
    to(.bool).sum(dim: dim, keepDim: keepDim) .> 0
  }

  /// Whether no element is 0, as those of a mask are not where it holds.
  ///
  /// ```swift
  /// let x: Tensor = [[1, -2], [3, 4]]
  /// print((x .> 0).all(), (x .> 0).all(dim: 1))
  /// ```
  /// ```output
  /// false tensor([false,  true])
  /// ```
  public func all() -> Bool { to(.bool).trueCount("all") == count }

  /// Whether no element along a dimension is 0, bool.
  public func all(dim: Int, keepDim: Bool = false) -> Tensor {
    .!((.!to(.bool)).any(dim: dim, keepDim: keepDim))
  }

  private static func requireMasks(_ operation: String, _ a: Tensor, _ b: Tensor) {
    require(
      a.dtype == .bool && b.dtype == .bool,
      "\(operation): needs masks, not \(a.dtype) and \(b.dtype); compare, as in x .< 0")
  }

  /// The elements as float32.
  ///
  /// ```swift
  /// let (predicted, y) = (Tensor([1, 0, 2]), Tensor([1, 1, 2]))
  /// print((predicted .== y).float().mean())
  /// ```
  /// ```output
  /// tensor(0.6667)
  /// ```
  public func float() -> Tensor { to(.float32) }

  /// The elements as float64.
  ///
  /// ```swift
  /// print(Tensor([1, 2]).double())
  /// ```
  /// ```output
  /// tensor([1., 2.], dtype: .float64)
  /// ```
  public func double() -> Tensor { to(.float64) }

  /// The elements as int64, cut off behind the point.
  ///
  /// Traps if one has no int64.
  ///
  /// ```swift
  /// print(Tensor([1.7, -1.7]).long())
  /// ```
  /// ```output
  /// tensor([ 1, -1])
  /// ```
  public func long() -> Tensor { to(.int64) }

  /// Where elements are not 0, bool.
  ///
  /// ```swift
  /// print(Tensor([0, 2]).bool())
  /// ```
  /// ```output
  /// tensor([false,  true])
  /// ```
  public func bool() -> Tensor { to(.bool) }
}
