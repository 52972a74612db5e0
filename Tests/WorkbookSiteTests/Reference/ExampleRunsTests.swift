import Foundation
import Testing

@testable import WorkbookChapters
@testable import WorkbookCore
@testable import WorkbookSite
@testable import WorkbookSystem

@Suite struct ExampleRunsTests {
  @Test func `a run belongs to the symbol whose doc comment its cells stand in`() throws {
    let source = """
      /// One.
      ///
      /// ```swift
      /// print(1)
      /// ```
      public func one() {}

      /// ```swift
      /// print(2)
      /// ```
      public func two() {}

      """
    let chapter = Chapter(path: "/p/a.swift", bytes: Array(source.utf8))
    #expect(chapter.programs.map(\.name) == ["one", "two"])
    let result = ChapterResult(
      chapter: chapter, source: Array(source.utf8),
      programs: chapter.programs.map { ProgramResult(program: $0, status: .ran) }, failures: [])
    func symbol(_ name: String, _ first: Int, _ last: Int) -> String {
      """
      {"kind":{"identifier":"swift.func"},"identifier":{"precise":"s:\(name)"},
      "pathComponents":["\(name)()"],
      "location":{"uri":"file:///p/a.swift","position":{"line":\(last + 1),"character":0}},
      "docComment":{"lines":[
      {"text":"","range":{"start":{"line":\(first),"character":0},"end":{"line":\(first),"character":9}}},
      {"text":"","range":{"start":{"line":\(last),"character":0},"end":{"line":\(last),"character":9}}}]}}
      """
    }
    let json =
      "{\"module\":{\"name\":\"M\"},\"symbols\":[\(symbol("one", 0, 4)),\(symbol("two", 7, 9))]}"
    let graph = try JSONDecoder().decode(SymbolGraph.self, from: Data(json.utf8))
    let runs = ExampleRuns([result], of: [graph])
    #expect(runs["s:one"].map(\.program.name) == ["one"])
    #expect(runs["s:two"].map(\.program.name) == ["two"])
    #expect(runs["s:three"].isEmpty)
  }
}
