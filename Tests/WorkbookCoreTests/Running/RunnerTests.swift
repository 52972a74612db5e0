import Foundation
import Testing

@testable import WorkbookChapters
@testable import WorkbookConfinement
@testable import WorkbookCore
@testable import WorkbookSystem

/// Real programs, run by the real launcher.
@Suite struct RunnerTests {
  @Test func `what a program prints is kept cell by cell`() async throws {
    let transcript = try await Workshop.run(["print(1)", "let a = 2", "print(a, #line, #filePath)"])
    #expect(transcript.outputText == "1\n2 31 \(absolutePath("chapters/c.md"))\n")
    #expect(transcript.cellStarts == [0, 2, 2])
    #expect(transcript.end == .exited(code: 0))
    #expect(transcript.peakMemoryBytes > 1 << 20)
  }

  @Test func `a trap in the library is not taken for the end of a cell in the same file`()
    async throws
  {
    let library = try await Workshop.library()
    var program = Workshop.program(["mm(1, 2)  // here"])
    program.chapterPath = try #require(library.packageFolder) + "/Sources/Shapes/Shapes.swift"
    program.module = "Shapes"
    program.cells[0].content.lines[0].line = 1
    let place = Location(path: program.chapterPath, line: 1, column: 1)
    let message = "Precondition failed: mm: cannot multiply [1] by [2]"
    #expect(try await Workshop.run(program).end == .trapped(message: message, at: place))
  }

  @Test func `a program is compiled as in a debug build, or optimized where its chapter says so`()
    async throws
  {
    let conflict = """
      var step = 1
      func increment(_ number: inout Int) { number += step }
      increment(&step)
      var inDebug = false
      assert({ inDebug = true; return true }())
      print(step, inDebug)
      """
    var program = Workshop.program([conflict])
    let place = Location(path: "chapters/c.md", line: 12, column: 49)
    #expect(
      try await Workshop.run(program).end
        == .trapped(message: "Fatal access conflict detected.", at: place))
    program.optimizes = true
    // Assertions hold all the same.
    #expect(try await Workshop.run(program).outputText == "2 true\n")
  }

  static let start = Scenario(
    """
    print(ProcessInfo.processInfo.environment.keys.sorted())
    print("a".hashValue, CommandLine.arguments.count, readLine() as Any)
    print(try FileManager.default.contentsOfDirectory(atPath: "."), isatty(0), getppid() > 1)
    print((0..<64).filter { fcntl($0, F_GETFD) >= 0 })
    """, .exited(code: 0))

  @Test func `a program starts the same every time`() async throws {
    let first = try await Self.start.run()
    let second = try await Self.start.run(isConfined: false)
    #expect(first.end == .exited(code: 0))
    let lines = first.outputText.split(separator: "\n")
    #expect(
      lines.dropFirst().first == """
        ["HOME", "LANG", "PATH", "SWIFT_BACKTRACE", "SWIFT_DETERMINISTIC_HASHING", "TMPDIR", "TZ"]
        """)
    #expect(lines.dropFirst(3) == ["[\"scenario\"] 0 true", "[0, 1, 2, 3]"])
    #expect(first.output == second.output)
  }

  static let endings: [Scenario] = [
    Scenario("exit(3)", .exited(code: 3)),
    .trap(
      "let n = nine\nprint([1, 2, 3].dropFirst()[n])", "Fatal error: Index out of bounds", 1, 28),
    .trap("\nmm(nine, 4)", "Precondition failed: mm: cannot multiply [9] by [4]", 1, 1),
    .trap("precondition(nine == 4, \"no: \\(nine)\")", "Precondition failed: no: 9", 0, 1),
    .trap("assert(nine == 4)", "Assertion failed", 0, 1),
    .trap("fatalError(\"two\\nlines\")", "Fatal error: two\nlines", 0, 1),
    .trap("print(Int.max + nine)", "Fatal error: arithmetic overflow", 0, 15),
    .trap("print(1 / (nine - 9))", "Fatal error: Division by zero", 0, 9),
    .trap(
      "print(Int(\"x\")!)",
      "Fatal error: Unexpectedly found nil while unwrapping an Optional value", 0, 15),
    .trap(
      "func deep(_ n: Int) -> Int { n == -1 ? 0 : deep(n + 1) &* 3 &+ deep(n &+ 7) }\nprint(deep(nine))",
      "Segmentation fault", 0, 0),
    .trap(
      "if nine == 4 { throw Plain() }\nif nine == 9 {\n  throw Plain()\n}",
      "Fatal error: Error raised at top level: main.Plain()", 2, 3),
    .trap(
      "do { try typed() } catch {}\ntry FileManager.default.removeItem(atPath: \"none\")",
      "Fatal error: Error raised at top level: Error Domain=NSCocoaErrorDomain", 1, 0),
    Scenario("kill(getpid(), SIGKILL)", .trapped(message: "Killed", at: nil)),
    Scenario("raise(SIGTERM)", .trapped(message: "Terminated", at: nil)),
    Scenario("raise(SIGXFSZ)", .trapped(message: "File size limit exceeded", at: nil)),
    Scenario("raise(SIGXCPU)", .trapped(message: "CPU time limit exceeded", at: nil)),
    .trap(
      "fputs(\"Fatal error: failed to allocate 9 bytes\\n\", stderr)\nabort()",
      "Fatal error: failed to allocate 9 bytes", 1, 1),
    // Deadly signals of its own are no less so for being looked at.
    .trap("kill(getpid(), SIGABRT)\nwhile true {}", "Aborted", 0, 1),
    .trap("raise(SIGSEGV)\nwhile true {}", "Segmentation fault", 0, 0),
    Scenario("fclose(stdout)\nprint(2)", .exited(code: 0)),
    Scenario("for i in 0..<64 { close(Int32(i)) }", .exited(code: 0)),
  ]

  @Test(arguments: endings, [true, false])
  func `an end is told with its place`(_ scenario: Scenario, isConfined: Bool) async throws {
    let transcript = try await scenario.run(isConfined: isConfined)
    var end = transcript.end
    // Where a function runs out of stack, and of a call, the column is chance; and Foundation's errors say
    // much.
    if case .trapped(var message, var place?) = end,
      message == "Segmentation fault" || message.contains("Error Domain")
    {
      place.column = 0
      message = message.replacing(/(Domain=[a-zA-Z]*).*/) { "\($0.1)" }
      end = .trapped(message: message, at: place)
    }
    #expect(end == scenario.endInChapter, "\(transcript.errorText)")
    #expect(transcript.outputText == "begun\n")
  }

  static let excesses: [Scenario] = [
    Scenario("while true {}", .timedOut(seconds: 0.5)),
    Scenario("sleep(100)", .timedOut(seconds: 0.5)),
    Scenario("while true { print(\"endless\") }", .exceeded(.printed(bytes: 1 << 20))),
    Scenario(
      "while true { FileHandle.standardError.write(Data(count: 1000)) }",
      .exceeded(.printed(bytes: 1 << 20))),
    Scenario(
      "signal(SIGXFSZ, SIG_IGN); for _ in 0..<9999 { print(String(repeating: \"x\", count: 500)) }",
      .exceeded(.printed(bytes: 1 << 20))),
    Scenario(
      "let f = fopen(\"f\", \"w\")!; while true { fputs(\"endless\", f) }",
      .exceeded(.fileSize(bytes: 1 << 20))),
    Scenario(
      "let a = [UInt8](repeating: 1, count: 100 << 30); print(a.count)",
      .exceeded(.memory(bytes: 256 << 20))),
    Scenario(
      "var a: [[UInt8]] = []; while true { a.append(.init(repeating: 1, count: 1 << 22)) }",
      .exceeded(.memory(bytes: 256 << 20))),
    // In large pieces that are not used.
    Scenario(
      "var a: [UnsafeMutableRawPointer] = []; while true { a.append(malloc(100 << 20)!) }",
      .exceeded(.memory(bytes: 256 << 20))),
    Scenario(
      "var p = malloc(1); for i in 1... { p = realloc(p, i * 90 << 20)! }",
      .exceeded(.memory(bytes: 256 << 20))),
    Scenario(
      """
      while true {
        let p = mmap(nil, 1 << 24, PROT_READ | PROT_WRITE, MAP_SHARED | 0x20, -1, 0)!
        memset(p, 1, 1 << 24)
      }
      """, .exceeded(.memory(bytes: 256 << 20))),
    Scenario(
      "while true { Thread { sleep(99) }.start() }", .exceeded(.memory(bytes: 256 << 20))),
    Scenario(
      "while true { let t = Thread { sleep(99) }; t.stackSize = 1 << 15; t.start() }",
      .exceeded(.threads(count: 100))),
    Scenario(
      "for i in 0..<100_000 { close(open(\"\\(i)\", O_CREAT | O_WRONLY, 0o600)) }; sleep(20)",
      .exceeded(.files(count: 300))),
    Scenario(
      "for i in 1..<1000 { mkdir([-1, CChar(1 + i % 40), CChar(1 + i / 40), 0], 0o300) }; sleep(20)",
      .exceeded(.files(count: 300))),
    Scenario(
      "for i in 0..<99 { try mebibyte.write(to: URL(filePath: \"\\(i)\")) }; sleep(20)",
      .exceeded(.folderSize(bytes: 8 << 20))),
    Scenario(
      """
      for _ in 0..<99 {
        _ = mebibyteFile()
        unlink("f")
      }
      sleep(20)
      """, .exceeded(.folderSize(bytes: 8 << 20))),
    Scenario(
      """
      for _ in 0..<99 {
        let f = mebibyteFile()
        _ = mmap(nil, 4096, PROT_READ, MAP_SHARED, f, 0)
        close(f)
        unlink("f")
      }
      sleep(20)
      """, .exceeded(.folderSize(bytes: 8 << 20))),
    // Names whose first or last byte Swift takes for a part of what stands beside it.
    Scenario(
      """
      for name in ["a\\u{600}", "\\u{301}"] {
        for _ in 0..<9 {
          let f = mebibyteFile()
          _ = mmap(nil, 4096, PROT_READ, MAP_SHARED, f, 0)
          close(f)
          rename("f", name)
          unlink(name)
        }
      }
      sleep(20)
      """, .exceeded(.folderSize(bytes: 8 << 20))),
    // At once, before anybody looks.
    Scenario(
      "for i in 0..<20 { _ = posix_fallocate(open(\"\\(i)\", O_CREAT | O_RDWR, 0o600), 0, 1 << 20) }",
      .exceeded(.folderSize(bytes: 8 << 20))),
    Scenario(
      """
      for _ in 0..<20 {
        let f = mebibyteFile()
        lseek(f, 0, SEEK_SET)
        var ends: [Int32] = [0, 0]
        pipe(&ends)
        let full = ends[1]
        Thread { while sendfile(full, f, nil, 1 << 20) > 0 {} }.start()
        usleep(20_000)
        close(f)
        unlink("f")
      }
      sleep(20)
      """, .exceeded(.folderSize(bytes: 8 << 20))),
    Scenario(
      """
      let thread = Thread {
        let p = mmap(nil, 60 << 24, PROT_READ | PROT_WRITE, MAP_SHARED | 0x20, -1, 0)!
        for i in 0..<60 { memset(p + i << 24, 1, 1 << 24); usleep(10_000) }
      }
      thread.start()
      pthread_exit(nil)
      """, .exceeded(.memory(bytes: 256 << 20))),
    Scenario(
      """
      Thread {
        for i in 0..<99 { try? mebibyte.write(to: URL(filePath: "\\(i)")) }
        sleep(20)
      }.start()
      pthread_exit(nil)
      """, .exceeded(.folderSize(bytes: 8 << 20))),
    Scenario(
      """
      let name = String(repeating: "deep", count: 60)
      for _ in 0..<99 { mkdir(name, 0o700); chdir(name) }
      sleep(20)
      """, .exceeded(.folderDepth)),
  ]

  @Test(arguments: excesses)
  func `what uses too much is stopped`(_ scenario: Scenario) async throws {
    let isTimeout = scenario.end == .timedOut(seconds: 0.5)
    let transcript = try await scenario.run(seconds: isTimeout ? 0.5 : 20)
    #expect(transcript.end == scenario.end, "\(transcript.errorText)")
    #expect(transcript.output.count <= 1 << 20)
  }

  /// Slow enough that who only looks now and then sees it before memory is refused.
  static let pacedThreads = Scenario(
    "while true { let t = Thread { sleep(99) }; t.stackSize = 1 << 15; t.start(); usleep(1000) }",
    .exceeded(.threads(count: 100)))

  // Of memory that is refused, only a confined program's launcher hears.
  @Test(arguments: excesses.prefix(6) + excesses.suffix(10) + [pacedThreads])
  func `what uses too much is stopped where nothing is confined, too`(
    _ scenario: Scenario
  ) async throws {
    let isTimeout = scenario.end == .timedOut(seconds: 0.5)
    let transcript = try await scenario.run(seconds: isTimeout ? 0.5 : 20, isConfined: false)
    #expect(transcript.end == scenario.end, "\(transcript.errorText)")
    #expect(transcript.output.count <= 1 << 20)
  }

  static let trespasses: [Scenario] = [
    Scenario("while true { _ = fork() }", "started another process"),
    Scenario(
      "print(posix_spawn(nil, \"/bin/sleep\", nil, nil, [nil], nil))", "started another process"),
    Scenario(
      "try Process.run(URL(filePath: \"/bin/ls\"), arguments: [])", "started another process"),
    Scenario("kill(getppid(), SIGKILL); sleep(1)", "signalled another process: "),
    Scenario("kill(-1, SIGHUP); sleep(1)", "signalled another process: "),
    Scenario("kill(0, SIGSTOP); sleep(1)", "signalled another process: "),
    Scenario(
      "call(\"execve\", \"/bin/true\".withCString { Int(bitPattern: $0) }, 0, 0)",
      "started another process"),
    Scenario("_ = call(\"clone\", Int(SIGCHLD))", "started another process"),
    Scenario(
      "try Data().write(to: URL(filePath: \"/etc/passwd\"))",
      "wrote outside its folder: /etc/passwd"),
    Scenario("open(\"/new\", O_CREAT | O_WRONLY, 0o600)", "wrote outside its folder: /new"),
    Scenario(
      "symlink(\"/etc/hosts\", \"l\"); _ = fopen(\"l\", \"a\")",
      "wrote outside its folder: /etc/hosts"),
    Scenario(
      "try FileManager.default.removeItem(atPath: \"../work\")",
      "wrote outside its folder: FOLDER/work"),
    Scenario("rename(\"../output\", \"m\")", "wrote outside its folder: FOLDER/output"),
    Scenario(
      "_ = fopen(\"../../../../../Package.swift\", \"w\")",
      "wrote outside its folder: PACKAGE/Package.swift"),
    Scenario(
      connection("SOCK_STREAM", "connect"), "opened a network connection: 127.0.0.1:9"),
    Scenario(
      connection("SOCK_DGRAM", "{ sendto($0, \"x\", 1, 0, $1, $2) }"),
      "opened a network connection: 127.0.0.1:9"),
    Scenario(connection("SOCK_DGRAM", "bind"), "opened a network connection: 127.0.0.1:9"),
  ]

  @Test(arguments: trespasses)
  func `what reaches out is stopped and named`(_ scenario: Scenario) async throws {
    let transcript = try await scenario.run()
    guard case .exceeded(let excess) = transcript.end else {
      Issue.record("\(transcript.end) \(transcript.errorText)")
      return
    }
    let package = try #require(try await Workshop.library().packageFolder)
    let shown = excess.message.replacing(package, with: "PACKAGE")
      .replacing(/PACKAGE\/.build\/workbook\/run\/[0-9a-z]+/, with: "FOLDER")
      .replacing(/process: -?\d+$/, with: "process: ")
    #expect(shown == scenario.excess)
    #expect(transcript.outputText == "begun\n")
  }

  private static func connection(_ kind: String, _ call: String) -> String {
    """
    let s = socket(AF_INET, Int32(\(kind).rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = UInt16(AF_INET)
    address.sin_port = UInt16(9).bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    let call: (Int32, UnsafePointer<sockaddr>, UInt32) -> Any = \(call)
    _ = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { call(s, $0, 16) }
    }
    """
  }

  static let allowances: [Scenario] = [
    // Dispatch looks after workers that wait, by the kernel's word on each.
    Scenario(
      """
      let group = DispatchGroup()
      let queue = DispatchQueue(label: "", attributes: .concurrent)
      for _ in 0..<8 { queue.async(group: group) { usleep(100_000) } }
      group.wait()
      print(fopen("/proc/\\(getppid())/stat", "r") == nil, fopen("/proc/1/stat", "r") == nil)
      """, prints: "true true"),
    Scenario(
      """
      let files = FileManager.default
      try Data("x".utf8).write(to: URL(filePath: "a"))
      try files.setAttributes([.posixPermissions: 0o640], ofItemAtPath: "a")
      try files.copyItem(atPath: "a", toPath: "b")
      try files.createDirectory(atPath: "c/d", withIntermediateDirectories: true)
      var status = stat()
      print(stat("b", &status), status.st_mode & 0o7777 == 0o640, fchmodat(AT_FDCWD, "b", 0o4600, 0))
      print(stat("b", &status), status.st_mode & 0o7777 == 0o600)
      """, prints: "0 true 0\n0 true"),
    // Folders with their rights and times, and a file without a name.
    Scenario(
      """
      let files = FileManager.default
      try files.createDirectory(atPath: "a/b", withIntermediateDirectories: true)
      try Data("x".utf8).write(to: URL(filePath: "a/b/c"))
      let date = Date(timeIntervalSince1970: 7)
      try files.setAttributes([.modificationDate: date], ofItemAtPath: "a/b/c")
      print(try files.attributesOfItem(atPath: "a/b/c")[.modificationDate] as? Date == date)
      try files.copyItem(atPath: "a", toPath: "d")
      print(files.contents(atPath: "d/b/c")?.count ?? 0, utimes("d", nil))
      let file = tmpfile()!
      print(fputs("abc", file), fseek(file, 1, SEEK_SET), fgetc(file))
      """, prints: "true\n1 0\n1 0 98"),
    Scenario("print(fopen(\"/etc/shadow\", \"r\") == nil)", prints: "true"),
    Scenario("print(fopen(\"/proc/1/environ\", \"r\") == nil)", prints: "true"),
    Scenario(
      "print(fopen(\"/proc/\\(getppid())/environ\", \"r\") == nil, kill(getppid(), 0))",
      prints: "true -1"),
    Scenario(
      "print(chmod(\"/etc/passwd\", 0o777), geteuid() != 0 || setuid(1) != 0)", prints: "-1 true"),
    Scenario(
      "print(try String(contentsOfFile: \"../../../../../Package.swift\", encoding: .utf8).count > 9)",
      prints: "true"),
    Scenario(
      """
      try FileManager.default.createDirectory(atPath: "a/b", withIntermediateDirectories: true)
      try "x".write(toFile: "a/b/c", atomically: true, encoding: .utf8)
      try Data("y".utf8).write(to: URL(filePath: NSTemporaryDirectory() + "/d"))
      try FileManager.default.moveItem(atPath: "d", toPath: "a/d")
      print(try String(contentsOfFile: "a/b/c", encoding: .utf8))
      try FileManager.default.removeItem(atPath: "a")
      """, prints: "x"),
    Scenario(
      "let t = Thread { print(1) }; t.start(); while !t.isFinished { usleep(100) }", prints: "1"),
    Scenario(
      "print(getpwnam(\"root\") != nil, fopen(\"/dev/null\", \"w\") != nil)", prints: "true true"),
    Scenario(
      "print(Date(timeIntervalSince1970: 0).formatted(.iso8601))", prints: "1970-01-01T00:00:00Z"),
    Scenario("DispatchQueue.concurrentPerform(iterations: 2) { _ in }; print(2)", prints: "2"),
    Scenario(
      "print(unsafeBitCast(dlsym(nil, \"memfd_create\"), to: "
        + "(@convention(c) (UnsafePointer<CChar>, UInt32) -> Int32).self)(\"m\", 0))", prints: "-1"),
    Scenario(
      "for _ in 0..<20_000 { do { throw Plain() } catch {} }; print(3)", prints: "3"),
  ]

  /// Each prints what the calls gave back.
  static let refusals: [Scenario] = [
    // The limits, the priority and the processors of others, and its own limits.
    Scenario(
      """
      var limit = rlimit(rlim_cur: 0, rlim_max: 0)
      print(call("prlimit64", Int(getppid()), 7, address(&limit), 0), call("prlimit64", 1, 0, 0, 0))
      print(setrlimit(__rlimit_resource_t(1), &limit), call("prlimit64", 0, 7, 0, address(&limit)))
      """, prints: "-1 -1\n-1 0"),
    Scenario(
      """
      var set: (Int, Int) = (1, 0)
      print(call("setpriority", 0, Int(getppid()), 5), call("sched_setscheduler", Int(getppid()), 0, 0))
      print(call("sched_setaffinity", Int(getppid()), 16, address(&set)), call("sched_setattr", 0, 0, 0))
      print(call("sched_setaffinity", 0, 16, address(&set)))
      """, prints: "-1 -1\n-1 -1\n0"),
    // The network, without an address: IPv4, IPv6, MPTCP.
    Scenario(
      """
      for (family, kind) in [(AF_INET, 0), (AF_INET6, 0), (AF_INET, 262)] {
        let s = socket(family, Int32(SOCK_STREAM.rawValue), Int32(kind))
        print(listen(s, 1), accept(s, nil, nil), terminator: " ")
      }
      print([AF_UNIX, AF_NETLINK, AF_PACKET, 38, 40].map { socket($0, Int32(SOCK_DGRAM.rawValue), 0) })
      """, prints: "-1 -1 -1 -1 -1 -1 [-1, -1, -1, -1, -1]"),
    Scenario(
      """
      var ends: [Int32] = [0, 0]
      var size: Int32 = 1 << 20
      print(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends))
      print(setsockopt(ends[0], SOL_SOCKET, SO_SNDBUF, &size, 4), write(ends[0], "ab", 2))
      var bytes: [UInt8] = [0, 0]
      print(read(ends[1], &bytes, 2), bytes)
      """, prints: "0\n-1 2\n2 [97, 98]"),
    // Memory, semaphores and queues that others may have.
    Scenario(
      """
      print(["shmget", "semget", "msgget"].map { call($0, 0, 4096, 0o1600) })
      print(["shmat", "shmctl", "semop", "semctl", "msgrcv", "msgctl"].map { call($0, 0, 0, 0) })
      print(["mq_open", "mq_unlink"].map { name in "/q".withCString { call(name, Int(bitPattern: $0), 64) } })
      """, prints: "[-1, -1, -1]\n[-1, -1, -1, -1, -1, -1]\n[-1, -1]"),
    // Signals at what others do, leases, larger pipes, attributes, and the names of what changes.
    Scenario(
      """
      var ends: [Int32] = [0, 0]
      pipe(&ends)
      let own = Int(open("own", O_CREAT | O_RDWR, 0o600))
      print([8, 10, 1024, 1026, 1031].map { call("fcntl", Int(ends[0]), $0, 1) })
      print(call("fcntl", Int(ends[0]), 4, 0x2000), call("fcntl", Int(ends[0]), 4, 0x800))
      var flags = 0
      print(call("ioctl", own, 0x4008_6602, address(&flags)), call("ioctl", own, 0x5452, address(&flags)))
      print(call("inotify_init1", 0), call("fanotify_init", 0, 0), flock(Int32(own), LOCK_EX))
      """, prints: "[-1, -1, -1, -1, -1]\n-1 0\n-1 -1\n-1 -1 0"),
    // More space than the size of a file, and the rights of others' files.
    Scenario(
      """
      let own = Int(open("own", O_CREAT | O_RDWR, 0o600))
      print([1, own].map { call("fallocate", $0, 1, 0, 1 << 22) }, posix_fallocate(Int32(own), 0, 9))
      let package = "../../../../../Package.swift"
      symlink(package, "link")
      print(chmod(package, 0o644), chmod("link", 0o644), fchmod(open("link", O_RDONLY), 0o644))
      print(chmod(".", 0o755), chmod("/dev/null", 0o666), fchmod(1, 0o644), fchmod(-1, 0o644))
      print(utimes(package, nil), utimes("link", nil), futimens(open("link", O_RDONLY), nil))
      print(fchown(1, 1, 1), fchown(1, .max, .max), utimes(".", nil), futimens(1, nil))
      """, prints: "[-1, -1] 0\n-1 -1 -1\n-1 -1 -1 -1\n-1 -1 -1\n-1 0 -1 -1"),
    // What the launcher looks at: descriptors and memory.
    Scenario(
      """
      print(call("close_range", 100, 200, 2), call("unshare", 0x400), call("prctl", 4, 0))
      print([0x10900, 0x10d00, 0x10b00, 0x10010f00].map { call("clone", $0, 0) }, call("clone3", 0, 0))
      """, prints: "-1 -1 -1\n[-1, -1, -1, -1] -1"),
    Scenario(
      """
      print(fopen("../../../lock", "r") == nil, fopen("../../../library.json", "r") == nil)
      print(fopen("../output", "r") == nil, opendir("../../..") != nil)
      print(open("../../../../../Package.swift", O_RDONLY | O_TRUNC))
      """, prints: "true true\ntrue true\n-1"),
    // The machine's network and mounts, by its own folder; what it may know of itself.
    Scenario(
      """
      let own = ["net/tcp", "net/unix", "mountinfo", "mounts", "task/\\(getpid())/net/route"]
      print(own.map { fopen("/proc/self/\\($0)", "r") == nil })
      print(["maps", "stat", "status", "cmdline"].map { fopen("/proc/self/\\($0)", "r") != nil })
      print(opendir("/proc/self/task") != nil, opendir("/proc/self/fd") != nil)
      """, prints: "[true, true, true, true, true]\n[true, true, true, true]\ntrue true"),
    Scenario(
      """
      print([
        "splice", "io_uring_setup", "ptrace", "process_vm_readv", "pidfd_open", "pidfd_getfd", "userfaultfd",
        "add_key", "keyctl", "bpf", "perf_event_open", "memfd_create", "memfd_secret", "setns", "mount",
        "pivot_root", "chroot", "open_by_handle_at", "kcmp", "personality", "setuid", "setpgid", "sync",
        "seccomp", "landlock_create_ruleset", "chmod", "utimensat", "setxattr", "mlock", "quotactl",
      ].filter { call($0, 1, 0, 0) != -1 })
      """, prints: "[]"),
  ]

  @Test(arguments: refusals)
  func `what reaches others or beyond the limits is refused`(_ scenario: Scenario) async throws {
    let transcript = try await scenario.run()
    #expect(transcript.end == .exited(code: 0), "\(transcript.errorText)")
    #expect(transcript.outputText == "begun\n\(scenario.output)\n")
  }

  /// The program that works in the folder.
  private func program(in folder: String) -> pid_t? {
    (names(in: "/proc") ?? []).compactMap(pid_t.init).first { pid in
      realPath("/proc/\(pid)/cwd") == folder
        && realPath("/proc/\(pid)/exe")?.hasSuffix("/program") == true
    }
  }

  @Test(arguments: [SIGKILL, SIGTERM])
  func `a signal from outside is no end of the program's own`(signal: Int32) async throws {
    // From here on the program is compiled.
    _ = try await Self.bytes.run()
    let scratch = try await Workshop.scratch()
    async let transcript = Self.excesses[1].run(in: scratch, seconds: 60)
    var found: pid_t?
    for _ in 0..<1200 where found == nil {
      try await Task.sleep(for: .milliseconds(50))
      found = program(in: scratch.path + "/work")
    }
    kill(try #require(found), signal)
    #expect(try await transcript.end == .killed(signal: signal))
  }

  @Test(arguments: allowances)
  func `what an honest program needs it has and no more`(_ scenario: Scenario) async throws {
    let transcript = try await scenario.run()
    #expect(transcript.end == .exited(code: 0), "\(transcript.errorText)")
    #expect(transcript.outputText == "begun\n\(scenario.output)\n")
  }

  static let bytes = Scenario(
    "FileHandle.standardOutput.write(Data([0xff, 0, 0x1b, 0x5b, 0x6d, 0x0a]))", .exited(code: 0))

  @Test func `bytes of any kind come through`() async throws {
    let transcript = try await Self.bytes.run()
    #expect(transcript.output == Array("begun\n".utf8) + [0xff, 0, 0x1b, 0x5b, 0x6d, 0x0a])
  }

  static let reader = Scenario(
    """
    let package = "../../../../..", files = FileManager.default
    print(try String(contentsOfFile: package + "/Package.swift", encoding: .utf8).count > 9)
    print(fopen(package + "/none.csv", "r") == nil, fopen("scenario", "r") == nil)
    print(fopen(package + "/no/folder", "r") == nil, open(package + "/vain", O_RDWR))
    print(unlink(package + "/gone"), rename(package + "/old", "new"), mkdir(package + "/Sources", 0))
    print(chdir(package + "/place"), (try? files.attributesOfFileSystem(forPath: package + "/disk")) == nil)
    var status = stat()
    print(open("/proc/self/root" + String(cString: realpath(package, nil)!) + "/detour", 0))
    print(fstatat(open(package + "/Sources", 0x20_0000), "named", &status, 0x1000))
    let whole = String(cString: realpath(package, nil)!), work = String(cString: getcwd(nil, 0)!)
    print(chdir("/proc/self"), open("root" + whole + "/relative", 0), chdir(work))
    print(symlink(whole, "link"), open("link/none/below", 0))
    print(open(package + "/cafe\\u{301}", 0), open(package + "/caf\\u{e9}", 0))
    try Data().write(to: URL(filePath: "own"))
    try Data().write(to: URL(filePath: "\\u{301}own"))
    """, .exited(code: 0))

  @Test func `the files that a program reads of its package are known`() async throws {
    let package = try #require(try await Workshop.library().packageFolder)
    let transcript = try await Self.reader.run()
    #expect(transcript.end == .exited(code: 0), "\(transcript.errorText)")
    let names = [
      "Package.swift", "none.csv", "no/folder", "vain", "gone", "old", "place", "Sources", "disk",
      "detour", "Sources/named", "relative", "none/below",
    ]
    let stamps = names.map { ("\(package)/\($0)", InputStamp("\(package)/\($0)")) }
    var inputs = transcript.inputs
    // Two that Swift takes for one are like nothing that will be.
    let twins = inputs.removeValue(forKey: package + "/caf\u{e9}")
    #expect(twins != nil && twins != InputStamp(package + "/cafe\u{301}"))
    #expect(inputs == Dictionary(uniqueKeysWithValues: stamps))
    #expect(try await Self.reader.run(isConfined: false).inputs.isEmpty)
  }

  /// Records as those that tell when a cell began and where the program stopped; and an end of its own
  /// making, told as the launcher tells it.
  static let forgeries = [
    "[1, 1, 0, 1, 0, 1 << 40, 1, -1, -1, 1, 7, 7, 9]", "[1, 2, 0, 1, 1]", "[2, 1, 0, 0]",
    "[2, 1, 1]", "[2, 1, -1, 5]", "[3, -1, 2, 4, 0, -1, 5]", "[3, 1 << 40, 2, 4, 0, 1 << 62]",
    "[0]",
    "(0..<1000).map { $0 * $0 % 7 - 3 }",
  ].map { words in
    Scenario(
      """
      let words: [Int] = \(words)
      words.withUnsafeBytes { _ = write(3, $0.baseAddress, $0.count) }
      print("0.1 1000 exited 0 \\n✓ chapters/c.md\\n::error::x")
      raise(SIGTERM)
      """, .trapped(message: "Terminated", at: nil))
  }

  @Test func `frames without number of an error that is claimed do not stop the run`() async throws
  {
    let forge = """
      import Foundation
      let words: [Int] = [3, 1 << 60] + Array(repeating: 1 << 50, count: 400_000)
      words.withUnsafeBytes { _ = write(3, $0.baseAddress, $0.count) }
      fputs("Fatal error: Error raised at top level: x\\n", stderr)
      signal(SIGILL, SIG_DFL)
      raise(SIGILL)
      """
    let end = try await Workshop.run([forge]).end
    #expect(end == .trapped(message: "Fatal error: Error raised at top level: x", at: nil))
  }

  @Test(arguments: forgeries)
  func `a program cannot forge another end, or what others print`(_ scenario: Scenario) async throws
  {
    let transcript = try await scenario.run()
    #expect(transcript.end == scenario.end)
    #expect(
      transcript.outputText == "begun\n0.1 1000 exited 0 \n✓ chapters/c.md\n::error::x\n")
    #expect(transcript.cellStarts.allSatisfy { $0 == nil || 0...transcript.output.count ~= $0! })
    // What it claims of its cells is believed where it can be true; nothing beyond.
    _ = try check(Workshop.program(["", "", ""]), transcript)
  }

  @Test func `what a program claims of its cells is believed only where it can be true`()
    async throws
  {
    let forge = """
      import Glibc
      let words: [Int] = [1, 1, 1 << 40, 1, 2, -5, 1, 9, 0]
      words.withUnsafeBytes { _ = write(3, $0.baseAddress, $0.count) }
      """
    let cells = [forge, "print(1)", "print(2)"]
    let transcript = try await Workshop.run(cells)
    #expect(transcript.cellStarts == [0, 4, 0])
    // They go back: the last cell counts as one that was never reached.
    #expect(
      try check(Workshop.program(cells), transcript).failures.map(\.problem) == [
        .check(.endedEarly)
      ])
  }

  static let daemon = Scenario(
    """
    var ends: [Int32] = [0, 0]
    pipe(&ends)
    if fork() == 0 {
      setsid()
      if fork() == 0 { while true { sleep(9) } }
      print(fork() == 0 ? "" : "\\(getpid())")
      if write(ends[1], "x", 1) > 0 { while true { sleep(9) } }
    }
    // Both have printed.
    var bytes: [UInt8] = [0]
    for _ in 0..<2 { read(ends[0], &bytes, 1) }
    """, .exited(code: 0)
  )

  @Test func `a program that is not confined leaves no process behind either`() async throws {
    let transcript = try await Self.daemon.run(isConfined: false)
    #expect(transcript.end == .exited(code: 0))
    let pids = transcript.outputText.split(separator: "\n").compactMap { pid_t($0) }
    #expect(pids.count == 1)
    for pid in pids { #expect(kill(pid, 0) == -1 && errno == ESRCH) }
  }

  @Test(.timeLimit(.minutes(5)), arguments: [true, false])
  func `a cancelled run ends its program`(isConfined: Bool) async throws {
    // From here on the program is compiled.
    _ = try await Self.bytes.run()
    let scratch = try await Workshop.scratch()
    let task = Task {
      try await Self.excesses[0].run(in: scratch, seconds: 100_000, isConfined: isConfined)
    }
    var found: pid_t?
    for _ in 0..<1200 where found == nil {
      try await Task.sleep(for: .milliseconds(50))
      found = program(in: scratch.path + "/work")
    }
    #expect(found != nil)
    task.cancel()
    await #expect(throws: Fault.cancelled) { try await task.value }
    #expect(program(in: scratch.path + "/work") == nil)
  }

  @Test(.timeLimit(.minutes(5)))
  func `a launcher that cannot hear of its program's end says so`() async throws {
    let runner = Runner(
      Launchers(try Surroundings.launcherWithoutHandles.get()), isConfined: true)
    let scratch = try await Workshop.scratch()
    let library = try await Workshop.library()
    await #expect(
      throws: Fault.system(doing: "watch the program", reason: "Operation not permitted")
    ) {
      try await runner.run(
        "/bin/true", of: Workshop.program([]), with: library, in: scratch.path,
        limits: Limits(seconds: 1))
    }
  }

  @Test func `a launcher that is none is a fault`() async throws {
    let scratch = try await Workshop.scratch()
    let program = Workshop.program([])
    let library = try await Workshop.library()
    for launcher in ["/bin/true", "/bin/false", "/nowhere"] {
      await #expect(throws: Fault.self) {
        try await Runner(Launchers(launcher), isConfined: true).run(
          "/bin/true", of: program, with: library, in: scratch.path, limits: Limits(seconds: 1))
      }
    }
    for isConfined in [true, false] {
      await #expect(
        throws: Fault.system(doing: "start the program", reason: "No such file or directory")
      ) {
        try await Runner(Launchers(Workshop.launcher), isConfined: isConfined).run(
          "/nowhere", of: program, with: library, in: scratch.path, limits: Limits(seconds: 1))
      }
    }
  }
}
