internal import WorkbookArrays

/// What can stand for an axis between the brackets: a place or a range.
///
/// Negative numbers count from the end, and what a range names outside the axis is left out, as in
/// NumPy: its `x[-2:]` is `x[(-2)...]` here, `x[:-1]` is `x[..<(-1)]`.
///
/// ```swift
/// let x: NDArray<Double> = [[1, 2, 3], [4, 5, 6]]
/// print(x[0..., 1], x[-1, 1...], separator: "\n")
/// ```
/// ```output
/// [2. 5.]
/// [5. 6.]
/// ```
public protocol AxisIndex {
  /// The places meant on an axis of `size`, and whether the axis stays.
  func _places(_ size: Int) -> (range: Range<Int>, keepsAxis: Bool)
}

extension Int: AxisIndex {
  /// One place, negative ones counted from the end; the axis goes.
  public func _places(_ size: Int) -> (range: Range<Int>, keepsAxis: Bool) {
    let place = self < 0 ? self + size : self
    require(0..<size ~= place, "[]: index \(self) is out of range for an axis of size \(size)")
    return (place..<place + 1, false)
  }
}

extension Range<Int>: AxisIndex {
  /// The places of the range on an axis of `size`; the axis stays.
  public func _places(_ size: Int) -> (range: Range<Int>, keepsAxis: Bool) {
    (axisPlaces(lowerBound, upperBound, on: size), true)
  }
}

extension ClosedRange<Int>: AxisIndex {
  /// The places of the range on an axis of `size`; the axis stays.
  public func _places(_ size: Int) -> (range: Range<Int>, keepsAxis: Bool) {
    (axisPlaces(lowerBound, axisEnd(behind: upperBound, on: size), on: size), true)
  }
}

extension PartialRangeFrom<Int>: AxisIndex {
  /// The places of the range on an axis of `size`; the axis stays.
  public func _places(_ size: Int) -> (range: Range<Int>, keepsAxis: Bool) {
    (axisPlaces(lowerBound, size, on: size), true)
  }
}

extension PartialRangeUpTo<Int>: AxisIndex {
  /// The places of the range on an axis of `size`; the axis stays.
  public func _places(_ size: Int) -> (range: Range<Int>, keepsAxis: Bool) {
    (axisPlaces(0, upperBound, on: size), true)
  }
}

extension PartialRangeThrough<Int>: AxisIndex {
  /// The places of the range on an axis of `size`; the axis stays.
  public func _places(_ size: Int) -> (range: Range<Int>, keepsAxis: Bool) {
    (axisPlaces(0, axisEnd(behind: upperBound, on: size), on: size), true)
  }
}

extension NDArray {
  /// The element at a place: one index for each axis, negative ones counted from the end.
  ///
  /// Setting copies first what other arrays share. Traps if an index is outside its axis.
  ///
  /// ```swift
  /// var x: NDArray<Double> = [[1, 2], [3, 4]]
  /// x[0, -1] = 20
  /// print(x[0, 1], x[1, 0])
  /// ```
  /// ```output
  /// 20.0 3.0
  /// ```
  public subscript(indices: Int...) -> Scalar {
    get { pointer[place(of: indices)].unsignedIfNaN }
    set {
      makeUnique()
      pointer[place(of: indices)] = newValue
    }
  }

  /// The part of the array at places and ranges of its first axes: `x[0..<2, 1...]`, `x[0..., 3]`.
  ///
  /// Reading shares memory: O(1). Setting takes an array that broadcasts to the part's shape.
  ///
  /// Traps if a place is outside its axis; of a range, such places are left out.
  ///
  /// ```swift
  /// var x = NDArray<Double>.zeros(2, 3)
  /// x[0..., 1...] = [1, 2]
  /// print(x)
  /// print(x[0..<1, 0...].shape, x[0, 0...].shape)
  /// ```
  /// ```output
  /// [[0. 1. 2.]
  ///  [0. 1. 2.]]
  /// [1, 3] [3]
  /// ```
  @_disfavoredOverload
  public subscript(indices: any AxisIndex...) -> NDArray {
    get { part(indices) }
    set {
      let shape = part(indices).shape
      let wide = Self.broadcast(shape, newValue.shape, "[]")
      require(wide == shape, "[]: the shape \(newValue.shape) does not broadcast to \(shape)")
      makeUnique()
      part(indices).assign(from: newValue)
    }
  }

  /// The part of the array at one index of its first axis: of a matrix `[m, n]` a row `[n]`.
  ///
  /// ```swift
  /// let x: NDArray<Double> = [[1, 2], [3, 4]]
  /// print(x[row: -1])
  /// ```
  /// ```output
  /// [3. 4.]
  /// ```
  public subscript(row index: Int) -> NDArray {
    get { part([index]) }
    set { self[index as any AxisIndex] = newValue }
  }

  /// The part of the array at a range of one axis.
  func part(_ axis: Int, _ range: Range<Int>) -> NDArray {
    part(Array(repeating: 0..., count: axis) + [range])
  }

  private func part(_ indices: [any AxisIndex]) -> NDArray {
    require(
      indices.count <= ndim, "[]: \(indices.count) indices for an array of \(ndim) axes")
    var (result, offset, gone): (Layout, Int, [Int]) = (layout, offset, [])
    for (axis, index) in indices.enumerated() {
      let (range, keepsAxis) = index._places(shape[axis])
      offset += range.lowerBound * layout.strides[axis]
      result = result.resized(axis, to: range.count)
      if !keepsAxis { gone.append(axis) }
    }
    return NDArray(result.squeezed(gone), offset, buffer)
  }

  private func place(of indices: [Int]) -> Int {
    let place = NDArrays.place(of: indices, in: shape)
    if isContiguous { return place }
    return indices.indices.reduce(0) { place, axis in
      let index = indices[axis]
      return place + (index < 0 ? index + shape[axis] : index) * layout.strides[axis]
    }
  }
}

/// The place in row-major order of an element, with one index for each axis.
func place(of indices: [Int], in shape: [Int]) -> Int {
  require(
    indices.count == shape.count, "[]: \(indices.count) indices for an array of shape \(shape)")
  var place = 0
  for (axis, index) in indices.enumerated() {
    let size = shape[axis]
    require(
      index >= -size && index < size,
      "[]: index \(index) is out of range for axis \(axis) of the shape \(shape)")
    place = place * size + (index < 0 ? index + size : index)
  }
  return place
}
