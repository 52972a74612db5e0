import Synchronization

/// A piece of memory, aligned to 64 bytes and not initialised, that goes back to a pool in the end: a
/// training step finds the pieces of the step before, warm in the cache.
///
/// Safe to send: nothing here reads or writes what `base` points to; the owners order their accesses
/// as those of an array are.
package struct Memory: ~Copyable, @unchecked Sendable {
  /// Where the memory starts.
  package let base: UnsafeMutableRawPointer
  /// 0 where the memory is another's.
  private var capacity: Int

  /// Memory for at least `byteCount` bytes.
  package init(byteCount: Int) {
    capacity = MemoryPool.capacity(for: byteCount)
    base = MemoryPool.shared.withLock { [capacity] in $0.take(capacity) }
  }

  private init(base: UnsafeMutableRawPointer, capacity: Int) {
    (self.base, self.capacity) = (base, capacity)
  }

  /// The same memory, which `other` keeps; whoever asks keeps that one alive.
  package init(sharing other: borrowing Memory) { self.init(base: other.base, capacity: 0) }

  /// Hands the memory on, which this one refers to as another's from now on.
  package mutating func take() -> Memory {
    defer { capacity = 0 }
    return Memory(base: base, capacity: capacity)
  }

  deinit {
    if capacity > 0 { MemoryPool.shared.withLock { $0.give(base, capacity) } }
  }
}

/// Memory with several owners.
package final class Buffer: Sendable {
  private let memory: Memory

  /// Where the memory starts.
  package var base: UnsafeMutableRawPointer { memory.base }

  /// Memory for at least `byteCount` bytes.
  package init(byteCount: Int) { memory = Memory(byteCount: byteCount) }

  /// Takes memory over.
  package init(_ memory: consuming Memory) { self.memory = memory }
}

/// Free memory by size: with what is in use, never more than was once in use, or 8 MB; and no more than
/// `bound`, which is small at first.
///
/// What was given back to the system and is then missed raises the bound, so that from its second or
/// third step on a large training finds all its pieces; what nobody missed for long lowers it again.
private struct MemoryPool: ~Copyable {
  static let shared = Mutex(MemoryPool())

  private var pieces: [[UnsafeMutableRawPointer]] = []
  private var used = 0
  private var kept = 0
  private var peak = 8 << 20

  private static let leastBound = 32 << 20
  private var bound = Self.leastBound
  /// How many pieces of each size were given back, and not missed since.
  private var givenBack: [Int] = []
  /// How many pieces are still to be taken until what was never needed meanwhile is given back.
  private var untilReview = Self.reviewedTakes
  private static let reviewedTakes = 1 << 16
  /// The least that was kept since the last such review.
  private var leastKept = 0

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
    untilReview -= 1
    if untilReview == 0 { review() }
    if place < pieces.count, let base = pieces[place].popLast() {
      kept -= capacity
      leastKept = min(leastKept, kept)
      return base
    }
    if place < givenBack.count, givenBack[place] > 0 {
      givenBack[place] -= 1
      bound = min(bound + capacity, max(peak, Self.leastBound))
    }
    while used + kept > peak, releaseLargest() != nil {}
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
    while pieces.count <= place {
      pieces.append([])
      givenBack.append(0)
    }
    pieces[place].append(base)
    while kept > bound, let place = releaseLargest() { givenBack[place] += 1 }
  }

  /// Gives back what was kept all the time since the last review, but for the least.
  private mutating func review() {
    bound = max(bound - leastKept, Self.leastBound)
    while kept > bound, releaseLargest() != nil {}
    (untilReview, leastKept) = (Self.reviewedTakes, kept)
  }

  /// Frees the largest piece; returns its place in `pieces`.
  private mutating func releaseLargest() -> Int? {
    guard let place = pieces.lastIndex(where: { !$0.isEmpty }), let base = pieces[place].popLast()
    else { return nil }
    kept -= Self.size(place)
    leastKept = min(leastKept, kept)
    free(base)
    return place
  }

  /// The capacity at a place in `pieces`.
  private static func size(_ place: Int) -> Int {
    if place < 4 { return 64 * (place + 1) }
    let (exponent, quarter) = ((place - 4) / 4 + 8, (place - 4) % 4)
    return (4 + quarter + 1) << (exponent - 2)
  }
}
