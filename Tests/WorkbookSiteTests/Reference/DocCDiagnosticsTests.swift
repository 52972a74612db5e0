import Foundation
import Testing

@testable import WorkbookSite

@Suite struct DocCDiagnosticsTests {
  @Test func `DocC's diagnostics are read, those without a place too`() throws {
    let json = #"""
      {"version":{"major":1},"diagnostics":[{"range":{"end":{"line":3,"column":62},"start":{"line":3,
      "column":58}},"notes":[],"summary":"'Nope' doesn't exist","source":"file:\/\/\/tmp\/a%20b.md",
      "severity":"warning","solutions":[{"summary":"Replace it","replacements":[]}]},
      {"notes":[],"summary":"No root","severity":"error","solutions":[]}]}
      """#
    let diagnostics = try JSONDecoder().decode(DocCDiagnostics.self, from: Data(json.utf8))
      .diagnostics
    #expect(diagnostics.map(\.message) == ["'Nope' doesn't exist; Replace it", "No root"])
    #expect(diagnostics.map(\.file) == ["/tmp/a b.md", nil])
    #expect(diagnostics[0].range?.start.column == 58)
  }
}
