import Synchronization
internal import WorkbookArrays

/// The random numbers that Python's module `random` draws, bit for bit.
///
/// Safe to share between threads; the order in which they draw is then theirs.
///
/// ```swift
/// let random = PythonRandom(seed: 0)
/// print(random.randint(0, 3), random.randint(0, 3), random.random())
/// ```
/// ```output
/// 3 3 0.04048437818077755
/// ```
public final class PythonRandom: Sendable {
  private let generator: Mutex<MersenneTwister>

  /// The stream that `random.seed(seed)` starts; a seed and its negative start the same.
  public init(seed: Int) {
    let magnitude = UInt64(seed.magnitude)
    let low = UInt32(truncatingIfNeeded: magnitude)
    let high = UInt32(magnitude >> 32)
    generator = Mutex(MersenneTwister(key: high == 0 ? [low] : [low, high]))
  }

  /// A uniform number in [0, 1).
  ///
  /// ```swift
  /// print(PythonRandom(seed: 0).random())
  /// ```
  /// ```output
  /// 0.8444218515250481
  /// ```
  public func random() -> Double {
    Capture.refuseDraw("PythonRandom")
    return generator.withLock { $0.nextUniform() }
  }

  /// A uniform number between `a` and `b`.
  ///
  /// ```swift
  /// print(PythonRandom(seed: 0).uniform(-1, 1))
  /// ```
  /// ```output
  /// 0.6888437030500962
  /// ```
  public func uniform(_ a: Double, _ b: Double) -> Double { a + (b - a) * random() }

  /// A whole number in a...b, both ends included.
  ///
  /// Traps unless a ≤ b.
  ///
  /// ```swift
  /// let random = PythonRandom(seed: 0)
  /// print((0..<8).map { _ in random.randint(0, 3) })
  /// ```
  /// ```output
  /// [3, 3, 0, 2, 3, 3, 2, 3]
  /// ```
  public func randint(_ a: Int, _ b: Int) -> Int {
    require(a <= b, "randint: no number is in \(a)...\(b)")
    let (span, overflow) = b.subtractingReportingOverflow(a)
    require(!overflow && span < Int.max, "randint: \(a)...\(b) holds too many numbers")
    return a + below(span + 1)
  }

  /// One of the elements.
  ///
  /// Traps if there are none.
  ///
  /// ```swift
  /// print(PythonRandom(seed: 0).choice(["a", "b", "c"]))
  /// ```
  /// ```output
  /// b
  /// ```
  public func choice<Element>(_ elements: [Element]) -> Element {
    require(!elements.isEmpty, "choice: there are no elements")
    return elements[below(elements.count)]
  }

  /// Brings the elements into random order.
  ///
  /// ```swift
  /// var deck = ["a", "b", "c", "d"]
  /// PythonRandom(seed: 0).shuffle(&deck)
  /// print(deck)
  /// ```
  /// ```output
  /// ["c", "a", "b", "d"]
  /// ```
  public func shuffle<Element>(_ elements: inout [Element]) {
    for i in stride(from: elements.count - 1, to: 0, by: -1) {
      elements.swapAt(i, below(i + 1))
    }
  }

  /// A number in 0..<limit: as many bits as `limit` has, until they are below it.
  private func below(_ limit: Int) -> Int {
    Capture.refuseDraw("PythonRandom")
    let bits = Int.bitWidth - limit.leadingZeroBitCount
    return generator.withLock { generator in
      while true {
        // More than 32 bits come low word first, the last word cut to its high bits.
        let low = UInt64(generator.next() >> UInt32(max(0, 32 - bits)))
        let high = bits > 32 ? UInt64(generator.next() >> UInt32(64 - bits)) : 0
        let value = Int(high << 32 | low)
        if value < limit { return value }
      }
    }
  }
}
