import WorkbookArrays

// Each operation stands with its gradient. A pullback returns the gradient in the shape of the
// result; the engine sums it over whatever broadcasting repeated.
extension Tensor {
  /// The elementwise sum; shapes broadcast.
  ///
  /// Traps if they do not, or if the types of the elements differ.
  ///
  /// ```swift
  /// let x: Tensor = [[1, 2], [3, 4]]
  /// print(x + [10, 20])
  /// ```
  /// ```output
  /// tensor([[11., 22.],
  ///         [13., 24.]])
  /// ```
  public static func + (a: Tensor, b: Tensor) -> Tensor {
    Tensor(a.values + b.values, "add", Edge(a) { $0 }, Edge(b) { $0 })
  }

  /// Each element plus a number.
  public static func + (a: Tensor, b: some Number) -> Tensor {
    Tensor(a.combined(.add, b, "add"), "add", Edge(a) { $0 })
  }

  /// A number plus each element.
  public static func + (a: some Number, b: Tensor) -> Tensor { b + a }

  /// The elementwise difference; shapes broadcast.
  ///
  /// Traps if they do not, or if the types of the elements differ.
  ///
  /// ```swift
  /// let row: Tensor = [1, 2, 3], column: Tensor = [[1], [2]]
  /// print(row - column)
  /// ```
  /// ```output
  /// tensor([[ 0.,  1.,  2.],
  ///         [-1.,  0.,  1.]])
  /// ```
  public static func - (a: Tensor, b: Tensor) -> Tensor {
    Tensor(a.values - b.values, "sub", Edge(a) { $0 }, Edge(b) { -$0 })
  }

  /// Each element minus a number.
  public static func - (a: Tensor, b: some Number) -> Tensor {
    Tensor(a.combined(.subtract, b, "sub"), "sub", Edge(a) { $0 })
  }

  /// A number minus each element.
  public static func - (a: some Number, b: Tensor) -> Tensor {
    Tensor(
      Values.binary(.subtract, a, b.promoted(for: a), "sub"), "sub", Edge(b) { -$0 })
  }

  /// The elementwise product; shapes broadcast.
  ///
  /// The matrix product is ``mm(_:)``. Traps if the shapes do not broadcast, or if the types of the
  /// elements differ.
  ///
  /// ```swift
  /// let x: Tensor = [[1, 2], [3, 4]]
  /// print(x * x)
  /// ```
  /// ```output
  /// tensor([[ 1.,  4.],
  ///         [ 9., 16.]])
  /// ```
  public static func * (a: Tensor, b: Tensor) -> Tensor {
    Tensor(
      a.values * b.values, "mul",
      Edge(a, saving: b.values) { g, b in g * b },
      Edge(b, saving: a.values) { g, a in g * a })
  }

  /// Each element times a number.
  public static func * (a: Tensor, b: some Number) -> Tensor {
    let (product, b) = (a.combined(.multiply, b, "mul"), b._double)
    return Tensor(product, "mul", Edge(a) { $0 * b })
  }

  /// A number times each element.
  public static func * (a: some Number, b: Tensor) -> Tensor { b * a }

  /// The elementwise quotient; shapes broadcast.
  ///
  /// Traps if they do not, or if the types of the elements differ.
  ///
  /// ```swift
  /// let x: Tensor = [[1, 2], [3, 4]]
  /// print(x / x.sum(dim: 1, keepDim: true))
  /// ```
  /// ```output
  /// tensor([[0.3333, 0.6667],
  ///         [0.4286, 0.5714]])
  /// ```
  public static func / (a: Tensor, b: Tensor) -> Tensor {
    Tensor(
      a.floating / b.floating, "div",
      Edge(a, saving: b.values) { g, b in g / b },
      Edge(b, saving: a.values, b.values) { g, a, b in -(g * a / b / b) })
  }

  /// Each element divided by a number.
  public static func / (a: Tensor, b: some Number) -> Tensor {
    let b = b._double
    return Tensor(a.floating / b, "div", Edge(a) { $0 / b })
  }

  /// A number divided by each element.
  public static func / (a: some Number, b: Tensor) -> Tensor {
    func divided(_ b: Values) -> Values { Values.binary(.divide, a, b, "div") }
    // Computed again, since the result is free to be changed in place.
    return Tensor(
      divided(b.floating), "div", Edge(b, saving: b.values) { g, b in -(g * divided(b) / b) })
  }

  /// Each element negated.
  ///
  /// ```swift
  /// print(-Tensor([0, 1]))
  /// ```
  /// ```output
  /// tensor([-0., -1.])
  /// ```
  public static prefix func - (x: Tensor) -> Tensor { Tensor(-x.values, "neg", Edge(x) { -$0 }) }

  /// Adds in place; the other tensor broadcasts to this shape.
  ///
  /// Views and other references see the change. Traps if the other does not broadcast, if the types
  /// of the elements differ, or if this tensor is a leaf that requires a gradient, outside
  /// ``noGrad(_:)``.
  ///
  /// ```swift
  /// let x: Tensor = [1, 2]
  /// let y = x
  /// y += [10, 20]
  /// print(x)
  /// ```
  /// ```output
  /// tensor([11., 22.])
  /// ```
  public static func += (a: Tensor, b: Tensor) { a.update(.add, "+=", b) { a + b } }
  /// Adds a number in place.
  public static func += (a: Tensor, b: some Number) {
    a.update(.add, "+=", b) { a + b }
  }
  /// Subtracts in place; the other tensor broadcasts to this shape.
  ///
  /// Traps as `+=` does.
  ///
  /// ```swift
  /// let w = Tensor([1, 2], requiresGrad: true)
  /// noGrad { w -= [0.5, 0.5] }
  /// print(w)
  /// ```
  /// ```output
  /// tensor([0.5000, 1.5000], requiresGrad: true)
  /// ```
  ///
  /// <!-- workbook: traps="a leaf that requires a gradient cannot be changed in place here" -->
  /// ```swift
  /// // -=: a leaf that requires a gradient cannot be changed in place here; …
  /// w -= [0.5, 0.5]
  /// ```
  public static func -= (a: Tensor, b: Tensor) { a.update(.subtract, "-=", b) { a - b } }
  /// Subtracts a number in place.
  public static func -= (a: Tensor, b: some Number) {
    a.update(.subtract, "-=", b) { a - b }
  }
  /// Multiplies in place; the other tensor broadcasts to this shape.
  ///
  /// Traps as `+=` does.
  ///
  /// ```swift
  /// let x: Tensor = [[1, 2], [3, 4]]
  /// x *= [[1], [-1]]
  /// print(x)
  /// ```
  /// ```output
  /// tensor([[ 1.,  2.],
  ///         [-3., -4.]])
  /// ```
  public static func *= (a: Tensor, b: Tensor) {
    a.update(.multiply, "*=", b) { a.original(for: b) * b }
  }
  /// Multiplies by a number in place.
  public static func *= (a: Tensor, b: some Number) {
    a.update(.multiply, "*=", b) { a * b }
  }
  /// Divides in place; the other tensor broadcasts to this shape.
  ///
  /// Traps as `+=` does.
  ///
  /// ```swift
  /// let x: Tensor = [[1, 2], [3, 4]]
  /// x /= [1, 2]
  /// print(x)
  /// ```
  /// ```output
  /// tensor([[1., 1.],
  ///         [3., 2.]])
  /// ```
  public static func /= (a: Tensor, b: Tensor) {
    a.update(.divide, "/=", b) { a.original(for: b) / b }
  }
  /// Divides by a number in place.
  public static func /= (a: Tensor, b: some Number) {
    a.update(.divide, "/=", b) { a / b }
  }

  /// The elements before a change in place that the gradient of the other operand needs.
  private func original(for other: Tensor) -> Tensor { other.requiresGrad ? clone() : self }

  /// The elements as what a number makes of them: truth values count beside an integer, and integers
  /// are float32 beside another number.
  private func promoted(for number: some Number) -> Values {
    if dtype.isFloatingPoint { return values }
    return values.converted(to: number._isInteger ? .int64 : .float32)
  }

  /// This tensor and a number beside it, of the type that they make.
  func beside(_ number: some Number) -> (Tensor, Tensor) {
    let x = dtype.isFloatingPoint ? self : Tensor(promoted(for: number))
    return (x, Tensor(Values(number: number, x.dtype)))
  }

  /// The elementwise result for these elements and a number beside them.
  private func combined(_ kernel: KernelBinary, _ number: some Number, _ name: String) -> Values {
    let x = promoted(for: number)
    return x.dtype == .int64
      ? .binary(kernel, x, Values(number: number, .int64), name)
      : .binary(kernel, x, number._double, name)
  }

  /// The elements, as float32 if they are integers.
  private var floating: Values {
    dtype.isFloatingPoint ? values : values.converted(to: .float32)
  }

  private func update(
    _ kernel: KernelBinary, _ name: String, _ other: Tensor, _ result: () -> Tensor
  ) {
    update(
      name, with: other,
      change: {
        if other.shape != shape {
          requireSameShape(name, Values.broadcastShape(shape, other.shape, name))
        }
        values.combine(kernel, values, other.values, name)
      },
      result: result)
  }

  private func update(
    _ kernel: KernelBinary, _ name: String, _ number: some Number, _ result: () -> Tensor
  ) {
    require(
      dtype.isFloatingPoint || number._isInteger,
      "\(name): the result is float32, not \(dtype); convert this one with .to(.float32)")
    update(
      name,
      change: {
        if dtype == .int64 {
          values.combine(kernel, values, Values(number: number, .int64), name)
        } else {
          values.combine(kernel, values, number._double, name)
        }
      },
      result: result)
  }
}
