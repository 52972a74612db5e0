import Foundation
import Testing

/// What a reader's browser makes of a site.
///
/// `SITE=folder swift test --filter BrowserTests` looks at a site made before; with `PICTURES=folder`,
/// pictures of its first chapter are kept there.
@Suite(.enabled(if: Browser.path != nil, "there is no Chromium on the PATH"))
struct BrowserTests {
  private static let environment = ProcessInfo.processInfo.environment

  /// The addresses of a site's pages, in order: ours, and those of the reference, which DocC made.
  private static func addresses(in site: URL) -> (ours: [String], reference: [String]) {
    let files =
      FileManager.default.enumerator(atPath: site.path)?.compactMap { $0 as? String } ?? []
    let ours = files.filter { $0.hasSuffix(".html") && !$0.contains("/") }.map { "/" + $0 }
    let data = files.filter { $0.hasPrefix("data/") && $0.hasSuffix(".json") }
    return (ours.sorted(), data.map { "/\($0.dropFirst(5).dropLast(5))" }.sorted())
  }

  private func madeSite() throws -> URL {
    let copy = try CaseCopy(of: "translation")
    // Long enough to have places.
    for name in ["a.md", "zh/a.md"] {
      let file = copy.url.appending(path: "chapters/\(name)")
      let text = try String(contentsOf: file, encoding: .utf8)
      let part = String(repeating: "x\n\n", count: 200)
      try Data("\(text)\n\(part)## 2\n\nहिन्दी 60000\n\n\(part)".utf8).write(to: file)
    }
    let made = try shell("workbook docs chapters --output site", in: copy.url)
    try #require(made.code == 0, "\(made.text)")
    let site = FileManager.default.temporaryDirectory
      .appending(path: "workbook-site-\(UUID().uuidString)")
    try FileManager.default.moveItem(at: copy.url.appending(path: "site"), to: site)
    return site
  }

  @Test
  func `pages show their title in their language, and want nothing that the site does not have`()
    throws
  {
    let site = try Self.environment["SITE"].map { URL(filePath: $0).standardized } ?? madeSite()
    defer { if Self.environment["SITE"] == nil { try? FileManager.default.removeItem(at: site) } }
    let (ours, reference) = Self.addresses(in: site)
    #expect(ours.count >= 8)
    let browser = try Browser(
      showing: site, seconds: 60 + 2 * Double(ours.count + reference.count))
    for address in ours { try look(at: address, of: site, in: browser) }
    // One template makes them all, and takes its time.
    for address in reference.enumerated().filter({ $0.offset % 10 == 0 }).map(\.element) {
      try browser.open(address, until: "document.querySelector('#app h1')?.innerText")
      #expect(browser.takeComplaints() == [], "\(address)")
    }
    if let folder = Self.environment["PICTURES"] { try keepPictures(in: folder, of: browser) }
  }

  private func look(at address: String, of site: URL, in browser: Browser) throws {
    let html = try String(contentsOf: site.appending(path: address), encoding: .utf8)
    let language = try #require(html.firstMatch(of: /<html lang="(.*?)"/)?.1)
    try browser.setWindow(width: 390, height: 800)
    try browser.open(address, until: "document.readyState === 'complete'")
    func holds(_ expression: String) throws -> Bool {
      try browser.evaluate(expression) as? Bool == true
    }
    #expect(
      try holds("document.title.startsWith(document.querySelector('h1').innerText)"), "\(address)")
    #expect(try browser.evaluate("document.documentElement.lang") as? String == String(language))
    #expect(try holds("document.documentElement.scrollWidth <= 390"), "\(address) is too wide")
    #expect(try holds("[...document.images].every(i => i.complete && i.naturalWidth > 0)"))
    #expect(browser.takeComplaints() == [], "\(address)")
  }

  @Test func `a page leads to its translation and back, also without scripts`() throws {
    let site = try madeSite()
    defer { try? FileManager.default.removeItem(at: site) }
    let browser = try Browser(showing: site, seconds: 120)
    func follow(_ link: String, to address: String, _ language: String) throws {
      let element = "[...document.links].find(a => a.innerText === '\(link)')"
      try browser.wait(until: element)
      // The page that is to answer may be gone then.
      _ = try? browser.evaluate("\(element).click()")
      try browser.wait(until: "location.pathname === '\(address)'")
      try browser.wait(until: "document.documentElement.lang === '\(language)'")
    }
    try browser.open("/a.html", until: "document.querySelector('h1')")
    try follow("中文", to: "/zh-a.html", "zh")
    try follow("English", to: "/a.html", "en")
    // The other language is shown at the same place.
    try browser.wait(until: "document.readyState === 'complete'")
    try browser.evaluate("document.querySelector('h2').scrollIntoView()")
    try follow("中文", to: "/zh-a.html", "zh")
    try browser.wait(
      until: "Math.abs(document.querySelector('h2').getBoundingClientRect().top) < 200")
    try browser.disableScripts()
    try browser.open("/zh-a.html", until: "document.querySelector('figure.output svg')")
    try follow("English", to: "/a.html", "en")
  }

  @Test func `the search finds, and the keys lead to the chapters before and after`() throws {
    let site = try madeSite()
    defer { try? FileManager.default.removeItem(at: site) }
    let browser = try Browser(showing: site, seconds: 120)
    try browser.open("/a.html", until: "document.readyState === 'complete'")
    func ask(_ question: String) throws {
      try browser.evaluate(
        "{ const it = document.querySelector('#search'); it.focus(); it.value = '\(question)'; "
          + "it.dispatchEvent(new Event('input')) }")
    }
    try ask("words")
    try browser.wait(until: "document.querySelector('.found a')?.pathname === '/b.html'")
    for rare in ["हिन्दी", "60000", "600007"] {
      try ask(rare)
      try browser.wait(until: "document.querySelector('.found a')?.hash === '#2'")
      try ask("zebra")
      try browser.wait(until: "!document.querySelector('.found a')")
    }
    try ask("词语")
    try browser.wait(until: "document.querySelector('.found a')?.pathname === '/zh-b.html'")
    // All of what is found is in the window, also of a phone.
    for width in [320, 390, 600, 1200] {
      try browser.setWindow(width: width, height: 800)
      try ask("words")
      try browser.wait(until: "document.querySelector('.found a')")
      let box =
        "(it => it.left >= 0 && it.right <= innerWidth)(document.querySelector('.found').getBoundingClientRect())"
      #expect(try browser.evaluate(box) as? Bool == true, "\(width)")
    }
    try browser.evaluate("document.querySelector('h1').click()")
    #expect(try browser.evaluate("document.querySelector('.found').children.length") as? Int == 0)
    try ask("zebra")
    try browser.wait(until: "document.querySelector('.found')?.innerText === 'Nothing found.'")
    try browser.press("ArrowRight")
    #expect(try browser.evaluate("location.pathname") as? String == "/a.html")
    try browser.evaluate("document.activeElement.blur()")
    try browser.press("ArrowRight")
    try browser.wait(until: "location.pathname === '/b.html' && document.readyState === 'complete'")
    try browser.press("ArrowLeft")
    try browser.wait(until: "location.pathname === '/a.html'")
    #expect(browser.takeComplaints() == [])
  }

  @Test func `a search that could not be loaded is loaded at the next letter`() throws {
    let site = try madeSite()
    defer { try? FileManager.default.removeItem(at: site) }
    let browser = try Browser(showing: site, seconds: 120)
    try browser.open("/a.html", until: "document.readyState === 'complete'")
    try browser.evaluate(
      """
      {
        const real = window.fetch, it = document.querySelector('#search')
        window.fetch = async () => { window.fetch = real; throw new TypeError() }
        it.value = 'words'
        it.dispatchEvent(new Event('input'))
        setTimeout(() => it.dispatchEvent(new Event('input')), 100)
      }
      """)
    try browser.wait(until: "document.querySelector('.found a')?.pathname === '/b.html'")
  }

  @Test(arguments: [false, true])
  func `no page keeps out who hears it, sees little or has no pointer`(isDark: Bool) throws {
    let given = Self.environment["SITE"].map { URL(filePath: $0) }
    let site = try given ?? madeSite()
    defer { if given == nil { try? FileManager.default.removeItem(at: site) } }
    let browser = try Browser(showing: site, seconds: 300)
    try browser.setWindow(width: 390, height: 800, isDark: isDark)
    for address in Self.addresses(in: site).ours where !address.contains("print") {
      try browser.open(address, until: "document.readyState === 'complete'")
      let barriers = try browser.barriers()
      #expect(barriers == [], "\(address)")
    }
  }

  @Test func `what keeps readers out is found`() throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "workbook-site-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let html = """
      <title>x</title><body><h1>a</h1><h3 id="a">b</h3><button></button><img src="data:," id="a">
      <ul><p>c</p></ul><table><th></th></table><p class="d">d</p>
      <pre>\(String(repeating: "e", count: 99))</pre><link rel="stylesheet" href="a.css">
      """
    // Pages have no styles of their own.
    try Data("pre { overflow-x: auto; width: 9px } .d { color: #888; background: #999 }".utf8)
      .write(to: folder.appending(path: "a.css"))
    try Data(html.utf8).write(to: folder.appending(path: "index.html"))
    let browser = try Browser(showing: folder, seconds: 60)
    try browser.open("/index.html", until: "document.readyState === 'complete'")
    let barriers = try browser.barriers().joined(separator: "\n")
    for part in [
      "the page has no language", "the page has not one main part", "no name: <button>",
      "no words for the picture", "empty header", "no item in a list", "leaves out level 2",
      "two elements are a", "contrast 1.24: <p", "the keys do not reach it: <pre",
    ] {
      #expect(barriers.contains(part), "\(part) in \(barriers)")
    }
  }

  @Test func `the whole book is a PDF where one is wanted`() throws {
    let copy = try CaseCopy(of: "translation")
    let made = try shell("workbook docs chapters --pdf --output site", in: copy.url)
    #expect(made.code == 0, "\(made.text)")
    for name in ["book", "book-zh"] {
      let file = copy.url.appending(path: "site/\(name).pdf")
      #expect(try Data(contentsOf: file).starts(with: Data("%PDF-".utf8)))
    }
    let start = try String(contentsOf: copy.url.appending(path: "site/zh.html"), encoding: .utf8)
    #expect(start.contains("<a href=\"book-zh.pdf\">PDF</a>"))
    // Known as a site the next time, with what it has there.
    #expect(try shell("workbook docs chapters --output site", in: copy.url).code == 0)
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
    // Not at the top, where no page may have scripts in it.
    let page = folder.appending(path: "x")
    try FileManager.default.createDirectory(at: page, withIntermediateDirectories: true)
    try Data(html.utf8).write(to: page.appending(path: "index.html"))
    let browser = try Browser(showing: folder, seconds: 60)
    try browser.open("/x/", until: "document.title === 'y' && document.readyState === 'complete'")
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
          "/\(page).html", until: "document.readyState === 'complete'")
        try browser.picture(width: width, height: 1400, isDark: isDark)
          .write(to: URL(filePath: "\(folder)/\(page)-\(name).png"))
      }
    }
  }
}
