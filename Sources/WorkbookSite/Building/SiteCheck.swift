import Foundation
import WorkbookSystem
import WorkbookCore

/// Checks that whatever a made site refers to is in it (pages, headings, pictures and scripts), and that
/// no address of a page is one that it may not have.
///
/// Only here DocC's own reading of the Markdown is known, which is what counts.
struct SiteCheck {
  struct Finding: Hashable {
    /// The page's address.
    var page: String
    /// What it refers to.
    var target: String
    var problem: PublishingProblem
  }

  private let folder: String
  private let basePath: String
  private var pages: [String: Set<String>] = [:]
  private var references: [(page: String, target: String)] = []
  private var unreadable: [String] = []

  /// - Parameter basePath: what stands before the site's addresses, without a slash at its end.
  init(folder: String, basePath: String) throws(Fault) {
    self.folder = folder
    self.basePath = basePath
    for file in filesBelow(folder) {
      if file.hasPrefix("data/"), file.hasSuffix(".json") {
        try readPage(file)
      } else if file.hasSuffix(".html") {
        try readHTML(file)
      }
    }
  }

  /// In the order of the pages.
  func findings() -> [Finding] {
    var findings = Set(unreadable.map { Finding(page: $0, target: "", problem: .unreadablePage) })
    for (page, target) in references {
      let isWeb = LinkTarget(target) == .address
      if LinkTarget(target) == .refused {
        findings.insert(Finding(page: page, target: target, problem: .refused(target: target)))
      } else if !isWeb, !isThere(target, from: page) {
        findings.insert(Finding(page: page, target: target, problem: .brokenLink(target: target)))
      }
    }
    return findings.sorted { ($0.page, $0.target) < ($1.page, $1.target) }
  }

  private func isThere(_ target: String, from page: String) -> Bool {
    let parts = target.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    var path = parts[0].removingPercentEncoding ?? String(parts[0])
    if path.isEmpty { path = page }
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    if !path.hasPrefix("/"), page.hasSuffix(".html") { path = "/" + path }
    guard path.hasPrefix("/") else { return false }
    if let anchors = pages[path.lowercased()] {
      return parts.count == 1 || anchors.contains(decoded(parts[1]))
    }
    return FileManager.default.fileExists(atPath: folder + path)
  }

  private func decoded(_ text: some StringProtocol) -> String {
    text.removingPercentEncoding ?? String(text)
  }

  private mutating func readPage(_ file: String) throws(Fault) {
    let data = try attempt("read \(file)") {
      try Data(contentsOf: URL(filePath: "\(folder)/\(file)"))
    }
    let address = "/" + file.dropFirst("data/".count).dropLast(".json".count)
    guard let value = try? JSONSerialization.jsonObject(with: data) else {
      unreadable.append(address)
      return
    }
    var anchors: Set<String> = []
    collect(value, of: address, &anchors)
    pages[address.lowercased()] = anchors
  }

  /// Addresses stand in `url`, headings in `anchor`.
  private mutating func collect(_ value: Any, of page: String, _ anchors: inout Set<String>) {
    if let list = value as? [Any] {
      for value in list { collect(value, of: page, &anchors) }
    } else if let object = value as? [String: Any] {
      if let anchor = object["anchor"] as? String { anchors.insert(decoded(anchor)) }
      // The page's own identifier is no address.
      if let target = object["url"] as? String, object["interfaceLanguage"] == nil {
        references.append((page, withoutBase(target)))
      }
      for value in object.values where value is [Any] || value is [String: Any] {
        collect(value, of: page, &anchors)
      }
    }
  }

  private mutating func readHTML(_ file: String) throws(Fault) {
    let text = try attempt("read \(file)") {
      try String(contentsOf: URL(filePath: "\(folder)/\(file)"), encoding: .utf8)
    }
    var page = "/" + file
    if page.hasSuffix("/index.html"), page != "/index.html" {
      page = String(page.dropLast("/index.html".count))
    } else {
      let ids = text.matches(of: #/ id="([^"]*)"/#).map { unescaped($0.1) }
      pages[page.lowercased()] = Set(ids)
    }
    for match in text.matches(of: #/(?:href|src|srcset)="([^"]*)"/#) {
      references.append((page, withoutBase(unescaped(match.1))))
    }
  }

  private func unescaped(_ text: Substring) -> String {
    String(text).replacing("&quot;", with: "\"").replacing("&#39;", with: "'")
      .replacing("&amp;", with: "&")
  }

  private func withoutBase(_ target: String) -> String {
    target.hasPrefix(basePath + "/") ? String(target.dropFirst(basePath.count)) : target
  }
}
