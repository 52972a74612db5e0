import Foundation
import Testing

@testable import WorkbookChapters
@testable import WorkbookSite
@testable import WorkbookSystem

/// The examples of the CommonMark specification, with the HTML that cmark makes of them.
@Suite struct CommonMarkTests {
  private struct Example: Decodable {
    var markdown: String
    var html: String
  }

  private static let examples: [Example] = {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
      .appending(path: "WorkbookChaptersTests/Fixtures/commonmark-0.29.json")
    let data = try? Data(contentsOf: file)
    return data.flatMap { try? JSONDecoder().decode([Example].self, from: $0) } ?? []
  }()

  /// Names of characters beyond Latin-1, which stay as written, and what is a comment from 0.31 on.
  private static let others = [
    "&nbsp; &amp; &copy;", "foo <!--> foo -->", "foo <!-- not a comment",
  ]

  @Test func `blocks and inlines are those of the CommonMark specification`() {
    #expect(Self.examples.count == 649)
    var differing: [String] = []
    for example in Self.examples where !Self.others.contains(where: example.markdown.hasPrefix) {
      let html = PlainHTML(Array(example.markdown.utf8)).html
      if Self.normalized(html) != Self.normalized(example.html) {
        differing.append("\(example.markdown)\n--- is\n\(html)\n--- should be\n\(example.html)")
      }
    }
    #expect(differing.isEmpty, "\(differing.count):\n\(differing.joined(separator: "\n=====\n"))")
  }

  private static func normalized(_ html: String) -> String {
    html.replacing(#/<!--(?s:.*?)-->/#, with: "").replacing(#/\s*\n\s*/#, with: "\n").replacing(
      #/\n?(<\/?(ul|ol|li|p|blockquote)>)\n?/#
    ) { "\($0.1)" }
    .trimmingCharacters(in: .whitespacesAndNewlines)
  }
}

/// The tree as cmark writes it.
private struct PlainHTML {
  let bytes: [UInt8]
  let references: LinkReferences

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    references = LinkReferences(BlockScanner.scan(bytes).texts, in: bytes)
  }

  var html: String { blocks(MarkdownTree.blocks(of: bytes)) }

  private func blocks(_ blocks: [MarkdownBlock]) -> String {
    blocks.map { block in
      switch block.kind {
      case .heading(let level, let text): "<h\(level)>\(inlines(text))</h\(level)>\n"
      case .paragraph(let text):
        inlines(text).isEmpty ? "" : "<p>\(inlines(text))</p>\n"
      case .quote(let inner): "<blockquote>\n\(self.blocks(inner))</blockquote>\n"
      case .list(let list): self.list(list)
      case .fence(let fence):
        code(fence.content.string, InfoString.unescape(bytes[fence.info]))
      case .code(let lines): code(lines.map { $0.text + "\n" }.joined(), "")
      case .html(let lines): lines.map(\.text).joined(separator: "\n") + "\n"
      case .thematicBreak: "<hr />\n"
      case .table: "<table>"
      }
    }.joined()
  }

  private func code(_ text: String, _ info: String) -> String {
    let word = info.split(whereSeparator: \.isWhitespace).first.map {
      " class=\"language-\(htmlEscaped($0))\""
    }
    return "<pre><code\(word ?? "")>\(htmlEscaped(text))</code></pre>\n"
  }

  private func list(_ list: MarkdownList) -> String {
    let name = list.start == nil ? "ul" : "ol"
    let start = list.start.map { $0 == 1 ? "" : " start=\"\($0)\"" } ?? ""
    let items = list.items.map { item in
      let content = item.blocks.map { block in
        if list.isTight, case .paragraph(let text) = block.kind { return inlines(text) + "\n" }
        return blocks([block])
      }
      return "<li>\(content.joined())</li>\n"
    }
    return "<\(name)\(start)>\n\(items.joined())</\(name)>\n"
  }

  private func inlines(_ text: ScannedText) -> String {
    InlineParser.inlines(of: text, in: bytes, references).map { inline in
      switch inline {
      case .text(let text): return htmlEscaped(text)
      case .softBreak: return "\n"
      case .hardBreak: return "<br />\n"
      case .open(let style): return "<\(style.rawValue)>"
      case .close(let style): return "</\(style.rawValue)>"
      case .code(let code, _): return "<code>\(htmlEscaped(code))</code>"
      case .math(let formula, _, _): return "$\(formula)$"
      case .html(let tag, _): return tag
      case .link(let destination, let title, _):
        return "<a href=\"\(htmlAddress(destination))\"\(attribute(title))>"
      case .endLink: return "</a>"
      case .image(let destination, let title, let alternative, _):
        return
          "<img src=\"\(htmlAddress(destination))\" alt=\"\(htmlEscaped(alternative))\"\(attribute(title)) />"
      }
    }.joined()
  }

  private func attribute(_ title: String?) -> String {
    title.map { " title=\"\(htmlEscaped($0))\"" } ?? ""
  }
}
