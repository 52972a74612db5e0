import Testing

@testable import WorkbookChapters

@Suite struct AdoptedChapterTests {
  @Test(arguments: [
    ("cannot find 'db' in scope", "db.f()", SkipReason.nameElsewhere),
    ("expected '{' in body of function declaration", "func f()", .noBody),
    ("initializer requires a body", "init()", .noBody),
    ("cannot find 'x' in scope", "f { … }", .abridged),
    ("cannot find 'x' in scope", "f {\n  ...\n}", .abridged),
    ("no such module 'UIKit'", "import UIKit", .noModule),
    (
      "value of tuple type '()' has no member 'package'", ".package(url: \"x\", from: \"1.0.0\")",
      .manifest
    ),
    ("expected expression", "|-|", .notSwift),
    ("'nil' requires a contextual type", "let x = nil", .missingContext),
    ("value of type 'C' has no member 'imag'", "c.imag", .other),
    ("incorrect argument label in call (have 'a:', expected 'b:')", "f(a: 1...2)", .other),
  ])
  func `a reason is told by the compiler's words and the code`(
    error: String, code: String, reason: SkipReason
  ) {
    #expect(SkipReason(error, code: code) == reason)
  }
}
