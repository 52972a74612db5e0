import Foundation
import WorkbookChapters

/// Fences as DocC understands them: behind the language it knows nothing but its own annotations.
enum DocCFence {
  /// The info string for a fence whose own is `info`.
  static func info(_ info: ArraySlice<UInt8>, _ role: Fence.Role) -> String {
    switch role {
    case .cell: return (["swift"] + annotations(info)).joined(separator: ", ")
    case .output: return (["nocopy"] + annotations(info)).joined(separator: ", ")
    case .other:
      let word = InfoString.firstWord(of: info)
      // Nobody copies text, and on a phone the button would stand on its words.
      return String(decoding: word, as: UTF8.self)
        + (word.elementsEqual("text".utf8) ? ", nocopy" : "")
    }
  }

  private static func annotations(_ info: ArraySlice<UInt8>) -> [String] {
    OptionWords(info).compactMap { word in
      guard OptionName.ofDocC.contains(word.name) else { return nil }
      // A line end in it, written as a character reference, would end the fence's line.
      guard word.value.map(isPlain) ?? true else { return nil }
      let isList = word.value != nil && word.name != "wrap"
      return word.name + (word.value.map { isList ? "=[\($0)]" : "=\($0)" } ?? "")
    }
  }

  private static func isPlain(_ value: String) -> Bool {
    value.utf8.allSatisfy { $0.isWordByte || " ,.:-".utf8.contains($0) }
  }

  /// The lines of a doc comment with such fences.
  static func rewrite(_ lines: [String]) -> [String] {
    var bytes = Array(lines.joined(separator: "\n").utf8)
    // From the end, so that the places before it stay.
    for fence in BlockScanner.scan(bytes).fences.reversed() {
      let info = bytes[fence.info]
      bytes.replaceSubrange(fence.info, with: Self.info(info, Fence.Role(info: info)).utf8)
    }
    return String(decoding: bytes, as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// The same for all doc comments of a symbol graph's file.
  static func rewrite(symbolGraph data: Data) throws -> Data {
    guard var graph = try JSONSerialization.jsonObject(with: data) as? [String: Any],
      var symbols = graph["symbols"] as? [[String: Any]]
    else { return data }
    for index in symbols.indices {
      guard var comment = symbols[index]["docComment"] as? [String: Any],
        var lines = comment["lines"] as? [[String: Any]]
      else { continue }
      let texts = rewrite(lines.map { $0["text"] as? String ?? "" })
      for (line, text) in texts.enumerated() { lines[line]["text"] = text }
      comment["lines"] = lines
      symbols[index]["docComment"] = comment
    }
    graph["symbols"] = symbols
    return try JSONSerialization.data(withJSONObject: graph, options: .sortedKeys)
  }
}
