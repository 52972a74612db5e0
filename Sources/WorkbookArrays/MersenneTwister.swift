/// The generator MT19937 that NumPy, Python and PyTorch all draw from.
///
/// Source: Matsumoto and Nishimura, "Mersenne Twister", ACM TOMACS 8(1), 1998; seeding as revised
/// in 2002.
package struct MersenneTwister: Sendable {
  private static let length = 624
  private static let middle = 397

  private var state: [UInt32]
  private var position = length

  /// Seeds from one number (`init_genrand`), as NumPy's and PyTorch's seeds do.
  package init(seed: UInt32) {
    state = [UInt32](repeating: 0, count: Self.length)
    state[0] = seed
    for i in 1..<Self.length {
      state[i] = 1_812_433_253 &* (state[i - 1] ^ (state[i - 1] >> 30)) &+ UInt32(i)
    }
  }

  /// Seeds from a list of numbers (`init_by_array`), as Python's seeds do.
  package init(key: [UInt32]) {
    precondition(!key.isEmpty, "MersenneTwister: the key must not be empty")
    self.init(seed: 19_650_218)
    var i = 1
    func wrap(_ state: inout [UInt32]) {
      if i == Self.length {
        state[0] = state[Self.length - 1]
        i = 1
      }
    }
    for k in 0..<max(Self.length, key.count) {
      let j = k % key.count
      let mixed = (state[i - 1] ^ (state[i - 1] >> 30)) &* 1_664_525
      state[i] = (state[i] ^ mixed) &+ key[j] &+ UInt32(j)
      i += 1
      wrap(&state)
    }
    for _ in 1..<Self.length {
      let mixed = (state[i - 1] ^ (state[i - 1] >> 30)) &* 1_566_083_941
      state[i] = (state[i] ^ mixed) &- UInt32(i)
      i += 1
      wrap(&state)
    }
    state[0] = 0x8000_0000
  }

  /// The next 32 bits.
  package mutating func next() -> UInt32 {
    if position == Self.length { refill() }
    var bits = state[position]
    position += 1
    bits ^= bits >> 11
    bits ^= (bits << 7) & 0x9d2c_5680
    bits ^= (bits << 15) & 0xefc6_0000
    return bits ^ (bits >> 18)
  }

  /// The next 64 bits, the first output high.
  package mutating func next64() -> UInt64 {
    let high = next()
    return UInt64(high) << 32 | UInt64(next())
  }

  /// The next uniform double in [0, 1), of 53 bits from two outputs, as NumPy and Python draw it.
  package mutating func nextUniform() -> Double {
    let high = next() >> 5
    let low = next() >> 6
    return (Double(high) * 67_108_864 + Double(low)) / 9_007_199_254_740_992
  }

  private mutating func refill() {
    func twist(_ high: UInt32, _ low: UInt32) -> UInt32 {
      let mixed = (high & 0x8000_0000) | (low & 0x7fff_ffff)
      return (mixed >> 1) ^ (low & 1 == 0 ? 0 : 0x9908_b0df)
    }
    let (length, middle) = (Self.length, Self.middle)
    for i in 0..<length - middle {
      state[i] = state[i + middle] ^ twist(state[i], state[i + 1])
    }
    for i in length - middle..<length - 1 {
      state[i] = state[i + middle - length] ^ twist(state[i], state[i + 1])
    }
    state[length - 1] = state[middle - 1] ^ twist(state[length - 1], state[0])
    position = 0
  }
}
