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
  }

  private(set) var entries: [Entry] = []
  private var terms: [String: [Int]] = [:]

  mutating func add(_ entry: Entry, text: String) {
    let index = entries.count
    entries.append(entry)
    for term in Set(Self.terms(of: entry.title + "\n" + text, isQuestion: false)) {
      terms[term, default: []].append(index)
    }
  }

  /// `{"sections": [[address, title, place, language]], "terms": {term: [section]}}`.
  var json: Data {
    let object: [String: Any] = [
      "sections": entries.map { [$0.address, $0.title, $0.place, $0.language] }, "terms": terms,
    ]
    let options: JSONSerialization.WritingOptions = [.sortedKeys, .withoutEscapingSlashes]
    // Strings and numbers can be written.
    return (try? JSONSerialization.data(withJSONObject: object, options: options)) ?? Data()
  }

  /// The sections that have all words of a question, or words that begin so.
  func find(_ question: String) -> [Entry] {
    let words = Self.terms(of: question, isQuestion: true)
    guard let first = words.first else { return [] }
    func sections(_ word: String) -> Set<Int> {
      Set(terms.filter { $0.key.hasPrefix(word) }.values.joined())
    }
    let found = words.dropFirst().reduce(sections(first)) { $0.intersection(sections($1)) }
    return found.sorted().map { entries[$0] }
  }

  /// Words in small letters, pairs of Chinese characters, and numbers as long as years.
  static func terms(of text: String, isQuestion: Bool) -> [String] {
    var terms: [String] = []
    var run: [Character] = []
    var kind = Kind.none
    func end() {
      switch kind {
      case .none: break
      case .han where run.count > 1:
        terms += zip(run, run.dropFirst()).map { String([$0, $1]) }
      case .han: terms.append(String(run))
      case .number: if isQuestion || run.count <= 4 { terms.append(String(run)) }
      case .word:
        terms.append(String(run).lowercased())
        if !isQuestion { terms += parts(of: run) }
      }
      run = []
    }
    for character in text {
      let next = Kind(character)
      if next != kind { end() }
      kind = next
      if kind != .none { run.append(character) }
    }
    end()
    return terms
  }

  private enum Kind {
    case none, word, number, han

    init(_ character: Character) {
      let scalar = character.unicodeScalars.first
      if scalar?.properties.isIdeographic == true {
        self = .han
      } else if character.isLetter {
        self = .word
      } else {
        self = character.isNumber ? .number : .none
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
