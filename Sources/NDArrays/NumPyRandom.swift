import Synchronization
internal import WorkbookArrays

/// The random numbers that NumPy's `RandomState` draws, bit for bit.
///
/// Safe to share between threads; the order in which they draw is then theirs.
///
/// ```swift
/// let random = NumPyRandom(seed: 0)
/// print(random.randn(2, 2), random.rand(), separator: "\n")
/// ```
/// ```output
/// [[1.76405235 0.40015721]
///  [0.97873798 2.2408932 ]]
/// 0.4236547993389047
/// ```
public final class NumPyRandom: Sendable {
  private struct State {
    var generator: MersenneTwister
    var kept: Double?
  }

  private let state: Mutex<State>

  /// The stream that `np.random.seed(seed)` starts.
  ///
  /// Traps unless `seed` is in 0..<2³².
  public init(seed: Int) {
    require(
      0...0xffff_ffff ~= seed, "NumPyRandom: the seed \(seed) is not in 0...4294967295")
    state = Mutex(State(generator: MersenneTwister(seed: UInt32(seed))))
  }

  /// Normal numbers of mean 0 and variance 1, in the given shape.
  ///
  /// Drawn one by one by Marsaglia's polar method.
  ///
  /// ```swift
  /// print(NumPyRandom(seed: 0).randn(2, 3))
  /// ```
  /// ```output
  /// [[ 1.76405235  0.40015721  0.97873798]
  ///  [ 2.2408932   1.86755799 -0.97727788]]
  /// ```
  public func randn(_ shape: Int...) -> NDArray<Double> { fill(shape, Self.normal) }

  /// One normal number of mean 0 and variance 1.
  public func randn() -> Double { draw { Self.normal(&$0) } }

  /// Uniform numbers in [0, 1), in the given shape.
  ///
  /// ```swift
  /// print(NumPyRandom(seed: 0).rand(3))
  /// ```
  /// ```output
  /// [0.5488135  0.71518937 0.60276338]
  /// ```
  public func rand(_ shape: Int...) -> NDArray<Double> {
    fill(shape) { $0.generator.nextUniform() }
  }

  /// One uniform number in [0, 1).
  public func rand() -> Double { draw { $0.generator.nextUniform() } }

  /// Uniform numbers in [low, high), in the shape `size`.
  ///
  /// ```swift
  /// print(NumPyRandom(seed: 0).uniform(-1, 1, size: [3]))
  /// ```
  /// ```output
  /// [0.09762701 0.43037873 0.20552675]
  /// ```
  public func uniform(_ low: Double, _ high: Double, size: [Int]) -> NDArray<Double> {
    fill(size) { low + (high - low) * $0.generator.nextUniform() }
  }

  /// Normal numbers of the given mean and standard deviation, in the shape `size`.
  ///
  /// Traps if the deviation is negative.
  ///
  /// ```swift
  /// print(NumPyRandom(seed: 0).normal(100, 15, size: [3]))
  /// ```
  /// ```output
  /// [126.46078519 106.00235813 114.68106976]
  /// ```
  public func normal(_ mean: Double, _ deviation: Double, size: [Int]) -> NDArray<Double> {
    require(!(deviation < 0), "normal: a standard deviation cannot be \(deviation)")
    return fill(size) { mean + deviation * Self.normal(&$0) }
  }

  /// A whole number in low..<high.
  ///
  /// Traps unless low < high and they are 2³² apart at most.
  ///
  /// As in NumPy, and unlike ``PythonRandom``'s, `high` is never drawn.
  ///
  /// ```swift
  /// let random = NumPyRandom(seed: 0)
  /// print((0..<3).map { _ in random.randint(0, 10) })
  /// ```
  /// ```output
  /// [5, 0, 3]
  /// ```
  public func randint(_ low: Int, _ high: Int) -> Int {
    require(low < high, "randint: no number is in \(low)..<\(high)")
    let (width, overflow) = high.subtractingReportingOverflow(low)
    require(
      !overflow && width <= 1 << 32, "randint: \(low) and \(high) are more than 2³² apart")
    return low + draw { Self.interval(&$0, UInt32(width - 1)) }
  }

  /// `count` whole numbers in low..<high.
  public func randint(_ low: Int, _ high: Int, count: Int) -> [Int] {
    (0..<max(0, count)).map { _ in randint(low, high) }
  }

  /// The numbers 0..<count in random order.
  ///
  /// ```swift
  /// print(NumPyRandom(seed: 0).permutation(5))
  /// ```
  /// ```output
  /// [2, 0, 1, 3, 4]
  /// ```
  public func permutation(_ count: Int) -> [Int] {
    var places = Array(0..<max(0, count))
    shuffle(&places)
    return places
  }

  /// Brings the elements into random order.
  ///
  /// ```swift
  /// var deck = ["a", "b", "c", "d"]
  /// NumPyRandom(seed: 0).shuffle(&deck)
  /// print(deck)
  /// ```
  /// ```output
  /// ["c", "d", "b", "a"]
  /// ```
  public func shuffle<Element>(_ elements: inout [Element]) {
    for i in stride(from: elements.count - 1, to: 0, by: -1) {
      elements.swapAt(i, draw { Self.interval(&$0, UInt32(i)) })
    }
  }

  private func draw<Result>(_ body: (inout sending State) -> sending Result) -> sending Result {
    Capture.refuseDraw("NumPyRandom")
    return state.withLock(body)
  }

  private func fill(_ shape: [Int], _ next: (inout State) -> Double) -> NDArray<Double> {
    let result = NDArray<Double>(uninitialized: shape)
    draw { state in
      for i in 0..<result.count { result.pointer[i] = next(&state) }
    }
    return result
  }

  /// Marsaglia's polar method, which draws two numbers and keeps one for the next call.
  private static func normal(_ state: inout State) -> Double {
    if let kept = state.kept {
      state.kept = nil
      return kept
    }
    while true {
      let x1 = 2 * state.generator.nextUniform() - 1
      let x2 = 2 * state.generator.nextUniform() - 1
      let r2 = x1 * x1 + x2 * x2
      guard r2 < 1, r2 != 0 else { continue }
      let f = (-2 * log(r2) / r2).squareRoot()
      state.kept = f * x1
      return f * x2
    }
  }

  /// A number in 0...limit: outputs cut to its bits, until one is small enough.
  private static func interval(_ state: inout State, _ limit: UInt32) -> Int {
    guard limit > 0 else { return 0 }
    let mask = UInt32.max >> limit.leadingZeroBitCount
    while true {
      let value = state.generator.next() & mask
      if value <= limit { return Int(value) }
    }
  }
}
