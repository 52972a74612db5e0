/// A number beside a tensor: `Double`, `Float` or `Int`.
///
/// An integer beside int64 is taken as it is, every other number as a double, which is rounded once to
/// the type of the tensor's elements.
///
/// ```swift
/// let n = 4, lr: Float = 0.5
/// let x: Tensor = [2, 6]
/// x[0] = n
/// print(x / n, lr * x)
/// ```
/// ```output
/// tensor([1.0000, 1.5000]) tensor([2., 3.])
/// ```
public protocol Number {
  /// The number as a double.
  var _double: Double { get }
  /// Whether integers stay integers beside it.
  var _isInteger: Bool { get }
}

extension Number {
  /// Whether integers stay integers beside it: true for `Int`.
  public var _isInteger: Bool { false }
}

extension Double: Number {
  /// The number itself.
  public var _double: Double { self }
}

extension Float: Number {
  /// The number as a double, exactly.
  public var _double: Double { Double(self) }
}

extension Int: Number {
  /// The nearest double.
  public var _double: Double { Double(self) }
  /// True.
  public var _isInteger: Bool { true }
}

// So that `.infinity` and `.nan` can be written where any number can stand.
extension Number where Self == Double {
  /// Larger than every number.
  public static var infinity: Double { 1 / 0 }
  /// Not a number.
  public static var nan: Double { 0 / 0 }
}
