import Kernels
import NDArrays
import Synchronization

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Seeds the generator that `randn` and its kin draw from, so that what follows is the same in
/// every run, and the same as PyTorch's after `torch.manual_seed`.
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
    let count = values.count
    state.withLock { state in
      values.withPointers(
        "rand",
        f32: { out in
          let (low, width) = (Float(low), Float(high) - Float(low))
          for i in 0..<count { out[i] = low.addingProduct(state.uniformFloat(), width) }
        },
        f64: { out in
          for i in 0..<count { out[i] = low.addingProduct(state.uniformDouble(), high - low) }
        })
    }
  }

  /// Standard normal numbers.
  func fillNormal(_ values: Values) {
    let count = values.count
    state.withLock { state in
      values.withPointers(
        "randn",
        f32: { out in
          if count < 16 {
            for i in 0..<count { out[i] = Float(state.normal()) }
          } else {
            for i in 0..<count { out[i] = state.uniformFloat() }
            state.normalize(out, count) { $0.uniformFloat() }
          }
        },
        f64: { out in
          if count < 16 {
            for i in 0..<count { out[i] = state.normal() }
          } else {
            for i in 0..<count { out[i] = state.uniformDouble() }
            state.normalize(out, count) { $0.uniformDouble() }
          }
        })
    }
  }

  /// `count` whole numbers in 0..<bound.
  func integers(_ count: Int, below bound: Int) -> [Int] {
    state.withLock { state in
      (0..<count).map { _ in
        bound < 1 << 28
          ? Int(state.twister.next()) % bound : Int(state.twister.next64() % UInt64(bound))
      }
    }
  }

  /// The numbers 0..<count, shuffled.
  func permutation(_ count: Int) -> [Int] {
    var result = Array(0..<count)
    state.withLock { state in
      for i in 0..<max(count - 1, 0) {
        result.swapAt(i, i + Int(state.twister.next()) % (count - i))
      }
    }
    return result
  }

  /// A choice with probability `p` for each element: 1 or 0.
  func fillBernoulli(_ values: Values, _ p: Double) {
    let count = values.count
    state.withLock { state in
      values.withPointers(
        "dropout",
        f32: { out in for i in 0..<count { out[i] = state.uniformDouble() < p ? 1 : 0 } },
        f64: { out in for i in 0..<count { out[i] = state.uniformDouble() < p ? 1 : 0 } })
    }
  }
}

extension Generator.State {
  fileprivate mutating func uniformFloat() -> Float {
    Float(twister.next() & 0xff_ffff) * 0x1p-24
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

  /// Turns uniform numbers, 16 or more, into normal ones, 16 at a time: element j with j + 8.
  fileprivate mutating func normalize<Scalar: RandomMath>(
    _ out: UnsafeMutablePointer<Scalar>, _ count: Int, draw: (inout Self) -> Scalar
  ) {
    func transform(_ d: UnsafeMutablePointer<Scalar>) {
      for j in 0..<8 {
        let radius = (-2 * Scalar.log(1 - d[j])).squareRoot()
        let angle = 2 * Scalar.pi * d[j + 8]
        d[j] = radius * Scalar.cos(angle)
        d[j + 8] = radius * Scalar.sin(angle)
      }
    }
    for start in stride(from: 0, through: count - 16, by: 16) { transform(out + start) }
    if count % 16 != 0 {
      let last = out + (count - 16)
      for j in 0..<16 { last[j] = draw(&self) }
      transform(last)
    }
  }
}

private protocol RandomMath: BinaryFloatingPoint {
  static func log(_ x: Self) -> Self
  static func cos(_ x: Self) -> Self
  static func sin(_ x: Self) -> Self
}

extension Float: RandomMath {
  static func log(_ x: Float) -> Float { logf(x) }
  static func cos(_ x: Float) -> Float { cosf(x) }
  static func sin(_ x: Float) -> Float { sinf(x) }
}

extension Double: RandomMath {
  #if canImport(Darwin)
    static func log(_ x: Double) -> Double { Darwin.log(x) }
    static func cos(_ x: Double) -> Double { Darwin.cos(x) }
    static func sin(_ x: Double) -> Double { Darwin.sin(x) }
  #elseif canImport(Musl)
    static func log(_ x: Double) -> Double { Musl.log(x) }
    static func cos(_ x: Double) -> Double { Musl.cos(x) }
    static func sin(_ x: Double) -> Double { Musl.sin(x) }
  #else
    static func log(_ x: Double) -> Double { Glibc.log(x) }
    static func cos(_ x: Double) -> Double { Glibc.cos(x) }
    static func sin(_ x: Double) -> Double { Glibc.sin(x) }
  #endif
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
    requireSizes(shape)
    let values = Values(shape, dtype)
    Generator.current.fillNormal(values)
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
    requireSizes(shape)
    let values = Values(shape, dtype)
    Generator.current.fillUniform(values, 0, 1)
    return Tensor(values, requiresGrad: requiresGrad)
  }

  /// Fills this tensor, in place, with numbers drawn uniformly from [low, high).
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
  public func uniform(_ low: Double, _ high: Double) {
    let drawn = Values(shape, dtype)
    Generator.current.fillUniform(drawn, low, high)
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
    requireSizes(shape)
    require(low < high, "randint: no whole number is in \(low)..<\(high)")
    let values = Values(shape, .int64)
    for (i, drawn) in Generator.current.integers(values.count, below: high - low).enumerated() {
      values.setInteger(i, low + drawn)
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
    requireSizes([n])
    let values = Values([n], .int64)
    for (i, drawn) in Generator.current.permutation(n).enumerated() { values.setInteger(i, drawn) }
    return Tensor(values)
  }
}
