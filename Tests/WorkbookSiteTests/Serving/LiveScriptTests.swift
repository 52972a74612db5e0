import Testing

@testable import WorkbookSite

@Suite struct LiveScriptTests {
  @Test func `a served page loads at most 23 KB of script`() {
    let count = SiteScript.javaScript.utf8.count + LiveScript.javaScript.utf8.count
    #expect(count <= 23_000, "\(count)")
  }

  @Test(arguments: [SiteWords.english, .chinese])
  func `the template has every word and every part that the script names`(words: SiteWords) {
    let template = LiveScript.template(in: words, file: "0")
    for name in Set(LiveScript.javaScript.matches(of: #/\bwords\.([a-z]+)/#).map { $0.1 }) {
      #expect(template.contains("data-\(name)=\""), "\(name)")
    }
    let set = ["figure", "pre", "text", "line", "program", "programs", "place", "base", "id"]
    let named = LiveScript.javaScript.matches(of: #/\bcell\.([a-z]+)\b/#).map { String($0.1) }
    for name in Set(named).subtracting(set + ["shown"]) {
      #expect(template.contains("class=\"\(name)\""), "\(name)")
    }
    #expect(template.contains(#/[\u4e00-\u9fff]/#) == (words == .chinese))
  }
}
