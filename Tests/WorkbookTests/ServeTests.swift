import Foundation
import Testing

@testable import WorkbookSystem

/// `workbook serve`, as its pages speak to it, and as others try to.
@Suite struct ServeTests {
  /// Cells at the lines 3 and 7, and a block at 15.
  static let chapter = """
    # T

    ```swift
    let rate = 0.5
    ```

    ```swift
    var loss = 1.0
    for t in 1...2 {
      loss *= rate
      print(t, loss)
    }
    ```

    ```output rtol=1e-6
    1 0.5
    2 0.25
    ```

    Half is 0.25<!-- workbook: value="2" --> in the end.

    """

  private static func server(_ text: String = chapter) throws -> Server {
    try Server(["c.md": text])
  }

  @Test func `a program runs with a reader's edits, and the file stays as it is`() throws {
    let server = try Self.server()
    let old = try server.chapter("c.md")
    let (events, result) = try server.run("c")
    #expect(result["status"] as? String == "passed")
    let printed = events.filter { $0["event"] as? String == "printed" }
    #expect(printed.map { $0["text"] as? String ?? "" }.joined() == "1 0.5\n2 0.25\n")
    #expect(printed.allSatisfy { $0["block"] as? Int == 15 })

    let edited = try server.run("c", "main", ["3": "let rate = 0.25\n\n// longer"])
    #expect(edited.result["status"] as? String == "failed")
    // In the places of the page, not of the longer file.
    let html = try #require(Self.shown(15, edited.events)["html"] as? String)
    #expect(html.contains("<code>1 <mark>0.5</mark>\n2 0.25\n</code>"))
    #expect(html.contains("<code>1 <mark>0.25</mark>\n2 0.0625\n</code>"))
    // A number in the text is folded, below the last cell.
    #expect(Self.shown(3, edited.events)["problems"] as? String == "")
    let problems = try #require(Self.shown(7, edited.events)["problems"] as? String)
    #expect(problems.hasPrefix("<li><details><summary>") && problems.contains("the text says 0.25"))
    #expect(try server.chapter("c.md") == old)
    #expect(try server.run("c").result["text"] as? String == "passed, cached")
  }

  @Test func `what shows the page outlives the server`() async throws {
    let folder = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
      .appending(path: "workbook-opener-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    // As a desktop's does, it leaves a browser behind and ends. What this process had written itself, it
    // might not run: others that it starts meanwhile hold it open.
    let script = "#!/bin/sh\nsleep 600 & echo $! $1 > \"\(folder.path)/opened\"\n"
    let opener = folder.appending(path: browserOpener).path
    let written = try await Subprocess(
      "/bin/sh", ["-c", "printf %s \"$1\" > \"$0\" && chmod 755 \"$0\"", opener, script],
      environment: ProcessInfo.processInfo.environment
    ).run()
    try #require(written.succeeded)
    let path = "\(folder.path):\(ProcessInfo.processInfo.environment["PATH"] ?? "")"
    let server = try Server(
      ["c.md": Self.chapter], options: ["--open"], environment: ["PATH": path])
    var words: [Substring] = []
    for _ in 0..<2000 where words.count < 2 {
      usleep(10_000)
      let text = try? String(contentsOf: folder.appending(path: "opened"), encoding: .utf8)
      words = (text ?? "").split(whereSeparator: \.isWhitespace)
    }
    try #require(words.count == 2)
    #expect(words[1].hasPrefix("http://127.0.0.1:\(server.port)/"))
    server.end()
    #expect(kill(pid_t(words[0])!, SIGKILL) == 0)
  }

  /// What the block holds in the end.
  private static func shown(_ block: Int, _ events: [[String: Any]]) -> [String: Any] {
    events.last { $0["event"] as? String == "shown" && $0["block"] as? Int == block } ?? [:]
  }

  @Test func `what a program printed with another library is not called verified`() throws {
    let manifest = """
      // swift-tools-version: 6.0
      import PackageDescription
      let package = Package(
        name: "P", products: [.library(name: "L", targets: ["L"])], targets: [.target(name: "L")])

      """
    let text = "# T\n\n```swift\nimport L\nprint(number)\n```\n\n```output\n1\n```\n"
    let server = try Server([
      "c.md": text, "../Package.swift": manifest, "../Sources/L/L.swift": "public let number = 1\n",
    ])
    #expect(try server.run("c").result["status"] as? String == "passed")
    #expect(try server.get("/c.html").body.contains("✓ Verified"))
    try server.save("public let number = 2\n", as: "../Sources/L/L.swift")
    #expect(try !server.get("/c.html").body.contains("✓ Verified"))
  }

  @Test func `an error of the compiler stands at its place in the cell`() throws {
    let server = try Self.server()
    let events = try server.run("c", "main", ["7": "print(\"梯😀\")\nlet a: Int = \"<x>\""]).events
    let cell = Self.shown(7, events)
    let problems = try #require(cell["problems"] as? String)
    // Counted as the browser counts.
    #expect(problems.contains("value=\"26\">2:14</button> cannot convert value of type"))
    let marks = try #require(cell["marks"] as? String)
    #expect(marks.hasPrefix("<span class=\"line\">print(&quot;梯😀&quot;) </span>"))
    #expect(marks.contains("<span class=\"line bad\" data-message=\"cannot convert"))
    #expect(marks.contains("&lt;x&gt;"))
  }

  @Test
  func
    `what explains an error is told by the rows of its cell, and of several in a row the first is marked`()
    throws
  {
    let server = try Self.server()
    let long = "let rate = 0.5\n" + String(repeating: "// more\n", count: 20)
    let open = try server.run("c", "main", ["3": long, "7": "print(1)\nif true {"]).events
    let problems = try #require(Self.shown(7, open)["problems"] as? String)
    #expect(problems.contains("note: line 2: to match this opening"), "\(problems)")
    let row = try server.run("c", "main", ["7": "let a: Int = \"x\"; let b: Int = true"]).events
    let marks = try #require(Self.shown(7, row)["marks"] as? String)
    #expect(
      marks.contains("value of type &#39;String&#39;") || marks.contains("value of type 'String'"),
      "\(marks)")
  }

  @Test func `a statement that no cell goes on with is the compiler's to refuse`() throws {
    let server = try Self.server()
    let events = try server.run("c", "main", ["7": "print(1)\nlet a = 1 +"]).events
    let problems = try #require(Self.shown(7, events)["problems"] as? String)
    #expect(problems.contains("2:"), "\(problems)")
    #expect(!"\(events)".contains("goes on in the next cell"))
  }

  @Test func `pages of equal names in two books keep their edits apart`() throws {
    func mark(_ server: Server) throws -> Substring? {
      try server.get("/c.html").body.firstMatch(of: /data-file="([0-9a-f]{16})"/)?.1
    }
    let (one, other) = (try Self.server(), try Self.server())
    let first = try #require(try mark(one))
    #expect(try mark(one) == first)
    #expect(try mark(other) != first)
  }

  @Test(
    arguments: [
      (["page": "other"], 404), (["version": "0"], 412), (["program": "none"], 422),
      (["cells": ["3": "a\n```\nb"]], 422), (["cells": ["4": "a"]], 422),
      (["cells": ["x": "a"]], 400),
      (["page": "../c"], 404), (["page": 1], 400),
    ] as [([String: any Sendable], Int)])
  func `a call that cannot be meant so is refused with a word`(
    others: [String: any Sendable], status: Int
  ) throws {
    let server = try Self.server()
    var call = try server.edits("c")
    for (name, value) in others { call[name] = value }
    let answer = try server.post("/api/run", call)
    #expect(answer.status == status && !answer.body.isEmpty, "\(answer)")
  }

  @Test func `what is shown is written, byte for byte, and only once`() throws {
    let server = try Self.server()
    let old = try server.chapter("c.md")
    let shown = try server.post(
      "/api/difference", server.edits("c", "main", ["3": "let rate = 0.25"]))
    let answer = try #require(
      try JSONSerialization.jsonObject(with: Data(shown.body.utf8)) as? [String: Any])
    let html = try #require(answer["html"] as? String)
    #expect(html.contains("<span class=\"new\">    5 + let rate = 0.25\n</span>"))
    #expect(html.contains("- 1 0.5\n</span>"))
    #expect(try server.chapter("c.md") == old)
    let proposal = try #require(answer["proposal"] as? String)
    #expect(try server.post("/api/write", ["proposal": proposal]).status == 200)
    let new = old.replacing("rate = 0.5", with: "rate = 0.25").replacing("1 0.5", with: "1 0.25")
      .replacing("2 0.25", with: "2 0.0625").replacing("Half is 0.25", with: "Half is 0.063")
    #expect(try server.chapter("c.md") == new)
    #expect(try server.post("/api/write", ["proposal": proposal]).status == 409)
    #expect(try server.run("c").result["status"] as? String == "passed")
  }

  @Test func `pictures of what is printed are drawn with what is written`() throws {
    let loop = """
      ```swift
      for t in 1...3 { print(t, 1.0 / Double(t)) }
      ```

      ```output
      1 1.0
      2 0.5
      3 0.3333333333333333
      ```

      ![The loss](images/a.svg)<!-- workbook: curve=main -->

      """
    let server = try Server(["c.md": loop])
    func write(_ cells: [String: String]) throws -> String {
      let shown = try server.post("/api/difference", server.edits("c", "main", cells))
      let answer = try #require(
        try JSONSerialization.jsonObject(with: Data(shown.body.utf8)) as? [String: Any])
      #expect((answer["html"] as? String)?.contains("images/a.svg</p>") == true)
      let proposal = try #require(answer["proposal"] as? String)
      #expect(try server.post("/api/write", ["proposal": proposal]).status == 200)
      return try server.chapter("images/a.svg")
    }
    let first = try write([:])
    #expect(first.contains("0.333"))
    #expect(try server.chapter("c.md") == loop)
    let second = try write(["1": "for t in 1...3 { print(t, 2.0 / Double(t)) }"])
    #expect(second != first && second.contains("0.666"))
    #expect(try server.chapter("c.md").contains("1 2.0\n"))
  }

  @Test func `where nothing can be kept it says so before it serves`() throws {
    let copy = try CaseCopy(of: "passing")
    let nowhere = "XDG_CACHE_HOME=/dev/null HOME=/dev/null TMPDIR=/dev/null"
    let served = try shell("\(nowhere) timeout 60 workbook serve chapters", in: copy.url)
    #expect(served.code == 70)
    #expect(served.text.contains("/dev/null"))
    #expect(served.text.contains("name a folder that only you may write to in XDG_CACHE_HOME"))
    #expect(!served.text.contains("serving"))
  }

  @Test func `an answer that would be written into the start of its exercise is warned of`() throws
  {
    let exercise =
      "```swift exercise=a\nprint(0)\n```\n```swift solution=a\nprint(1)\n```\n```output\n1\n```\n"
    let server = try Self.server(exercise)
    func dialog(_ answer: String) throws -> String {
      let shown = try server.post(
        "/api/difference", server.edits("c", "exercise=a", ["1": answer]))
      let answer = try JSONSerialization.jsonObject(with: Data(shown.body.utf8)) as? [String: Any]
      return answer?["html"] as? String ?? ""
    }
    let right = try dialog("print(1) // mine")
    #expect(right.contains("passes already") && right.contains("print(1) // mine"))
    let wrong = try dialog("print(2)")
    #expect(!wrong.contains("passes already") && wrong.contains("print(2)"))
  }

  @Test func `what is wrong with a chapter's form is said before a run, and once where it stands`()
    throws
  {
    let server = try Self.server(Self.chapter.replacing("rtol=1e-6", with: "rtoll=1e-6"))
    let problem = "unknown option 'rtoll'; did you mean 'rtol'?"
    #expect(try server.get("/c.html").body.components(separatedBy: problem).count == 2)
    let (events, result) = try server.run("c")
    #expect(result["status"] as? String == "failed")
    let said = events.map { "\($0)" }.joined()
    #expect(said.components(separatedBy: "did you mean").count == 2)
    #expect((Self.shown(15, events)["html"] as? String)?.contains("did you mean") == true)
  }

  @Test func `of what is too long for a page the beginning is shown, and how much there is`() throws
  {
    let long = "```swift\nprint(String(repeating: \"x\", count: 3 << 19))\n```\n```output\nx\n```\n"
    let html = try #require(
      Self.shown(4, Server(["c.md": long]).run("c").events)["html"] as? String)
    #expect(html.contains("x\n… cut here: 1.0 of 1.5 MB are shown\n"))
  }

  @Test func `a fence without a language runs with an edit where plain code is read`() throws {
    let plain = "```\nprint(1)\n```\n\n```output\n1\n```\n"
    let server = try Server(["c.md": plain], options: ["--plain-code"])
    let (events, result) = try server.run("c", "main", ["1": "print(2)"])
    #expect(result["status"] as? String == "failed")
    #expect((Self.shown(5, events)["html"] as? String)?.contains("<mark>2</mark>") == true)
  }

  @Test func `a file that was changed meanwhile is not written`() throws {
    let server = try Self.server()
    let shown = try server.post(
      "/api/difference", server.edits("c", "main", ["3": "let rate = 0.25"]))
    let answer = try JSONSerialization.jsonObject(with: Data(shown.body.utf8)) as? [String: Any]
    let changed = try server.chapter("c.md") + "More.\n"
    try server.save(changed, as: "c.md")
    let written = try server.post("/api/write", ["proposal": answer?["proposal"] as? String ?? ""])
    #expect(written.status == 409 && written.body.contains("was changed"))
    #expect(try server.chapter("c.md") == changed)
  }

  static let endless = "```swift\nprint(1)\nwhile true {}\n```\n```output\n1\n```\n"

  /// A connection to a run that has printed, and not ended.
  private static func runEndlessly(_ server: Server) throws -> LocalConnection {
    let connection = try LocalConnection(to: server.port)
    _ = connection.write(Array(try server.call("/api/run", server.edits("c")).utf8))
    var said = ""
    while !said.contains("\"printed\"") {
      try #require(connection.isReadable(within: 600))
      let more = connection.read(upTo: 4096)
      try #require(!more.isEmpty)
      said += String(decoding: more, as: UTF8.self)
    }
    return connection
  }

  @Test(arguments: ["", "x"])
  func `closing the connection ends the program, and leaves no process and no file`(
    unread: String
  ) throws {
    let server = try Server(["c.md": Self.endless])
    do {
      let connection = try Self.runEndlessly(server)
      // What nobody reads does not hide the end.
      _ = connection.write(Array(unread.utf8))
      #expect(Self.scratch(of: server).count == 1)
    }
    for _ in 0..<6000 where !Self.scratch(of: server).isEmpty { usleep(10_000) }
    #expect(Self.scratch(of: server) == [])
    #expect(try server.get("/api/versions").status == 200)
    #expect(server.end() == 130)
  }

  @Test func `Control-C in the middle of a run leaves nothing either`() throws {
    let server = try Server(["c.md": Self.endless])
    let connection = try Self.runEndlessly(server)
    #expect(server.end() == 130)
    #expect(Self.scratch(of: server) == [])
    withExtendedLifetime(connection) {}
  }

  @Test func `what was printed before a trap is told`() throws {
    let trap = "```swift\nprint(1)\nlet a: [Int] = []\nprint(a[0])\n```\n```output\n1\n2\n```\n"
    let html = try #require(
      Self.shown(6, Server(["c.md": trap]).run("c").events)["html"] as? String)
    #expect(html.contains("<code>1\n</code>") && html.contains("verdict skipped"))
  }

  /// What runs have made and not removed.
  private static func scratch(of server: Server) -> [String] {
    filesNamedScratch(below: server.scratch)
  }

  private static func filesNamedScratch(below folder: URL) -> [String] {
    let all =
      FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    return all.filter { path in
      let parts = path.split(separator: "/")
      return parts.count >= 2 && parts[parts.count - 2] == "scratch"
    }
  }

  @Test func `a page says that a program ran only once it has`() throws {
    let server = try Self.server()
    #expect(try !server.get("/").body.contains("All ran"))
    #expect(try server.get("/c.html").body.contains("<figcaption class=\"verdict\"></figcaption>"))
    _ = try server.run("c")
    #expect(try !server.get("/").body.contains("All ran"))
    #expect(try server.get("/c.html").body.contains("verdict passed"))
  }

  @Test func `nothing outside of the book is served`() throws {
    let server = try Self.server()
    let manager = FileManager.default
    try Data("secret".utf8).write(to: server.folder.appending(path: "secret.txt"))
    try manager.createSymbolicLink(
      at: server.folder.appending(path: "chapters/link.png"),
      withDestinationURL: server.folder.appending(path: "secret.txt"))
    try server.save("# D\n\n![x](link.png)\n", as: "d.md")
    for target in [
      "/../secret.txt", "/%2e%2e/secret.txt", "/chapters/c.md", "/c.md", "/pictures/d--link.png",
      "/pictures/..%2f..%2fsecret.txt", "/api/run", "/site.json", "/c.html/", "/secret.txt",
    ] {
      let answer = try server.get(target)
      #expect(answer.status == 404, "\(target)")
      #expect(!answer.body.contains("secret"), "\(target)")
    }
    #expect(try server.get("/c.html").status == 200)
    #expect(try server.get("/d.html").status == 200)
  }

  @Test func `without the cookie nothing is told, not even what there is`() throws {
    let server = try Self.server()
    for target in [
      "/", "/c.html", "/style.css", "/api/versions", "/none",
    ] {
      let answer = try server.get(target, cookie: nil)
      #expect(answer.status == 403, "\(target)")
      #expect(!answer.body.contains("<"))
    }
    let cookieless = try server.call("/api/run", server.edits("c"))
      .replacing(server.cookie, with: "workbook-\(server.port)=0")
    #expect(try server.ask(cookieless).status == 403)
    let originless = try server.call("/api/run", server.edits("c"))
      .replacing("Origin: \(server.origin)\r\n", with: "")
    #expect(try server.ask(originless).status == 403)
  }

  @Test func `a hundred runs leave no process, file or descriptor`() throws {
    let server = try Self.server()
    func descriptors() -> Int {
      (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(server.pid)/fd").count) ?? 0
    }
    _ = try server.run("c")
    let before = descriptors()
    for number in 0..<100 {
      let cells = number % 10 == 0 ? ["3": "let rate = 0.\(number + 1)"] : [:]
      _ = try server.run("c", "main", cells)
    }
    #expect(Self.scratch(of: server) == [])
    for _ in 0..<500 where descriptors() > before + 1 { usleep(10_000) }
    #expect(descriptors() <= before + 1)
  }
}
