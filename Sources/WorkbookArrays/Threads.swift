import Synchronization

/// How many threads the library computes with, 1 or more; at first as many as the process has cores.
package var threadCount: Int {
  get { ThreadPool.shared.threadCount.load(ordering: .relaxed) }
  set { ThreadPool.shared.threadCount.store(min(newValue, 256), ordering: .relaxed) }
}

/// Calls `body` once for each of 0..<pieces, on as many threads as are set; returns when all are
/// done.
///
/// A call inside a call, or beside one from another thread, runs on its own thread alone.
package func inParallel(pieces: Int, _ body: (Int) -> Void) {
  if pieces > 1, ThreadPool.shared.run(pieces, body) { return }
  for piece in 0..<pieces { body(piece) }
}

/// Cuts 0..<count into even ranges of at least `grain`, one for each thread at most, and calls
/// `body` with each; the ranges start at multiples of 16.
package func inParallel(_ count: Int, grain: Int, _ body: (Range<Int>) -> Void) {
  guard count >= 2 * grain else { return body(0..<count) }
  let pieces = min(threadCount, count / grain)
  let length = ((count + pieces - 1) / pieces + 15) & ~15
  inParallel(pieces: (count + length - 1) / length) { piece in
    body(piece * length..<min(count, (piece + 1) * length))
  }
}

/// Threads that wait for pieces of work: they spin for some 50 µs, since the next kernel of a
/// training step is never far, and then sleep.
///
/// Safe to share: the fields that are not atomic are written while no piece can be claimed, and
/// read between claiming a piece and reporting it done.
private final class ThreadPool: @unchecked Sendable {
  static let shared = ThreadPool()

  let threadCount: Atomic<Int>
  /// The round in the upper half, pieces not yet claimed in the lower.
  private let ticket = Atomic<UInt64>(0)
  private let finished = Atomic<Int>(0)
  private let isBusy = Atomic<Bool>(false)
  private let sleepers = Atomic<Int>(0)
  private var started = 1
  private var pieces = 0
  private var body: ((Int) -> Void)?
  // Pointers, since a lock that threads wait on may not move.
  private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let wake = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  private init() {
    threadCount = Atomic(max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    pthread_mutex_init(lock, nil)
    pthread_cond_init(wake, nil)
  }

  /// Whether the pool was free to take the work, which is then done.
  func run(_ pieces: Int, _ body: (Int) -> Void) -> Bool {
    let threads = threadCount.load(ordering: .relaxed)
    guard threads > 1, !isBusy.exchange(true, ordering: .acquiring) else { return false }
    while started < threads { start() }
    withoutActuallyEscaping(body) { body in
      self.body = body
      self.pieces = pieces
      finished.store(0, ordering: .relaxed)
      let round = (ticket.load(ordering: .relaxed) >> 32) &+ 1
      ticket.store(round << 32 | UInt64(pieces), ordering: .sequentiallyConsistent)
      if sleepers.load(ordering: .sequentiallyConsistent) > 0 {
        pthread_mutex_lock(lock)
        pthread_cond_broadcast(wake)
        pthread_mutex_unlock(lock)
      }
      work()
      var spins = 0
      while finished.load(ordering: .acquiring) < pieces {
        kernel_pause()
        spins += 1
        if spins > 2000 { sched_yield() }
      }
      self.body = nil
    }
    isBusy.store(false, ordering: .releasing)
    return true
  }

  /// Claims and does pieces until none are left.
  private func work() {
    while true {
      let seen = ticket.load(ordering: .acquiring)
      guard seen & 0xffff_ffff > 0 else { return }
      let claim = ticket.compareExchange(
        expected: seen, desired: seen - 1, ordering: .acquiringAndReleasing)
      guard claim.exchanged else { continue }
      body?(pieces - Int(seen & 0xffff_ffff))
      finished.add(1, ordering: .releasing)
    }
  }

  private var hasWork: Bool { ticket.load(ordering: .sequentiallyConsistent) & 0xffff_ffff > 0 }

  private func start() {
    let index = started
    started += 1
    let box = Unmanaged.passRetained(Worker(index: index, pool: self)).toOpaque()
    var thread = noThread
    pthread_create(
      &thread, nil,
      {
        // Optional on some systems.
        let box: UnsafeMutableRawPointer? = $0
        let worker = Unmanaged<Worker>.fromOpaque(box!).takeRetainedValue()
        worker.pool.serve(worker.index)
        return nil
      }, box)
  }

  fileprivate func serve(_ index: Int) {
    while true {
      var spins = 0
      while spins < 2000, !hasWork || index >= threadCount.load(ordering: .relaxed) {
        kernel_pause()
        spins += 1
      }
      if index < threadCount.load(ordering: .relaxed), hasWork {
        work()
        continue
      }
      pthread_mutex_lock(lock)
      sleepers.add(1, ordering: .sequentiallyConsistent)
      while !hasWork || index >= threadCount.load(ordering: .relaxed) {
        pthread_cond_wait(wake, lock)
      }
      sleepers.subtract(1, ordering: .sequentiallyConsistent)
      pthread_mutex_unlock(lock)
    }
  }
}

private final class Worker {
  let index: Int
  let pool: ThreadPool
  init(index: Int, pool: ThreadPool) {
    self.index = index
    self.pool = pool
  }
}
