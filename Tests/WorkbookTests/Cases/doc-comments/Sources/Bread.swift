/// What a recipe for one loaf makes of several.
///
/// ```swift
/// let loaves = 3
/// print(loaves * 500, "g of flour")
/// ```
///
/// ```output
/// 1500 g of flour
/// ```
public struct Recipe {
  /// The oven's heat in degrees Celsius.
  ///
  /// ```swift
  /// print((428.0 - 32) / 1.8)
  /// ```
  ///
  /// ```output
  /// 200.0
  /// ```
  public var heat: Double

  /// ```swift
  /// let half: Int = 0.5
  /// ```
  public func halve() {}

  /// <!-- workbook: traps="Index out of range" -->
  /// ```swift
  /// _ = [1, 2][2]
  /// ```
  public func slice() {}
}
