import Foundation
import Testing

@testable import WorkbookChapters
@testable import WorkbookCore

/// The table of rooms in `.github/CONTRIBUTING.md` is the graph of the manifest's targets, and in each
/// room the folders use each other one way.
@Suite struct HouseTests {
  @Test func `every room uses what the picture says`() throws {
    var drawn: [String: [String]] = [:]
    for row in try packageText(".github/CONTRIBUTING.md").matches(of: /\n\| `(\w+)` \|([^|]*)\|/) {
      drawn[String(row.1)] = row.2.matches(of: /`(\w+)`/).map { String($0.1) }
    }
    var built: [String: [String]] = [:]
    let target =
      #/
      \.(?:target|executableTarget|plugin)\(\s*name:\ "(\w+)"(?:,\s*capability:[^\]]*?\)\))?
      (?:,\s*dependencies:\ \[([^\]]*)\])?
      /#
    for match in try packageText("Package.swift").matches(of: target)
    where !["WorkbookTestTools", "WorkbookTestSupport"].contains(match.1) {
      built[String(match.1)] = (match.2 ?? "").matches(of: /"(\w+)"/).map { String($0.1) }
    }
    #expect(built.count == 15)
    #expect(drawn == built)
  }

  @Test(arguments: ["chapters", "chapters/zh"])
  func `what the book quotes of README's figures is there`(folder: String) throws {
    // Step by step, and replayed.
    let rows = try packageText("README.md").matches(of: /\| (tensors|nn) \| ([0-9.]+) \|/)
    let chapter = try packageText("\(folder)/08-control-flow.md")
    #expect(rows.map(\.1) == ["tensors", "nn", "tensors", "nn"])
    for row in rows { #expect(chapter.contains(row.2), "\(row.0)") }
  }

  @Test(arguments: [
    ("chapters", "a replay takes less than a third"), ("chapters/zh", "重放所需的时间还不到逐步运行的三分之一"),
  ])
  func `what the book says of small networks README says, too`(
    folder: String, words: String
  ) throws {
    #expect(try packageText("README.md").contains("takes less than a third"))
    #expect(try packageText("\(folder)/08-control-flow.md").contains(words))
  }

  /// Their form alone: whether something is there, only the network could say.
  @Test func `every address that the book and README lead to is whole`() throws {
    let files = ChapterFile.find(
      ["chapters", "README.md"].map { packageRoot.appending(path: $0).path })
    var addresses: [Substring] = []
    for file in files.files {
      let text = try String(contentsOfFile: file.path, encoding: .utf8)
      addresses += text.matches(of: /\]\((\w+:[^)]*)\)/).map(\.1)
    }
    #expect(addresses.count > 20)
    for address in addresses {
      let url = URL(string: String(address), encodingInvalidCharacters: false)
      #expect(url?.scheme == "https" && url?.host()?.contains(".") == true, "\(address)")
      #expect(!address.contains(/[\s<>"]|[.,;:]$/), "\(address)")
    }
  }

  static var rooms: [String] {
    let sources = packageRoot.appending(path: "Sources").path
    return (try? FileManager.default.contentsOfDirectory(atPath: sources).sorted()) ?? []
  }

  @Test(arguments: rooms)
  func `no folder of a room uses another that uses it back`(room: String) throws {
    let folders = try Folder.all(of: room, in: packageRoot.appending(path: "Sources"))
    for (index, folder) in folders.enumerated() {
      for other in folders[..<index] {
        let (there, back) = (folder.uses(of: other), other.uses(of: folder))
        #expect(
          there.isEmpty || back.isEmpty,
          "\(folder.name) uses \(there) of \(other.name), which uses \(back) of it")
      }
    }
  }

  @Test func `a folder uses what it names of another, but for what it calls so itself`() {
    let model = Folder(
      name: "Model",
      texts: ["/// Of a `Cell`.\nstruct Cell {}\nfunc check(_ cell: Cell) {}\nprivate enum Own {}"])
    let uses = Folder(name: "A", texts: ["let a = \"Cell \\(Cell())\"\nlet b = check(a)"])
    #expect(uses.uses(of: model) == ["Cell", "check"])
    let others = [
      "// Cell\n/* check( */ let a = \"Cell\"", "let a = Table.Cell(), b = a.check()",
      "enum Table {\n  struct Cell {}\n}\nlet a: Cell", "let a = Own(), check = 1, b = check",
    ]
    for text in others {
      #expect(Folder(name: "A", texts: [text]).uses(of: model).isEmpty, "\(text)")
    }
    #expect(!model.declared.isEmpty && model.uses(of: uses).isEmpty)
  }
}

/// The sources in a folder of a room: what they declare for others, and what they name.
private struct Folder {
  var name: String
  /// At the top level.
  private(set) var declared: Set<String> = []
  /// Anywhere else: these names mean something of its own.
  private var own: Set<String> = []
  private var named: Set<String> = []

  init(name: String, texts: [String]) {
    self.name = name
    for text in texts { read(text) }
  }

  /// A room's own files are a folder, too, but for the seam, which is where all that differs by system
  /// meets.
  static func all(of room: String, in sources: URL) throws -> [Folder] {
    let files = FileManager.default.enumerator(atPath: sources.appending(path: room).path)
    let paths = (files?.compactMap { $0 as? String } ?? []).filter {
      $0.hasSuffix(".swift") && $0 != "Platform.swift"
    }
    let folders = Dictionary(grouping: paths) { ($0 as NSString).deletingLastPathComponent }
    // One alone uses no other.
    return try folders.filter { _ in folders.count > 1 }.map { name, paths in
      let texts = try paths.map {
        try String(contentsOf: sources.appending(path: "\(room)/\($0)"), encoding: .utf8)
      }
      return Folder(name: name.isEmpty ? room : name, texts: texts)
    }
  }

  /// The names in order of what it uses of another folder.
  func uses(of other: Folder) -> [String] {
    other.declared.intersection(named).subtracting(own).subtracting(declared).sorted()
  }

  private mutating func read(_ text: String) {
    // Of a file that is one system's as a whole, all stands two columns to the right.
    let isIndented = text.hasPrefix("#if os(")
    // A literal is compiled wherever it is met.
    let declaration =
      #/
      (\ *)((?:@\w+(?:\([^)]*\))?\ |[a-z]+(?:\(set\))?\ )*)
      (?:struct|class|enum|actor|protocol|typealias|func|let|var|case)\ `?(\w+)
      /#
    // A type by its name, a function by its call; what follows a dot is something's member.
    let use = /(?:^|[^\w.`])(?<name>[A-Z]\w*|[a-z]\w*(?=\())/
    for line in Self.code(of: text).split(separator: "\n") {
      if let match = line.prefixMatch(of: declaration) {
        let isTop = match.1.isEmpty || isIndented && match.1 == "  "
        if isTop, !match.2.contains("private") {
          declared.insert(String(match.3))
        } else {
          own.insert(String(match.3))
        }
      }
      for match in line.matches(of: use) {
        named.insert(String(match.name))
      }
    }
  }

  /// The text without comments and without the words of its literals.
  private static func code(of text: String) -> String {
    var lexer = SwiftLexer()
    return text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      let line = Text.Line(text: String(line), line: 1, column: 1)
      let bytes = Array(line.text.utf8)
      return lexer.parts(of: line).map { part, range in
        part == .code ? String(decoding: bytes[range], as: UTF8.self) : " "
      }.joined()
    }.joined(separator: "\n")
  }
}
