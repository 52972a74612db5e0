import WorkbookArrays

// Other shapes of the same elements. All are views, which share the elements, except that `reshape`
// copies where strides cannot express the new shape.
extension Tensor {
  /// The transpose of a matrix; of a vector or a scalar, the same elements.
  ///
  /// A view. Traps if there are more than two dimensions.
  ///
  /// ```swift
  /// print(Tensor([[1, 2, 3]]).t())
  /// ```
  /// ```output
  /// tensor([[1.],
  ///         [2.],
  ///         [3.]])
  /// ```
  public func t() -> Tensor {
    require(ndim <= 2, "t: needs a matrix, not \(shape); see transpose(_:_:)")
    return ndim < 2 ? Tensor(view: values, of: self, "t", Edge(self) { $0 }) : transpose(0, 1)
  }

  /// With two dimensions exchanged; negative ones count from the end.
  ///
  /// A view. Traps if there is no such dimension.
  ///
  /// ```swift
  /// print(Tensor.zeros(2, 3, 4).transpose(0, -1).shape)
  /// ```
  /// ```output
  /// [4, 3, 2]
  /// ```
  public func transpose(_ first: Int, _ second: Int) -> Tensor {
    let (a, b) = (dimension(first, "transpose"), dimension(second, "transpose"))
    return Tensor(
      view: values.transposed(a, b), of: self, "transpose", Edge(self) { $0.transposed(a, b) })
  }

  /// With the dimensions in another order, each named once; negative ones count from the end.
  ///
  /// A view. Traps unless each is named once.
  ///
  /// ```swift
  /// print(Tensor.zeros(2, 3, 4).permute(2, 0, 1).shape)
  /// ```
  /// ```output
  /// [4, 2, 3]
  /// ```
  public func permute(_ dims: Int...) -> Tensor { permuted(dims, "permute") }

  private func permuted(_ dims: [Int], _ operation: String) -> Tensor {
    let order = dims.map { dimension($0, operation) }
    require(
      order.sorted() == Array(shape.indices),
      "\(operation): \(dims) does not name each of the \(ndim) dimensions of \(shape) once")
    let inverse = shape.indices.map { order.firstIndex(of: $0)! }
    return Tensor(
      view: values.permuted(order), of: self, operation, Edge(self) { $0.permuted(inverse) })
  }

  /// With the dimensions in reverse order: of a matrix, its transpose.
  ///
  /// A view.
  ///
  /// ```swift
  /// print(Tensor([[1, 2, 3]]).T.shape)
  /// ```
  /// ```output
  /// [3, 1]
  /// ```
  public var T: Tensor { permuted(shape.indices.reversed(), "T") }

  /// The same elements in row-major order in another shape, always as a view.
  ///
  /// Traps if the counts differ, or if strides cannot express the shape; ``reshape(_:)`` copies then.
  ///
  /// ```swift
  /// let x = Tensor.arange(6)
  /// x.view(2, 3)[0] = 9
  /// print(x)
  /// ```
  /// ```output
  /// tensor([9., 9., 9., 3., 4., 5.])
  /// ```
  public func view(_ shape: Int...) -> Tensor {
    let result = reshape(shape)
    require(
      result.values.storage === values.storage,
      "view: strides \(strides) cannot show \(self.shape) as \(shape); reshape(_:) copies then")
    return result
  }

  /// Neighbouring dimensions joined into one, all of them at first.
  ///
  /// A view where the strides allow, else a copy. Traps if there is no such dimension.
  ///
  /// ```swift
  /// let x = Tensor.zeros(2, 3, 4)
  /// print(x.flatten().shape, x.flatten(1).shape, x.flatten(0, 1).shape)
  /// ```
  /// ```output
  /// [24] [2, 12] [6, 4]
  /// ```
  public func flatten(_ first: Int = 0, _ last: Int = -1) -> Tensor {
    if ndim == 0 { return reshape(1) }
    let (a, b) = (dimension(first, "flatten"), dimension(last, "flatten"))
    require(a <= b, "flatten: dimension \(first) is behind \(last) in \(shape)")
    return reshape(shape[..<a] + [shape[a...b].reduce(1, *)] + shape[(b + 1)...])
  }

  /// The same elements in row-major order in another shape; one size may be -1, to be found.
  ///
  /// A view where the strides allow, else a copy. Traps if the counts differ.
  ///
  /// ```swift
  /// let x = Tensor.arange(6)
  /// print(x.reshape(2, -1))
  /// ```
  /// ```output
  /// tensor([[0., 1., 2.],
  ///         [3., 4., 5.]])
  /// ```
  public func reshape(_ shape: Int...) -> Tensor { reshape(shape) }

  /// The same elements in row-major order in another shape; one size may be -1, to be found.
  public func reshape(_ target: [Int]) -> Tensor {
    let original = shape
    let known = elementCount(target.filter { $0 != -1 })
    let unknown = target.filter { $0 == -1 }.count
    let sizes = target.map { $0 == -1 && known != 0 ? count / known : $0 }
    require(
      unknown <= 1 && !sizes.contains { $0 < 0 } && elementCount(sizes) == count,
      "reshape: \(shape) has \(count) elements, which do not fit into \(target)")
    let reshaped = values.reshaped(sizes)
    let edge = Edge(self) { $0.reshaped(original) }
    return reshaped.storage === values.storage
      ? Tensor(view: reshaped, of: self, "reshape", edge) : Tensor(reshaped, "reshape", edge)
  }

  /// Repeated along dimensions of size 1 and new leading ones, without copying; -1 keeps a size.
  ///
  /// Traps if another size than 1 would have to change.
  ///
  /// ```swift
  /// let x: Tensor = [[1], [2]]
  /// print(x.expand(-1, 3))
  /// print(x.expand(4, 2, 3).shape)
  /// ```
  /// ```output
  /// tensor([[1., 1., 1.],
  ///         [2., 2., 2.]])
  /// [4, 2, 3]
  /// ```
  public func expand(_ shape: Int...) -> Tensor { expand(shape) }

  /// Repeated along dimensions of size 1 and new leading ones, without copying; -1 keeps a size.
  public func expand(_ target: [Int]) -> Tensor {
    let shift = target.count - ndim
    let sizes = target.indices.map { d in
      target[d] == -1 && d >= shift ? shape[d - shift] : target[d]
    }
    require(!sizes.contains { $0 < 0 }, "expand: cannot expand \(shape) to \(target)")
    requireSizes(sizes, "expand: a shape of")
    // The engine sums the gradient back to the shape before.
    let wide = values.broadcast(to: sizes, "expand")
    return Tensor(view: wide, of: self, "expand", Edge(self) { $0 })
  }

  /// Without a dimension if its size is 1, or without all such dimensions if `dim` is nil.
  ///
  /// A view. Traps if there is no such dimension.
  ///
  /// ```swift
  /// let x = Tensor.zeros(1, 3, 1)
  /// print(x.squeeze().shape, x.squeeze(0).shape, x.squeeze(1).shape)
  /// ```
  /// ```output
  /// [3] [3, 1] [1, 3, 1]
  /// ```
  public func squeeze(_ dim: Int? = nil) -> Tensor {
    let dims = dimensions(dim.map { [$0] } ?? [], "squeeze").filter { shape[$0] == 1 }
    let original = shape
    return Tensor(
      view: values.squeezed(dims), of: self, "squeeze", Edge(self) { $0.reshaped(original) })
  }

  /// With a new dimension of size 1 at a place; negative ones count from the end of the result.
  ///
  /// A view. Traps if the result has no such dimension.
  ///
  /// ```swift
  /// let x: Tensor = [1, 2]
  /// print(x.unsqueeze(0).shape, x.unsqueeze(-1).shape)
  /// ```
  /// ```output
  /// [1, 2] [2, 1]
  /// ```
  public func unsqueeze(_ dim: Int) -> Tensor {
    let (place, original) = (placeOfNewDimension(dim, "unsqueeze"), shape)
    return Tensor(
      view: values.unsqueezed([place]), of: self, "unsqueeze", Edge(self) { $0.reshaped(original) })
  }

  /// The place of a new dimension counted from 0, given one that may count from the end.
  func placeOfNewDimension(_ dim: Int, _ operation: String) -> Int {
    let place = dim < 0 ? dim + ndim + 1 : dim
    require(
      place >= 0 && place <= ndim,
      "\(operation): no place \(dim) for a dimension in \(shape); places are \(-ndim - 1)...\(ndim)"
    )
    return place
  }

  /// A dimension counted from 0, given one that may count from the end.
  func dimension(_ dim: Int, _ operation: String) -> Int {
    let result = dim < 0 ? dim + ndim : dim
    if result < 0 || result >= ndim {
      fail(
        ndim == 0
          ? "\(operation): no dimension \(dim); a scalar has none"
          : "\(operation): no dimension \(dim) in \(shape); dimensions are \(-ndim)...\(ndim - 1)")
    }
    return result
  }

  /// Several dimensions, ascending and counted from 0; all of them if the list is empty.
  ///
  /// Of a scalar, 0 and -1 stand for none, as in PyTorch.
  func dimensions(_ dims: [Int], _ operation: String) -> [Int] {
    if dims.isEmpty || ndim == 0 && (dims == [0] || dims == [-1]) { return Array(shape.indices) }
    let result = dims.map { dimension($0, operation) }.sorted()
    require(Set(result).count == dims.count, "\(operation): a dimension twice in \(dims)")
    return result
  }
}
