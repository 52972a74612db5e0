import Testing

@testable import WorkbookChapters
@testable import WorkbookSystem

@Suite struct CurveTests {
  @Test func `lines that are a step and a number make a curve`() {
    let curves = Curve.curves(in: "99 427.8\n199 1.4\n299 7e-3\n", name: "main")
    #expect(curves.map(\.name) == ["main"])
    #expect(curves.first?.points.map(\.step) == [99, 199, 299])
    #expect(curves.first?.points.map(\.value) == [427.8, 1.4, 7e-3])
  }

  @Test func `several runs are called by the words before them`() {
    let text = "with the correction\n0 1\n1 2\n2 3\nwithout\n0 1\n1 4\n2 9\n"
    #expect(Curve.curves(in: text, name: "main").map(\.name) == ["with the correction", "without"])
  }

  @Test(arguments: [
    "", "a 1\nb 2\nc 3", "0 1\n1 2", "0 1 2\n1 2 3\n2 3 4", "2 1\n1 2\n0 3", "0 nan\n1 nan\n2 1",
  ])
  func `anything else is none`(text: String) {
    #expect(Curve.curves(in: text, name: "main").isEmpty)
  }

  @Test(arguments: [
    ("99 1\n199 2\n", "299 3\n", true), ("0 1\n", "5 2\n", true), ("a\n0 1\n", "5 2\n", true),
    ("0 1\n1 2\n2 3\n", "99 4\n", false), ("99 1\n199 2\n", "99 3\n", false),
    ("", "0 1\n", false),
    ("0 1\n1 2\n", "words\n2 3\n", false), ("0 1\n1 2\nwords\n", "2 3\n", false),
    ("3 1\n0 2\n", "7 3\n", true),
    ("\(Int.min) 1\n0 1\n", "\(Int.max) 1\n", true),
  ])
  func `a curve goes on where its steps do`(before: String, next: String, expected: Bool) {
    #expect(Curve.goesOn(from: before, to: next) == expected)
  }

  @Test func `equal curves are one, with all their names`() {
    let points = [StepPoint(step: 0, value: 1)]
    let curves = Curve.merged(
      [
        Curve(name: "a", points: points), Curve(name: "b", points: []),
        Curve(name: "c", points: points),
      ], tolerance: 0)
    #expect(curves.map(\.name) == ["a · c", "b"])
  }

  @Test func `curves whose values differ by no more than the tolerance are one`() {
    func curve(_ name: String, _ values: [Double]) -> Curve {
      Curve(name: name, points: values.enumerated().map { .init(step: $0, value: $1) })
    }
    let curves = Curve.merged(
      [
        curve("a", [4, 2, .infinity]), curve("b", [4.003, 2, .infinity]),
        curve("c", [4.005, 2, .infinity]), curve("d", [4, 2, 1]), curve("e", [4, 2]),
      ], tolerance: 1e-3)
    #expect(curves.map(\.name) == ["a · b", "c", "d", "e"])
  }

  @Test func `a curve in words names its points, a long one its ends`() {
    let short = Curve.curves(in: "0 4\n1 2.5\n2 1e-5", name: "x")[0]
    #expect(short.description(in: .english) == "x: 4 at step 0, 2.5 at step 1, 1e-05 at step 2")
    let long = Curve(name: "y", points: (0..<100).map { .init(step: $0, value: Double($0)) })
    #expect(long.description(in: .english) == "y: 0 at step 0, … 99 at step 99")
    #expect(short.description(in: .chinese) == "x：第 0 步 4，第 1 步 2.5，第 2 步 1e-05")
    #expect(long.description(in: .chinese) == "y：第 0 步 0，……，第 99 步 99")
  }

  @Test func `a long curve is drawn by as many points as a picture shows`() throws {
    let text = (0..<5000).map { "\($0) 0.5" }.joined(separator: "\n")
    let curve = try #require(Curve.curves(in: text, name: "x").first)
    #expect(curve.points.count == 1000)
    #expect(curve.points.first?.step == 0 && curve.points.last?.step == 4999)
  }
}

@Suite struct CurveReaderTests {
  @Test func `a curve goes on from piece to piece, and is called as one or several are`() {
    var reader = CurveReader()
    #expect(reader.read("0 3\n1 2\n", name: "a").isEmpty)
    #expect(reader.read("2 1.5\n", name: "a").map(\.points.count) == [3])
    let rest = reader.read("3 1\nanother\n0 2\n1 1\n2 0\n", name: "b")
    #expect(rest.map(\.name) == ["b", "another"])
    #expect(rest.map(\.points.count) == [4, 3])
    #expect(reader.read("words\n0 2\n1 1\n2 0\n", name: "c").map(\.name) == ["c"])
  }

  @Test func `thousands of pieces take time in proportion to what they print`() {
    var reader = CurveReader()
    for step in 0..<10_000 {
      let curves = reader.read("\(3 * step) 2\n\(3 * step + 1) 1\n\(3 * step + 2) 1\n", name: "x")
      #expect(curves.count == 1)
    }
  }
}
