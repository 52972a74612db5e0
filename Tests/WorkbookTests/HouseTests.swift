import Foundation
import Testing

/// The table of rooms in `.github/CONTRIBUTING.md` is the graph of the manifest's targets.
@Suite struct HouseTests {
  private func text(_ name: String) throws -> String {
    // Tests/WorkbookTests/HouseTests.swift
    var root = URL(filePath: #filePath)
    for _ in 0..<3 { root.deleteLastPathComponent() }
    return try String(contentsOf: root.appending(path: name), encoding: .utf8)
  }

  @Test func `every room uses what the picture says`() throws {
    var drawn: [String: [String]] = [:]
    for row in try text(".github/CONTRIBUTING.md").matches(of: /\n\| `(\w+)` \|([^|]*)\|/) {
      drawn[String(row.1)] = row.2.matches(of: /`(\w+)`/).map { String($0.1) }
    }
    var built: [String: [String]] = [:]
    let target =
      /\.(?:target|executableTarget)\(\s*name: "(\w+)"(?:,\s*dependencies: \[([^\]]*)\])?/
    for match in try text("Package.swift").matches(of: target)
    where !match.1.hasPrefix("WorkbookTest") {
      built[String(match.1)] = (match.2 ?? "").matches(of: /"(\w+)"/).map { String($0.1) }
    }
    #expect(built.count == 13)
    #expect(drawn == built)
  }
}
