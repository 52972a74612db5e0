import Testing

@testable import WorkbookChapters
@testable import WorkbookSystem

@Suite struct CurveImageCheckTests {
  private static let printed = "99 400.5\n199 1.25\n299 0.003\n"

  private static func program(_ picture: CurveImage.Picture?, _ output: String = "") -> Program {
    var program = Chapter(
      "![a](b.svg)<!-- workbook: curve=main -->\n\n```swift\n```\n" + output
    ).programs[0]
    program.curveImages[0].picture = picture
    return program
  }

  private static func problem(_ program: Program, _ printed: String = printed) throws
    -> CheckProblem?
  {
    let result = try check(program, ProgramCheckerTests.transcript([printed]))
    let curves = result.checks.filter { $0.kind == .curve }
    #expect(curves.map(\.status) == [result.failures.isEmpty ? .passed : .failed])
    #expect(curves.map(\.line) == [1])
    guard case .check(let problem)? = result.failures.first?.problem else { return nil }
    #expect(result.failures.map(\.location.column) == [6])
    return problem
  }

  private static func svg(_ printed: String = printed) throws -> [UInt8] {
    let program = program(nil)
    return Array(try #require(program.curveImages[0].svg(of: program, Array(printed.utf8))).utf8)
  }

  @Test func `a picture that a run drew is right, and where nobody looked nothing is said`() throws
  {
    #expect(try Self.problem(Self.program(.file(Self.svg()))) == nil)
    let result = try check(Self.program(nil), ProgramCheckerTests.transcript([Self.printed]))
    #expect(result.checks.isEmpty && result.failures.isEmpty)
  }

  @Test func `numbers within their tolerance leave the file as it is`() throws {
    let near = "99 400.6\n199 1.2499\n299 0.003\n"
    #expect(try Self.svg(near) != Self.svg())
    #expect(try Self.problem(Self.program(.file(Self.svg(near)))) == nil)
    let far = "99 404\n199 1.25\n299 0.003\n"
    let file = CurveImage.Picture.file(try Self.svg(far))
    #expect(try Self.problem(Self.program(file)) == .otherPicture(file: "b.svg"))
    let wide = "```output rtol=0.1\n...\n```\n"
    #expect(try Self.problem(Self.program(file, wide)) == nil)
    let absolute = "```output atol=4\n...\n```\n"
    #expect(try Self.problem(Self.program(file, absolute)) == nil)
  }

  @Test(arguments: [
    "", "99 400.5\n199 1.25\n", "99 400.5\n199 1.25\n399 0.003\n",
    "99 400.5\n199 1.25\n299 0.003\n399 0.001\n", "99 400.5\n199 nan\n299 0.003\n399 0.002\n",
  ])
  func `a picture of other steps is another`(drawn: String) throws {
    let file = drawn.split(separator: "\n").count > 2 ? try Self.svg(drawn) : Array(drawn.utf8)
    let problem = try Self.problem(Self.program(.file(file)))
    #expect(problem == .otherPicture(file: "b.svg"))
  }

  @Test func `a file that somebody changed, or that is no text, is another`() throws {
    var changed = try Self.svg()
    changed[changed.count / 2] ^= 1
    let files: [[UInt8]] = [
      changed, try Self.svg() + [10], [0xFF, 0xFE], Array(try Self.svg().dropLast(20)),
    ]
    for bytes in files {
      #expect(try Self.problem(Self.program(.file(bytes))) == .otherPicture(file: "b.svg"))
    }
  }

  @Test func `a missing picture, and a program without a curve, fail`() throws {
    #expect(try Self.problem(Self.program(.missing)) == .missingPicture(file: "b.svg"))
    for printed in ["", "0 1\n1 2\n", "0 3\n1 2\n2 1\n", "0 nan\n1 nan\n2 nan\n"] {
      #expect(try Self.problem(Self.program(.missing), printed) == .noCurve)
    }
    // Whole numbers are a loss where it is said that they fall.
    let falling = "```output decreasing\n...\n```\n"
    #expect(
      try Self.problem(Self.program(.missing, falling), "0 3\n1 2\n2 1\n")
        == .missingPicture(file: "b.svg"))
  }

  @Test func `what a program prints that ends too early proves nothing`() throws {
    let result = try check(
      Self.program(.missing),
      ProgramCheckerTests.transcript([Self.printed], .exited(code: 1)))
    #expect(result.checks.map(\.status) == [.skipped])
    #expect(Self.program(.missing).skippedChecks.map(\.kind) == [.curve])
  }
}
