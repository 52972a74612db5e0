import Foundation
import Testing

@testable import WorkbookCore
@testable import WorkbookSystem

@Suite struct CallerPlacesTests {
  @Test(arguments: [
    "func f(line: Int = #line)", "f(#file)", "#fileID", "= #filePath,", "\"\\(#column)\"",
    "func f(at place: String = #place)", "= /* here */ #place()", "// #line", "#",
  ])
  func `who names a place or a macro may learn where it is called from`(source: String) {
    #expect(asksForCaller(Data(source.utf8)) == (source != "#"))
  }

  @Test(arguments: [
    "#if os(Linux)\n#elseif DEBUG\n#else\n#endif", "#available(macOS 26, *)", "f(#function)",
    "actor: isolated (any Actor)? = #isolation", "#\"raw\"#", "##/x/##", "// # Title, #1", "",
    "#sourceLocation(file: \"a\", line: 1)",
  ])
  func `who does not cannot`(source: String) {
    #expect(!asksForCaller(Data(source.utf8)))
  }
}
