import WorkbookArrays

/// What selects places along a dimension: a whole number, a range, some at even steps, or a new axis.
///
/// Negative numbers count from the end: `x[-1]` is the last row, `x[0..., (-2)...]` the last columns. What
/// a range names outside the dimension is left out, as in PyTorch.
///
/// ```swift
/// let x: Tensor = [[1, 2, 3], [4, 5, 6]]
/// print(x[0..., 1], x[-1, 1...])
/// print(x[0, .stride(by: 2)], x[0, .newAxis].shape)
/// ```
/// ```output
/// tensor([2., 5.]) tensor([5., 6.])
/// tensor([1., 3.]) [1, 3]
/// ```
public protocol TensorIndex {
  /// What this selects along a dimension of some size; nil if it is a place outside, or nothing that can
  /// be selected.
  func _step(in size: Int) -> _IndexStep?
}

/// What an index selects along a dimension.
public enum _IndexStep {
  /// One place; the dimension goes.
  case place(Int)
  /// As many places as `count`, `step` apart.
  case places(first: Int, count: Int, step: Int)
  /// A dimension of size 1, which was not there.
  case newAxis

  /// The places of a range within a dimension of some size.
  static func range(_ lower: Int, _ upper: Int, in size: Int) -> _IndexStep {
    let places = axisPlaces(lower, upper, on: size)
    return .places(first: places.lowerBound, count: places.count, step: 1)
  }
}

extension Int: TensorIndex {
  /// The place that this selects; nil if it is outside.
  public func _step(in size: Int) -> _IndexStep? {
    let place = self < 0 ? self + size : self
    return place >= 0 && place < size ? .place(place) : nil
  }
}

extension Range<Int>: TensorIndex {
  /// The places that this selects within the dimension.
  public func _step(in size: Int) -> _IndexStep? {
    .range(lowerBound, upperBound, in: size)
  }
}

extension ClosedRange<Int>: TensorIndex {
  /// The places that this selects within the dimension.
  public func _step(in size: Int) -> _IndexStep? {
    .range(lowerBound, axisEnd(behind: upperBound, on: size), in: size)
  }
}

extension PartialRangeFrom<Int>: TensorIndex {
  /// The places that this selects within the dimension.
  public func _step(in size: Int) -> _IndexStep? {
    .range(lowerBound, size, in: size)
  }
}

extension PartialRangeUpTo<Int>: TensorIndex {
  /// The places that this selects within the dimension.
  public func _step(in size: Int) -> _IndexStep? {
    .range(0, upperBound, in: size)
  }
}

extension PartialRangeThrough<Int>: TensorIndex {
  /// The places that this selects within the dimension.
  public func _step(in size: Int) -> _IndexStep? {
    .range(0, axisEnd(behind: upperBound, on: size), in: size)
  }
}

/// Places at even steps along a dimension, as `.stride(from:to:by:)` makes.
///
/// ```swift
/// let even: StridedIndex = .stride(by: 2)
/// print(Tensor.arange(5)[even])
/// ```
/// ```output
/// tensor([0., 2., 4.])
/// ```
public struct StridedIndex: TensorIndex, CustomStringConvertible {
  let start: Int
  let end: Int?
  let step: Int

  /// The places that this selects within the dimension; nil if the step is not 1 or more.
  public func _step(in size: Int) -> _IndexStep? {
    guard step >= 1 else { return nil }
    let places = axisPlaces(start, end ?? size, on: size)
    let count = places.isEmpty ? 0 : (places.count - 1) / step + 1
    return .places(first: places.lowerBound, count: count, step: count > 1 ? step : 1)
  }

  /// As it is written.
  public var description: String {
    ".stride(from: \(start)\(end.map { ", to: \($0)" } ?? ""), by: \(step))"
  }
}

/// A dimension of size 1 that is put in, as `.newAxis` says.
///
/// ```swift
/// print(Tensor.zeros(2, 3)[0..., NewAxis()].shape)
/// ```
/// ```output
/// [2, 1, 3]
/// ```
public struct NewAxis: TensorIndex {
  /// A dimension of size 1.
  public init() {}

  /// A new axis, whatever there is.
  public func _step(in size: Int) -> _IndexStep? { .newAxis }
}

extension TensorIndex where Self == StridedIndex {
  /// Each `step`-th place from one on, up to, not including, `end`; Python's `start:end:step`.
  ///
  /// Traps, where it is used, unless the step is 1 or more; negative ends count from the end.
  ///
  /// ```swift
  /// let x = Tensor.arange(7)
  /// print(x[.stride(by: 3)], x[.stride(from: 1, to: -1, by: 2)])
  /// x[.stride(by: 2)] = 0
  /// print(x)
  /// ```
  /// ```output
  /// tensor([0., 3., 6.]) tensor([1., 3., 5.])
  /// tensor([0., 1., 0., 3., 0., 5., 0.])
  /// ```
  public static func stride(from start: Int = 0, to end: Int? = nil, by step: Int)
    -> StridedIndex
  {
    StridedIndex(start: start, end: end, step: step)
  }
}

extension TensorIndex where Self == NewAxis {
  /// A dimension of size 1 that is put in; Python's `None`.
  ///
  /// ```swift
  /// let x: Tensor = [1, 2, 3]
  /// print(x[0..., .newAxis].shape, x[.newAxis].shape)
  /// print(x[0..., .newAxis] * x)
  /// ```
  /// ```output
  /// [3, 1] [1, 3]
  /// tensor([[1., 2., 3.],
  ///         [2., 4., 6.],
  ///         [3., 6., 9.]])
  /// ```
  public static var newAxis: NewAxis { NewAxis() }
}
