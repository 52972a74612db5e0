import Testing

@testable import WorkbookCore

@Suite struct PlotTests {
  private func trajectory(_ text: String) throws -> Trajectory {
    try #require(Trajectory(Array(text.utf8)))
  }

  @Test
  func `values that span decades get a logarithmic axis, on which a geometric decay is a line`()
    throws
  {
    let losses = try trajectory("0 1000.0\n1 100.0\n2 10.0\n3 1.0\n4 0.1\n5 0.01\n6 0.001\n7 1e-4")
    #expect(
      Plot(actual: losses, expected: nil, columns: 30).rows() == [
        " 1e+03 ┤ ●", " 1e+02 ┤    ●", "    10 ┤      ●", "     1 ┤         ●",
        "   0.1 ┤            ●", "  0.01 ┤               ●", " 0.001 ┤                 ●",
        "0.0001 ┤                    ●", "       └─────────────────────",
        "         0                  7",
      ])
  }

  @Test func `what was expected shows where it differs from what was printed`() throws {
    let plot = Plot(
      actual: try trajectory("0 1.0\n10 2.0"), expected: try trajectory("0 1.0\n10 4.0"),
      columns: 30)
    let rows = plot.rows()
    #expect(rows.joined().contains("◉"))
    #expect(rows.joined().contains("○"))
    #expect(rows.dropLast().last?.hasSuffix("10") == true)
    #expect(rows.last?.hasSuffix("● printed ○ expected ◉ both") == true)
    #expect(rows.dropLast().allSatisfy { $0.count <= 30 })
  }

  @Test(arguments: [
    "0 nan\n1 inf", "0 1.0\n1 1.0", "0 -1.0\n1 nan", "0 0.0\n1 0.0", "0 1e308\n1 -1e308",
    "-9223372036854775808 1.0\n9223372036854775807 2.0",
  ])
  func `neither nan, infinity nor a flat line is too much for it`(text: String) throws {
    _ = Plot(actual: try trajectory(text), expected: nil, columns: 5).rows()
  }
}
