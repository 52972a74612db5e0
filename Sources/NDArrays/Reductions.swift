internal import WorkbookArrays

extension NDArray {
  /// The sum of all elements; 0 if there are none.
  ///
  /// ```swift
  /// let x: NDArray<Double> = [[1, 2], [3, 4]]
  /// print(x.sum())
  /// ```
  /// ```output
  /// 10.0
  /// ```
  public func sum() -> Scalar { fold(.sum) }

  /// The sums along an axis.
  ///
  /// Of `[m, n]`, those along axis 0 are `[n]`, those along axis 1 `[m]`; with `keepDims` the axis
  /// stays with size 1. A negative axis counts from the end. Traps if there is no such axis.
  ///
  /// ```swift
  /// let x: NDArray<Double> = [[1, 2], [3, 4]]
  /// print(x.sum(axis: 0), x.sum(axis: -1))
  /// print(x.sum(axis: 1, keepDims: true))
  /// ```
  /// ```output
  /// [4. 6.] [3. 7.]
  /// [[3.]
  ///  [7.]]
  /// ```
  public func sum(axis: Int, keepDims: Bool = false) -> NDArray {
    reduced(.sum, axis, keepDims, "sum")
  }

  /// The product of all elements; 1 if there are none.
  ///
  /// ```swift
  /// let x: NDArray<Double> = [[1, 2], [3, 4]]
  /// print(x.prod(), x.prod(axis: 0))
  /// ```
  /// ```output
  /// 24.0 [3. 8.]
  /// ```
  public func prod() -> Scalar { fold(.product) }

  /// The products along an axis.
  ///
  /// For the axis see ``sum(axis:keepDims:)``.
  public func prod(axis: Int, keepDims: Bool = false) -> NDArray {
    reduced(.product, axis, keepDims, "prod")
  }

  /// The mean of all elements; NaN if there are none.
  ///
  /// ```swift
  /// let x: NDArray<Double> = [[1, 2], [3, 4]]
  /// print(x.mean(), x.mean(axis: 0))
  /// ```
  /// ```output
  /// 2.5 [2. 3.]
  /// ```
  public func mean() -> Scalar { sum() / Scalar(count) }

  /// The means along an axis.
  ///
  /// For the axis see ``sum(axis:keepDims:)``.
  public func mean(axis: Int, keepDims: Bool = false) -> NDArray {
    let size = shape[normalized(axis, ndim, "mean")]
    return reduced(.sum, axis, keepDims, "mean") / Scalar(size)
  }

  /// The variance of all elements around their mean, divided by their count.
  ///
  /// NumPy's; PyTorch's divides by one less.
  ///
  /// ```swift
  /// let x: NDArray<Double> = [1, 2, 3, 4]
  /// print(x.var())
  /// ```
  /// ```output
  /// 1.25
  /// ```
  public func `var`() -> Scalar { square(self - mean()).mean() }

  /// The variances along an axis.
  ///
  /// For the axis see ``sum(axis:keepDims:)``.
  public func `var`(axis: Int, keepDims: Bool = false) -> NDArray {
    square(self - mean(axis: axis, keepDims: true)).mean(axis: axis, keepDims: keepDims)
  }

  /// The standard deviation of all elements: the square root of ``var()``.
  ///
  /// ```swift
  /// let x: NDArray<Double> = [[1, 3], [1, 3]]
  /// print(x.std(), x.std(axis: 0))
  /// ```
  /// ```output
  /// 1.0 [0. 0.]
  /// ```
  public func std() -> Scalar { self.var().squareRoot() }

  /// The standard deviations along an axis.
  ///
  /// For the axis see ``sum(axis:keepDims:)``.
  public func std(axis: Int, keepDims: Bool = false) -> NDArray {
    sqrt(self.var(axis: axis, keepDims: keepDims))
  }

  /// The largest element; NaN if any is.
  ///
  /// Traps if there are no elements.
  ///
  /// ```swift
  /// let x: NDArray<Double> = [[1, 5], [7, 3]]
  /// print(x.max(), x.max(axis: 0))
  /// ```
  /// ```output
  /// 7.0 [7. 5.]
  /// ```
  public func max() -> Scalar {
    require(count > 0, "max: an array of shape \(shape) has no elements")
    return fold(.maximum)
  }

  /// The largest elements along an axis.
  ///
  /// For the axis see ``sum(axis:keepDims:)``. Traps, too, if it has no elements.
  public func max(axis: Int, keepDims: Bool = false) -> NDArray {
    reduced(.maximum, axis, keepDims, "max", emptyIsFine: false)
  }

  /// The smallest element; NaN if any is.
  ///
  /// Traps if there are no elements.
  ///
  /// ```swift
  /// let x: NDArray<Double> = [[1, 5], [7, 3]]
  /// print(x.min(), x.min(axis: 1))
  /// ```
  /// ```output
  /// 1.0 [1. 3.]
  /// ```
  public func min() -> Scalar {
    require(count > 0, "min: an array of shape \(shape) has no elements")
    return fold(.minimum)
  }

  /// The smallest elements along an axis.
  ///
  /// For the axis see ``sum(axis:keepDims:)``. Traps, too, if it has no elements.
  public func min(axis: Int, keepDims: Bool = false) -> NDArray {
    reduced(.minimum, axis, keepDims, "min", emptyIsFine: false)
  }

  /// The place, in row-major order, of the first largest element.
  ///
  /// Traps if there are no elements.
  ///
  /// ```swift
  /// let x: NDArray<Double> = [[1, 5], [7, 7]]
  /// print(x.argmax(), x.argmax(axis: 0))
  /// ```
  /// ```output
  /// 2 [1, 1]
  /// ```
  public func argmax() -> Int { extreme(1, "argmax") }

  /// The places along an axis of the first largest elements, in row-major order of the other axes.
  ///
  /// Traps if there is no such axis, or if it has no elements.
  public func argmax(axis: Int) -> [Int] { extremes(1, axis, "argmax") }

  /// The place, in row-major order, of the first smallest element.
  ///
  /// Traps if there are no elements.
  ///
  /// ```swift
  /// let x: NDArray<Double> = [[1, 5], [7, 3]]
  /// print(x.argmin(), x.argmin(axis: 1))
  /// ```
  /// ```output
  /// 0 [0, 1]
  /// ```
  public func argmin() -> Int { extreme(-1, "argmin") }

  /// The places along an axis of the first smallest elements, in row-major order of the other axes.
  ///
  /// Traps if there is no such axis, or if it has no elements.
  public func argmin(axis: Int) -> [Int] { extremes(-1, axis, "argmin") }

  private func fold(_ op: KernelReduction) -> Scalar {
    let source = contiguous()
    let result = NDArray(uninitialized: [])
    withExtendedLifetime((source.buffer, result.buffer)) {
      Scalar.kernels.reduce(op, 1, count, 1, source.pointer, result.pointer)
    }
    return result.item()
  }

  private func reduced(
    _ op: KernelReduction, _ axis: Int, _ keepDims: Bool, _ name: StaticString,
    emptyIsFine: Bool = true
  ) -> NDArray {
    let axis = normalized(axis, ndim, name)
    require(
      emptyIsFine || shape[axis] > 0, "\(name): axis \(axis) of the shape \(shape) has no elements")
    var wanted = shape
    if keepDims { wanted[axis] = 1 } else { wanted.remove(at: axis) }
    let result = NDArray(uninitialized: wanted)
    let source = contiguous()
    let (outer, length, inner) = layout.sections(axis, axis)
    withExtendedLifetime(source) {
      Scalar.kernels.reduce(op, outer, length, inner, source.pointer, result.pointer)
    }
    return result
  }

  private func extreme(_ sign: Int32, _ name: StaticString) -> Int {
    require(count > 0, "\(name): an array of shape \(shape) has no elements")
    let source = contiguous()
    var place = 0
    withExtendedLifetime(source) {
      Scalar.kernels.table.arg_extreme(1, count, 1, sign, source.pointer, &place)
    }
    return place
  }

  private func extremes(_ sign: Int32, _ axis: Int, _ name: StaticString) -> [Int] {
    let axis = normalized(axis, ndim, name)
    require(shape[axis] > 0, "\(name): axis \(axis) of the shape \(shape) has no elements")
    let source = contiguous()
    let (outer, length, inner) = layout.sections(axis, axis)
    var places = [Int](repeating: 0, count: outer * inner)
    withExtendedLifetime(source) {
      Scalar.kernels.table.arg_extreme(outer, length, inner, sign, source.pointer, &places)
    }
    return places
  }
}
