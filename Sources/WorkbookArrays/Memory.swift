import Synchronization

/// A piece of memory, aligned to 64 bytes and not initialised, that goes back to a pool in the end: a
/// training step finds the pieces of the step before, warm in the cache.
///
/// Safe to send: nothing here reads or writes what `base` points to; the owners order their accesses
/// as those of an array are.
package struct Memory: ~Copyable, @unchecked Sendable {
  /// Where the memory starts.
  package let base: UnsafeMutableRawPointer
  private let capacity: Int

  /// Memory for at least `byteCount` bytes.
  package init(byteCount: Int) {
    capacity = MemoryPool.capacity(for: byteCount)
    base = MemoryPool.shared.withLock { [capacity] in $0.take(capacity) }
  }

  deinit { MemoryPool.shared.withLock { $0.give(base, capacity) } }
}

/// Memory with several owners.
package final class Buffer: Sendable {
  private let memory: Memory

  /// Where the memory starts.
  package var base: UnsafeMutableRawPointer { memory.base }

  /// Memory for at least `byteCount` bytes.
  package init(byteCount: Int) { memory = Memory(byteCount: byteCount) }
}

/// Free memory by size: with what is in use, never more than was once in use, or 8 MB.
private struct MemoryPool: ~Copyable {
  static let shared = Mutex(MemoryPool())

  private var pieces: [[UnsafeMutableRawPointer]] = []
  private var used = 0
  private var kept = 0
  private var peak = 8 << 20

  /// Sizes are 64 bytes or quarters between two powers of two, so that little is lost and most
  /// pieces fit again.
  static func capacity(for byteCount: Int) -> Int {
    if byteCount <= 256 { return (byteCount + 63) & ~63 == 0 ? 64 : (byteCount + 63) & ~63 }
    let step = 1 << (Int.bitWidth - (byteCount - 1).leadingZeroBitCount - 3)
    return (byteCount + step - 1) & ~(step - 1)
  }

  /// The place of a capacity in `pieces`.
  private static func place(_ capacity: Int) -> Int {
    if capacity <= 256 { return capacity / 64 - 1 }
    let exponent = Int.bitWidth - 1 - (capacity - 1).leadingZeroBitCount
    let quarter = (capacity - 1) >> (exponent - 2) & 3
    return (exponent - 8) * 4 + quarter + 4
  }

  mutating func take(_ capacity: Int) -> UnsafeMutableRawPointer {
    used += capacity
    let place = Self.place(capacity)
    if place < pieces.count, let base = pieces[place].popLast() {
      kept -= capacity
      return base
    }
    while used + kept > peak, kept > 0 { releaseLargest() }
    peak = max(peak, used)
    var base: UnsafeMutableRawPointer?
    guard posix_memalign(&base, 64, capacity) == 0, let base else {
      fatalError("out of memory: cannot allocate \(capacity) bytes")
    }
    return base
  }

  mutating func give(_ base: UnsafeMutableRawPointer, _ capacity: Int) {
    used -= capacity
    kept += capacity
    let place = Self.place(capacity)
    while pieces.count <= place { pieces.append([]) }
    pieces[place].append(base)
  }

  private mutating func releaseLargest() {
    guard let place = pieces.lastIndex(where: { !$0.isEmpty }), let base = pieces[place].popLast()
    else { return }
    kept -= Self.size(place)
    free(base)
  }

  /// The capacity at a place in `pieces`.
  private static func size(_ place: Int) -> Int {
    if place < 4 { return 64 * (place + 1) }
    let (exponent, quarter) = ((place - 4) / 4 + 8, (place - 4) % 4)
    return (4 + quarter + 1) << (exponent - 2)
  }
}
