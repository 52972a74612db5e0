import Testing

@testable import WorkbookChapters
@testable import WorkbookSite
@testable import WorkbookSystem

@Suite struct SiteWordsTests {
  @Test(arguments: [
    ("zh", SiteWords.chinese), ("zh-Hans", .chinese), ("en", .english), ("de", .english),
    ("zha", .english),
  ])
  func `the site speaks Chinese and English`(code: String, words: SiteWords) {
    #expect(SiteWords(language: code) == words)
  }

  @Test func `a language is called by its own name`() {
    #expect(["en", "zh", "de"].map(SiteWords.name) == ["English", "中文", "Deutsch"])
  }

  @Test func `a page in Chinese says in Chinese by how much a number is off`() {
    let difference = CheckProblem.Difference(
      expectedLine: "99 1.0", actualLine: "99 1.5", expected: "1.0", actual: "1.5",
      absoluteError: 0.5, relativeError: 0.5, step: 99, passingOption: "rtol=5.1e-01")
    let place = Location(path: "zh/a.md", line: 3, column: 4)
    let failure = Failure(.check(.differs(difference)), at: place)
    #expect(
      SiteWords.chinese.message(of: failure)
        == "预期“99 1.0”，实际输出“99 1.5”\n“1.5”的误差为 0.5（相对 0.5），在第 99 步；容差取 rtol=5.1e-01 即可通过")
    #expect(SiteWords.english.message(of: failure) == failure.message)
  }

  @Test(
    arguments: [
      CheckProblem.missingLine(expected: "a"), .extraLine(actual: "a"),
      .otherNumber(written: "1", printed: "2", line: "a 2"), .missingPicture(file: "a.svg"),
      .otherPicture(file: "a.svg"), .startPasses,
    ], [SiteWords.english, .chinese])
  func `no page tells its reader to type a command's option`(
    problem: CheckProblem, words: SiteWords
  ) {
    let failure = Failure(.check(problem), at: Location(path: "a.md", line: 3, column: 4))
    #expect(failure.message.contains(" --"))
    #expect(!words.message(of: failure).contains("--"))
  }

  @Test(arguments: [
    (Transcript.End.exited(code: 3), "程序以退出码 3 结束"), (.timedOut(seconds: 20), "程序运行超过了 20 秒"),
    (.exceeded(.printed(bytes: 2 << 20)), "程序输出超过了 2 MB，被停止"), (.killed(signal: 9), "信号 9"),
  ])
  func `a page in Chinese says in Chinese how a program ended`(end: Transcript.End, words: String) {
    let failure = Failure(.run(.ended(end)), at: Location(path: "zh/a.md", line: 3, column: 4))
    #expect(SiteWords.chinese.message(of: failure).contains(words))
    let trap = Failure(
      .run(.ended(.trapped(message: "own words", at: nil))), at: failure.location)
    #expect(SiteWords.chinese.message(of: trap) == "own words")
  }
}
