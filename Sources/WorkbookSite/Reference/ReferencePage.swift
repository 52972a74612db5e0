import Foundation
import WorkbookSystem
import WorkbookChapters
import WorkbookCore

/// A page of the reference that DocC made, with ways back to the chapters, and as HTML for readers without
/// scripts.
///
/// The latter does what `docc convert --experimental-transform-for-static-hosting-with-content` is for, which
/// crashes on Linux (Swift 6.3.1).
struct ReferencePage {
  typealias Object = [String: Any]

  private var page: Object
  private var references: [String: Object]
  /// What stands before the site's addresses.
  private let basePath: String

  /// - Parameter json: a page as DocC's renderer reads it.
  init?(json: Data, basePath: String) {
    guard let page = try? JSONSerialization.jsonObject(with: json) as? Object else { return nil }
    self.page = page
    self.basePath = basePath
    references = page["references"] as? [String: Object] ?? [:]
  }

  /// The page anew.
  var json: Data {
    let options: JSONSerialization.WritingOptions = [.sortedKeys, .withoutEscapingSlashes]
    // It was read from JSON: it can be written.
    return (try? JSONSerialization.data(withJSONObject: page, options: options)) ?? Data()
  }

  /// The compiler's name of what the page is about.
  var symbol: String? { (page["metadata"] as? Object)?["externalID"] as? String }

  /// Says what became of the page's examples when they ran, and how to repeat it.
  mutating func addProof(of runs: [ProgramResult], in book: SiteBook) {
    if runs.isEmpty { return }
    let words = book.words(of: book.translations.first ?? nil)
    let hasFailed = runs.contains { !$0.failures.isEmpty || $0.wasNotRun }
    let hasRun = runs.contains { $0.status == .ran }
    var text = words.examples(date: book.date, haveFailed: hasFailed, haveRun: hasRun)
    for fact in book.proofFacts(in: words) { text += " · " + fact }
    var inlines: [Object] = [["type": "text", "text": text]]
    for run in runs {
      inlines.append(["type": "text", "text": " · "])
      inlines.append(["type": "codeVoice", "code": commandToRepeat(run.program)])
    }
    let section: Object = [
      "kind": "content", "content": [["type": "paragraph", "inlineContent": inlines]],
    ]
    page["primaryContentSections"] = objects(page["primaryContentSections"]) + [section]
  }

  /// Adds links to the book and to the chapters that use what the page is about.
  mutating func addWaysBack(to chapters: [SitePage], in book: SiteBook) {
    func reference(_ title: String, _ address: String) -> Object {
      let name = "chapter:" + address
      references[name] = [
        "type": "link", "identifier": name, "title": title,
        "titleInlineContent": [["type": "text", "text": title]],
        "url": basePath + "/" + address,
      ]
      return ["type": "reference", "identifier": name, "isActive": true]
    }
    let start = reference(book.title, book.startAddress(of: book.translations.first ?? nil))
    let words = book.words(of: book.translations.first ?? nil)
    var inlines: [Object] = [start]
    for chapter in chapters {
      inlines.append(["type": "text", "text": " · "])
      let title = chapter.chapter.title + chapter.mark(in: words)
      inlines.append(reference(title, book.address(of: chapter)))
    }
    let section: Object = [
      "kind": "content",
      "content": [
        ["type": "heading", "level": 2, "anchor": "in-the-book", "text": words.inTheBook],
        ["type": "paragraph", "inlineContent": inlines],
      ],
    ]
    page["primaryContentSections"] = objects(page["primaryContentSections"]) + [section]
    page["references"] = references
  }

  /// What stands on it, without marks.
  var text: String {
    InfoString.unescape(
      Array(body.replacing(#/<[^>]*>/#, with: " ").utf8)[...], hasBackslashes: false)
  }

  /// The names of the pages above this one.
  var trailText: String {
    let paths = (page["hierarchy"] as? Object)?["paths"] as? [[String]] ?? []
    return (paths.first ?? []).compactMap { references[$0]?["title"] as? String }
      .joined(separator: " / ")
  }

  var title: String { (page["metadata"] as? Object)?["title"] as? String ?? "" }

  /// The page's `index.html` with its title, and with the content for readers without scripts.
  func fill(_ html: String) -> String {
    guard let start = html.range(of: "<noscript>"), let end = html.range(of: "</noscript>") else {
      return html
    }
    return (html[..<start.upperBound] + Self.style + body + html[end.lowerBound...])
      .replacingOccurrences(
        of: "<title>Documentation</title>", with: "<title>\(xmlEscaped(title))</title>")
  }

  private static let style = """
    <style>body{color-scheme:light dark}article{font:17px/1.5 system-ui,sans-serif;max-width:44em;\
    margin:2em auto;padding:0 1em}pre{overflow-x:auto;padding:.8em;border:1px solid #8885}\
    img{max-width:100%;height:auto}td,th{padding:.2em .6em;border:1px solid #8885}\
    table{border-collapse:collapse;display:block;overflow-x:auto}aside{border-left:4px solid #8888;\
    padding-left:1em}</style>
    """

  private var body: String {
    var parts = [
      "<nav>\(trail)</nav>", "<h1>\(xmlEscaped(title))</h1>", tag("p", inlines(page["abstract"])),
    ]
    for section in objects(page["primaryContentSections"]) { parts.append(self.section(section)) }
    for section in objects(page["relationshipsSections"]) + objects(page["topicSections"])
      + objects(page["seeAlsoSections"])
    {
      parts.append(tag("h2", xmlEscaped(section["title"] as? String ?? "")))
      let links = (section["identifiers"] as? [String] ?? []).map(topic)
      parts.append(tag("ul", links.map { tag("li", $0) }.joined(separator: "\n")))
    }
    return "<article>" + parts.filter { !$0.isEmpty }.joined(separator: "\n") + "</article>"
  }

  /// The pages above this one.
  private var trail: String {
    let paths = (page["hierarchy"] as? Object)?["paths"] as? [[String]] ?? []
    return (paths.first ?? []).map { link(to: $0, nil) }.joined(separator: " / ")
  }

  private func topic(_ identifier: String) -> String {
    let abstract = inlines(references[identifier]?["abstract"])
    return link(to: identifier, nil) + (abstract.isEmpty ? "" : ": " + abstract)
  }

  private func section(_ section: Object) -> String {
    switch section["kind"] as? String {
    case "content": blocks(section["content"])
    case "declarations":
      objects(section["declarations"]).map { declaration in
        let tokens = objects(declaration["tokens"]).map { token in
          let text = xmlEscaped(token["text"] as? String ?? "")
          return (token["identifier"] as? String).flatMap(address).map {
            "<a href=\"\($0)\">\(text)</a>"
          } ?? text
        }
        return "<pre><code>\(tokens.joined())</code></pre>"
      }.joined(separator: "\n")
    case "parameters":
      "<h2>Parameters</h2>\n<dl>"
        + objects(section["parameters"]).map { parameter in
          tag("dt", "<code>\(xmlEscaped(parameter["name"] as? String ?? ""))</code>")
            + tag("dd", blocks(parameter["content"]))
        }.joined(separator: "\n") + "</dl>"
    default: ""
    }
  }

  // MARK: - Blocks

  private func blocks(_ value: Any?) -> String { objects(value).map(block).joined(separator: "\n") }

  private func block(_ block: Object) -> String {
    switch block["type"] as? String {
    case "heading":
      let level = max(2, min(6, block["level"] as? Int ?? 2))
      let anchor = xmlEscaped(block["anchor"] as? String ?? "")
      return "<h\(level) id=\"\(anchor)\">\(xmlEscaped(block["text"] as? String ?? ""))</h\(level)>"
    case "paragraph": return tag("p", inlines(block["inlineContent"]))
    case "codeListing":
      let code = (block["code"] as? [String] ?? []).joined(separator: "\n")
      return "<pre><code>\(xmlEscaped(code))</code></pre>"
    case "aside":
      let name = xmlEscaped(block["name"] as? String ?? "Note")
      return tag("aside", "<strong>\(name)</strong>" + blocks(block["content"]))
    case "unorderedList": return tag("ul", items(block))
    case "orderedList":
      let start = (block["start"] as? Int).map { " start=\"\($0)\"" } ?? ""
      return "<ol\(start)>\(items(block))</ol>"
    case "table": return table(block)
    case "thematicBreak": return "<hr>"
    case "termList":
      return "<dl>"
        + objects(block["items"]).map { item in
          tag("dt", inlines((item["term"] as? Object)?["inlineContent"]))
            + tag("dd", blocks((item["definition"] as? Object)?["content"]))
        }.joined() + "</dl>"
    default: return blocks(block["content"]) + inlines(block["inlineContent"])
    }
  }

  private func items(_ list: Object) -> String {
    objects(list["items"]).map { tag("li", blocks($0["content"])) }.joined(separator: "\n")
  }

  private func table(_ table: Object) -> String {
    let rows = table["rows"] as? [[[Object]]] ?? []
    let hasHeader = ["row", "both"].contains(table["header"] as? String)
    return "<table>"
      + rows.enumerated().map { index, cells in
        let cell = index == 0 && hasHeader ? "th" : "td"
        return tag("tr", cells.map { "<\(cell)>\(blocks($0))</\(cell)>" }.joined())
      }.joined(separator: "\n") + "</table>"
  }

  // MARK: - Inlines

  private func inlines(_ value: Any?) -> String { objects(value).map(inline).joined() }

  private func inline(_ inline: Object) -> String {
    let content = { inlines(inline["inlineContent"]) }
    switch inline["type"] as? String {
    case "text": return xmlEscaped(inline["text"] as? String ?? "")
    case "codeVoice": return tag("code", xmlEscaped(inline["code"] as? String ?? ""))
    case "emphasis", "newTerm": return tag("em", content())
    case "strong", "inlineHead": return tag("strong", content())
    case "strikethrough": return tag("s", content())
    case "superscript": return tag("sup", content())
    case "subscript": return tag("sub", content())
    case "reference":
      let title = inlines(inline["overridingTitleInlineContent"])
      return link(to: inline["identifier"] as? String ?? "", title.isEmpty ? nil : title)
    case "image": return image(inline["identifier"] as? String ?? "")
    default: return content()
    }
  }

  private func link(to identifier: String, _ title: String?) -> String {
    let reference = references[identifier]
    var text = title ?? inlines(reference?["titleInlineContent"])
    if text.isEmpty {
      text = xmlEscaped(reference?["title"] as? String ?? identifier)
      if reference?["kind"] as? String == "symbol" { text = tag("code", text) }
    }
    return address(identifier).map { "<a href=\"\($0)\">\(text)</a>" } ?? text
  }

  private func address(_ identifier: String) -> String? {
    guard let url = references[identifier]?["url"] as? String else { return nil }
    let isOurs = url.hasPrefix("/") && !url.hasPrefix("//")
    // A link to a chapter has it already.
    return xmlEscaped(isOurs && !identifier.hasPrefix("chapter:") ? basePath + url : url)
  }

  private func image(_ identifier: String) -> String {
    guard let reference = references[identifier] else { return "" }
    func address(_ trait: String) -> String? {
      let variant = objects(reference["variants"]).first { variant in
        (variant["traits"] as? [String])?.contains(trait) == true
      }
      return (variant?["url"] as? String).map { xmlEscaped(basePath + $0) }
    }
    let alternative = xmlEscaped(reference["alt"] as? String ?? "")
    guard let light = address("light") ?? address("1x") else { return "" }
    let dark = address("dark").map {
      "<source media=\"(prefers-color-scheme:dark)\" srcset=\"\($0)\">"
    }
    return "<picture>\(dark ?? "")<img src=\"\(light)\" alt=\"\(alternative)\"></picture>"
  }

  private func objects(_ value: Any?) -> [Object] { value as? [Object] ?? [] }

  private func tag(_ name: String, _ content: String) -> String {
    content.isEmpty ? "" : "<\(name)>\(content)</\(name)>"
  }
}
