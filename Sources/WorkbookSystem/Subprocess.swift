import Foundation
import Synchronization

/// A program to start in a process group of its own, and what came of it.
package struct Subprocess: Sendable {
  package enum Status: Hashable, Sendable {
    case exited(code: Int32)
    case signalled(Int32)
  }

  package struct Result: Sendable {
    package var status: Status
    package var output: [UInt8]
    package var errors: [UInt8]
    package var timedOut: Bool

    package var succeeded: Bool { status == .exited(code: 0) && !timedOut }
  }

  package var executable: String
  package var arguments: [String]
  /// All that it sees; nothing is inherited.
  package var environment: [String: String]
  /// Bytes kept of each of its two streams; the rest is read and dropped.
  var outputLimit = 16 << 20
  /// Seconds of the monotonic clock; then it is killed, with all that it has started.
  package var timeout: Double?

  package init(_ executable: String, _ arguments: [String], environment: [String: String]) {
    self.executable = executable
    self.arguments = arguments
    self.environment = environment
  }

  /// Starts the program, waits for its end and kills what is left of its group.
  ///
  /// Throws `CancellationError` as a `Fault.cancelled` when the task is cancelled, after the end.
  ///
  /// - Parameter onOutput: gets what it prints on standard output, as it comes.
  package func run(
    onOutput: (@Sendable ([UInt8]) -> Void)? = nil
  ) async throws(Fault) -> Result {
    let child = Child()
    let result: Swift.Result<Result, Fault> = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        // A thread of its own: those of a shared pool are no more than the processors, and this one
        // mostly waits.
        Thread.detachNewThread {
          continuation.resume(
            returning: Swift.Result { () throws(Fault) in
              try self.runBlocking(child, onOutput)
            })
        }
      }
    } onCancel: {
      child.cancel()
    }
    return try result.get()
  }

  private func runBlocking(
    _ child: Child, _ onOutput: (@Sendable ([UInt8]) -> Void)?
  ) throws(Fault) -> Result {
    let output = try Pipe()
    let errors = try Pipe()
    try child.start { () throws(Fault) in
      guard
        let pid = spawn(
          executable, arguments, environment,
          descriptors: [nil, output.writeEnd, errors.writeEnd])
      else { throw .lastError(doing: "start \(executable)") }
      return pid
    }
    output.closeWriteEnd()
    errors.closeWriteEnd()

    let clock = ContinuousClock()
    let deadline = timeout.map { clock.now + .seconds($0) }
    var timedOut = false
    var result = Result(status: .exited(code: 0), output: [], errors: [], timedOut: false)
    while true {
      let ended = child.hasEnded()
      let readOutput = output.read { chunk in
        onOutput?(Array(chunk))
        result.output.append(contentsOf: chunk.prefix(outputLimit - result.output.count))
      }
      let readErrors = errors.read { chunk in
        result.errors.append(contentsOf: chunk.prefix(outputLimit - result.errors.count))
      }
      // Whoever else still holds the pipes after its end is about to be killed with its group.
      if ended && !readOutput && !readErrors { break }
      if let deadline, !timedOut, clock.now >= deadline {
        timedOut = true
        child.stop()
      }
      if !readOutput && !readErrors { Pipe.wait(output, errors) }
    }
    result.status = child.reap()
    result.timedOut = timedOut
    if child.isCancelled { throw .cancelled }
    return result
  }
}

/// A process that may be killed from another thread as long as its id is its own.
private final class Child: Sendable {
  private struct State {
    var pid: pid_t?
    var isCancelled = false
  }

  private let state = Mutex(State())

  var isCancelled: Bool { state.withLock { $0.isCancelled } }

  func start(_ spawn: () throws(Fault) -> pid_t) throws(Fault) {
    try state.withLock { (state) throws(Fault) in
      if state.isCancelled { throw .cancelled }
      state.pid = try spawn()
    }
  }

  func cancel() {
    state.withLock { state in
      state.isCancelled = true
      if let pid = state.pid { killTree(pid) }
    }
  }

  func stop() {
    state.withLock { state in
      if let pid = state.pid { killTree(pid) }
    }
  }

  /// Whether it has ended; it stays a zombie, so that its id is nobody else's yet.
  func hasEnded() -> Bool {
    state.withLock { $0.pid }.map(WorkbookSystem.hasEnded) ?? true
  }

  /// Kills what is left of its group and frees its id.
  func reap() -> Subprocess.Status {
    state.withLock { state in
      guard let pid = state.pid else { return .exited(code: 0) }
      state.pid = nil
      _ = Foundation.kill(-pid, SIGKILL)
      var status: Int32 = 0
      while waitpid(pid, &status, 0) < 0 && errno == EINTR {}
      let signal = status & 0x7f
      return signal == 0 ? .exited(code: (status >> 8) & 0xff) : .signalled(signal)
    }
  }
}

/// A pipe that is read without waiting.
private final class Pipe {
  private var ends: [Int32] = [-1, -1]
  private var isAtEnd = false
  var writeEnd: Int32 { ends[1] }

  init() throws(Fault) {
    guard pipe(&ends) == 0 else {
      throw .system(doing: "open a pipe", reason: String(cString: strerror(errno)))
    }
    // A program that another thread starts between these lines holds the pipe too; that is why
    // `run` waits for the end of its program, not for the end of its output.
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    _ = fcntl(ends[0], F_SETFL, O_NONBLOCK)
  }

  deinit {
    closeWriteEnd()
    close(ends[0])
  }

  func closeWriteEnd() {
    if ends[1] >= 0 { close(ends[1]) }
    ends[1] = -1
  }

  /// Hands on a chunk if one is there, and says whether one was.
  func read(_ body: (ArraySlice<UInt8>) -> Void) -> Bool {
    if isAtEnd { return false }
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    let count = Foundation.read(ends[0], &buffer, buffer.count)
    if count == 0 { isAtEnd = true }
    if count > 0 { body(buffer[..<count]) }
    return count > 0
  }

  /// Waits until one of the two has something to read or has ended, 20 ms at most.
  static func wait(_ pipes: Pipe...) {
    var descriptors = pipes.filter { !$0.isAtEnd }.map {
      pollfd(fd: $0.ends[0], events: Int16(POLLIN), revents: 0)
    }
    // After both have ended, the process itself ends within microseconds as a rule.
    poll(&descriptors, nfds_t(descriptors.count), descriptors.isEmpty ? 1 : 20)
  }
}
