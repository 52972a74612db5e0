import WorkbookArrays

extension Values {
  static func + (a: Values, b: Values) -> Values { binary(.add, a, b, "add") }
  static func - (a: Values, b: Values) -> Values { binary(.subtract, a, b, "sub") }
  static func * (a: Values, b: Values) -> Values { binary(.multiply, a, b, "mul") }
  static func / (a: Values, b: Values) -> Values { binary(.divide, a, b, "div") }
  static prefix func - (x: Values) -> Values { x.map(.negate, "neg") }

  static func + (a: Values, b: Double) -> Values { binary(.add, a, b, "add") }
  static func - (a: Values, b: Double) -> Values { binary(.subtract, a, b, "sub") }
  static func * (a: Values, b: Double) -> Values { binary(.multiply, a, b, "mul") }
  static func / (a: Values, b: Double) -> Values { binary(.divide, a, b, "div") }

  /// The elementwise result for two operands that broadcast.
  static func binary(_ kernel: KernelBinary, _ a: Values, _ b: Values, _ operation: String)
    -> Values
  {
    if !a.dtype.isFloatingPoint, !b.dtype.isFloatingPoint {
      return integers(kernel, a, b, operation)
    }
    if a.isContiguous, b.isContiguous, a.layout === b.layout || a.shape == b.shape {
      let result = Values(like: a)
      result.combineFlat(kernel, a, 1, b, 1, operation)
      return result
    }
    let shape = broadcastShape(a.shape, b.shape, operation)
    if a.isSingle, b.isSingle, !shape.isEmpty {
      // What one element stands for stays one element.
      return binary(kernel, a.single, b.single, operation).broadcast(to: shape, operation)
    }
    let result: Values
    if a.shape == shape {
      result = Values(like: a)
    } else if b.shape == shape {
      result = Values(like: b)
    } else {
      result = Values(shape, a.dtype)
    }
    result.combine(kernel, a, b, operation)
    return result
  }

  /// The elementwise result for integers, of which truth values are 0 and 1.
  private static func integers(
    _ kernel: KernelBinary, _ a: Values, _ b: Values, _ operation: String
  ) -> Values {
    switch kernel {
    case .add, .subtract, .multiply, .maximum, .minimum, .power: break
    default: failOnIntegers(operation, a.dtype)
    }
    require(
      a.dtype == .int64 || b.dtype == .int64,
      "\(operation): masks are joined by .& and .|; convert one with .to(.int64) to count")
    let shape = broadcastShape(a.shape, b.shape, operation)
    let result = Values(shape, .int64)
    let x = a.converted(to: .int64).broadcast(to: shape, operation).contiguous()
    let y = b.converted(to: .int64).broadcast(to: shape, operation).contiguous()
    result.combineIntegers(kernel, x, y)
    return result
  }

  private func combineIntegers(_ kernel: KernelBinary, _ x: Values, _ y: Values) {
    if Capture.isOn { return record(x, y) { $0.combineIntegers(kernel, $1, $2) } }
    withExtendedLifetime((storage, x.storage, y.storage)) {
      kernel_binary_i64(
        kernel, count, x.pointer(Int.self), 1, y.pointer(Int.self), 1, pointer(Int.self))
    }
  }

  /// The elementwise result for values and a number.
  static func binary(_ kernel: KernelBinary, _ a: Values, _ b: Double, _ operation: String)
    -> Values
  {
    if !a.dtype.isFloatingPoint {
      return integers(kernel, a, Values(b, [], .int64), operation)
    }
    if a.isSingle, !a.shape.isEmpty {
      return binary(kernel, a.single, b, operation).broadcast(to: a.shape, operation)
    }
    let x = a.contiguous()
    let result = Values(like: x)
    result.combine(kernel, x, b, operation)
    return result
  }

  /// The elementwise result for a number and values.
  static func binary(_ kernel: KernelBinary, _ a: some Number, _ b: Values, _ operation: String)
    -> Values
  {
    binary(kernel, Values(number: a, b.dtype), b, operation)
  }

  /// Sets these values to the elementwise result for two operands that broadcast to their shape,
  /// and may be these values themselves.
  func combine(_ kernel: KernelBinary, _ a: Values, _ b: Values, _ operation: String) {
    if Capture.isOn {
      let isSubtracted = kernel == .subtract && a.isSame(as: self) && b.isInStep(with: self)
      return record(as: isSubtracted ? .subtracted : .other, a, b) {
        $0.combine(kernel, $1, $2, operation)
      }
    }
    if dtype == .int64, a.dtype == .int64, b.dtype != .float32, b.dtype != .float64 {
      return assign(Values.integers(kernel, a, b, operation))
    }
    let (a, b) = (a.unchanged(by: self), b.unchanged(by: self))
    guard isContiguous else {
      let result = Values(shape, dtype)
      result.combine(kernel, a, b, operation)
      return assign(result)
    }
    let aIsFlat = a.isContiguous && a.shape == shape
    let bIsFlat = b.isContiguous && b.shape == shape
    if (aIsFlat || a.isSingle) && (bIsFlat || b.isSingle) {
      return combineFlat(kernel, a, aIsFlat ? 1 : 0, b, bIsFlat ? 1 : 0, operation)
    }
    let x = a.broadcast(to: shape, operation)
    let y = b.broadcast(to: shape, operation)
    compute(operation, from: x, y) { $0.binary(kernel, shape, x.operand, y.operand, operand) }
  }

  /// Sets these values to the elementwise result for a number and values of their shape, which are
  /// contiguous or these values themselves.
  func combine(_ kernel: KernelBinary, _ a: Values, _ b: Double, _ operation: String) {
    if Capture.isOn {
      let isScaled = kernel == .multiply && a.isInStep(with: self)
      return record(as: isScaled ? .scaled(by: b) : .other, a) {
        $0.combine(kernel, $1, b, operation)
      }
    }
    guard isContiguous, dtype.isFloatingPoint else {
      return assign(Values.binary(kernel, a, b, operation))
    }
    compute(operation, from: a) { $0.binary(kernel, count, a.start, number: b, start) }
  }

  /// Sets these values, contiguous ones, to the elementwise result for operands whose elements
  /// are as many, or of step 0.
  private func combineFlat(
    _ kernel: KernelBinary, _ a: Values, _ aStep: Int, _ b: Values, _ bStep: Int,
    _ operation: String
  ) {
    if Capture.isOn {
      return record(a, b) { $0.combineFlat(kernel, $1, aStep, $2, bStep, operation) }
    }
    compute(operation, from: a, b) {
      $0.binary(kernel, count, a.start, aStep: aStep, b.start, bStep: bStep, start)
    }
  }

  /// The result of a function of each element.
  func map(_ kernel: KernelUnary, _ operation: String) -> Values {
    if isSingle, !shape.isEmpty {
      return single.map(kernel, operation).broadcast(to: shape, operation)
    }
    if dtype == .int64, let result = mappedIntegers(kernel, operation) { return result }
    let x = contiguous()
    let result = Values(like: x)
    result.map(kernel, x, operation)
    return result
  }

  /// The result of a function of each integer; nil if integers have none.
  private func mappedIntegers(_ kernel: KernelUnary, _ operation: String) -> Values? {
    let zero = Values(0, [], .int64)
    return switch kernel {
    case .negate: zero - self
    case .absolute: .binary(.maximum, self, zero - self, operation)
    default: nil
    }
  }

  private func map(_ kernel: KernelUnary, _ x: Values, _ operation: String) {
    if Capture.isOn { return record(x) { $0.map(kernel, $1, operation) } }
    compute(operation, from: x) { $0.unary(kernel, count, x.start, start) }
  }

  /// Each element, of a floating-point type, to a power; to those that multiplying and roots compute, as
  /// PyTorch does, by these.
  func power(_ exponent: Double) -> Values {
    switch exponent {
    case 3: map(.cube, "pow")
    case 2: map(.square, "pow")
    case 1: copy()
    case 0.5: map(.squareRoot, "pow")
    case -0.5: Values.binary(.divide, 1, map(.squareRoot, "pow"), "pow")
    case -1: Values.binary(.divide, 1, self, "pow")
    case -2: Values.binary(.divide, 1, map(.square, "pow"), "pow")
    default: Values.binary(.power, self, exponent, "pow")
    }
  }

  /// Each element limited to a range; NaN stays NaN.
  func clamped(_ low: Double, _ high: Double) -> Values {
    let x = contiguous()
    let result = Values(like: x)
    result.clamp(x, low, high)
    return result
  }

  private func clamp(_ x: Values, _ low: Double, _ high: Double) {
    if Capture.isOn { return record(x) { $0.clamp($1, low, high) } }
    compute("clamp", from: x) { kernels in
      let (clamp, size) = (kernels.table.clamp, kernels.size)
      inParallel(count, grain: elementwiseGrain) { range in
        let first = range.lowerBound * size
        clamp(range.count, x.start + first, low, high, start + first)
      }
    }
  }

  /// These values, a gradient, where `x` is within a range, 0 elsewhere.
  func masked(where x: Values, within low: Double, _ high: Double) -> Values {
    let (gradient, x) = (contiguous(), x.contiguous())
    let result = Values(like: x)
    result.mask(gradient, where: x, within: low, high)
    return result
  }

  private func mask(_ gradient: Values, where x: Values, within low: Double, _ high: Double) {
    if Capture.isOn {
      return record(gradient, x) { $0.mask($1, where: $2, within: low, high) }
    }
    compute("clamp", from: gradient, x) { kernels in
      let (gradientOfClamp, size) = (kernels.table.clamp_gradient, kernels.size)
      inParallel(count, grain: elementwiseGrain) { range in
        let first = range.lowerBound * size
        gradientOfClamp(
          range.count, gradient.start + first, x.start + first, low, high, start + first)
      }
    }
  }

  /// The mask of where two operands that broadcast compare so.
  static func compare(_ kernel: KernelComparison, _ a: Values, _ b: Values, _ operation: String)
    -> Values
  {
    let shape = broadcastShape(a.shape, b.shape, operation)
    let result = Values(shape, .bool)
    if result.count == 0 { return result }
    if !a.dtype.isFloatingPoint, !b.dtype.isFloatingPoint {
      let x = a.converted(to: .int64).broadcast(to: shape, operation).contiguous()
      let y = b.converted(to: .int64).broadcast(to: shape, operation).contiguous()
      result.compareIntegers(kernel, x, y)
      return result
    }
    result.compare(
      kernel, a.broadcast(to: shape, operation), b.broadcast(to: shape, operation), operation)
    return result
  }

  private func compareIntegers(_ kernel: KernelComparison, _ x: Values, _ y: Values) {
    if Capture.isOn { return record(x, y) { $0.compareIntegers(kernel, $1, $2) } }
    withExtendedLifetime((storage, x.storage, y.storage)) {
      kernel_compare_i64(
        kernel, count, x.pointer(Int.self), y.pointer(Int.self), pointer(UInt8.self))
    }
  }

  private func compare(
    _ kernel: KernelComparison, _ x: Values, _ y: Values, _ operation: String
  ) {
    if Capture.isOn { return record(x, y) { $0.compare(kernel, $1, $2, operation) } }
    compute(operation, from: x, y) { $0.compare(kernel, shape, x.operand, y.operand, operand) }
  }

  /// The elements of `a` where these values, a mask, hold, and of `b` elsewhere; all broadcast.
  func select(_ a: Values, _ b: Values) -> Values {
    require(dtype == .bool, "where: a mask is bool, not \(dtype); compare, as in x .< 0")
    let shape = Self.broadcastShape(
      shape, Self.broadcastShape(a.shape, b.shape, "where"), "where")
    let result = Values(shape, a.dtype)
    result.replace(self, a, b)
    return result
  }

  /// The mask that two masks make, which broadcast.
  static func joined(_ join: KernelJoin, _ a: Values, _ b: Values, _ operation: String) -> Values {
    let shape = broadcastShape(a.shape, b.shape, operation)
    let x = a.broadcast(to: shape, operation).contiguous()
    let isOne = b.count == 1
    let y = isOne ? b : b.broadcast(to: shape, operation).contiguous()
    let result = Values(shape, .bool)
    result.join(join, x, y, isOne ? 0 : 1)
    return result
  }

  private func join(_ join: KernelJoin, _ x: Values, _ y: Values, _ yStep: Int) {
    if Capture.isOn { return record(x, y) { $0.join(join, $1, $2, yStep) } }
    withExtendedLifetime((storage, x.storage, y.storage)) {
      kernel_join_masks(
        join, count, x.pointer(UInt8.self), y.pointer(UInt8.self), yStep, pointer(UInt8.self))
    }
  }

  /// Sets these values, contiguous ones, to `a` where a mask holds and to `b`, which may be these
  /// values themselves, elsewhere.
  func replace(_ mask: Values, _ a: Values, _ b: Values) {
    if Capture.isOn { return record(mask, a, b) { $0.replace($1, $2, $3) } }
    if a.dtype != b.dtype { failOnMixing("where", a.dtype, b.dtype) }
    if a.dtype != dtype { failOnMixing("where", a.dtype, dtype) }
    if count == 0 { return }
    let m = mask.unchanged(by: self).broadcast(to: shape, "where")
    let x = a.unchanged(by: self).broadcast(to: shape, "where")
    let y = b.unchanged(by: self).broadcast(to: shape, "where")
    withExtendedLifetime((storage, m.storage, x.storage, y.storage)) {
      selectElements(shape, m.operand, x.operand, y.operand, operand)
    }
  }
}
