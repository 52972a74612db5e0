import WorkbookSystem

/// Compares the programs and outputs of a chapter with those of its translation.
package struct ChapterComparison {
  /// A cell or output block as far as a translation must have it.
  private struct Block: Hashable {
    var fence: Fence
    var lines: [ComparedLine]
    var files: String?

    init?(_ fence: Fence, of chapter: Chapter) {
      switch fence.role {
      case .cell: lines = ComparedLine.code(fence.content)
      case .output: lines = ComparedLine.output(fence.content)
      case .other: return nil
      }
      self.fence = fence
      files = fence.options.files.map { target($0, in: chapter) }
    }

    static func == (a: Block, b: Block) -> Bool {
      a.fence.role == b.fence.role && a.lines == b.lines && a.files == b.files
        && a.fence.options.isTranslated(by: b.fence.options)
    }

    func hash(into hasher: inout Hasher) { hasher.combine(lines) }
  }

  private let original: Chapter
  private let translation: Chapter
  package private(set) var drifts: [Drift] = []

  package init(_ original: Chapter, _ translation: Chapter) {
    self.original = original
    self.translation = translation
    let start = Position(line: 1, column: 1)
    compare(original.defaults, translation.defaults, at: start, start)
    compare(
      original.fences.compactMap { Block($0, of: original) },
      translation.fences.compactMap { Block($0, of: translation) })
    compareNumbers()
    compareImages()
  }

  /// What numbers in prose are bound to; a translation's sentences may have another order, and its
  /// programs print other words.
  private mutating func compareNumbers() {
    struct Bond: Hashable {
      var program: String
      var label: ComparedLine
    }
    func numbers(of chapter: Chapter) -> [Bond: [QuotedNumber]] {
      Dictionary(
        grouping: chapter.programs.flatMap { program in
          program.quotedNumbers.map { (Bond(program: program.name, label: .label(of: $0)), $0) }
        }, by: \.0
      ).mapValues { $0.map(\.1) }
    }
    func place(_ quote: QuotedNumber?) -> Position {
      Position(line: quote?.number.line ?? 1, column: quote?.number.column ?? 1)
    }
    let (here, there) = (numbers(of: translation), numbers(of: original))
    let first = drifts.count
    for (bond, numbers) in there {
      let translated = here[bond] ?? []
      for number in numbers.dropFirst(translated.count) {
        add(
          .missingNumber(label: number.label), at: place(translated.last), original: place(number))
      }
    }
    for (bond, numbers) in here {
      for number in numbers.dropFirst(there[bond]?.count ?? 0) {
        add(
          .extraNumber(label: number.label), at: place(number), original: place(there[bond]?.last))
      }
    }
    drifts[first...].sort {
      ($0.location.position, $0.original.position) < ($1.location.position, $1.original.position)
    }
  }

  /// The programs that images show; where their files are is each edition's own affair.
  private mutating func compareImages() {
    func images(of chapter: Chapter) -> [(program: String, image: CurveImage)] {
      chapter.programs.flatMap { program in program.curveImages.map { (program.name, $0) } }
    }
    func place(_ image: CurveImage?) -> Position {
      Position(line: image?.file.line ?? 1, column: image?.file.column ?? 1)
    }
    var (missing, extra) = (images(of: original), images(of: translation))
    let last = extra.last?.image
    for (index, wanted) in missing.enumerated().reversed() {
      guard let found = extra.lastIndex(where: { $0.program == wanted.program }) else { continue }
      missing.remove(at: index)
      extra.remove(at: found)
    }
    for (program, image) in missing {
      add(.missingImage(program: program), at: place(last), original: place(image))
    }
    for (program, image) in extra {
      add(.extraImage(program: program), at: place(image), original: place(nil))
    }
  }

  private mutating func add(
    _ problem: Drift.Problem, at place: Position, original originalPlace: Position
  ) {
    drifts.append(
      Drift(
        problem: problem,
        location: Location(path: translation.path, place),
        original: Location(path: original.path, originalPlace)))
  }

  /// Between blocks that are equal (Myers 1986 finds the most), those of one kind belong together.
  private mutating func compare(_ originals: [Block], _ translations: [Block]) {
    let first = zip(originals, translations).prefix { $0 == $1 }.count
    let last = zip(originals.dropFirst(first).reversed(), translations.dropFirst(first).reversed())
      .prefix { $0 == $1 }.count
    let (old, new) = (
      originals.dropFirst(first).dropLast(last), translations.dropFirst(first).dropLast(last)
    )
    var (removed, inserted) = (Set(old.indices), Set(new.indices))
    // To find them takes the square of their number: of more than a book has none are looked for.
    if max(old.count, new.count) <= 1000 {
      removed = []
      inserted = []
      for change in Array(new).difference(from: Array(old)) {
        switch change {
        case .remove(let offset, _, _): removed.insert(first + offset)
        case .insert(let offset, _, _): inserted.insert(first + offset)
        }
      }
    }
    var (i, j) = (0, 0)
    while i < originals.count || j < translations.count {
      switch (removed.contains(i), inserted.contains(j)) {
      case (false, false): (i, j) = (i + 1, j + 1)
      case (true, true) where originals[i].fence.role == translations[j].fence.role:
        compare(originals[i], translations[j])
        (i, j) = (i + 1, j + 1)
      case (true, _):
        add(
          .missingFence(originals[i].fence.role), at: start(j, of: translations, translation),
          original: start(i, of: originals, original))
        i += 1
      case (false, true):
        add(
          .extraFence(translations[j].fence.role), at: start(j, of: translations, translation),
          original: start(i, of: originals, original))
        j += 1
      }
    }
  }

  /// Where a block begins; behind the last one, where the chapter's last block ends.
  private func start(_ index: Int, of blocks: [Block], _ chapter: Chapter) -> Position {
    let line = index < blocks.count ? blocks[index].fence.line : chapter.fences.last?.endLine
    return Position(line: line ?? 1, column: 1)
  }

  private mutating func compare(_ a: Block, _ b: Block) {
    compare(
      a.fence.options, b.fence.options, at: Position(line: a.fence.line, column: 1),
      Position(line: b.fence.line, column: 1))
    guard a.lines != b.lines else { return }
    // The first difference mostly explains those after it.
    let index = zip(a.lines, b.lines).prefix { $0 == $1 }.count
    func end(_ fence: Fence) -> Position { Position(line: fence.endLine, column: 1) }
    switch (index < a.lines.count, index < b.lines.count) {
    case (true, true):
      let (x, y) = (a.lines[index], b.lines[index])
      add(
        .line(original: x.line.text),
        at: Position(line: y.line.line, column: y.column(differingFrom: x)),
        original: Position(line: x.line.line, column: x.column(differingFrom: y)))
    case (true, false):
      let line = a.lines[index].line
      add(
        .missingLine(line.text), at: end(b.fence),
        original: Position(line: line.line, column: line.column))
    case (false, _):
      let line = b.lines[index].line
      add(
        .extraLine(line.text), at: Position(line: line.line, column: line.column),
        original: end(a.fence))
    }
  }

  private mutating func compare(
    _ a: Options, _ b: Options, at place: Position, _ translationPlace: Position
  ) {
    for name in OptionName.allCases {
      let here = b.places[name] ?? translationPlace
      let there = a.places[name] ?? place
      switch (a.values[name], b.values[name]) {
      case (nil, nil): break
      case (let value?, nil):
        add(.missingOption(name, value: value), at: here, original: there)
      case (nil, .some): add(.extraOption(name), at: here, original: there)
      case (let value?, let other?):
        let isFile = name == .files
        if !name.isProse,
          isFile
            ? target(value, in: original) != target(other, in: translation) : value != other
        {
          add(.option(name, original: value, translation: other), at: here, original: there)
        }
      }
    }
  }
}

/// What a path in a chapter leads to, which a translation has other words for.
private func target(_ path: String, in chapter: Chapter) -> String {
  absolutePath(beside(chapter.path, path))
}

extension Options {
  /// Whether a translation with these options says the same.
  fileprivate func isTranslated(by other: Options) -> Bool {
    OptionName.allCases.allSatisfy { name in
      name.isProse || name == .files
        ? (values[name] == nil) == (other.values[name] == nil)
        : values[name] == other.values[name]
    }
  }
}

extension OptionName {
  /// Its value is for readers, or a path from where the chapter stands.
  fileprivate var isProse: Bool { self == .skip || self == .prelude }
}
