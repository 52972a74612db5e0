import Foundation
import WorkbookSystem
import WorkbookChapters
import WorkbookCore

/// A chapter on its way to the site, with what its run found.
struct SitePage {
  /// What a run says about one output block.
  struct Output {
    var program: String
    var expectation: Expectation
    var check: Check?
    /// What the program printed there.
    var printed: String
    /// Why cells of the program were left out.
    var gap: ProgramResult.Gap?
    var isLoss: Bool { expectation.isLoss }
  }

  var chapter: Chapter
  var source: [UInt8]
  /// Of its file in the catalog, and the last part of its address.
  var name: String
  /// Absolute, without `.` and `..`.
  var path: String
  /// The translation that it belongs to; nil for an original.
  var translation: Translation?
  let anchors: [Anchor]
  /// By the names that links call them: in `anchors`, the first of each.
  private let anchorIndices: [String: Int]
  /// The lines of the headings, in the order of `anchors`.
  private var headingLines: [Int]
  /// Of YAML at the start of the file, which is no text.
  let frontMatterLines: Int
  /// The lines of the opening fences that the page shows: others stand in comments.
  let shownFences: Set<Int>
  /// By the line of the output block.
  var outputs: [Int: Output] = [:]
  /// Of its cells that must fail to compile or trap.
  var cellChecks: [Check] = []
  /// What the run found wrong.
  var failures: [Failure] = []

  init(_ chapter: Chapter, source: [UInt8], name: String) {
    self.chapter = chapter
    self.source = source
    self.name = name
    path = absolutePath(chapter.path)
    translation = Translation(of: chapter.path)
    let blocks = BlockScanner.scan(source)
    shownFences = Set(blocks.fences.map(\.line.number))
    frontMatterLines = blocks.frontMatter.lines
    let headings = blocks.headings
    let lines = LineTable(source)
    headingLines = headings.map { lines.place(of: $0.lines[0].lowerBound).line }
    let references = LinkReferences(blocks.texts, in: source)
    anchors = Anchor.anchors(
      of: headings.map { InlineParser.inlines(of: $0, in: source, references) })
    anchorIndices = Dictionary(
      zip(anchors.map(\.gitHost), anchors.indices), uniquingKeysWith: { first, _ in first })
  }

  /// The heading that a link's fragment means, with its percent escapes resolved.
  func anchor(for fragment: String) -> Anchor? {
    let index = anchorIndices[fragment] ?? anchorIndices[Anchor.name(of: fragment)]
    return index.map { anchors[$0] }
  }

  /// Of the heading on a line.
  func anchor(at line: Int) -> Anchor? {
    let index = headingCount(before: line)
    return index < anchors.count && headingLines[index] == line ? anchors[index] : nil
  }

  /// The curves that end in each output block, by its line, in the order of the chapter, called by
  /// the headings that they stand under.
  ///
  /// A training loop that several blocks of a program interrupt is one curve, which goes on.
  var curves: [(line: Int, curves: [Curve])] {
    var readers: [String: CurveReader] = [:]
    var programs: [String: String] = [:]
    return outputs.sorted { $0.key < $1.key }.compactMap { line, output in
      let heading = heading(above: line) ?? output.program
      var curves = readers[output.program, default: CurveReader()]
        .read(output.printed, name: heading)
      // Whole numbers of which nothing is said are counted, not measured.
      if !output.isLoss {
        curves.removeAll(where: \.isCounted)
      }
      if curves.isEmpty { return nil }
      if curves.count == 1, programs[heading, default: output.program] != output.program {
        curves[0].name += " (\(output.program))"
      }
      programs[heading] = output.program
      return (line, curves)
    }
  }

  /// The curves that each output block shows, by its line: a single curve beside the chapter's earlier
  /// ones of its kind over the same steps, as many as there are colours to tell them by.
  var shownCurves: [Int: [Curve]] {
    struct Kind: Hashable {
      var isLoss: Bool
      var steps: [Int]
    }
    var earlier: [Kind: [Curve]] = [:]
    var shown: [Int: [Curve]] = [:]
    for (line, curves) in curves {
      shown[line] = curves
      guard curves.count == 1, let output = outputs[line] else { continue }
      let kind = Kind(isLoss: output.isLoss, steps: curves[0].points.map(\.step))
      earlier[kind, default: []] += curves
      shown[line] = earlier[kind, default: []].suffix(8)
    }
    return shown
  }

  private func heading(above line: Int) -> String? {
    let count = headingCount(before: line)
    return count > 0 ? anchors[count - 1].title : nil
  }

  private func headingCount(before line: Int) -> Int {
    var (low, high) = (0, headingLines.count)
    while low < high {
      let middle = (low + high) / 2
      if headingLines[middle] < line { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The modules that its cells import.
  var imports: Set<String> {
    let kinds: Set<Substring> = [
      "typealias", "struct", "class", "enum", "protocol", "let", "var", "func",
    ]
    var modules: Set<String> = []
    for fence in chapter.fences where fence.role == .cell {
      for line in fence.content.lines {
        let words = line.text.split(whereSeparator: \.isWhitespace)
        guard let index = words.firstIndex(of: "import"), index < 2, words[0] != "//" else {
          continue
        }
        let name = words[(index + 1)...].first { !kinds.contains($0) }
        if let name { modules.insert(String(name.prefix { $0 != "." && $0 != ";" })) }
      }
    }
    return modules
  }

  /// The names that its cells declare: in its prose they mean the chapter's own.
  var declaredNames: Set<String> {
    let keywords: Set<Substring> = [
      "let", "var", "func", "class", "struct", "enum", "protocol", "typealias", "for", "case",
    ]
    var names: Set<String> = []
    for fence in chapter.fences where fence.role == .cell {
      let words = fence.content.string.split {
        !$0.isLetter && !$0.isNumber && $0 != "_" && $0 != "(" && $0 != ","
      }
      for (word, next) in zip(words, words.dropFirst()) where keywords.contains(word) {
        names.insert(String(next.prefix { $0 != "(" && $0 != "," }))
      }
      names.formUnion(Self.furtherNames(in: fence.content.string))
    }
    return names
  }

  /// The names of `let (a, b)`, and those behind a comma that get a value: `let a = 1, b = 2`.
  private static func furtherNames(in code: String) -> Set<String> {
    var names: Set<String> = []
    var (isInTuple, isBehindComma, hasType) = (false, false, false)
    var (last, candidate) = (Substring(), Substring())
    var rest = code[...]
    while let character = rest.first {
      let word = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
      if !word.isEmpty {
        if isInTuple { names.insert(String(word)) }
        if !hasType { candidate = isBehindComma ? word : "" }
        (last, isBehindComma) = (word, false)
        rest = rest[word.endIndex...]
        continue
      }
      rest.removeFirst()
      if character.isWhitespace { continue }
      if character == "=", !candidate.isEmpty { names.insert(String(candidate)) }
      if character == "(" { isInTuple = last == "let" || last == "var" }
      if character == ")" { isInTuple = false }
      hasType =
        !candidate.isEmpty && character != "=" && character != "," && (hasType || character == ":")
      if !hasType { candidate = "" }
      isBehindComma = character == ","
      last = ""
    }
    return names
  }
}

/// Names for the chapters' pages: the file's name, behind the folders that not all of them share.
///
/// None is that of a page that no chapter is: the start, and the whole book, of each translation.
func pageNames(_ paths: [String]) -> [String] {
  let parts = paths.map { absolutePath($0).split(separator: "/").map(String.init) }
  var shared = parts.first?.dropLast() ?? []
  for folders in parts.map({ $0.dropLast() }) {
    while !folders.starts(with: shared) { shared = shared.dropLast() }
  }
  let languages = Set(paths.compactMap { Translation(of: $0)?.language.lowercased() })
  var taken = Set(["index", "print"]).union(languages).union(languages.map { "print-" + $0 })
  var counts: [String: Int] = [:]
  return parts.map { parts in
    let words = parts.dropFirst(shared.count).joined(separator: "-")
    let stem = words.hasSuffix(".md") ? String(words.dropLast(3)) : words
    let base = asciiName(of: stem)
    var name = base
    while !taken.insert(name).inserted {
      counts[base, default: 1] += 1
      name = "\(base)-\(counts[base] ?? 2)"
    }
    return name
  }
}

/// The text in lower-case ASCII letters and digits with single hyphens between, as it stands in an address.
private func asciiName(of text: String) -> String {
  let latin = text.applyingTransform(StringTransform("Any-Latin; Latin-ASCII"), reverse: false)
  let words = (latin ?? text).lowercased().split { character in
    !character.isASCII || !(character.isLetter || character.isNumber)
  }
  return words.isEmpty ? "page" : words.joined(separator: "-")
}
