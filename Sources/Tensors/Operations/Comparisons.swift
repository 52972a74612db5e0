import WorkbookArrays

// Comparisons give masks: bool tensors of the broadcast shape.
extension Tensor {
  /// Where the left is smaller.
  ///
  /// The result is a mask of type `bool` in the shape that both broadcast to, as of all comparisons.
  ///
  /// ```swift
  /// let x: Tensor = [[1, 2], [3, 4]]
  /// print(x .< [2, 5])
  /// ```
  /// ```output
  /// tensor([[ true,  true],
  ///         [false,  true]])
  /// ```
  public static func .< (a: Tensor, b: Tensor) -> Tensor { compare(.less, a, b, ".<") }
  /// Where the left is smaller.
  public static func .< (a: Tensor, b: some Number) -> Tensor {
    compare(.less, a, b, ".<")
  }
  /// Where the left is smaller or equal.
  ///
  /// ```swift
  /// print(Tensor([1, 2, 3]) .<= 2)
  /// ```
  /// ```output
  /// tensor([ true,  true, false])
  /// ```
  public static func .<= (a: Tensor, b: Tensor) -> Tensor { compare(.lessOrEqual, a, b, ".<=") }
  /// Where the left is smaller or equal.
  public static func .<= (a: Tensor, b: some Number) -> Tensor {
    compare(.lessOrEqual, a, b, ".<=")
  }
  /// Where the left is larger.
  ///
  /// ```swift
  /// print(Tensor([1, 2, 3]) .> 2)
  /// ```
  /// ```output
  /// tensor([false, false,  true])
  /// ```
  public static func .> (a: Tensor, b: Tensor) -> Tensor { compare(.greater, a, b, ".>") }
  /// Where the left is larger.
  public static func .> (a: Tensor, b: some Number) -> Tensor {
    compare(.greater, a, b, ".>")
  }
  /// Where the left is larger or equal.
  ///
  /// ```swift
  /// print(Tensor([1, 2, 3]) .>= 2)
  /// ```
  /// ```output
  /// tensor([false,  true,  true])
  /// ```
  public static func .>= (a: Tensor, b: Tensor) -> Tensor { compare(.greaterOrEqual, a, b, ".>=") }
  /// Where the left is larger or equal.
  public static func .>= (a: Tensor, b: some Number) -> Tensor {
    compare(.greaterOrEqual, a, b, ".>=")
  }
  /// Where both are equal.
  ///
  /// ```swift
  /// print(Tensor([1, 2, 3]) .== [1, 0, 3])
  /// ```
  /// ```output
  /// tensor([ true, false,  true])
  /// ```
  public static func .== (a: Tensor, b: Tensor) -> Tensor { compare(.equal, a, b, ".==") }
  /// Where both are equal.
  public static func .== (a: Tensor, b: some Number) -> Tensor {
    compare(.equal, a, b, ".==")
  }
  /// Where both differ.
  ///
  /// ```swift
  /// print(Tensor([1, .nan]) .!= Tensor([1, .nan]))
  /// ```
  /// ```output
  /// tensor([false,  true])
  /// ```
  public static func .!= (a: Tensor, b: Tensor) -> Tensor { compare(.notEqual, a, b, ".!=") }
  /// Where both differ.
  public static func .!= (a: Tensor, b: some Number) -> Tensor {
    compare(.notEqual, a, b, ".!=")
  }

  private static func compare(
    _ kernel: KernelComparison, _ a: Tensor, _ b: Tensor, _ operation: String
  ) -> Tensor {
    Tensor(Values.compare(kernel, a.values, b.values, operation))
  }

  private static func compare(
    _ kernel: KernelComparison, _ a: Tensor, _ b: some Number, _ operation: String
  ) -> Tensor {
    let type = a.dtype.isFloatingPoint ? a.dtype : b._isInteger ? .int64 : .float64
    return Tensor(
      Values.compare(kernel, a.values.converted(to: type), Values(number: b, type), operation))
  }

  /// The elements of `a` where a mask holds and of `b` elsewhere; all three broadcast.
  ///
  /// Traps if they do not.
  ///
  /// ```swift
  /// let x: Tensor = [-1, 0, 2]
  /// print(Tensor.where(x .< 0, x * 0.1, x))
  /// ```
  /// ```output
  /// tensor([-0.1000,  0.0000,  2.0000])
  /// ```
  public static func `where`(_ mask: Tensor, _ a: Tensor, _ b: Tensor) -> Tensor {
    let m = mask.values
    return Tensor(
      m.select(a.values, b.values), "where",
      Edge(a, saving: m) { g, m in m.select(g, Values(0, [], g.dtype)) },
      Edge(b, saving: m) { g, m in m.select(Values(0, [], g.dtype), g) })
  }

  /// The elements of `a` where a mask holds and a number elsewhere.
  public static func `where`(_ mask: Tensor, _ a: Tensor, _ b: some Number) -> Tensor {
    let (a, b) = a.beside(b)
    return `where`(mask, a, b)
  }

  /// A number where a mask holds and the elements of `b` elsewhere.
  public static func `where`(_ mask: Tensor, _ a: some Number, _ b: Tensor) -> Tensor {
    let (b, a) = b.beside(a)
    return `where`(mask, a, b)
  }

  /// Whether shapes agree and every element is within `atol + rtol · |other|` of the other's.
  ///
  /// Traps if the types of the elements differ.
  ///
  /// ```swift
  /// let x = Tensor([0.1 + 0.2], dtype: .float64)
  /// let y = Tensor([0.3], dtype: .float64)
  /// print(x .== y, x.allClose(y))
  /// ```
  /// ```output
  /// tensor([false]) true
  /// ```
  public func allClose(
    _ other: Tensor, rtol: Double = 1e-5, atol: Double = 1e-8, equalNaN: Bool = false
  ) -> Bool {
    if dtype != other.dtype { failOnMixing("allClose", dtype, other.dtype) }
    return shape == other.shape
      && zip(toArray(), other.toArray()).allSatisfy { a, b in
        a == b || equalNaN && a.isNaN && b.isNaN
          || b.isFinite && Swift.abs(a - b) <= atol + rtol * Swift.abs(b)
      }
  }
}
