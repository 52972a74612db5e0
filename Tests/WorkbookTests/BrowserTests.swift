import Foundation
import Testing

/// What a reader's browser makes of a site.
///
/// `SITE=folder swift test --filter BrowserTests` looks at a site made before; with `PICTURES=folder`,
/// pictures of its first chapter are kept there.
@Suite(.enabled(if: Browser.path != nil, "there is no Chromium on the PATH"))
struct BrowserTests {
  private static let environment = ProcessInfo.processInfo.environment

  /// The addresses of a site's pages, in order.
  private static func addresses(in site: URL) -> [String] {
    let files = FileManager.default.enumerator(atPath: site.appending(path: "documentation").path)
    return (files?.compactMap { $0 as? String } ?? []).filter { $0.hasSuffix("/index.html") }
      .map { "/documentation/\($0.dropLast("/index.html".count))" }.sorted()
  }

  @Test
  func `every page shows its title in its language, and wants nothing that the site does not have`()
    throws
  {
    let copy = try CaseCopy(of: "translation")
    var site = copy.url.appending(path: "site")
    if let folder = Self.environment["SITE"] {
      site = URL(filePath: folder)
    } else {
      let made = try shell("workbook docs chapters --output site", in: copy.url)
      try #require(made.code == 0, "\(made.text)")
    }
    let addresses = Self.addresses(in: site)
    #expect(!addresses.isEmpty)
    let browser = try Browser(showing: site, seconds: 60 + 2 * Double(addresses.count))
    for address in addresses {
      let file = site.appending(path: address + "/index.html")
      try look(at: address, of: try String(contentsOf: file, encoding: .utf8), in: browser)
    }
    if let folder = Self.environment["PICTURES"] { try keepPictures(in: folder, of: browser) }
  }

  private func look(at address: String, of html: String, in browser: Browser) throws {
    let title = try #require(html.firstMatch(of: /<title>(.*?)<\/title>/)?.1)
    let language = try #require(html.firstMatch(of: /<html lang="(.*?)"/)?.1)
    try browser.open(address, until: "document.querySelector('#app h1')?.innerText")
    // A browser's own parser undoes the escapes; long names may be broken anywhere.
    let isTitle = """
      document.querySelector('#app h1').textContent.replace(/\\s|\u{200B}/g, '') ===
      new DOMParser().parseFromString('\(title.replacing("'", with: "&#39;"))', 'text/html')
        .body.textContent.replace(/\\s/g, '')
      """
    #expect(try browser.evaluate(isTitle) as? Bool == true, "\(address) shows no '\(title)'")
    #expect(try browser.evaluate("document.documentElement.lang") as? String == String(language))
    // Those below the window would be loaded when a reader comes near them.
    try browser.evaluate("for (const i of document.images) i.loading = 'eager'")
    try browser.wait(until: "[...document.images].every(i => i.complete)")
    let arePicturesShown = "[...document.images].every(i => i.naturalWidth > 0)"
    #expect(try browser.evaluate(arePicturesShown) as? Bool == true, "a picture of \(address)")
    #expect(browser.takeComplaints() == [], "\(address)")
  }

  @Test func `a page leads to its translation and back, also without scripts`() throws {
    let copy = try CaseCopy(of: "translation")
    let made = try shell("workbook docs chapters --output site", in: copy.url)
    try #require(made.code == 0, "\(made.text)")
    let browser = try Browser(showing: copy.url.appending(path: "site"), seconds: 120)
    func follow(_ link: String, to address: String, _ language: String) throws {
      let element = "[...document.links].find(a => a.innerText === '\(link)')"
      try browser.wait(until: element)
      try browser.evaluate("\(element).click()")
      try browser.wait(
        until: "location.pathname.replace(/\\/$/, '') === '/documentation/book/\(address)'")
      try browser.wait(until: "document.documentElement.lang === '\(language)'")
    }
    try browser.open("/documentation/book/a", until: "document.querySelector('#app h1')")
    try follow("中文", to: "zh-a", "zh")
    try follow("English", to: "a", "en")
    try browser.disableScripts()
    try browser.open("/documentation/book/zh-a", until: "document.querySelector('noscript h1, h1')")
    try follow("English", to: "a", "en")
  }

  @Test func `a browser tells what is wrong with a page`() throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "workbook-site-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let html = """
      <title>x</title><img src="https://example.org/x.png"><script src="/none.js"></script>
      <script>console.error("alas"); document.title = "y"; throw new Error("oh")</script>
      """
    try Data(html.utf8).write(to: folder.appending(path: "index.html"))
    let browser = try Browser(showing: folder, seconds: 60)
    try browser.open("/", until: "document.title === 'y' && document.readyState === 'complete'")
    let complaints = browser.takeComplaints().joined(separator: "\n")
    for part in ["asked for https://example.org/x.png", "asked for /none.js", "alas", "oh"] {
      #expect(complaints.contains(part), "\(part) in \(complaints)")
    }
  }

  private func keepPictures(in folder: String, of browser: Browser) throws {
    for page in ["01-warm-up", "zh-01-warm-up"] {
      for (name, width, isDark) in [
        ("light", 1200, false), ("dark", 1200, true), ("phone", 390, false),
      ] {
        try browser.open(
          "/documentation/book/\(page)", until: "document.querySelector('#app h1')?.innerText")
        try browser.picture(width: width, height: 1400, isDark: isDark)
          .write(to: URL(filePath: "\(folder)/\(page)-\(name).png"))
      }
    }
  }
}
