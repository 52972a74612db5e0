import Testing

@testable import WorkbookChapters

@Suite struct NearestWordTests {
  @Test(
    "A slip of the finger gets the word that was meant",
    arguments: [
      ("progam", "program"), ("porgram", "program"), ("tiemout", "timeout"), ("skp", "skip"),
      ("norun", "no-run"), ("--verbos", "--verbose"),
    ])
  func near(word: String, meant: String) {
    let words = ["program", "no-run", "skip", "error", "traps", "timeout", "--verbose"]
    #expect(nearestWord(to: word, among: words) == meant)
  }

  @Test("A word that is like none gets none", arguments: ["frobnicate", "", "x"])
  func far(word: String) {
    #expect(nearestWord(to: word, among: ["program", "timeout"]) == nil)
  }

  @Test("A word of a million letters costs nothing")
  func long() {
    let word = String(repeating: "p", count: 1_000_000)
    #expect(nearestWord(to: word, among: ["program"]) == nil)
  }
}
