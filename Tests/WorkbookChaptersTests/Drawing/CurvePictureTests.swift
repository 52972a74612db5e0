import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@testable import WorkbookChapters

@Suite struct CurvePictureTests {
  static let falling = Curve.curves(in: "99 876.6\n199 10.5\n299 0.18", name: "a <b> & \"c\"")[0]
  static let other = Curve.curves(in: "99 5.4\n199 8.8e-4\n299 inf\n399 2.4e-7", name: "linear")[0]

  @Test func `the picture is well-formed, says what it shows, and is the same each time`() {
    let picture = CurvePicture([Self.falling, Self.other], quantity: "loss")
    let svg = picture.inlineSVG
    let parser = XMLParser(data: Data(svg.utf8))
    #expect(parser.parse(), "\(svg)")
    #expect(svg == CurvePicture([Self.falling, Self.other], quantity: "loss").inlineSVG)
    #expect(svg.contains("a &lt;b&gt; &amp; &quot;c&quot;"))
    #expect(svg.contains(">loss<") && svg.contains(">step<"))
    #expect(
      picture.alternative
        == "The loss by step, on a logarithmic axis. a <b> & \"c\": 876.6 at step 99, 10.5 at step 199, "
        + "0.18 at step 299; linear: 5.4 at step 99, 0.00088 at step 199, inf at step 299, 2.4e-07 at "
        + "step 399.")
  }

  @Test func `a number that is not finite interrupts its line`() {
    let svg = CurvePicture([Self.other], quantity: "loss").inlineSVG
    let line = svg.split(separator: "\n").first { $0.contains("<path class=\"c0\"") } ?? ""
    #expect(line.count { $0 == "M" } == 2)
    #expect(!svg.contains("inf\"") && !svg.contains("nan"))
  }

  @Test func `curves that nobody could tell apart are drawn as one, and told in full`() {
    let near = Curve.curves(in: "99 878.1\n199 10.5\n299 0.18", name: "near")[0]
    let picture = CurvePicture([Self.falling, near], quantity: "loss")
    #expect(picture.drawn.count == 1)
    #expect(picture.alternative.contains("876.6 at step 99"))
    #expect(picture.alternative.contains("near: 878.1 at step 99"))
    // One curve alone needs no name.
    #expect(!picture.inlineSVG.contains("stroke-width=\"3\""))
    #expect(
      CurvePicture([Self.falling, Self.other], quantity: "loss").inlineSVG
        .contains("stroke-width=\"3\""))
  }

  @Test(arguments: [
    ("1 3\n12 6\n100 3\n1000 1", ["1", "10", "100", "1000"]),
    ("0 3\n12 6\n100 3\n1000 1", ["0", "200", "400", "600", "800", "1000"]),
    ("1 3\n250 6\n500 3", ["0", "100", "200", "300", "400", "500"]),
  ])
  func `steps that grow by factors stand on a logarithmic axis`(printed: String, ticks: [String]) {
    let svg = CurvePicture(Curve.curves(in: printed, name: "a"), quantity: "loss").inlineSVG
    let labels = svg.matches(of: #/text-anchor="middle">([0-9]+)</#).map { String($0.1) }
    #expect(labels == ticks)
  }

  @Test func `a point tells its value to who hovers over it or tabs to it`() {
    let svg = CurvePicture([Self.other, Self.falling], quantity: "loss").inlineSVG
    #expect(svg.components(separatedBy: "tabindex=\"0\" role=\"img\"").count == 4)
    #expect(svg.contains("<title>0.18 at 299</title><circle class=\"c1\""))
    #expect(svg.contains("<title>5.4 at 99</title></circle>"))
  }

  @Test func `of many points some thirty tell their values on a page, among them the last`() {
    let printed = (0..<500).map { "\($0) \(500 - $0)" }.joined(separator: "\n")
    let picture = CurvePicture(Curve.curves(in: printed, name: "a"), quantity: "loss")
    let points = picture.inlineSVG.components(separatedBy: "class=\"point\"").count - 1
    #expect((20...31).contains(points))
    #expect(picture.inlineSVG.contains("<title>1 at 499</title>"))
    #expect(!picture.fileSVG.contains("<circle"))
  }

  @Test func `a picture's file stands by itself, and holds the numbers that it shows`() throws {
    let svg = CurvePicture([Self.falling, Self.other], quantity: "loss").fileSVG
    #expect(XMLParser(data: Data(svg.utf8)).parse(), "\(svg)")
    #expect(svg.hasPrefix("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"480\""))
    #expect(svg.contains("<title id=\"title\">The loss by step</title>"))
    #expect(svg.contains("@media (prefers-color-scheme: dark)"))
    #expect(!svg.contains("tabindex") && svg.split(separator: "http").count == 2)
    let points = CurvePicture.points(inFile: svg)
    #expect(points == [Self.falling.points, Self.other.points])
  }

  @Test func `a file that is none holds no numbers`() {
    for text in ["", "<metadata>", "<svg/>", "99 1\n199 2", "<metadata></metadata>1 2"] {
      #expect(CurvePicture.points(inFile: text).isEmpty)
    }
  }
}
