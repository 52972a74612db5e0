import Foundation

/// Which sections of the book and of its reference have a word, for the search of the pages.
///
/// Chinese, which has no spaces, is known by its pairs of characters. The script that reads `search.json`
/// takes a question apart in the same way.
struct SearchIndex {
  struct Entry: Hashable {
    /// Below the site's root.
    var address: String
    var title: String
    /// What the section stands in.
    var place: String
    var language: String

    /// What it shares with those beside it: its page, or of a page of the reference the folder.
    fileprivate var group: Group {
      let end =
        address.firstIndex(of: "#")
        ?? address.dropLast().lastIndex(of: "/").map(address.index(after:)) ?? address.endIndex
      return Group(address: String(address[..<end]), place: place, language: language)
    }
  }

  fileprivate struct Group: Hashable {
    var address: String
    var place: String
    var language: String
  }

  private(set) var entries: [Entry] = []
  private(set) var terms: [String: [Int]] = [:]

  mutating func add(_ entry: Entry, text: String) {
    let index = entries.count
    entries.append(entry)
    for term in Set(Self.terms(of: entry.title + "\n" + text, isQuestion: false)) {
      terms[term, default: []].append(index)
    }
  }

  /// What the script of the pages loads.
  ///
  /// `{"groups": [[address, place, language, rest, title, rest, title …]], "terms": {term: sections}}`: a section's
  /// address is its group's with its rest behind, and its number counts through all groups. The characters behind
  /// a term say how much further each of its sections lies than the one before, from `#` for the next on. Pairs of
  /// Chinese characters, which few ask for, are a file of their own: `han`.
  var files: (json: Data, han: Data) {
    let places = Dictionary(grouping: entries.indices) { entries[$0].group }
      .sorted { $0.value[0] < $1.value[0] }
    var numbers: [Int: Int] = [:]
    let groups = places.map { group, members in
      var texts = [group.address, group.place, group.language]
      for index in members {
        numbers[index] = numbers.count
        texts += [
          String(entries[index].address.dropFirst(group.address.count)), entries[index].title,
        ]
      }
      return texts
    }
    let coded = terms.mapValues { sections in
      var last = -1
      var text = ""
      for number in sections.compactMap({ numbers[$0] }).sorted() {
        text.unicodeScalars.append(Unicode.Scalar(UInt32(number - last - 1) + 0x23) ?? "#")
        last = number
      }
      return text
    }
    let han = coded.filter { Kind($0.key.unicodeScalars.first ?? " ") == .han }
    let others = coded.filter { han[$0.key] == nil }
    return (Self.json(["groups": groups, "terms": others] as [String: Any]), Self.json(han))
  }

  private static func json(_ object: [String: Any]) -> Data {
    // Strings can be written.
    (try? JSONSerialization.data(
      withJSONObject: object, options: [.sortedKeys, .withoutEscapingSlashes])) ?? Data()
  }

  /// Words in small letters, pairs of Chinese characters, and the beginnings of numbers, as long as years.
  static func terms(of text: String, isQuestion: Bool) -> [String] {
    var terms: [String] = []
    var run: [Unicode.Scalar] = []
    func string(_ scalars: some Sequence<Unicode.Scalar>) -> String {
      String(String.UnicodeScalarView(scalars))
    }
    var kind = Kind.none
    func end() {
      switch kind {
      case .none: break
      case .han where run.count > 1:
        terms += zip(run, run.dropFirst()).map { string([$0, $1]) }
      case .han: terms.append(string(run))
      case .number: terms.append(string(run.prefix(4)))
      case .word:
        terms.append(string(run).lowercased())
        if !isQuestion { terms += parts(of: Array(string(run))) }
      }
      run = []
    }
    for scalar in text.unicodeScalars {
      let next = Kind(scalar)
      if next != kind { end() }
      kind = next
      if kind != .none { run.append(scalar) }
    }
    end()
    return terms
  }

  private enum Kind {
    case none, word, number, han

    init(_ scalar: Unicode.Scalar) {
      if scalar.properties.isIdeographic {
        self = .han
        return
      }
      switch scalar.properties.generalCategory {
      case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
        .nonspacingMark, .spacingMark, .enclosingMark:
        self = .word
      case .decimalNumber, .letterNumber, .otherNumber: self = .number
      default: self = .none
      }
    }
  }

  /// `learning` and `rate` of `learningRate`.
  private static func parts(of word: [Character]) -> [String] {
    var parts: [[Character]] = [[]]
    for (index, character) in word.enumerated() {
      if index > 0, character.isUppercase, word[index - 1].isLowercase { parts.append([]) }
      parts[parts.count - 1].append(character)
    }
    return parts.count == 1 ? [] : parts.filter { $0.count > 1 }.map { String($0).lowercased() }
  }
}
