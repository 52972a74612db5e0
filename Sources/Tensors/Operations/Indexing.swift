import WorkbookArrays

/// What selects places along a dimension: a whole number, or a range of them.
///
/// Negative numbers count from the end: `x[-1]` is the last row, `x[0..., 0..<2]` the first columns.
///
/// ```swift
/// let x: Tensor = [[1, 2, 3], [4, 5, 6]]
/// print(x[0..., 1], x[-1, 1...])
/// ```
/// ```output
/// tensor([2., 5.]) tensor([5., 6.])
/// ```
public protocol TensorIndex {
  /// The places along a dimension of some size, and whether the dimension goes.
  func _places(in size: Int) -> (range: Range<Int>, isSingle: Bool)?
}

extension Int: TensorIndex {
  /// The places that this selects; nil if some are outside.
  public func _places(in size: Int) -> (range: Range<Int>, isSingle: Bool)? {
    let place = self < 0 ? self + size : self
    return place >= 0 && place < size ? (place..<place + 1, true) : nil
  }
}

private func places(_ lower: Int, _ upper: Int, in size: Int) -> (Range<Int>, Bool)? {
  lower >= 0 && lower <= upper && upper <= size ? (lower..<upper, false) : nil
}

extension Range<Int>: TensorIndex {
  /// The places that this selects; nil if some are outside.
  public func _places(in size: Int) -> (range: Range<Int>, isSingle: Bool)? {
    places(lowerBound, upperBound, in: size)
  }
}

extension ClosedRange<Int>: TensorIndex {
  /// The places that this selects; nil if some are outside.
  public func _places(in size: Int) -> (range: Range<Int>, isSingle: Bool)? {
    places(lowerBound, upperBound + 1, in: size)
  }
}

extension PartialRangeFrom<Int>: TensorIndex {
  /// The places that this selects; nil if some are outside.
  public func _places(in size: Int) -> (range: Range<Int>, isSingle: Bool)? {
    places(lowerBound < 0 ? lowerBound + size : lowerBound, size, in: size)
  }
}

extension PartialRangeUpTo<Int>: TensorIndex {
  /// The places that this selects; nil if some are outside.
  public func _places(in size: Int) -> (range: Range<Int>, isSingle: Bool)? {
    places(0, upperBound < 0 ? upperBound + size : upperBound, in: size)
  }
}

extension PartialRangeThrough<Int>: TensorIndex {
  /// The places that this selects; nil if some are outside.
  public func _places(in size: Int) -> (range: Range<Int>, isSingle: Bool)? {
    places(0, upperBound < 0 ? upperBound + size + 1 : upperBound + 1, in: size)
  }
}

extension Tensor {
  /// The view at some places, one index a dimension from the first on.
  ///
  /// `x[0, 0]` is an element, `x[1]` a row, `x[1..<3]` two rows. Assigning changes them in place.
  /// Traps if an index is outside its dimension, or if there are more than dimensions.
  ///
  /// ```swift
  /// let x: Tensor = [[1, 2, 3], [4, 5, 6]]
  /// print(x[0], x[0..., 1..<3].shape, x[-1, -1].item())
  /// x[0] = [10, 20, 30]
  /// print(x)
  /// ```
  /// ```output
  /// tensor([1., 2., 3.]) [2, 2] 6.0
  /// tensor([[10., 20., 30.],
  ///         [ 4.,  5.,  6.]])
  /// ```
  public subscript(indices: any TensorIndex...) -> Tensor {
    get {
      let steps = self.steps(indices)
      let shape = shape
      return Tensor(
        view: values.at(steps), "index",
        Edge(self) { g in
          let result = Values(filled: 0, shape, g.dtype)
          result.at(steps).assign(g)
          return result
        })
    }
    set { assign(newValue, at: steps(indices)) }
  }

  /// The assignment of one number to places; `x[0, 0].item()` reads one.
  ///
  /// ```swift
  /// let x: Tensor = [[1, 2], [3, 4]]
  /// x[0, 0] = 10
  /// x[1] = 0
  /// print(x)
  /// ```
  /// ```output
  /// tensor([[10.,  2.],
  ///         [ 0.,  0.]])
  /// ```
  @_disfavoredOverload
  public subscript(indices: any TensorIndex...) -> any Number {
    get { Tensor(values.at(steps(indices))).item() }
    set { assign(Tensor(Values(newValue._double, [], dtype)), at: steps(indices)) }
  }

  /// The elements where a mask of this shape holds, or the rows that int64 indices `[n]` name.
  ///
  /// Both are copies, of `n` elements or rows; assigning changes the places in place.
  ///
  /// ```swift
  /// let x: Tensor = [[1, -2], [-3, 4]]
  /// print(x[x .< 0])
  /// print(x[Tensor([1, 0, 1], dtype: .int64)])
  /// ```
  /// ```output
  /// tensor([-2., -3.])
  /// tensor([[-3.,  4.],
  ///         [ 1., -2.],
  ///         [-3.,  4.]])
  /// ```
  public subscript(choice: Tensor) -> Tensor {
    get {
      let shape = shape
      if choice.dtype == .bool {
        requireMask(choice)
        let mask = choice.values.copy()
        return Tensor(
          selected: values.compressed(mask, mask.trueCount), "index",
          Edge(self) { g in g.expanded(mask) })
      }
      let places = rowPlaces(choice)
      return Tensor(
        selected: values.rows(places), "index", Edge(self) { g in g.spread(places, into: shape) })
    }
    set {
      if choice.dtype == .bool {
        assign(newValue, where: choice)
      } else {
        let places = rowPlaces(choice)
        // Rows of this tensor itself are read before they are overwritten.
        let isOwn = newValue.values.storage === values.storage
        let rows = (isOwn ? newValue.values.copy() : newValue.values)
          .broadcast(to: [places.count] + shape.dropFirst(), "index")
        update(
          "index assignment", with: newValue,
          change: {
            for (i, place) in places.enumerated() {
              values.select(0, place).assign(rows.select(0, i))
            }
          },
          result: {
            fail("index assignment: assigning to rows by index has no gradient; use ranges")
          })
      }
    }
  }

  /// The rows at some places, a copy; assigning changes them in place.
  ///
  /// Traps if one is outside; negative ones count from the end.
  ///
  /// ```swift
  /// let x: Tensor = [[1, 2], [3, 4], [5, 6]]
  /// print(x[[2, 0]])
  /// ```
  /// ```output
  /// tensor([[5., 6.],
  ///         [1., 2.]])
  /// ```
  public subscript(rows: [Int]) -> Tensor {
    get { self[Tensor(rows, dtype: .int64)] }
    set { self[Tensor(rows, dtype: .int64)] = newValue }
  }

  /// The assignment of one number to all places where a mask holds: `g[h .< 0] = 0`.
  ///
  /// ```swift
  /// let g: Tensor = [10, 20, 30], h: Tensor = [-1, 0, 1]
  /// g[h .< 0] = 0
  /// print(g)
  /// ```
  /// ```output
  /// tensor([ 0., 20., 30.])
  /// ```
  @_disfavoredOverload
  public subscript(choice: Tensor) -> any Number {
    get {
      let chosen: Tensor = self[choice]
      return chosen.item()
    }
    set { self[choice] = Tensor(Values(newValue._double, [], dtype)) }
  }

  /// The elements that int64 indices name along a dimension, in the shape of the indices.
  ///
  /// Traps unless the indices have as many dimensions as this tensor, none larger than here but
  /// along `dim`, and each index is within `dim`.
  ///
  /// ```swift
  /// let scores: Tensor = [[0.1, 0.7, 0.2], [0.5, 0.3, 0.2]]
  /// print(scores.gather(dim: 1, Tensor([[1], [0]], dtype: .int64)))
  /// ```
  /// ```output
  /// tensor([[0.7000],
  ///         [0.5000]])
  /// ```
  public func gather(dim: Int, _ indices: Tensor) -> Tensor {
    let (d, shape) = (dimension(dim, "gather"), shape)
    require(
      indices.dtype == .int64 && indices.ndim == ndim
        && shape.indices.allSatisfy { $0 == d || indices.shape[$0] <= shape[$0] },
      "gather: indices \(indices.dtype) \(indices.shape) do not name elements of \(shape)")
    let places = indices.values.contiguous()
    return Tensor(
      values.gathered(d, places), "gather",
      Edge(self, saving: places) { g, places in g.scattered(d, places, into: shape) })
  }

  private func steps(_ indices: [any TensorIndex]) -> [(range: Range<Int>, isSingle: Bool)] {
    require(
      indices.count <= ndim, "index: \(indices.count) indices for a tensor of shape \(shape)")
    return indices.enumerated().map { d, index in
      guard let step = index._places(in: shape[d]) else {
        fail("index: \(index) is outside dimension \(d), of size \(shape[d]), of \(shape)")
      }
      return step
    }
  }

  private func assign(_ new: Tensor, at steps: [(range: Range<Int>, isSingle: Bool)]) {
    let place = values.at(steps)
    // `x[0] += 1` reads, changes in place and does not assign; `x[0] = x[0]` has nothing to do.
    update(
      "index assignment", with: new, change: { place.assign(new.values) },
      result: {
        let changed = values.copy()
        changed.at(steps).assign(new.values)
        return Tensor(
          changed, "index assignment",
          Edge(self) { g in
            let kept = g.copy()
            kept.at(steps).fill(0)
            return kept
          },
          Edge(new) { g in g.at(steps) })
      })
  }

  private func assign(_ value: Tensor, where mask: Tensor) {
    requireMask(mask)
    // Leading sizes of 1 go, as in PyTorch.
    let isFlat = value.count == 1 || value.shape.dropLast().allSatisfy { $0 == 1 }
    let new = isFlat && value.ndim > 1 ? value.reshape(value.count == 1 ? [] : [-1]) : value
    if new.count != 1 {
      require(
        new.ndim == 1 && new.count == mask.values.trueCount,
        "mask assignment: \(new.shape) does not fit the \(mask.values.trueCount) places chosen")
      return assignEach(new, where: mask)
    }
    update(
      "mask assignment", with: new,
      change: {
        if values.isContiguous {
          values.replace(mask.values, new.values.single, values)
        } else {
          values.assign(mask.values.select(new.values.single, values))
        }
      },
      result: { Tensor.where(mask, new, self) })
  }

  private func assignEach(_ new: Tensor, where mask: Tensor) {
    let places = mask.values.copy()
    let source = new.values.expanded(places)
    update(
      "mask assignment", with: new,
      change: { values.assign(places.select(source, values)) },
      result: {
        let wide = Tensor(
          source, "mask assignment", Edge(new) { $0.compressed(places, new.count) })
        return Tensor.where(mask, wide, self)
      })
  }

  private func requireMask(_ mask: Tensor) {
    require(
      mask.dtype == .bool && mask.shape == shape,
      "mask: \(mask.dtype) \(mask.shape) cannot choose from \(shape); "
        + "a mask is bool, of the same shape, as x .< 0 is")
  }

  private func rowPlaces(_ choice: Tensor) -> [Int] {
    require(
      choice.dtype == .int64 && choice.ndim == 1 && ndim > 0,
      "index: \(choice.dtype) \(choice.shape) cannot choose rows of \(shape); "
        + "rows are chosen by an int64 vector, elements by a mask")
    let size = shape[0]
    return choice.values.integers.map { index in
      let place = index < 0 ? index + size : index
      if place < 0 || place >= size {
        fail("index: \(index) is outside dimension 0, of size \(size), of \(shape)")
      }
      return place
    }
  }
}

extension Values {
  fileprivate func at(_ steps: [(range: Range<Int>, isSingle: Bool)]) -> Values {
    var result = self
    for (d, step) in steps.enumerated().reversed() {
      result =
        step.isSingle
        ? result.select(d, step.range.lowerBound) : result.slice(d, step.range)
    }
    return result
  }
}
