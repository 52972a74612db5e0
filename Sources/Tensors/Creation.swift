import WorkbookArrays

// Tensors made from nothing. Each takes its shape as separate sizes or as one array.
extension Tensor {
  /// Zeros of a shape.
  ///
  /// Traps if a size is negative.
  ///
  /// ```swift
  /// print(Tensor.zeros(2, 3))
  /// ```
  /// ```output
  /// tensor([[0., 0., 0.],
  ///         [0., 0., 0.]])
  /// ```
  public static func zeros(
    _ shape: Int..., dtype: DType = .float32, device: Device = .cpu, requiresGrad: Bool = false
  ) -> Tensor {
    full(shape, 0, dtype: dtype, device: device, requiresGrad: requiresGrad)
  }

  /// Zeros of a shape.
  public static func zeros(
    _ shape: [Int], dtype: DType = .float32, device: Device = .cpu, requiresGrad: Bool = false
  ) -> Tensor {
    full(shape, 0, dtype: dtype, device: device, requiresGrad: requiresGrad)
  }

  /// Ones of a shape.
  ///
  /// Traps if a size is negative.
  ///
  /// ```swift
  /// print(Tensor.ones(2, 3, dtype: .float64))
  /// ```
  /// ```output
  /// tensor([[1., 1., 1.],
  ///         [1., 1., 1.]], dtype: .float64)
  /// ```
  public static func ones(
    _ shape: Int..., dtype: DType = .float32, device: Device = .cpu, requiresGrad: Bool = false
  ) -> Tensor {
    full(shape, 1, dtype: dtype, device: device, requiresGrad: requiresGrad)
  }

  /// Ones of a shape.
  public static func ones(
    _ shape: [Int], dtype: DType = .float32, device: Device = .cpu, requiresGrad: Bool = false
  ) -> Tensor {
    full(shape, 1, dtype: dtype, device: device, requiresGrad: requiresGrad)
  }

  /// One value in all places of a shape.
  ///
  /// Traps if a size is negative.
  ///
  /// ```swift
  /// print(Tensor.full([2, 2], 0.5))
  /// ```
  /// ```output
  /// tensor([[0.5000, 0.5000],
  ///         [0.5000, 0.5000]])
  /// ```
  public static func full(
    _ shape: [Int], _ value: some Number, dtype: DType = .float32, device: Device = .cpu,
    requiresGrad: Bool = false
  ) -> Tensor {
    requireSizes(shape, "a shape of")
    let values = Values(shape, dtype)
    values.fill(number: value)
    return Tensor(values, requiresGrad: requiresGrad)
  }

  /// Zeros in the shape and type of another tensor.
  ///
  /// ```swift
  /// print(Tensor.zerosLike(Tensor([[1, 2, 3]])))
  /// ```
  /// ```output
  /// tensor([[0., 0., 0.]])
  /// ```
  public static func zerosLike(_ other: Tensor) -> Tensor { zeros(other.shape, dtype: other.dtype) }

  /// Ones in the shape and type of another tensor.
  ///
  /// ```swift
  /// print(Tensor.onesLike(Tensor([[1, 2, 3]])))
  /// ```
  /// ```output
  /// tensor([[1., 1., 1.]])
  /// ```
  public static func onesLike(_ other: Tensor) -> Tensor { ones(other.shape, dtype: other.dtype) }

  /// The square matrix with ones on its diagonal, `[n, n]`.
  ///
  /// ```swift
  /// print(Tensor.eye(2))
  /// ```
  /// ```output
  /// tensor([[1., 0.],
  ///         [0., 1.]])
  /// ```
  public static func eye(_ n: Int, dtype: DType = .float32) -> Tensor {
    let result = zeros(n, n, dtype: dtype)
    for i in 0..<n { result.values.setElement(i * n + i, 1) }
    result.values.recordContents()
    return result
  }

  /// The numbers from `start` up to, not including, `end`, `step` apart; `[n]`.
  ///
  /// Traps if `step` is 0 or leads away from `end`.
  ///
  /// ```swift
  /// print(Tensor.arange(1, 2, 0.25))
  /// ```
  /// ```output
  /// tensor([1.0000, 1.2500, 1.5000, 1.7500])
  /// ```
  public static func arange(
    _ start: some Number, _ end: some Number, _ step: some Number = 1, dtype: DType = .float32,
    requiresGrad: Bool = false
  ) -> Tensor {
    let (start, end, step) = (start._double, end._double, step._double)
    require(
      (step > 0 && start <= end || step < 0 && start >= end) && (end - start) / step < 0x1p53,
      "arange: steps of \(step) do not lead from \(start) to \(end)")
    let count = Int(((end - start) / step).rounded(.up))
    let values = Values([count], dtype)
    values.setSteps(0..<count, from: start, 0, by: step)
    return Tensor(values, requiresGrad: requiresGrad)
  }

  /// The numbers from 0 up to, not including, `end`; `[n]`.
  public static func arange(
    _ end: some Number, dtype: DType = .float32, requiresGrad: Bool = false
  ) -> Tensor {
    arange(0, end, dtype: dtype, requiresGrad: requiresGrad)
  }

  /// As many evenly spaced numbers as `steps`, from `start` to `end`, both included.
  ///
  /// ```swift
  /// print(Tensor.linspace(0, 1, steps: 5))
  /// ```
  /// ```output
  /// tensor([0.0000, 0.2500, 0.5000, 0.7500, 1.0000])
  /// ```
  public static func linspace(
    _ start: some Number, _ end: some Number, steps: Int, dtype: DType = .float32,
    requiresGrad: Bool = false
  ) -> Tensor {
    let (start, end) = (start._double, end._double)
    requireSizes([steps], "a shape of")
    let values = Values([steps], dtype)
    let step = steps > 1 ? (end - start) / Double(steps - 1) : 0
    // From both ends, so that the last number is exactly `end`.
    let half = (steps + 1) / 2
    values.setSteps(0..<half, from: start, 0, by: step)
    values.setSteps(half..<steps, from: end, Double(half + 1 - steps), by: step)
    return Tensor(values, requiresGrad: requiresGrad)
  }
}

/// What a tensor can be made from: numbers, truth values and arrays of them, nested to any depth.
///
/// ```swift
/// print(Tensor([[true, false]]), Tensor([1, 2], dtype: .int64))
/// print(Tensor([[[0.5]]]).shape)
/// ```
/// ```output
/// tensor([[1., 0.]]) tensor([1, 2])
/// [1, 1, 1]
/// ```
public protocol TensorData {
  /// Appends the numbers in order, and returns the shape.
  func _flatten(into numbers: inout _TensorNumbers) -> [Int]
}

/// Numbers on their way into a tensor, and as integers as long as all of them are.
public struct _TensorNumbers {
  var doubles: [Double] = []
  var integers: [Int]? = []

  mutating func append(_ number: Double) {
    doubles.append(number)
    integers = nil
  }

  mutating func append(_ integer: Int) {
    doubles.append(Double(integer))
    integers?.append(integer)
  }
}

extension TensorData where Self: BinaryFloatingPoint {
  /// Appends the numbers in order, and returns the shape.
  public func _flatten(into numbers: inout _TensorNumbers) -> [Int] {
    numbers.append(Double(self))
    return []
  }
}

extension Double: TensorData {}
extension Float: TensorData {}

extension Int: TensorData {
  /// Appends the numbers in order, and returns the shape.
  public func _flatten(into numbers: inout _TensorNumbers) -> [Int] {
    numbers.append(self)
    return []
  }
}

extension Bool: TensorData {
  /// Appends the numbers in order, and returns the shape.
  public func _flatten(into numbers: inout _TensorNumbers) -> [Int] {
    numbers.append(self ? 1 : 0 as Int)
    return []
  }
}

extension Array: TensorData where Element: TensorData {
  /// Appends the numbers in order, and returns the shape.
  public func _flatten(into numbers: inout _TensorNumbers) -> [Int] {
    var shape: [Int]?
    for element in self {
      let inner = element._flatten(into: &numbers)
      require(
        shape == nil || shape == inner,
        "Tensor: rows of different shapes, \(shape ?? []) and \(inner)")
      shape = inner
    }
    return [count] + (shape ?? [])
  }
}

extension Tensor: ExpressibleByArrayLiteral {
  /// A tensor of the given numbers: `Tensor([[1, 2], [3, 4]])` is `[2, 2]`, `Tensor(0.5)` a scalar.
  ///
  /// Elements are float32 unless `dtype` says otherwise, whole numbers too. Traps if rows differ in
  /// length.
  ///
  /// ```swift
  /// print(Tensor([[1, 2], [3, 4]]))
  /// print(Tensor(0.5).shape, Tensor([1, 2]).dtype)
  /// ```
  /// ```output
  /// tensor([[1., 2.],
  ///         [3., 4.]])
  /// [] float32
  /// ```
  public convenience init(
    _ data: some TensorData, dtype: DType = .float32, device: Device = .cpu,
    requiresGrad: Bool = false
  ) {
    var numbers = _TensorNumbers()
    let shape = data._flatten(into: &numbers)
    let values = Values(shape, dtype)
    if dtype == .int64, let integers = numbers.integers {
      for (i, integer) in integers.enumerated() { values.setInteger(i, integer) }
    } else {
      for (i, number) in numbers.doubles.enumerated() { values.setElement(i, number) }
    }
    values.recordContents()
    self.init(values, requiresGrad: requiresGrad)
  }

  /// A float32 tensor of nested rows: `let x: Tensor = [[1, 2], [3, 4]]`.
  ///
  /// ```swift
  /// let x: Tensor = [[1, 2], [3, 4]]
  /// print(x.shape)
  /// ```
  /// ```output
  /// [2, 2]
  /// ```
  public convenience init(arrayLiteral rows: TensorLiteral...) { self.init(rows) }
}

/// A number or a row in an array literal of a tensor.
///
/// ```swift
/// let x: Tensor = [[1, 2.5], [3, -.infinity]]
/// print(x)
/// ```
/// ```output
/// tensor([[1.0000, 2.5000],
///         [3.0000,   -inf]])
/// ```
public enum TensorLiteral: TensorData, ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByArrayLiteral
{
  /// A single number.
  case number(Double)
  /// A row of numbers or of rows.
  case row([TensorLiteral])

  /// A number with a point.
  public init(floatLiteral value: Double) { self = .number(value) }
  /// A whole number.
  public init(integerLiteral value: Int) { self = .number(Double(value)) }
  /// A row.
  public init(arrayLiteral elements: TensorLiteral...) { self = .row(elements) }

  /// Larger than every number.
  public static var infinity: TensorLiteral { .number(.infinity) }
  /// Not a number.
  public static var nan: TensorLiteral { .number(.nan) }

  /// Each number negated.
  ///
  /// ```swift
  /// let x: Tensor = [-.infinity, .nan, 1]
  /// print(x)
  /// ```
  /// ```output
  /// tensor([-inf, nan, 1.])
  /// ```
  public static prefix func - (literal: TensorLiteral) -> TensorLiteral {
    switch literal {
    case .number(let number): .number(-number)
    case .row(let row): .row(row.map { -$0 })
    }
  }

  /// Appends the numbers in order, and returns the shape.
  public func _flatten(into numbers: inout _TensorNumbers) -> [Int] {
    switch self {
    case .number(let number): number._flatten(into: &numbers)
    case .row(let row): row._flatten(into: &numbers)
    }
  }
}
