import Foundation
import Synchronization
import WorkbookSystem
import WorkbookChapters
import WorkbookCore

/// What a reader was shown as the new text of a chapter, and may have written.
struct Proposal: Sendable {
  var path: String
  var old: [UInt8]
  var new: [UInt8]
  /// Of its programs, those that show something else now.
  var drawings: [Drawing] = []

  /// A line of the difference, with its number in the file as it was (of a new one, that it stands before).
  struct Line: Hashable, Sendable {
    enum Kind: String { case same, old, new }
    var kind: Kind
    var number: Int
    var text: String
  }

  var isEmpty: Bool { old == new && drawings.isEmpty }

  /// What asks the reader whether to write it, and says what stays as it is.
  func dialog(_ refusals: [String], in words: SiteWords) -> String {
    func button(_ name: String, _ label: String) -> String {
      "<button class=\"\(name)\" value=\"\(name)\">\(htmlEscaped(label))</button>\n"
    }
    let signs: [Line.Kind: String] = [.same: " ", .old: "-", .new: "+"]
    let rows = difference.map { line in
      let number =
        String(repeating: " ", count: max(0, 5 - "\(line.number)".count)) + "\(line.number)"
      return "<span class=\"\(line.kind.rawValue)\">\(number) \(signs[line.kind] ?? " ") "
        + "\(htmlEscaped(line.text))\n</span>"
    }
    return """
      <dialog class="difference" aria-label="\(htmlEscaped(words.whatWouldBeWritten))"><form method="dialog"><h2>\(htmlEscaped(words.whatWouldBeWritten))</h2>
      \((refusals + drawings.map { words.willBeDrawn($0.path) }).map { "<p>\(htmlEscaped($0))</p>\n" }.joined())\
      \(isEmpty
        ? "<p>\(htmlEscaped(words.nothingDiffers))</p>\n"
        : "<pre tabindex=\"0\">\(rows.joined())</pre>\n" + button("write", words.writeBack))\
      \(button("cancel", words.cancel))</form></dialog>
      """
  }

  /// The lines that differ, with three beside each that do not.
  var difference: [Line] {
    let (before, after) = (lines(old), lines(new))
    var removed: Set<Int> = []
    var inserted: Set<Int> = []
    for change in after.difference(from: before) {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): inserted.insert(offset)
      }
    }
    var all: [Line] = []
    var (i, j) = (0, 0)
    while i < before.count || j < after.count {
      if removed.contains(i) {
        all.append(Line(kind: .old, number: i + 1, text: before[i]))
        i += 1
      } else if inserted.contains(j) {
        all.append(Line(kind: .new, number: i + 1, text: after[j]))
        j += 1
      } else {
        all.append(Line(kind: .same, number: i + 1, text: before[i]))
        (i, j) = (i + 1, j + 1)
      }
    }
    let changed = all.indices.filter { all[$0].kind != .same }
    let shown = Set(changed.flatMap { max(0, $0 - 3)...min(all.count - 1, $0 + 3) })
    return all.indices.filter(shown.contains).map { all[$0] }
  }

  private func lines(_ bytes: [UInt8]) -> [String] {
    SourceLines(bytes).map { String(decoding: bytes[$0.first..<$0.end], as: UTF8.self) }
  }
}

/// The last proposals, by names that none guesses.
final class Proposals: Sendable {
  private static let most = 32
  private let kept = Mutex<[(name: String, proposal: Proposal)]>([])

  func keep(_ proposal: Proposal) -> String {
    let name = UUID().uuidString
    kept.withLock { kept in
      kept.append((name, proposal))
      if kept.count > Self.most { kept.removeFirst() }
    }
    return name
  }

  /// Gives it up, too: none is written twice.
  func take(_ name: String) -> Proposal? {
    kept.withLock { kept in
      guard let index = kept.firstIndex(where: { $0.name == name }) else { return nil }
      return kept.remove(at: index).proposal
    }
  }
}
