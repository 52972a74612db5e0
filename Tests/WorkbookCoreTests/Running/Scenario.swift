import Foundation
import Testing

@testable import WorkbookChapters
@testable import WorkbookCore
@testable import WorkbookSystem

/// A piece of code, and how it should end.
///
/// All scenarios are compiled as one program, which learns
/// from a file which one to be.
struct Scenario: CustomTestStringConvertible, Sendable {
  var code: String
  var end: Transcript.End
  var output = ""
  /// What it is stopped for, as it is told.
  var excess = ""
  var testDescription: String { code }

  init(_ code: String, _ end: Transcript.End) {
    self.code = code
    self.end = end
  }

  init(_ code: String, _ excess: String) {
    self.init(code, .interrupted)
    self.excess = excess
  }

  init(_ code: String, prints output: String) {
    self.init(code, .exited(code: 0))
    self.output = output
  }

  /// - Parameter line: of the code, from 0.
  static func trap(_ code: String, _ message: String, _ line: Int, _ column: Int) -> Scenario {
    Scenario(
      code,
      .trapped(message: message, at: Location(path: "chapters/c.md", line: line, column: column)))
  }
}

extension Scenario {
  private static let all: [Scenario] =
    RunnerTests.endings + RunnerTests.excesses + [RunnerTests.pacedThreads] + RunnerTests.trespasses
    + RunnerTests.allowances + RunnerTests.refusals
    + [RunnerTests.start, RunnerTests.bytes, RunnerTests.daemon, RunnerTests.reader]
    + RunnerTests.forgeries + AllowanceTests.all

  private static let prologue = """
    import Foundation; import Shapes
    let scenario = Int(try String(contentsOfFile: "scenario", encoding: .utf8))!
    let nine = scenario - scenario + 9
    let fork = unsafeBitCast(dlsym(nil, "fork"), to: (@convention(c) () -> Int32).self)
    let syscall = unsafeBitCast(
      dlsym(nil, "syscall"), to: (@convention(c) (Int, Int, Int, Int, Int, Int) -> Int).self)
    func call(_ name: String, _ a: Int = 0, _ b: Int = 0, _ c: Int = 0, _ d: Int = 0) -> Int {
      #if arch(x86_64)
      let numbers = [
        "add_key": 248, "bpf": 321, "chmod": 90, "chroot": 161, "clone": 56, "clone3": 435,
        "close_range": 436, "execve": 59, "fallocate": 285, "fanotify_init": 300, "fcntl": 72,
        "inotify_init1": 294, "io_uring_setup": 425, "ioctl": 16, "kcmp": 312, "keyctl": 250,
        "landlock_create_ruleset": 444, "memfd_create": 319, "memfd_secret": 447, "mlock": 149,
        "mount": 165, "mq_open": 240, "mq_unlink": 241, "msgctl": 71, "msgget": 68,
        "msgrcv": 70, "open_by_handle_at": 304, "perf_event_open": 298, "personality": 135,
        "pidfd_getfd": 438, "pidfd_open": 434, "pivot_root": 155, "prctl": 157,
        "prlimit64": 302, "process_vm_readv": 310, "ptrace": 101, "quotactl": 179,
        "sched_setaffinity": 203, "sched_setattr": 314, "sched_setscheduler": 144,
        "seccomp": 317, "semctl": 66, "semget": 64, "semop": 65, "setns": 308, "setpgid": 109,
        "setpriority": 141, "setuid": 105, "setxattr": 188, "shmat": 30, "shmctl": 31,
        "shmget": 29, "splice": 275, "sync": 162, "unshare": 272, "userfaultfd": 323, "utimensat": 280,
      ]
      #else
      let numbers = [
        "add_key": 217, "bpf": 280, "chroot": 51, "clone": 220, "clone3": 435,
        "close_range": 436, "execve": 221, "fallocate": 47, "fanotify_init": 262, "fcntl": 25,
        "inotify_init1": 26, "io_uring_setup": 425, "ioctl": 29, "kcmp": 272, "keyctl": 219,
        "landlock_create_ruleset": 444, "memfd_create": 279, "memfd_secret": 447, "mlock": 228,
        "mount": 40, "mq_open": 180, "mq_unlink": 181, "msgctl": 187, "msgget": 186,
        "msgrcv": 188, "open_by_handle_at": 265, "perf_event_open": 241, "personality": 92,
        "pidfd_getfd": 438, "pidfd_open": 434, "pivot_root": 41, "prctl": 167,
        "prlimit64": 261, "process_vm_readv": 270, "ptrace": 117, "quotactl": 60,
        "sched_setaffinity": 122, "sched_setattr": 274, "sched_setscheduler": 119,
        "seccomp": 277, "semctl": 191, "semget": 190, "semop": 193, "setns": 268,
        "setpgid": 154, "setpriority": 140, "setuid": 146, "setxattr": 5, "shmat": 196,
        "shmctl": 195, "shmget": 194, "splice": 76, "sync": 81, "unshare": 97, "userfaultfd": 282,
        "utimensat": 88,
      ]
      #endif
      return syscall(numbers[name] ?? -1, a, b, c, d, 0)
    }
    func address<T>(_ value: UnsafeMutablePointer<T>) -> Int { Int(bitPattern: value) }
    struct Plain: Error {}
    @inline(never) func typed() throws(Plain) { throw Plain() }
    let mebibyte = Data(count: 1 << 20)
    func mebibyteFile() -> Int32 {
      let file = open("f", O_CREAT | O_RDWR, 0o600)
      mebibyte.withUnsafeBytes { _ = write(file, $0.baseAddress, $0.count) }
      return file
    }
    print("begun")
    """

  /// Functions keep the scenarios' calls into the runtime apart.
  private static func function(_ index: Int) -> String {
    "@inline(never) func s\(index)() throws {\n\(all[index].code)\n}\n"
  }

  private static let program = Workshop.program([
    prologue, all.indices.map(function).joined(),
    "switch scenario {\n" + all.indices.map { "case \($0): try s\($0)()\n" }.joined()
      + "default: break\n}",
  ])

  private static let executable = Task {
    let scratch = try await Workshop.scratch()
    let compilation = try await Workshop.compile(program, in: scratch)
    guard let executable = compilation.executable else {
      throw Compilation.Failed(failures: compilation.failures)
    }
    return (scratch, executable)
  }

  /// Runs it with 256 MB of memory, 1 MB of output, 300 files of 8 MB, and 100 threads.
  func run(
    in scratch: Scratch? = nil, seconds: Double = 600, isConfined: Bool = true,
    allowing allowances: Set<Allowance> = [], under surroundings: Surroundings = .plain
  ) async throws -> Transcript {
    var (_, executable) = try await Self.executable.value
    let scratch = if let scratch { scratch } else { try await Workshop.scratch() }
    let index = Self.all.firstIndex { $0.code == code }!
    try Workshop.write(["work/scenario": "\(index)"], to: scratch.path)
    var runner = try surroundings.runner(for: &executable, in: scratch.path)
    runner.isConfined = isConfined
    var program = Self.program
    program.allowances = allowances
    return try await runner.run(
      executable, of: program, with: Workshop.library(), in: scratch.path,
      limits: Limits(
        seconds: seconds, memoryBytes: 256 << 20, fileBytes: 1 << 20, folderBytes: 8 << 20,
        files: 300, threads: 100))
  }

  /// The end with its place in the whole program.
  var endInChapter: Transcript.End {
    guard case .trapped(let message, var place?) = end else { return end }
    let index = Self.all.firstIndex { $0.code == code }!
    let before = Self.all.indices[..<index].map(Self.function).joined()
    // The second cell's first line is 21, the function's first line is its head.
    place.line += 22 + before.count { $0 == "\n" }
    return .trapped(message: message, at: place)
  }
}

extension Compilation {
  struct Failed: Error { var failures: [Failure] }
}

extension Transcript {
  var outputText: String { String(decoding: output, as: UTF8.self) }
  var errorText: String { String(decoding: errors, as: UTF8.self) }
}
