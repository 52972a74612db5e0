import Testing

@testable import WorkbookChapters

@Suite struct NearestWordTests {
  @Test(arguments: [
    ("progam", "program"), ("porgram", "program"), ("tiemout", "timeout"), ("skp", "skip"),
    ("norun", "no-run"), ("--verbos", "--verbose"),
  ])
  func `a slip of the finger gets the word that was meant`(word: String, meant: String) {
    let words = ["program", "no-run", "skip", "error", "traps", "timeout", "--verbose"]
    #expect(nearestWord(to: word, among: words) == meant)
  }

  @Test(arguments: ["frobnicate", "", "x"])
  func `a word that is like none gets none`(word: String) {
    #expect(nearestWord(to: word, among: ["program", "timeout"]) == nil)
  }

  @Test func `a word of a million letters costs nothing`() {
    let word = String(repeating: "p", count: 1_000_000)
    #expect(nearestWord(to: word, among: ["program"]) == nil)
  }
}
