import WorkbookArrays
import Synchronization

/// Seeds the generator that `randn` and its kin draw from, so that what follows is the same in
/// every run, and bit for bit PyTorch's after `torch.manual_seed`.
///
/// PyTorch itself draws float32 normals that differ in their last digits where a processor has no AVX2;
/// these are those with it.
///
/// ```swift
/// manualSeed(0)
/// let a = Tensor.randn(3)
/// manualSeed(0)
/// print(a, Tensor.randn(3).allClose(a))
/// ```
/// ```output
/// tensor([ 1.5410, -0.2934, -2.1788]) true
/// ```
public func manualSeed(_ seed: Int) { Generator.current.seed(seed) }

/// PyTorch's source of random numbers on the CPU: a Mersenne Twister, and the normal deviate that
/// an odd number of draws left over.
package final class Generator: Sendable {
  /// The one in use: the program's, unless a test has its own.
  @TaskLocal package static var current = Generator(seed: Int(SystemRandomNumberGenerator.seed()))

  fileprivate struct State {
    var twister: MersenneTwister
    var spare: Double?
  }

  private let state: Mutex<State>

  package init(seed: Int) { state = Mutex(State(twister: Self.twister(seed))) }

  private static func twister(_ seed: Int) -> MersenneTwister {
    MersenneTwister(seed: UInt32(truncatingIfNeeded: seed))
  }

  func seed(_ seed: Int) {
    state.withLock { $0 = State(twister: Self.twister(seed)) }
  }

  /// Uniform numbers in [0, 1), scaled to [low, high), one draw an element, rounded once as PyTorch.
  func fillUniform(_ values: Values, _ low: Double, _ high: Double) {
    draw(values, "rand") { state, kernels in
      // The width is rounded as the elements are.
      let width = kernels == .float32 ? Double(Float(high) - Float(low)) : high - low
      state.drawUniform(kernels, values.count, low, width, values.start)
    }
  }

  /// Normal numbers, scaled and moved, rounded once as PyTorch.
  func fillNormal(_ values: Values, _ mean: Double = 0, _ std: Double = 1) {
    draw(values, "randn") { state, kernels in
      let (count, start) = (values.count, values.start)
      if count < 16 {
        for i in 0..<count { values.setElement(i, mean.addingProduct(state.normal(), std)) }
        return
      }
      state.drawUniform(kernels, count, 0, 1, start)
      kernels.table.normal(count / 16, mean, std, start)
      if count % 16 != 0 {
        // The last 16 are drawn once more.
        let last = start + (count - 16) * kernels.size
        state.drawUniform(kernels, 16, 0, 1, last)
        kernels.table.normal(1, mean, std, last)
      }
    }
  }

  /// A choice with probability `p` for each element: 1 or 0.
  func fillBernoulli(_ values: Values, _ p: Double) {
    draw(values, "dropout") { state, kernels in
      let drawn = Values([values.count], .float64)
      state.drawUniform(.float64, values.count, 0, 1, drawn.start)
      let uniform = drawn.pointer(Double.self)
      switch kernels {
      case .float32:
        let out = values.pointer(Float.self)
        for i in 0..<values.count { out[i] = uniform[i] < p ? 1 : 0 }
      case .float64:
        let out = values.pointer(Double.self)
        for i in 0..<values.count { out[i] = uniform[i] < p ? 1 : 0 }
      }
    }
  }

  /// Calls the body, which fills some values, contiguous ones, with the kernels for their type.
  private func draw(
    _ values: Values, _ operation: String, _ fill: (inout State, Kernels) -> Void
  ) {
    Capture.refuseDraw(operation)
    state.withLock { state in
      values.compute(operation, from: values) { kernels in fill(&state, kernels) }
    }
  }

  /// `count` whole numbers in 0..<bound, as what is added to another, wrapping around.
  func integers(_ count: Int, below bound: UInt) -> [Int] {
    Capture.refuseDraw("randint")
    return state.withLock { state in
      (0..<count).map { _ in
        let drawn = bound < 1 << 28 ? UInt(state.twister.next()) : UInt(state.twister.next64())
        return Int(bitPattern: drawn % bound)
      }
    }
  }

  /// The numbers 0..<count, shuffled.
  func permutation(_ count: Int) -> [Int] {
    Capture.refuseDraw("randperm")
    var result = Array(0..<count)
    state.withLock { state in
      for i in 0..<max(count - 1, 0) {
        result.swapAt(i, i + Int(state.twister.next()) % (count - i))
      }
    }
    return result
  }
}

extension Generator.State {
  /// Uniform numbers in [low, low + width).
  fileprivate mutating func drawUniform(
    _ kernels: Kernels, _ count: Int, _ low: Double, _ width: Double,
    _ out: UnsafeMutableRawPointer
  ) {
    // A number of 53 bits takes two words.
    let words = kernels == .float32 ? 1 : 2
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 2048 * words) { drawn in
      for start in stride(from: 0, to: count, by: 2048) {
        let part = min(2048, count - start)
        twister.next(into: .init(rebasing: drawn[..<(part * words)]))
        kernels.table.uniform(
          part, drawn.baseAddress!, low, width, out + start * kernels.size)
      }
    }
  }

  fileprivate mutating func uniformDouble() -> Double {
    Double(twister.next64() & 0x1f_ffff_ffff_ffff) * 0x1p-53
  }

  /// The polar form of Box and Muller (1958), one pair at a time, in double.
  fileprivate mutating func normal() -> Double {
    if let spare = spare.take() { return spare }
    let angle = 2 * Double.pi * uniformDouble()
    let radius = (-2 * log1p(-uniformDouble())).squareRoot()
    spare = radius * sin(angle)
    return radius * cos(angle)
  }
}

extension SystemRandomNumberGenerator {
  fileprivate static func seed() -> UInt32 {
    var system = SystemRandomNumberGenerator()
    return system.next()
  }
}

// Random tensors.
extension Tensor {
  /// Numbers drawn from the standard normal distribution.
  ///
  /// ```swift
  /// manualSeed(0)
  /// print(Tensor.randn(2, 3))
  /// ```
  /// ```output
  /// tensor([[ 1.5410, -0.2934, -2.1788],
  ///         [ 0.5684, -1.0845, -1.3986]])
  /// ```
  public static func randn(
    _ shape: Int..., dtype: DType = .float32, device: Device = .cpu, requiresGrad: Bool = false
  ) -> Tensor {
    randn(shape, dtype: dtype, device: device, requiresGrad: requiresGrad)
  }

  /// Numbers drawn from the standard normal distribution.
  public static func randn(
    _ shape: [Int], dtype: DType = .float32, device: Device = .cpu, requiresGrad: Bool = false
  ) -> Tensor {
    requireSizes(shape, "a shape of")
    let values = Values(shape, dtype)
    Tensors.Generator.current.fillNormal(values)
    return Tensor(values, requiresGrad: requiresGrad)
  }

  /// Numbers drawn uniformly from [0, 1).
  ///
  /// ```swift
  /// manualSeed(0)
  /// print(Tensor.rand(3))
  /// ```
  /// ```output
  /// tensor([0.4963, 0.7682, 0.0885])
  /// ```
  public static func rand(
    _ shape: Int..., dtype: DType = .float32, device: Device = .cpu, requiresGrad: Bool = false
  ) -> Tensor {
    rand(shape, dtype: dtype, device: device, requiresGrad: requiresGrad)
  }

  /// Numbers drawn uniformly from [0, 1).
  public static func rand(
    _ shape: [Int], dtype: DType = .float32, device: Device = .cpu, requiresGrad: Bool = false
  ) -> Tensor {
    requireSizes(shape, "a shape of")
    let values = Values(shape, dtype)
    Tensors.Generator.current.fillUniform(values, 0, 1)
    return Tensor(values, requiresGrad: requiresGrad)
  }

  /// Fills this tensor, in place, with numbers drawn uniformly from [low, high).
  ///
  /// They are PyTorch's where the tensor is contiguous: else it fills in the order of memory, and this in
  /// row-major order. Traps if `high` is less than `low`.
  ///
  /// ```swift
  /// manualSeed(0)
  /// let w = Tensor.zeros(3)
  /// w.uniform(-0.5, 0.5)
  /// print(w)
  /// ```
  /// ```output
  /// tensor([-0.0037,  0.2682, -0.4115])
  /// ```
  public func uniform(_ low: some Number, _ high: some Number) {
    require(low._double <= high._double, "uniform: no number is in \(low)..<\(high)")
    let drawn = Values(shape, dtype)
    Tensors.Generator.current.fillUniform(drawn, low._double, high._double)
    copy(from: Tensor(drawn))
  }

  /// Fills this tensor, in place, with numbers drawn from a normal distribution.
  ///
  /// They are PyTorch's where the tensor is contiguous. Traps if `std` is negative.
  ///
  /// ```swift
  /// manualSeed(0)
  /// let w = Tensor.zeros(3)
  /// w.normal(10, 0.1)
  /// print(w)
  /// ```
  /// ```output
  /// tensor([10.1541,  9.9707,  9.7821])
  /// ```
  public func normal(_ mean: some Number = 0, _ std: some Number = 1) {
    require(std._double >= 0, "normal: a standard deviation cannot be \(std)")
    let drawn = Values(shape, dtype)
    Tensors.Generator.current.fillNormal(drawn, mean._double, std._double)
    copy(from: Tensor(drawn))
  }

  /// Whole numbers drawn from `low`..<`high`, int64.
  ///
  /// Traps unless `low` is less than `high`.
  ///
  /// ```swift
  /// manualSeed(0)
  /// print(Tensor.randint(0, 10, [5]))
  /// ```
  /// ```output
  /// tensor([4, 9, 3, 0, 3])
  /// ```
  public static func randint(_ low: Int, _ high: Int, _ shape: [Int]) -> Tensor {
    requireSizes(shape, "a shape of")
    require(low < high, "randint: no whole number is in \(low)..<\(high)")
    let values = Values(shape, .int64)
    let width = UInt(bitPattern: high &- low)
    for (i, drawn) in Tensors.Generator.current.integers(values.count, below: width).enumerated() {
      values.setInteger(i, low &+ drawn)
    }
    return Tensor(values)
  }

  /// Whole numbers drawn from 0..<`high`, int64.
  public static func randint(_ high: Int, _ shape: [Int]) -> Tensor { randint(0, high, shape) }

  /// The numbers 0..<n in random order, int64 `[n]`.
  ///
  /// ```swift
  /// manualSeed(0)
  /// print(Tensor.randperm(5))
  /// ```
  /// ```output
  /// tensor([4, 0, 1, 3, 2])
  /// ```
  public static func randperm(_ n: Int) -> Tensor {
    requireSizes([n], "a shape of")
    let values = Values([n], .int64)
    for (i, drawn) in Tensors.Generator.current.permutation(n).enumerated() {
      values.setInteger(i, drawn)
    }
    return Tensor(values)
  }

  /// 1 with probability `p` and 0 otherwise, in the shape and type of another tensor.
  package static func bernoulli(like other: Tensor, _ p: Double) -> Tensor {
    let values = Values(other.shape, other.dtype)
    Tensors.Generator.current.fillBernoulli(values, p)
    return Tensor(values)
  }
}
