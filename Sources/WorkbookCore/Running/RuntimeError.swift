import Foundation
import WorkbookSystem
import WorkbookChapters

/// What the runtime said when it stopped a program, and where in the chapter that was.
struct RuntimeError {
  var message: String
  var location: Location?

  /// - Parameters:
  ///   - errors: what the program printed on standard error.
  ///   - frames: the instructions of the stack at the end, as addresses of the executable, innermost
  ///     first.
  ///   - thrown: the same of the last error that was thrown.
  init(
    signal: Int32, errors: [UInt8], frames: [Int], thrown: [Int], executable: String,
    source: ProgramSource, tools: ToolRunner
  ) async throws(Fault) {
    let report = Report(errors)
    let isThrown = report?.message.hasPrefix("Fatal error: Error raised at top level") ?? false
    let stack = try await Stack(isThrown ? thrown : frames, executable, tools)
    message =
      report?.message ?? stack.failure.map { "Fatal error: \($0)" }
      ?? String(cString: strsignal(signal))
    location = stack.location(in: source)
    // Calls that end a program may share one place in the code: then the stack has lost the line, and
    // the runtime's own words have kept it.
    if location == nil, let place = report?.place, source.isNamed(place.file) {
      location = source.location(line: place.line, column: 1)
    }
  }

  // `main/chapter.md:41: Fatal error: text`
  struct Report {
    var message: String
    var place: (file: String, line: Int)?
    /// What the program itself had printed there.
    var before: String

    /// Of several, the last: the one that the program ended with.
    init?(_ errors: [UInt8]) {
      let text = String(decoding: errors, as: UTF8.self)
      for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        .reversed()
      {
        // The words may stand in a message, too.
        guard Self.kinds.contains(where: { line.contains($0) }),
          let match = line.prefixMatch(
            of:
              #/(?:(.*?):([0-9]+): )?(?:Fatal error|Precondition failed|Assertion failed|Fatal access conflict)/#
          )
        else { continue }
        let start = match.2.map { text.index($0.endIndex, offsetBy: 2) } ?? line.startIndex
        var words = text[start...]
        if let end = words.range(of: "\nCurrent stack trace:\n")?.lowerBound {
          words = words[..<end]
        }
        message = words.trimmingCharacters(in: .whitespacesAndNewlines)
        if let file = match.1, let number = match.2.flatMap({ Int($0) }) {
          place = (String(file), number)
        }
        before = String(text[..<line.startIndex])
        return
      }
      return nil
    }

    private static let kinds = [
      "Fatal error", "Precondition failed", "Assertion failed", "Fatal access conflict",
    ]
  }

  /// The functions that were running, those that the compiler has merged into others too.
  private struct Stack: Decodable {
    struct Entry: Decodable {
      struct Frame: Decodable {
        var FunctionName: String
        var FileName: String
        var Line: Int
        var Column: Int
      }
      var Symbol: [Frame]?
    }

    var frames: [Entry.Frame]

    init(_ addresses: [Int], _ executable: String, _ tools: ToolRunner) async throws(Fault) {
      frames = []
      let symbolizer = tools.toolchain.symbolizer
      guard !addresses.isEmpty, access(symbolizer, X_OK) == 0 else { return }
      // What the program's file says of itself, its author may have written.
      let result = try await tools.run(
        symbolizer,
        ["--obj=\(executable)", "--output-style=JSON", "--relativenames", "--no-demangle"]
          + addresses.map { "0x" + String($0, radix: 16) }, in: "symbolize", readable: [executable],
        seconds: 60)
      let entries = try? JSONDecoder().decode([Entry].self, from: Data(result.output))
      frames = (entries ?? []).flatMap { $0.Symbol ?? [] }
    }

    /// Why code without a call into the runtime stopped, such as `Index out of range`.
    var failure: String? {
      let prefix = "Swift runtime failure: "
      let name = frames.first { $0.FunctionName.hasPrefix(prefix) }?.FunctionName
      return name.map { String($0.dropFirst(prefix.count)) }
    }

    func location(in source: ProgramSource) -> Location? {
      // A function merged into its caller is called from a line of `main.swift`.
      frames.lazy.filter { frame in
        frame.Line > 0
          && (source.isNamed(frame.FileName) || frame.FileName.hasSuffix("/main.swift"))
      }.compactMap { frame in
        // A cell in a doc comment shares its file with the library's own code.
        source.cellLine(frame.Line) == nil
          ? nil : source.location(line: frame.Line, column: frame.Column)
      }.first
    }
  }
}
