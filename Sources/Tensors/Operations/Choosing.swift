import WorkbookArrays

extension Tensor {
  /// The elements where a mask of this shape holds, or the rows that int64 indices name.
  ///
  /// Both are copies, to be cloned before `+=`; of indices `[n, m]`, rows in `n` by `m`. Assigning changes
  /// the places in place. That traps if the types of the elements differ, unless one element is put
  /// where a mask holds, and of rows if a gradient is to be recorded; ranges and masks record it.
  ///
  /// ```swift
  /// let x: Tensor = [[1, -2], [-3, 4]]
  /// print(x[x .< 0])
  /// print(x[Tensor([1, 0, 1], dtype: .int64)])
  /// print(x[Tensor([[1, 0], [0, 0]], dtype: .int64)].shape)
  /// ```
  /// ```output
  /// tensor([-2., -3.])
  /// tensor([[-3.,  4.],
  ///         [ 1., -2.],
  ///         [-3.,  4.]])
  /// [2, 2, 2]
  /// ```
  public subscript(choice: Tensor) -> Tensor {
    get {
      if choice.dtype == .bool {
        requireMask(choice)
        let mask = choice.values.copy()
        return Tensor(
          values.compressed(mask, choice.trueCount("index")), by: .mask,
          Edge(self) { g in g.expanded(mask) })
      }
      let (rows, edge) = rows(choice, countsFromEnd: true)
      return Tensor(rows, by: .rows, edge)
    }
    set {
      if choice.dtype == .bool {
        assign(newValue, where: choice)
      } else {
        let places = rowPlaces(choice)
        assign(newValue, in: choice.shape, places.map { values.select(0, $0) })
      }
    }
  }

  /// The rows at some places, a copy, to be cloned before `+=`; assigning changes them in place.
  ///
  /// Traps if one is outside; negative ones count from the end. Assigning traps if the types of the
  /// elements differ, or if a gradient is to be recorded; ranges and masks record it.
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

  /// The elements at places of the first two dimensions, named pair by pair by int64 indices that
  /// broadcast: of `scores[rows, classes]`, one element a row.
  ///
  /// A copy, to be cloned before `+=`; assigning changes the places in place. Traps if one is outside.
  /// Assigning traps if the types of the elements differ, or if a gradient is to be recorded.
  ///
  /// ```swift
  /// let scores: Tensor = [[0.1, 0.7], [0.5, 0.3], [0.2, 0.4]]
  /// let rows = Tensor.arange(3, dtype: .int64)
  /// print(scores[rows, Tensor([1, 0, 1], dtype: .int64)])
  /// ```
  /// ```output
  /// tensor([0.7000, 0.5000, 0.4000])
  /// ```
  public subscript(rows: Tensor, columns: Tensor) -> Tensor {
    get {
      let (shape, pairs) = self.pairs(rows, columns)
      let places = pairs.map { $0 * self.shape[1] + $1 }
      let result: Tensor = flatten(0, 1)[Tensor(places, dtype: .int64).reshape(shape)]
      result.selection = .pairs
      return result
    }
    set {
      let (shape, pairs) = self.pairs(rows, columns)
      assign(newValue, in: shape, pairs.map { values.select(0, $0).select(0, $1) })
    }
  }

  /// The elements at places of the first two dimensions, named pair by pair.
  public subscript(rows: [Int], columns: [Int]) -> Tensor {
    get { self[Tensor(rows, dtype: .int64), Tensor(columns, dtype: .int64)] }
    set { self[Tensor(rows, dtype: .int64), Tensor(columns, dtype: .int64)] = newValue }
  }

  /// The assignment of one number to all places where a mask holds, `g[h .< 0] = 0`, or to rows.
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
    set { self[choice] = Tensor(Values(number: newValue, dtype)) }
  }

  /// The assignment of one number to rows: `x[[0, 1]] = 0`.
  ///
  /// ```swift
  /// let x: Tensor = [[1, 2], [3, 4], [5, 6]]
  /// x[[0, -1]] = 0
  /// print(x)
  /// ```
  /// ```output
  /// tensor([[0., 0.],
  ///         [3., 4.],
  ///         [0., 0.]])
  /// ```
  @_disfavoredOverload
  public subscript(rows: [Int]) -> any Number {
    get { self[Tensor(rows, dtype: .int64)] as any Number }
    set { self[Tensor(rows, dtype: .int64)] = newValue }
  }

  /// The assignment of one number to places of the first two dimensions, named pair by pair.
  ///
  /// ```swift
  /// let x: Tensor = [[1, 2], [3, 4]]
  /// x[[0, 1], [1, 0]] = 0
  /// print(x)
  /// ```
  /// ```output
  /// tensor([[1., 0.],
  ///         [0., 4.]])
  /// ```
  @_disfavoredOverload
  public subscript(rows: Tensor, columns: Tensor) -> any Number {
    get {
      let chosen: Tensor = self[rows, columns]
      return chosen.item()
    }
    set { self[rows, columns] = Tensor(Values(number: newValue, dtype)) }
  }

  /// The assignment of one number to places of the first two dimensions, named pair by pair.
  @_disfavoredOverload
  public subscript(rows: [Int], columns: [Int]) -> any Number {
    get { self[Tensor(rows, dtype: .int64), Tensor(columns, dtype: .int64)] as any Number }
    set { self[Tensor(rows, dtype: .int64), Tensor(columns, dtype: .int64)] = newValue }
  }

  /// The rows that int64 indices name, none of them negative, in the shape of the indices.
  package func embedding(_ choice: Tensor) -> Tensor {
    let (rows, edge) = rows(choice, countsFromEnd: false)
    return Tensor(rows, "embedding", edge)
  }

  /// The rows that int64 indices name, and where their gradient goes; negative ones count from the end
  /// or are outside.
  private func rows(_ choice: Tensor, countsFromEnd: Bool) -> (Values, Edge?) {
    if Capture.isOn { return recordedRows(choice, countsFromEnd: countsFromEnd) }
    let (places, shape) = (rowPlaces(choice, countsFromEnd: countsFromEnd), shape)
    let chosen = [places.count] + shape.dropFirst()
    return (
      values.rows(places).reshaped(choice.shape + shape.dropFirst()),
      Edge(self) { g in g.reshaped(chosen).spread(places, into: shape) }
    )
  }

  /// The same, for a graph that is being captured: what the indices name is read in each replay.
  private func recordedRows(_ choice: Tensor, countsFromEnd: Bool) -> (Values, Edge?) {
    requireRows(choice)
    let (shape, result) = (shape, Values(choice.shape + shape.dropFirst(), dtype))
    result.record(values, choice.values) { result, x, choice in
      let places = Self.places(choice, 0, of: x.shape, countsFromEnd: countsFromEnd)
      result.assign(x.rows(places).reshaped(result.shape))
    }
    return (
      result,
      Edge(self, saving: choice.values) { g, choice in
        let result = Values(shape, g.dtype)
        result.spread(g, choice)
        return result
      }
    )
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
    gather(dim: dim, indices, for: "gather")
  }

  /// The elements that indices name along a dimension, in words of an operation if they name none.
  package func gather(dim: Int, _ indices: Tensor, for operation: String) -> Tensor {
    let (d, shape) = (dimension(dim, operation), shape)
    require(
      indices.dtype == .int64 && indices.ndim == ndim
        && shape.indices.allSatisfy { $0 == d || indices.shape[$0] <= shape[$0] },
      "\(operation): indices \(indices.dtype) \(indices.shape) do not name elements of \(shape)")
    let places = indices.values.contiguous()
    return Tensor(
      values.gathered(d, places, operation), "gather",
      Edge(self, saving: places) { g, places in g.scattered(d, places, into: shape) })
  }

  /// Sets parts, which stand in a shape, to those of what broadcasts to all of them.
  private func assign(_ new: Tensor, in shape: [Int], _ parts: [Values]) {
    if new.dtype != dtype { failOnMixing("index assignment", dtype, new.dtype) }
    let inner = parts.first?.shape ?? Array(self.shape.dropFirst())
    let new = new.withoutLead(for: shape + inner)
    // Parts of this tensor itself are read before they are overwritten.
    let isOwn = new.values.storage === values.storage
    let wide = (isOwn ? new.values.copy() : new.values).broadcast(to: shape + inner, "index")
    let rows = wide.reshaped([parts.count] + inner)
    update(
      "index assignment", with: new,
      change: { for (i, part) in parts.enumerated() { part.assign(rows.select(0, i)) } },
      result: {
        fail("index assignment: assigning by lists of places has no gradient; use ranges or a mask")
      })
  }

  private func assign(_ value: Tensor, where mask: Tensor) {
    requireMask(mask)
    // Leading sizes of 1 go, as in PyTorch, and all of them where there is one element.
    let shape = value.count == 1 ? [] : [value.count]
    let isFlat = value.shape.dropLast().allSatisfy { $0 == 1 }
    let new = isFlat && value.ndim > shape.count ? value.reshape(shape) : value
    if new.count != 1 {
      let places = mask.trueCount("mask assignment")
      require(
        new.ndim == 1 && new.count == places,
        "mask assignment: \(new.shape) does not fit the \(places) places chosen")
      return assignEach(new, where: mask)
    }
    let one = new.to(dtype)
    update(
      "mask assignment", with: one,
      change: {
        if values.isContiguous {
          values.replace(mask.values, one.values.single, values)
        } else {
          values.assign(mask.values.select(one.values.single, values))
        }
      },
      result: { Tensor.where(mask, one, self) })
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

  /// How many elements of this mask hold.
  func trueCount(_ operation: String) -> Int {
    Capture.refuseRead(operation)
    return values.trueCount
  }

  private func requireMask(_ mask: Tensor) {
    require(
      mask.dtype == .bool && mask.shape == shape,
      "mask: \(mask.dtype) \(mask.shape) cannot choose from \(shape); "
        + "a mask is bool, of the same shape, as x .< 0 is")
  }

  /// The rows that int64 indices name, those of a tensor in row-major order.
  private func rowPlaces(_ choice: Tensor, countsFromEnd: Bool = true) -> [Int] {
    requireRows(choice)
    Capture.refuseRead("index")
    return Self.places(choice.values, 0, of: shape, countsFromEnd: countsFromEnd)
  }

  private func requireRows(_ choice: Tensor) {
    require(
      choice.dtype == .int64 && ndim > 0,
      "index: \(choice.dtype) \(choice.shape) cannot choose rows of \(shape); "
        + "rows are chosen by int64 indices, elements by a mask")
  }

  fileprivate static func places(
    _ choice: Values, _ d: Int, of shape: [Int], countsFromEnd: Bool = true
  ) -> [Int] {
    let (size, shift) = (shape[d], countsFromEnd ? shape[d] : 0)
    return choice.integers.map { index in
      let place = index < 0 ? index + shift : index
      if place < 0 || place >= size {
        fail(
          countsFromEnd
            ? "index: \(index) is outside dimension \(d), of size \(size), of \(shape)"
            : "Embedding: the number \(index) is not in 0..<\(size), of which there are vectors")
      }
      return place
    }
  }

  /// The places in the first two dimensions that indices name, and the shape that they stand in.
  private func pairs(_ rows: Tensor, _ columns: Tensor) -> ([Int], Zip2Sequence<[Int], [Int]>) {
    require(
      rows.dtype == .int64 && columns.dtype == .int64 && ndim > 1,
      "index: \(rows.dtype) and \(columns.dtype) indices cannot choose from \(shape); "
        + "pairs of places are int64, in two dimensions or more")
    Capture.refuseRead("index")
    let shape = Values.broadcastShape(rows.shape, columns.shape, "index")
    return (
      shape,
      zip(
        Self.places(rows.values.broadcast(to: shape, "index"), 0, of: self.shape),
        Self.places(columns.values.broadcast(to: shape, "index"), 1, of: self.shape))
    )
  }
}

extension Values {
  /// Sets these values to zeros with rows added where int64 indices name them.
  fileprivate func spread(_ rows: Values, _ choice: Values) {
    if Capture.isOn { return record(rows, choice) { $0.spread($1, $2) } }
    let chosen = rows.reshaped([choice.count] + shape.dropFirst())
    assign(chosen.spread(Tensor.places(choice, 0, of: shape), into: shape))
  }
}
