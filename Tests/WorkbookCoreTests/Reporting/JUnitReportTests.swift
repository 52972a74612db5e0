import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@testable import WorkbookCore
@testable import WorkbookSystem

@Suite struct JUnitReportTests {
  @Test func `every program is a case, with its failures and the reason it was skipped`() throws {
    let document = try XMLDocument(xmlString: JUnitReport(report: Samples.report).xml())
    let suites = try document.nodes(forXPath: "/testsuites/testsuite")
    #expect(suites.count == 2)
    #expect(
      try document.nodes(forXPath: "//testcase/@name").map(\.stringValue)
        == ["(chapter)", "main", "sketch"])
    let failure = try #require(try document.nodes(forXPath: "//failure").first as? XMLElement)
    #expect(failure.attribute(forName: "type")?.stringValue == "mismatch")
    #expect(failure.stringValue?.hasPrefix("chapters/01-a,b.md:13:4: expected 2.0") == true)
    #expect(
      try document.nodes(forXPath: "//skipped/@message").map(\.stringValue)
        == ["a page without cells", "needs \"a GPU\""])
    let confinement = "//property[@name='confinement']/@value"
    #expect(
      try document.nodes(forXPath: confinement).map(\.stringValue) == ["full", "full"])
    let root = try #require(document.rootElement())
    #expect(root.attribute(forName: "tests")?.stringValue == "3")
    #expect(root.attribute(forName: "failures")?.stringValue == "1")
    #expect(root.attribute(forName: "skipped")?.stringValue == "2")
  }

  @Test func `whatever a program prints, the XML is well-formed`() throws {
    var report = Samples.report
    let everything = (0..<0x3000).compactMap(Unicode.Scalar.init).map(String.init).joined()
    report.chapters[1].programs[0].output = everything + "]]></system-out>\u{FFFF}\u{FFFE}"
    let document = try XMLDocument(xmlString: JUnitReport(report: report).xml())
    let output = try document.nodes(forXPath: "//system-out").first?.stringValue
    #expect(output?.hasSuffix("]]></system-out>\u{FFFD}\u{FFFD}") == true)
  }

  @Test(.timeLimit(.minutes(1)))
  func `very many lines take no longer each than a few`() {
    #expect(
      xmlEscaped(String(repeating: "<\n", count: 500_000)).utf8.count == 500_000
        * "&lt;&#10;".utf8.count)
  }
}
