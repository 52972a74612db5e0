import Foundation
import Testing

@testable import WorkbookChapters
@testable import WorkbookConfinement
@testable import WorkbookCore
@testable import WorkbookSystem

#if os(Linux)
  /// What a chapter lets its program do besides, and what stays forbidden all the same.
  @Suite struct AllowanceTests {
    static let all: [Scenario] =
      processes + intruders + bombs + [daemon] + network + networkIntruders + [
        onlyHost
      ]

    private static func shell(_ command: String) -> String {
      """
      let process = Process()
      process.executableURL = URL(filePath: "/bin/bash")
      process.arguments = ["-c", \(literal(command))]
      try process.run()
      process.waitUntilExit()
      print(process.terminationStatus)
      """
    }

    // MARK: - Processes

    static let processes: [Scenario] = [
      Scenario(shell("echo from below; exit 3"), prints: "from below\n3"),
      // Of the system's files a child reads what its program does.
      Scenario(shell("ls /root /home /var 2>/dev/null; cat /etc/shadow 2>/dev/null"), prints: "1"),
      Scenario(shell("echo a | tr a b > made; cat made"), prints: "b\n0"),
      Scenario(
        """
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sleep")
        process.arguments = ["1000"]
        try process.run()
        process.terminate()
        process.waitUntilExit()
        print(process.terminationReason == .uncaughtSignal, process.terminationStatus)
        """, prints: "true 15"),
      // The launcher, all that there are, a group by its number, and init; the signal that only asks.
      Scenario(
        "print([getppid(), -1, -getpgrp(), 1].map { kill($0, 0) == 0 ? 0 : errno })",
        prints: "[1, 1, 1, 1]"),
      Scenario(shell("kill -9 $$"), prints: "9"),
      // What it wrote itself it may not start.
      Scenario(
        """
        try "#!/bin/sh\\necho no".write(toFile: "script", atomically: false, encoding: .utf8)
        chmod("script", 0o755)
        \(shell("./script 2>/dev/null"))
        """, prints: "126"),
      Scenario(shell("mount 2>/dev/null; unshare -U true 2>/dev/null"), prints: "1"),
    ]

    @Test(arguments: processes)
    func `a program that may start processes gets what comes of them`(
      _ scenario: Scenario
    ) async throws {
      let transcript = try await scenario.run(allowing: [.process])
      #expect(transcript.end == .exited(code: 0), "\(transcript.errorText)")
      #expect(transcript.outputText == "begun\n\(scenario.output)\n")
    }

    static let intruders: [Scenario] = [
      Scenario(shell("echo x > /tmp/escape"), "wrote outside its folder: /tmp/escape"),
      Scenario(
        shell("exec 3<>/dev/tcp/127.0.0.1/9"), "opened a network connection: 127.0.0.1:9"),
    ]

    @Test(arguments: intruders)
    func `what its processes reach out for stops it`(_ scenario: Scenario) async throws {
      guard case .exceeded(let excess) = try await scenario.run(allowing: [.process]).end else {
        Issue.record("nothing stopped it")
        return
      }
      #expect(excess.message == scenario.excess)
    }

    static let bombs: [Scenario] = [
      Scenario(
        """
        for count in 1... {
          if fork() == 0 { while true { pause() } }
          print(count)
          fflush(nil)
        }
        """, .exceeded(.threads(count: 100))),
      Scenario(
        """
        for _ in 0..<4 where fork() == 0 {
          let part = malloc(100 << 20)!
          memset(part, 1, 100 << 20)
          while true { pause() }
        }
        while true { pause() }
        """, .exceeded(.memory(bytes: 256 << 20))),
    ]

    @Test(arguments: bombs)
    func `its processes are limited together`(_ scenario: Scenario) async throws {
      let transcript = try await scenario.run(allowing: [.process])
      #expect(transcript.end == scenario.end)
      // Not one more, however fast they come.
      #expect(
        transcript.outputText.split(separator: "\n").compactMap { Int($0) }.allSatisfy { $0 < 100 })
    }

    static let daemon = Scenario(
      """
      let process = Process()
      process.executableURL = URL(filePath: "/bin/bash")
      process.arguments = [
        "-c", "(trap '' HUP TERM; sleep 1000) & echo $! >> pids; (sleep 1000 & echo $! >> pids)",
      ]
      try process.run()
      var pids = ""
      while pids.split(separator: "\\n").count < 2 {
        usleep(10_000)
        pids = (try? String(contentsOfFile: "pids", encoding: .utf8)) ?? ""
      }
      print(pids)
      """, .exited(code: 0))

    @Test func `none of its processes is left behind`() async throws {
      let transcript = try await Self.daemon.run(allowing: [.process])
      #expect(transcript.end == .exited(code: 0))
      let pids = transcript.outputText.split(separator: "\n").compactMap { pid_t($0) }.filter {
        $0 > 0
      }
      #expect(pids.count == 2)
      for pid in pids { #expect(kill(pid, 0) == -1 && errno == ESRCH) }
    }

    @Test(arguments: Surroundings.possible)
    func `they are as confined everywhere`(surroundings: Surroundings) async throws {
      for scenario in Self.intruders {
        let end = try await scenario.run(allowing: [.process], under: surroundings).end
        guard case .exceeded = end else {
          Issue.record("\(end)")
          continue
        }
      }
    }

    // MARK: - A network of its own

    private static let sockets = """
      func address(_ host: String, _ port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr(host)
        return address
      }
      func with<R>(_ address: sockaddr_in, _ body: (UnsafePointer<sockaddr>, socklen_t) -> R) -> R {
        withUnsafePointer(to: address) {
          $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, 16) }
        }
      }
      func tcp() -> Int32 { socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0) }
      func reach(_ host: String, _ port: Int) -> Int32 {
        with(address(host, port)) { connect(tcp(), $0, $1) == 0 ? 0 : errno }
      }

      """

    static let network: [Scenario] = [
      Scenario(
        sockets + """
          let server = tcp()
          var yes: Int32 = 1
          setsockopt(server, SOL_SOCKET, SO_REUSEADDR, &yes, 4)
          setsockopt(server, Int32(IPPROTO_TCP), 1, &yes, 4)
          // Its number is that of an option of all sockets.
          print(setsockopt(server, Int32(IPPROTO_IP), IP_TTL, &yes, 4))
          print(with(address("127.0.0.1", 8080)) { bind(server, $0, $1) }, listen(server, 5))
          let client = tcp()
          print(with(address("127.0.0.1", 8080)) { connect(client, $0, $1) })
          let accepted = accept(server, nil, nil)
          write(client, "hello", 5)
          var text = [UInt8](repeating: 0, count: 5)
          print(read(accepted, &text, 5), String(decoding: text, as: UTF8.self))
          """, prints: "-1\n0 0\n0\n5 hello"),
      // Nothing else is there.
      Scenario(
        sockets + "print([\"10.1.2.3\", \"8.8.8.8\"].map { reach($0, 53) == ENETUNREACH })",
        prints: "[true, true]"),
    ]

    static let networkIntruders: [Scenario] = [
      // Sockets that are files of the system's, the kernel's own, raw ones, and those of virtual machines.
      Scenario(
        """
        print([(AF_UNIX, 1), (AF_NETLINK, 3), (AF_INET, 3), (AF_PACKET, 3), (40, 1)].map {
          socket($0, $1, 0) < 0
        })
        var pair: [Int32] = [0, 0]
        print(socketpair(AF_UNIX, 2, 0, &pair), socketpair(AF_UNIX, 5, 0, &pair))
        print(socketpair(AF_UNIX, 1, 0, &pair))
        var one: Int32 = 1
        print(setsockopt(pair[0], SOL_SOCKET, 26, &one, 4), call("setns", 0, 0), call("unshare", 0x4000_0000))
        """, prints: "[true, true, true, true, true]\n-1 -1\n0\n-1 -1 -1")
    ]

    @Test(arguments: network + networkIntruders, [Surroundings.plain, .nobody, .landlock(4)])
    func `a program may have a network in which it is alone`(
      _ scenario: Scenario, surroundings: Surroundings
    ) async throws {
      guard surroundings == .plain || Surroundings.possible.contains(surroundings) else { return }
      let transcript = try await scenario.run(allowing: [.loopback], under: surroundings)
      #expect(transcript.end == .exited(code: 0), "\(transcript.errorText)")
      #expect(transcript.outputText == "begun\n\(scenario.output)\n")
    }

    static let onlyHost = Scenario(
      sockets + """
        let port = Int(try String(contentsOfFile: "port", encoding: .utf8))!
        print(reach("127.0.0.1", port) == ECONNREFUSED)
        """, .exited(code: 0))

    @Test func `what listens on the machine is not there`() async throws {
      let server = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      defer { close(server) }
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_addr.s_addr = inet_addr("127.0.0.1")
      var length = socklen_t(16)
      withUnsafeMutablePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          #expect(bind(server, $0, 16) == 0 && listen(server, 1) == 0)
          #expect(getsockname(server, $0, &length) == 0)
        }
      }
      let scratch = try await Workshop.scratch()
      let port = Int(in_port_t(bigEndian: address.sin_port))
      try Workshop.write(["work/port": "\(port)"], to: scratch.path)
      let transcript = try await Self.onlyHost.run(in: scratch, allowing: [.loopback])
      #expect(transcript.outputText == "begun\ntrue\n", "\(transcript.end)")
    }

    @Test func `where no network can be made, nothing runs and the host's is not let in`()
      async throws
    {
      let transcript = try await Self.network[0].run(allowing: [.loopback], under: .container)
      #expect(transcript.end == .exceeded(.noLoopback))
      #expect(transcript.outputText == "")
    }

    @Test func `one allowance does not bring the other`() async throws {
      #expect(
        try await Self.processes[0].run(allowing: [.loopback]).end == .exceeded(.startedProcess))
      guard
        case .exceeded(.network) = try await Self.network[1].run(allowing: [.process]).end
      else {
        Issue.record("it reached the network")
        return
      }
    }
  }
#endif
