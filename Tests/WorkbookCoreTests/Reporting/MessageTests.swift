import Testing

@testable import WorkbookChapters
@testable import WorkbookCore
@testable import WorkbookSystem

/// How facts are put into words.
@Suite struct MessageTests {
  @Test func `a difference says which option would let the block pass`() {
    let message = CheckProblem.differs(
      CheckProblem.Difference(
        expectedLine: "b 1.0", actualLine: "b 1.5", expected: "1.0", actual: "1.5",
        absoluteError: 0.5, relativeError: 0.5, passingOption: "rtol=5e-01")
    ).message
    #expect(message.contains("rtol=5e-01 would let the block pass"))
  }

  @Test func `a line that is missing, or too much, is written anew only in an output block`() {
    for problem in [CheckProblem.missingLine(expected: "a"), .extraLine(actual: "a")] {
      #expect(problem.message.hasSuffix("run with --update, which rewrites output blocks"))
    }
  }

  @Test func `an unknown option is answered with those of its place`() {
    let problem = FormatProblem.unknownOption(name: "x", suggestion: nil, on: .chapter)
    #expect(problem.message.hasPrefix("unknown option 'x'; a chapter's comment of defaults takes"))
    #expect(problem.message.contains("language-mode") && !problem.message.contains("declares"))
  }

  @Test func `a redeclaration across cells names the option that parts them`() {
    let note = CompileProblem.Note(
      text: "'x' previously declared here", location: Location(path: "a.md", line: 4, column: 5))
    #expect(
      CompileProblem.redeclaration("invalid redeclaration of 'x'", notes: [note]).message == """
        invalid redeclaration of 'x'; if the cells are no one program, give this one another with \
        program=NAME
        note: line 4: 'x' previously declared here
        """)
  }

  @Test(
    arguments: [
      (.network(address: "127.0.0.1:9"), true), (.startedProcess, true), (.files(count: 9), false),
      (.wroteOutside(path: "/etc/x"), false),
    ] as [(Excess, Bool)])
  func `what a program may have to do outside names the option to only compile it`(
    excess: Excess, names: Bool
  ) {
    #expect(RunProblem.ended(.exceeded(excess)).message.contains("no-run") == names)
  }

  @Test(arguments: [
    (ForeignWord.ignore, "skip=\"why\""), (.compileFail, "error"), (.shouldPanic, "traps"),
    (.noRun, "no-run"), (.compileOnly, "no-run"), (.fail, "error"), (.crash, "traps"),
    (.invisible, "<!-- workbook hidden"), (.passthrough, "output block"),
  ])
  func `another tool's word is answered with ours`(word: ForeignWord, ours: String) {
    let message = FormatProblem.foreignWord(word).message
    #expect(
      message.hasPrefix("'\(word.rawValue)' is another tool's word; ") && message.contains(ours))
  }

  @Test func `what is wrong with the format is told in two lines at most`() {
    let bytes = Array(
      "```output\n```\n```swift norun\n```\n<!-- workbook x -->\n```swift skp skip\n".utf8)
    let failures = Chapter(path: "c.md", bytes: bytes).failures
    #expect(failures.count == 5)
    for failure in failures {
      guard case .format(let problem) = failure.problem else { continue }
      #expect(problem.message.split(separator: "\n").count <= 2)
    }
  }

  @Test(
    arguments: [
      (.missingChapter, "there is no translation of a.md; add it"),
      (.extraChapter, "there is no original a.md; remove this chapter, or rename it"),
      (.missingFence(.cell), "the cell of a.md:8:2 is missing before this line; take it over"),
      (
        .extraFence(.output),
        "the original has no such output block at a.md:8:2; remove it, or add it there"
      ),
      (
        .line(original: "x"),
        "a.md:8:2 has 'x' here; beyond comments and printed words the two must be equal"
      ),
      (.missingLine("x"), "the line 'x' of a.md:8:2 is missing here; take it over"),
      (.extraLine("x"), "the original has no line 'x' at a.md:8:2; remove it, or add it there"),
      (
        .option(.rtol, original: "1", translation: "2"),
        "'rtol' is '1' at a.md:8:2, but '2' here; make them equal"
      ),
      (
        .missingOption(.below, value: "4"),
        "the option 'below=4' of a.md:8:2 is missing here; take it over"
      ),
      (
        .missingOption(.noRun, value: ""),
        "the option 'no-run' of a.md:8:2 is missing here; take it over"
      ),
      (
        .extraOption(.decreasing),
        "the original has no option 'decreasing' at a.md:8:2; remove it, or add it there"
      ),
      (
        .missingNumber(label: "a 9"),
        "no number is bound to 'a 9' as at a.md:8:2; take its comment over"
      ),
      (
        .extraNumber(label: "a 9"),
        "the original binds no number to 'a 9'; remove the comment, or add it there"
      ),
    ] as [(Drift.Problem, String)])
  func `a drift is told with its place in the original and the way out`(
    problem: Drift.Problem, message: String
  ) {
    let drift = Drift(
      problem: problem, location: Location(path: "zh/a.md", line: 9, column: 1),
      original: Location(path: "a.md", line: 8, column: 2))
    #expect(drift.message == message)
  }

  @Test(
    arguments: [
      (
        .unclosedFence(inComment: false),
        "only the end of the file closes the code block that begins here; close it with a fence as long"
      ),
      (
        .unclosedFence(inComment: true),
        "only the end of the comment closes the code block that begins here; close it with a fence as "
          + "long"
      ),
      (
        .ignoredPrints,
        "'Prints' is not checked here, as this cell never runs; remove the comment, or what keeps the "
          + "cell from running"
      ),
      (
        .unchecked(lineCount: 1),
        "a line that this cell prints is not checked; write an empty `output` block below it and run "
          + "with --update"
      ),
      (
        .unchecked(lineCount: 2),
        "2 lines that this cell prints are not checked; write an empty `output` block below it and run "
          + "with --update"
      ),
      (
        .untried(cells: 2, seconds: 60),
        "2 of the cells from here on were not tried one by one, as that took 60 s: an error told of them "
          + "may be another cell's; mend the first ones, or divide the program"
      ),
      (.compiler("never used"), "never used"),
    ] as [(Warning.Problem, String)])
  func `a warning says what is worth knowing`(problem: Warning.Problem, message: String) {
    let warning = Warning(problem, at: Location(path: "a.md", line: 1, column: 1))
    #expect(warning.message == message)
  }

  @Test func `errors that are only counted say so`() {
    #expect(
      CompileProblem.moreErrors(count: 1).message
        == "one more error begins here; mend those above first")
    #expect(
      CompileProblem.moreErrors(count: 7).message
        == "7 more errors begin here; mend those above first")
  }

  @Test(
    arguments: [
      .programFailed, .notFinite(line: "nan"), .convergence(.noNumber(option: "below")),
      .ambiguous(line: "a"), .unwritable,
    ] as [UpdateProblem])
  func `why a block is not updated is told`(problem: UpdateProblem) {
    #expect(!problem.message.isEmpty)
  }
}
