import WorkbookArrays

// What readers write by mistake, each by a conformance that is unavailable and says the way out. The
// type checker finds these at once, where it would else try all operators there are for seconds;
// unavailable operators would not do, since it looks at them last.

/// What is compared as a whole by mistake: a tensor, whose elements `.<` and `.==` compare.
///
/// <!-- workbook: error="write .<, .== and so on for a mask, item() for one number" -->
/// ```swift
/// let x: Tensor = [-1, 2]
/// x[x < 0] = 0
/// ```
public protocol ComparedAsOne {}

@available(
  *, unavailable, message: "write .<, .== and so on for a mask, item() for one number"
)
extension Tensor: ComparedAsOne {}

/// What is computed with by mistake: a gradient that may be missing.
///
/// <!-- workbook: error="a gradient may be missing; write w.grad!" -->
/// ```swift
/// let w = Tensor([1, 2], requiresGrad: true)
/// w.sum().backward()
/// print(0.1 * w.grad)
/// ```
public protocol MissingGradient {}

@available(*, unavailable, message: "a gradient may be missing; write w.grad!")
extension Optional: MissingGradient where Wrapped == Tensor {}

@available(*, unavailable, message: "a gradient may be missing; write w.grad!")
extension Optional: Number where Wrapped == Tensor {
  /// None.
  public var _double: Double { unreachable() }
}

@available(*, unavailable, message: "make it a tensor: Tensor(array)")
extension Array: Number where Element: Number {
  /// None.
  public var _double: Double { unreachable() }
}

/// What is mixed with a `Double` by mistake: another type of number.
///
/// <!-- workbook: error="Swift mixes no types of numbers; convert one, as in Double(n) * lr" -->
/// ```swift
/// let (n, lr, x) = (10, 0.1, Tensor.ones(2))
/// print(n * lr * x)
/// ```
public protocol MixedNumber {}

@available(
  *, unavailable, message: "Swift mixes no types of numbers; convert one, as in Double(n) * lr"
)
extension Int: MixedNumber {}

@available(
  *, unavailable, message: "Swift mixes no types of numbers; convert one, as in Double(n) * lr"
)
extension Float: MixedNumber {}

private func unreachable() -> Never { fail("this conformance is unavailable") }

// The operators that these slips name; the first of each shows one.

/// Does not compile: a gradient may be missing.
///
/// <!-- workbook: error="a gradient may be missing; write w.grad!" -->
/// ```swift
/// let w = Tensor([1], requiresGrad: true)
/// print(w.grad + 2)
/// ```
public func + <T: MissingGradient>(a: T, b: some Number) -> Tensor { unreachable() }
/// Does not compile: a gradient may be missing.
public func + <T: MissingGradient>(a: some Number, b: T) -> Tensor { unreachable() }
/// Does not compile: a gradient may be missing.
public func + <T: MissingGradient>(a: T, b: T) -> Tensor { unreachable() }
/// Does not compile: Swift mixes no types of numbers.
public func + <T: MixedNumber>(a: T, b: Double) -> Double { unreachable() }
/// Does not compile: Swift mixes no types of numbers.
public func + <T: MixedNumber>(a: Double, b: T) -> Double { unreachable() }
/// Does not compile: a gradient may be missing.
///
/// <!-- workbook: error="a gradient may be missing; write w.grad!" -->
/// ```swift
/// let w = Tensor([1], requiresGrad: true)
/// print(w.grad - 2)
/// ```
public func - <T: MissingGradient>(a: T, b: some Number) -> Tensor { unreachable() }
/// Does not compile: a gradient may be missing.
public func - <T: MissingGradient>(a: some Number, b: T) -> Tensor { unreachable() }
/// Does not compile: a gradient may be missing.
public func - <T: MissingGradient>(a: T, b: T) -> Tensor { unreachable() }
/// Does not compile: Swift mixes no types of numbers.
public func - <T: MixedNumber>(a: T, b: Double) -> Double { unreachable() }
/// Does not compile: Swift mixes no types of numbers.
public func - <T: MixedNumber>(a: Double, b: T) -> Double { unreachable() }
/// Does not compile: a gradient may be missing.
///
/// <!-- workbook: error="a gradient may be missing; write w.grad!" -->
/// ```swift
/// let w = Tensor([1], requiresGrad: true)
/// print(w.grad * 2)
/// ```
public func * <T: MissingGradient>(a: T, b: some Number) -> Tensor { unreachable() }
/// Does not compile: a gradient may be missing.
public func * <T: MissingGradient>(a: some Number, b: T) -> Tensor { unreachable() }
/// Does not compile: a gradient may be missing.
public func * <T: MissingGradient>(a: T, b: T) -> Tensor { unreachable() }
/// Does not compile: Swift mixes no types of numbers.
public func * <T: MixedNumber>(a: T, b: Double) -> Double { unreachable() }
/// Does not compile: Swift mixes no types of numbers.
public func * <T: MixedNumber>(a: Double, b: T) -> Double { unreachable() }
/// Does not compile: a gradient may be missing.
///
/// <!-- workbook: error="a gradient may be missing; write w.grad!" -->
/// ```swift
/// let w = Tensor([1], requiresGrad: true)
/// print(w.grad / 2)
/// ```
public func / <T: MissingGradient>(a: T, b: some Number) -> Tensor { unreachable() }
/// Does not compile: a gradient may be missing.
public func / <T: MissingGradient>(a: some Number, b: T) -> Tensor { unreachable() }
/// Does not compile: a gradient may be missing.
public func / <T: MissingGradient>(a: T, b: T) -> Tensor { unreachable() }
/// Does not compile: Swift mixes no types of numbers.
public func / <T: MixedNumber>(a: T, b: Double) -> Double { unreachable() }
/// Does not compile: Swift mixes no types of numbers.
public func / <T: MixedNumber>(a: Double, b: T) -> Double { unreachable() }
/// Does not compile: write `.<` for a mask, `item()` for one number.
///
/// <!-- workbook: error="write .<, .== and so on for a mask, item() for one number" -->
/// ```swift
/// let x: Tensor = [1, 2]
/// print(x < 2)
/// ```
public func < <T: ComparedAsOne>(a: T, b: Any) -> Tensor { unreachable() }
/// Does not compile: write `.<` for a mask, `item()` for one number.
@_disfavoredOverload
public func < <T: ComparedAsOne>(a: T, b: Any) -> Bool { unreachable() }
/// Does not compile: write `.<` for a mask, `item()` for one number.
public func < <T: ComparedAsOne>(a: some Number, b: T) -> Tensor { unreachable() }
/// Does not compile: write `.<` for a mask, `item()` for one number.
@_disfavoredOverload
public func < <T: ComparedAsOne>(a: some Number, b: T) -> Bool { unreachable() }
/// Does not compile: write `.<=` for a mask, `item()` for one number.
///
/// <!-- workbook: error="write .<, .== and so on for a mask, item() for one number" -->
/// ```swift
/// let x: Tensor = [1, 2]
/// print(x <= 2)
/// ```
public func <= <T: ComparedAsOne>(a: T, b: Any) -> Tensor { unreachable() }
/// Does not compile: write `.<=` for a mask, `item()` for one number.
@_disfavoredOverload
public func <= <T: ComparedAsOne>(a: T, b: Any) -> Bool { unreachable() }
/// Does not compile: write `.<=` for a mask, `item()` for one number.
public func <= <T: ComparedAsOne>(a: some Number, b: T) -> Tensor { unreachable() }
/// Does not compile: write `.<=` for a mask, `item()` for one number.
@_disfavoredOverload
public func <= <T: ComparedAsOne>(a: some Number, b: T) -> Bool { unreachable() }
/// Does not compile: write `.>` for a mask, `item()` for one number.
///
/// <!-- workbook: error="write .<, .== and so on for a mask, item() for one number" -->
/// ```swift
/// let x: Tensor = [1, 2]
/// print(x > 2)
/// ```
public func > <T: ComparedAsOne>(a: T, b: Any) -> Tensor { unreachable() }
/// Does not compile: write `.>` for a mask, `item()` for one number.
@_disfavoredOverload
public func > <T: ComparedAsOne>(a: T, b: Any) -> Bool { unreachable() }
/// Does not compile: write `.>` for a mask, `item()` for one number.
public func > <T: ComparedAsOne>(a: some Number, b: T) -> Tensor { unreachable() }
/// Does not compile: write `.>` for a mask, `item()` for one number.
@_disfavoredOverload
public func > <T: ComparedAsOne>(a: some Number, b: T) -> Bool { unreachable() }
/// Does not compile: write `.>=` for a mask, `item()` for one number.
///
/// <!-- workbook: error="write .<, .== and so on for a mask, item() for one number" -->
/// ```swift
/// let x: Tensor = [1, 2]
/// print(x >= 2)
/// ```
public func >= <T: ComparedAsOne>(a: T, b: Any) -> Tensor { unreachable() }
/// Does not compile: write `.>=` for a mask, `item()` for one number.
@_disfavoredOverload
public func >= <T: ComparedAsOne>(a: T, b: Any) -> Bool { unreachable() }
/// Does not compile: write `.>=` for a mask, `item()` for one number.
public func >= <T: ComparedAsOne>(a: some Number, b: T) -> Tensor { unreachable() }
/// Does not compile: write `.>=` for a mask, `item()` for one number.
@_disfavoredOverload
public func >= <T: ComparedAsOne>(a: some Number, b: T) -> Bool { unreachable() }
/// Does not compile: write `.==` for a mask, `item()` for one number.
///
/// <!-- workbook: error="write .<, .== and so on for a mask, item() for one number" -->
/// ```swift
/// let x: Tensor = [1, 2]
/// print(x == 2)
/// ```
public func == <T: ComparedAsOne>(a: T, b: Any) -> Tensor { unreachable() }
/// Does not compile: write `.==` for a mask, `item()` for one number.
@_disfavoredOverload
public func == <T: ComparedAsOne>(a: T, b: Any) -> Bool { unreachable() }
/// Does not compile: write `.==` for a mask, `item()` for one number.
public func == <T: ComparedAsOne>(a: some Number, b: T) -> Tensor { unreachable() }
/// Does not compile: write `.==` for a mask, `item()` for one number.
@_disfavoredOverload
public func == <T: ComparedAsOne>(a: some Number, b: T) -> Bool { unreachable() }
/// Does not compile: write `.!=` for a mask, `item()` for one number.
///
/// <!-- workbook: error="write .<, .== and so on for a mask, item() for one number" -->
/// ```swift
/// let x: Tensor = [1, 2]
/// print(x != 2)
/// ```
public func != <T: ComparedAsOne>(a: T, b: Any) -> Tensor { unreachable() }
/// Does not compile: write `.!=` for a mask, `item()` for one number.
@_disfavoredOverload
public func != <T: ComparedAsOne>(a: T, b: Any) -> Bool { unreachable() }
/// Does not compile: write `.!=` for a mask, `item()` for one number.
public func != <T: ComparedAsOne>(a: some Number, b: T) -> Tensor { unreachable() }
/// Does not compile: write `.!=` for a mask, `item()` for one number.
@_disfavoredOverload
public func != <T: ComparedAsOne>(a: some Number, b: T) -> Bool { unreachable() }
