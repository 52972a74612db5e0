internal import WorkbookArrays

/// An n-dimensional array of numbers: a value, with NumPy's vocabulary.
///
/// Copies share memory until one of them is changed. `T` and slices share it too.
///
/// ```swift
/// var x: NDArray<Double> = [[1, 2, 3], [4, 5, 6]]
/// let y = x
/// x *= 10
/// print(x.shape, y.sum(), x.sum(axis: 0))
/// ```
/// ```output
/// [2, 3] 21.0 [50. 70. 90.]
/// ```
public struct NDArray<Scalar: NDArrayScalar>: Sendable {
  /// The size of each axis; `[]` for a single number.
  ///
  /// ```swift
  /// print(NDArray<Double>.zeros(2, 3).shape, NDArray<Double>(7).shape)
  /// ```
  /// ```output
  /// [2, 3] []
  /// ```
  public var shape: [Int] { layout.shape }
  /// The number of elements.
  public var count: Int { layout.count }
  let layout: Layout
  let offset: Int
  var buffer: Buffer

  init(_ layout: Layout, _ offset: Int, _ buffer: Buffer) {
    self.layout = layout
    self.offset = offset
    self.buffer = buffer
  }

  /// An array to be filled before anyone reads it.
  init(uninitialized shape: [Int]) {
    requireSizes(shape, "NDArray: the shape")
    let layout = Layout(shape)
    self.init(layout, 0, Buffer(byteCount: layout.count * MemoryLayout<Scalar>.stride))
  }

  /// An array of the given shape, with every element `value`.
  ///
  /// Traps if a size is negative.
  ///
  /// ```swift
  /// print(NDArray<Double>(shape: [2, 3], repeating: 0.5))
  /// ```
  /// ```output
  /// [[0.5 0.5 0.5]
  ///  [0.5 0.5 0.5]]
  /// ```
  public init(shape: [Int], repeating value: Scalar) {
    self.init(uninitialized: shape)
    withUnsafePointer(to: value) {
      kernel_fill(MemoryLayout<Scalar>.stride, count, $0, pointer)
    }
  }

  /// An array of the given shape, with `values` in row-major order.
  ///
  /// Traps unless there are as many values as the shape holds.
  ///
  /// ```swift
  /// print(NDArray<Double>(shape: [2, 2], [1, 2, 3, 4]))
  /// ```
  /// ```output
  /// [[1. 2.]
  ///  [3. 4.]]
  /// ```
  public init(shape: [Int], _ values: [Scalar]) {
    self.init(uninitialized: shape)
    require(
      values.count == count,
      "NDArray: \(values.count) values cannot fill the shape \(shape), which holds \(count)")
    values.withUnsafeBufferPointer { source in
      if let base = source.baseAddress { pointer.update(from: base, count: count) }
    }
  }

  /// An array of one axis `[values.count]`.
  ///
  /// ```swift
  /// print(NDArray([1.5, 2.5]))
  /// ```
  /// ```output
  /// [1.5 2.5]
  /// ```
  public init(_ values: [Scalar]) {
    self.init(shape: [values.count], values)
  }

  /// An array of two axes `[rows.count, rows[0].count]`.
  ///
  /// Traps if rows differ in length.
  ///
  /// ```swift
  /// let rows = [[1.0, 2.0], [3.0, 4.0]]
  /// print(NDArray(rows).shape)
  /// ```
  /// ```output
  /// [2, 2]
  /// ```
  @_disfavoredOverload
  public init(_ rows: [[Scalar]]) {
    let columns = rows.first?.count ?? 0
    for row in rows {
      require(row.count == columns, "NDArray: rows of \(columns) and \(row.count) values")
    }
    self.init(shape: [rows.count, columns], rows.flatMap { $0 })
  }

  /// An array of no axes: the number itself.
  ///
  /// ```swift
  /// print(NDArray(1.5).shape, NDArray(1.5))
  /// ```
  /// ```output
  /// [] 1.5
  /// ```
  public init(_ value: Scalar) {
    self.init(shape: [], repeating: value)
  }

  /// The numbers of another type, rounded to this one.
  ///
  /// ```swift
  /// print(NDArray<Float>(NDArray<Double>([1.0 / 3])).item(), 1.0 / 3)
  /// ```
  /// ```output
  /// 0.33333334 0.3333333333333333
  /// ```
  @_disfavoredOverload
  public init<Other: NDArrayScalar>(_ other: NDArray<Other>) {
    self.init(shape: other.shape, other.scalars.map { Scalar($0) })
  }

  /// An array of zeros: `NDArray<Double>.zeros(2, 3)`.
  ///
  /// Traps if a size is negative.
  ///
  /// ```swift
  /// print(NDArray<Double>.zeros(2, 3))
  /// ```
  /// ```output
  /// [[0. 0. 0.]
  ///  [0. 0. 0.]]
  /// ```
  public static func zeros(_ shape: Int...) -> NDArray { NDArray(shape: shape, repeating: 0) }

  /// An array of ones.
  ///
  /// Traps if a size is negative.
  ///
  /// ```swift
  /// print(NDArray<Double>.ones(3))
  /// ```
  /// ```output
  /// [1. 1. 1.]
  /// ```
  public static func ones(_ shape: Int...) -> NDArray { NDArray(shape: shape, repeating: 1) }

  /// The identity matrix `[n, n]`.
  ///
  /// ```swift
  /// print(NDArray<Double>.eye(2))
  /// ```
  /// ```output
  /// [[1. 0.]
  ///  [0. 1.]]
  /// ```
  public static func eye(_ n: Int) -> NDArray {
    let result = NDArray(shape: [n, n], repeating: 0)
    for i in 0..<n { result.pointer[i * n + i] = 1 }
    return result
  }

  /// The whole numbers 0, 1, … below `count`, as an array `[count]`.
  ///
  /// ```swift
  /// print(NDArray<Double>.arange(4))
  /// ```
  /// ```output
  /// [0. 1. 2. 3.]
  /// ```
  public static func arange(_ count: Int) -> NDArray {
    NDArray((0..<Swift.max(0, count)).map { Scalar($0) })
  }

  /// `count` numbers `[count]` at even distances, from `start` to `stop` with both included.
  ///
  /// ```swift
  /// print(NDArray<Double>.linspace(0, 1, 5))
  /// ```
  /// ```output
  /// [0.   0.25 0.5  0.75 1.  ]
  /// ```
  public static func linspace(_ start: Scalar, _ stop: Scalar, _ count: Int) -> NDArray {
    let step = (stop - start) / Scalar(Swift.max(1, count - 1))
    return NDArray(
      (0..<Swift.max(0, count)).map { $0 == count - 1 && $0 > 0 ? stop : start + Scalar($0) * step }
    )
  }

  /// The number of axes.
  public var ndim: Int { shape.count }

  /// The elements in row-major order.
  ///
  /// ```swift
  /// let x: NDArray<Double> = [[1, 2], [3, 4]]
  /// print(x.T.scalars)
  /// ```
  /// ```output
  /// [1.0, 3.0, 2.0, 4.0]
  /// ```
  public var scalars: [Scalar] {
    let packed = contiguous()
    let scalars = withExtendedLifetime(packed) {
      [Scalar](UnsafeBufferPointer(start: packed.pointer, count: count))
    }
    return count > 0 && max().isNaN ? scalars.map(\.unsignedIfNaN) : scalars
  }

  /// The only element.
  ///
  /// Traps if there is not exactly one.
  ///
  /// ```swift
  /// let x: NDArray<Double> = [[0.1]]
  /// print(x.item())
  /// ```
  /// ```output
  /// 0.1
  /// ```
  public func item() -> Scalar {
    require(count == 1, "item: an array of shape \(shape) has \(count) elements, not one")
    return pointer[0].unsignedIfNaN
  }

  /// The same elements in the same row-major order, in another shape.
  ///
  /// One size may be -1: it follows from the others. Traps if the counts differ.
  ///
  /// ```swift
  /// let x = NDArray<Double>.arange(6)
  /// print(x.reshape(2, -1))
  /// ```
  /// ```output
  /// [[0. 1. 2.]
  ///  [3. 4. 5.]]
  /// ```
  ///
  /// <!-- workbook: traps="reshape: the shape [6] holds 6 elements, which [4, 2] cannot" -->
  /// ```swift
  /// // reshape: the shape [6] holds 6 elements, which [4, 2] cannot
  /// print(x.reshape(4, 2))
  /// ```
  public func reshape(_ shape: Int...) -> NDArray { reshaped(shape) }

  /// All elements in row-major order, `[count]`.
  ///
  /// ```swift
  /// let x: NDArray<Double> = [[1, 2], [3, 4]]
  /// print(x.T.flatten())
  /// ```
  /// ```output
  /// [1. 3. 2. 4.]
  /// ```
  public func flatten() -> NDArray { reshaped([count]) }

  /// The array with its axes in reverse order: of a matrix `[m, n]`, its transpose `[n, m]`.
  ///
  /// Shares memory with the array itself: O(1).
  ///
  /// ```swift
  /// let x: NDArray<Double> = [[1, 2, 3], [4, 5, 6]]
  /// print(x.T)
  /// ```
  /// ```output
  /// [[1. 4.]
  ///  [2. 5.]
  ///  [3. 6.]]
  /// ```
  public var T: NDArray {
    ndim > 1 ? NDArray(layout.reversed(), offset, buffer) : self
  }

  private func reshaped(_ wanted: [Int]) -> NDArray {
    var shape = wanted
    if let free = shape.firstIndex(of: -1) {
      let others = elementCount(shape.filter { $0 != -1 })
      if others > 0, count % others == 0 { shape[free] = count / others }
    }
    require(
      !shape.contains { $0 < 0 } && elementCount(shape) == count,
      "reshape: the shape \(self.shape) holds \(count) elements, which \(wanted) cannot")
    let packed = contiguous()
    return NDArray(Layout(shape), packed.offset, packed.buffer)
  }
}

// MARK: - Memory

extension NDArray {
  /// Where the first element is; whoever uses it keeps the array alive meanwhile.
  var pointer: UnsafeMutablePointer<Scalar> {
    buffer.base.assumingMemoryBound(to: Scalar.self) + offset
  }

  /// The elements as kernels see them, read as if the array had a shape that it broadcasts to.
  func operand(in shape: [Int]) -> Operand {
    Operand(pointer, expanded(to: shape).layout.strides, size: MemoryLayout<Scalar>.stride)
  }

  /// The array read as if it had a shape that it broadcasts to.
  func expanded(to shape: [Int]) -> NDArray {
    NDArray(layout.broadcast(to: shape) ?? layout, offset, buffer)
  }

  /// Whether rows follow each other; not only in effect, since the strides decide how a product is
  /// summed.
  var isContiguous: Bool { layout.isRowMajor }

  /// The array itself if its rows follow each other, or else a copy whose rows do.
  func contiguous() -> NDArray { isContiguous ? self : copied() }

  func copied() -> NDArray {
    let result = NDArray(uninitialized: shape)
    result.assign(from: self)
    return result
  }

  /// Copies the elements of `source`, of the same shape, into memory that nobody else sees.
  func assign(from source: NDArray) {
    withExtendedLifetime((source.buffer, buffer)) {
      copyElements(shape, from: source.operand(in: shape), to: operand(in: shape))
    }
  }

  /// Makes the memory this array's own, before it is changed.
  mutating func makeUnique() {
    if !isContiguous || !isKnownUniquelyReferenced(&buffer) { self = copied() }
  }
}

// MARK: - Literals

extension NDArray: ExpressibleByArrayLiteral {
  /// A number or a list, in a literal such as `[[1, 2], [3, 4]]`.
  ///
  /// ```swift
  /// let x: NDArray<Double> = [[1, 2.5], [3, 4]]
  /// print(x.shape)
  /// ```
  /// ```output
  /// [2, 2]
  /// ```
  public struct Literal: ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
    ExpressibleByArrayLiteral
  {
    fileprivate let shape: [Int]
    fileprivate let values: [Scalar]

    /// A whole number.
    public init(integerLiteral value: Scalar.IntegerLiteralType) {
      (shape, values) = ([], [Scalar(integerLiteral: value)])
    }

    /// A number with a point.
    public init(floatLiteral value: Double) {
      (shape, values) = ([], [Scalar(value)])
    }

    /// A list of numbers or of lists.
    public init(arrayLiteral elements: Literal...) {
      self.init(elements)
    }

    fileprivate init(_ elements: [Literal]) {
      let inner = elements.first?.shape ?? []
      for element in elements {
        require(
          element.shape == inner,
          "NDArray: a literal with parts of the shapes \(inner) and \(element.shape)")
      }
      shape = [elements.count] + inner
      values = elements.flatMap(\.values)
    }
  }

  /// An array from nested lists, all of one shape.
  public init(arrayLiteral elements: Literal...) {
    let whole = Literal(elements)
    self.init(shape: whole.shape, whole.values)
  }
}

extension NDArray: Equatable {
  /// Whether both have the same shape and equal elements.
  ///
  /// NaN equals nothing, not even itself.
  ///
  /// ```swift
  /// let x: NDArray<Double> = [1, 2]
  /// let y = NDArray(Double.nan)
  /// print(x == [1, 2], x == [[1, 2]], y == y)
  /// ```
  /// ```output
  /// true false false
  /// ```
  public static func == (a: NDArray, b: NDArray) -> Bool {
    a.shape == b.shape && (a .== b).all()
  }
}
