/// The generator MT19937 that NumPy, Python and PyTorch all draw from.
///
/// Source: Matsumoto and Nishimura, "Mersenne Twister", ACM TOMACS 8(1), 1998; seeding as revised
/// in 2002.
package struct MersenneTwister: Sendable {
  private static let length = 624

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

  /// The next outputs, as many as there is room for.
  package mutating func next(into out: UnsafeMutableBufferPointer<UInt32>) {
    guard let base = out.baseAddress else { return }
    var done = 0
    while done < out.count {
      if position == Self.length { refill() }
      let part = min(out.count - done, Self.length - position)
      state.withUnsafeBufferPointer {
        kernel_temper(part, $0.baseAddress! + position, base + done)
      }
      done += part
      position += part
    }
  }

  private mutating func refill() {
    state.withUnsafeMutableBufferPointer { kernel_twist($0.baseAddress!) }
    position = 0
  }
}
