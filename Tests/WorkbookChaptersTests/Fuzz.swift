import WorkbookTestTools

@testable import WorkbookChapters

/// Random input for each stage, and what must hold of whatever comes out.
struct Fuzz {
  var random: SplitMix64

  private static let markdown = [
    ">", "> ", "- ", "* ", "1. ", "2) ", "  ", "    ", "\t", " ", "\n", "\n", "\n\n", "\r\n", "\r",
    "```",
    "```swift", "```output", "~~~", "````", "```swift program=a", "``` Swift no-run",
    "```output rtol=1e-3 ",
    "<!-- workbook: ", "<!-- workbook hidden\n", "7<!-- workbook: value=",
    "0.5<!-- workbook: value=a -->", "-->", "<!--", "<div>", "<a>", "# h", "===", "---",
    "***",
    "[a]: /b", "\"", "'", "\\", "&amp;", "é", "\u{FEFF}", "// Prints \"1\"", "\"\"\"", "{", "}",
    "\\(", "/*", "*/",
    "traps", "error", "skip=\"x\"", "timeout=1s", "print(1)", "0.5", "x",
  ]

  private static let options = [
    " ", ",", "=", "\"", "'", "[", "]", "\\", "program", "=a", "no-run", "skip", "error", "traps",
    "timeout",
    "=20s", "rtol", "=1e-3", "below", "decreasing", "nocopy", "highlight=[1, 3]", "x", "é",
    "&quot;", "\t",
  ]

  private static let output = [
    "1", "99", "0.5", "0.51", "-0.5", "1e-05", "1.5e-05", "nan", "inf", "a", "loss=", "(", ",", " ",
    "  ", "\n", "\n",
    "\n", "\n...\n", "...", "0.0", "1.2.3", "0x1", "-", ".", "427.81985", "427.9", "9.99", "é",
    "\t",
  ]

  private mutating func text(_ atoms: [String], _ count: Int) -> String {
    (0..<Int.random(in: 0...count, using: &random)).map { _ in atoms.randomElement(using: &random)!
    }.joined()
  }

  /// Changes some bytes to any others.
  private mutating func mutated(_ text: String) -> [UInt8] {
    var bytes = Array(text.utf8)
    guard !bytes.isEmpty, Int.random(in: 0..<4, using: &random) == 0 else { return bytes }
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(
        in: 0...255, using: &random)
    }
    return bytes
  }

  // MARK: - Stages; each gives what does not hold

  /// Every line of a fence's content stands in the file where it says.
  mutating func reader() -> String? {
    var markdown = text(Self.markdown, 40)
    let isSwift = Int.random(in: 0..<4, using: &random) == 0
    if isSwift { markdown = "/// " + markdown.replacing("\n", with: "\n /// ") }
    let bytes = mutated(markdown)
    let chapter = Chapter(path: isSwift ? "c.swift" : "c.md", bytes: bytes)
    let lines = Array(SourceLines(bytes))
    var last = 0
    for fence in chapter.fences {
      guard fence.line > last, fence.endLine >= fence.line, fence.endLine <= lines.count else {
        return "lines \(fence.line) to \(fence.endLine) in \(bytes)"
      }
      last = fence.line
      for line in fence.content.lines {
        let text = Array(line.text.utf8)
        let start = lines[line.line - 1].first + line.column - 1
        // What is left of a tab stands for no bytes of the file.
        let isThere = text.indices.allSatisfy { index in
          let isByte = bytes.indices.contains(start + index) && bytes[start + index] == text[index]
          return isByte || index < 3 && text[index] == UInt8(ascii: " ")
        }
        if !isThere { return "'\(line.text)' is not at \(line.line):\(line.column) in \(bytes)" }
      }
    }
    for failure in chapter.failures where failure.location.line > max(1, lines.count) {
      return "a failure at line \(failure.location.line) in \(bytes)"
    }
    return nil
  }

  mutating func optionParser() -> String? {
    let bytes = mutated(text(Self.options, 20))
    var options = Options(of: [.cell, .output, .chapter].randomElement(using: &random)!)
    options.parse(bytes[...], at: Position(line: 1, column: 1))
    options.checkExclusions()
    for (problem, place) in options.problems where !(1...bytes.count + 1).contains(place.column) {
      return "\(problem) at \(place.column) in \(bytes)"
    }
    return nil
  }

  /// The answer is the one of trying every way, and the option offered holds.
  mutating func matcher() throws -> String? {
    let expected = SwiftLexerTests.text(text(Self.output, 20)).lines
    let source =
      Int.random(in: 0..<3, using: &random) == 0 ? expected.map(\.text).joined(separator: "\n") : ""
    let bytes = mutated(source + text(Self.output, source.isEmpty ? 20 : 2))
    let printed = PrintedLines(bytes, bytes.indices)
    let tolerance = [Tolerance(), Tolerance(relative: 0.1), Tolerance(absolute: 0.02)]
      .randomElement(using: &random)!
    let check = try OutputCheck(expected, printed, tolerance, at: (1, 1))
    let description =
      "\(expected.map(\.text)) and \(String(decoding: bytes, as: UTF8.self)) by \(tolerance)"
    let lines = OutputMatcher(expected, printed, tolerance).expected[...]
    if Self.fits(lines, 0, printed, tolerance) != (check.problem == nil) {
      return "the answer for \(description)"
    }
    if case .differs(let difference)? = check.problem?.0, let option = difference.passingOption,
      let value = Double(option.dropFirst(5))
    {
      let wide =
        option.hasPrefix("rtol")
        ? Tolerance(relative: value, absolute: tolerance.absolute)
        : Tolerance(relative: tolerance.relative, absolute: value)
      if try OutputCheck(expected, printed, wide, at: (1, 1)).problem != nil {
        return "\(option) for \(description)"
      }
    }
    return nil
  }

  private static func fits(
    _ expected: ArraySlice<ExpectedLine>, _ index: Int, _ printed: PrintedLines,
    _ tolerance: Tolerance
  ) -> Bool {
    guard let first = expected.first else { return index == printed.count }
    if first.isEllipsis {
      return (index...printed.count).contains { fits(expected.dropFirst(), $0, printed, tolerance) }
    }
    guard index < printed.count,
      LineComparison(first, PrintedLine(printed[index]), tolerance).matches
    else {
      return false
    }
    return fits(expected.dropFirst(), index + 1, printed, tolerance)
  }

  /// Only the lines that are told change, what was updated matches, and a second update changes nothing.
  mutating func updater() throws -> String? {
    let container = ["", "> ", "  ", "\t", " > ", " /// "].randomElement(using: &random)!
    let path = container == " /// " ? "c.swift" : "c.md"
    let end = ["\n", "\r\n", "\r"].randomElement(using: &random)!
    var markdown = text(Self.markdown, 6)
    var outputs: [String] = []
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      let options = ["", " rtol=0.1", " below=1", " decreasing"].randomElement(using: &random)!
      let block = text(Self.output, 12)
      markdown +=
        "\n\n"
        + "```swift\n```\n\n```output\(options)\n\(block)\n```\n"
        .split(separator: "\n", omittingEmptySubsequences: false).map { container + $0 }.joined(
          separator: "\n")
      outputs.append(
        Bool.random(using: &random)
          ? block + text(Self.output, 3) + "\n" : text(Self.output, 12) + "\n")
    }
    let source = Array(
      markdown.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: end).utf8)
    let chapter = Chapter(path: path, bytes: source)
    var transcripts: [String: Transcript] = [:]
    for program in chapter.programs {
      let texts = program.cells.indices.map { Optional(outputs[$0 % outputs.count]) }
      transcripts[program.name] = ProgramCheckerTests.transcript(texts)
    }
    let update = try Update(of: chapter, source: source, transcripts: transcripts)
    let description = "\(String(decoding: source, as: UTF8.self)) with \(outputs)"

    let changed = Set(update.changes.filter { $0.old != nil }.map(\.line))
    let kept = Self.lines(source).enumerated().filter { !changed.contains($0.offset + 1) }.map(
      \.element)
    var rest = kept[...]
    for line in Self.lines(update.bytes) where line == rest.first { rest.removeFirst() }
    if !rest.isEmpty { return "a line that was to stay is not there: \(description)" }
    if update.changes.isEmpty, update.bytes != source { return "an untold change: \(description)" }

    let again = Chapter(path: path, bytes: update.bytes)
    let second = try Update(of: again, source: update.bytes, transcripts: transcripts)
    if second.bytes != update.bytes { return "a second update changes more: \(description)" }
    if second.refusals.count != update.refusals.count {
      return "a second update refuses more: \(description)"
    }
    return nil
  }

  /// What is written stands in comments and blocks of its own, and taking it back gives the old bytes.
  mutating func adopter() -> String? {
    let container = ["", "> ", "  ", "- ", "1. ", "> 2) ", "- > ", " /// "].randomElement(
      using: &random)!
    let path = container == " /// " ? "c.swift" : "c.md"
    let end = ["\n", "\r\n", "\r"].randomElement(using: &random)!
    let start = Bool.random(using: &random) ? "" : text(Self.markdown, 8) + "\n\n"
    let rest =
      container == " /// "
      ? container : String(container.map { "->".contains($0) && $0 == ">" ? ">" : " " })
    var markdown = start
    for number in 0..<Int.random(in: 1...3, using: &random) {
      let lines = ["```swift", "print(\(number))", "```"]
      markdown += ["", container + lines[0], rest + lines[1], rest + lines[2]].joined(
        separator: "\n")
      if Bool.random(using: &random) { markdown += "\n" + text(Self.markdown, 3) }
      markdown += Bool.random(using: &random) ? "\n\n" : ""
    }
    let bom: [UInt8] = Int.random(in: 0..<8, using: &random) == 0 ? [0xEF, 0xBB, 0xBF] : []
    let source = bom + Array(markdown.replacing("\r\n", with: "\n").replacing("\n", with: end).utf8)
    let chapter = Chapter(path: path, bytes: source)
    let lines = chapter.adoptableLines(source: source)
    var adoption = Adoption()
    for fence in chapter.fences where fence.role == .cell && lines.contains(fence.line) {
      if Bool.random(using: &random), fence.mayMove {
        adoption.options[fence.line] = [
          "program=p2", "no-run", "scope", "declares", "program=\"main p2\" scope",
          Adoption.option("skip", text(Self.output, 3) + "a --> \"\\&amp;\n"),
        ].randomElement(using: &random)!
      }
      if Bool.random(using: &random) {
        adoption.outputs[fence.line] = ["a", "", "  ```` b", "0.5"].shuffled(using: &random)
      }
      if adoption.imports.isEmpty, Bool.random(using: &random) {
        adoption.imports[chapter.fences.first { $0.role == .cell }!.line] = ["A", "B"]
      }
    }
    let description = "\(String(decoding: source, as: UTF8.self)) (\(source)) with \(adoption)"
    guard let bytes = chapter.adopting(adoption, source: source) else {
      return start.isEmpty && bom.isEmpty && chapter.failures.isEmpty
        && chapter.fences.allSatisfy { $0.info == "swift" }
        ? "it cannot be written: \(description)" : nil
    }
    if Chapter.withoutAdoption(path: path, bytes) != source {
      return "not taken back: \(description)"
    }
    if Chapter.withoutAdoption(path: path, source) != source {
      return "taken, not given: \(description)"
    }
    // Every byte of the old file is there, in its order.
    var old = source[...]
    for byte in bytes where byte == old.first { old.removeFirst() }
    if !old.isEmpty { return "a byte is lost: \(description)" }
    let new = Chapter(path: path, bytes: bytes)
    let options = new.fences.filter { $0.role == .cell }
    for (fence, was) in zip(options, chapter.fences.filter { $0.role == .cell })
    where adoption.options[was.line] != nil && !fence.options.isAdopted {
      return "an option is not read: \(description)"
    }
    return nil
  }

  /// With their ends, so that these count too.
  private static func lines(_ bytes: [UInt8]) -> [[UInt8]] {
    let lines = Array(SourceLines(bytes))
    return lines.indices.map { index in
      Array(
        bytes[lines[index].first..<(index + 1 < lines.count ? lines[index + 1].first : bytes.count)]
      )
    }
  }
}
