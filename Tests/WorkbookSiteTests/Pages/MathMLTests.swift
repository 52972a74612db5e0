import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@testable import WorkbookSite

@Suite struct MathMLTests {
  private static func math(_ formula: String) throws(MathProblem) -> String {
    let html = try MathML.html(formula, isBlock: false)
    return html.replacing(#/^<math[^>]*><mrow>|<\/mrow><\/math>$/#, with: "")
  }

  @Test(arguments: [
    ("x", "<mi>x</mi>"), ("3.5", "<mn>3.5</mn>"), ("a - b", "<mi>a</mi><mo>−</mo><mi>b</mi>"),
    ("x^2", "<msup><mi>x</mi><mrow><mn>2</mn></mrow></msup>"),
    ("w_1", "<msub><mi>w</mi><mn>1</mn></msub>"),
    (
      "x_i^{n+1}",
      "<msubsup><mi>x</mi><mi>i</mi><mrow><mrow><mi>n</mi><mo>+</mo><mn>1</mn></mrow></mrow></msubsup>"
    ),
    ("f'", "<msup><mi>f</mi><mrow><mo>′</mo></mrow></msup>"),
    (
      "\\frac{\\partial L}{\\partial w}",
      "<mfrac><mrow><mi>∂</mi><mi>L</mi></mrow><mrow><mi>∂</mi><mi>w</mi></mrow></mfrac>"
    ),
    (
      "\\sum_{i}^N",
      "<munderover><mo>∑</mo><mrow><mi>i</mi></mrow><mrow><mi>N</mi></mrow></munderover>"
    ),
    ("\\sqrt{2}", "<msqrt><mrow><mn>2</mn></mrow></msqrt>"),
    (
      "a\\cdot b\\times c\\odot d\\le e",
      "<mi>a</mi><mo>·</mo><mi>b</mi><mo>×</mo><mi>c</mi><mo>⊙</mo><mi>d</mi><mo>≤</mo><mi>e</mi>"
    ),
    ("\\alpha\\omega", "<mi>α</mi><mi>ω</mi>"),
    ("h^\\top", "<msup><mi>h</mi><mrow><mi>⊤</mi></mrow></msup>"),
    ("\\mathrm{D\\_in}", "<mtext>D_in</mtext>"),
    ("\\hat y", "<mover accent=\"true\"><mi>y</mi><mo>^</mo></mover>"),
    (
      "\\max(0, h)",
      "<mi>max</mi><mo stretchy=\"false\">(</mo><mn>0</mn><mo>,</mo><mi>h</mi><mo stretchy=\"false\">)</mo>"
    ),
    (
      "\\left(x\\rightarrow\\right)^2",
      "<msup><mrow><mo>(</mo><mrow><mi>x</mi><mo>→</mo></mrow><mo>)</mo></mrow><mrow><mn>2</mn></mrow></msup>"
    ),
    ("\\frac12", "<mfrac><mn>1</mn><mn>2</mn></mfrac>"),
    ("x^10", "<msup><mi>x</mi><mrow><mn>1</mn></mrow></msup><mn>0</mn>"),
    ("\\mathbb{R}\\mathbb{A}", "<mi>ℝ</mi><mi>𝔸</mi>"), ("\\mathcal{LN}", "<mi>ℒ𝒩</mi>"),
    ("a<b", "<mi>a</mi><mo>&lt;</mo><mi>b</mi>"),
  ])
  func `a formula becomes MathML`(formula: String, expected: String) throws {
    #expect(try Self.math(formula) == expected)
  }

  @Test func `lines and columns are a table, and all is well-formed`() throws {
    let html = try MathML.html(
      "\\begin{aligned} a &= b \\\\ c &= \\left(\\frac{1}{2}\\right)^2 \\end{aligned}",
      isBlock: true)
    #expect(
      html.contains(
        "<mtr><mtd class=\"right\"><mstyle displaystyle=\"true\"><mrow><mi>a</mi></mrow></mstyle></mtd>"
      ))
    #expect(html.components(separatedBy: "<mtr>").count == 3)
    #expect(html.contains("<math display=\"block\""))
    let parser = XMLParser(data: Data(html.utf8))
    #expect(parser.parse(), "\(html)")
  }

  @Test(arguments: [
    ("\\nope", MathProblem.unknownCommand("nope")),
    ("\\mathbb{1}", .unknownCommand("mathbb{1}")), ("{a", .unclosed("}")),
    ("a}", .unexpected("}")),
    ("x^", .unexpected("the end")), ("\\begin{tikz}\\end{tikz}", .unknownCommand("begin{tikz}")),
    ("\\frac{1}", .unexpected("the end")), ("\\left(a", .unclosed("\\right")),
    ("\\left\\alpha a\\right)", .unexpected("\\l")), ("a\\right)", .unknownCommand("right")),
    ("^2", .unexpected("^")),
    ("\\href{x}{y}", .unknownCommand("href")),
    (String(repeating: "{", count: 1000), .unexpected("{")),
    (String(repeating: "\\sqrt", count: 1000), .unexpected("{")),
  ])
  func `what it cannot show is told`(formula: String, expected: MathProblem) {
    #expect(throws: expected) { try MathML.html(formula, isBlock: false) }
  }

  @Test(arguments: [
    ("$a$", 1), ("$`a_b`$ and $c$", 2), ("$ a$", 0), ("US$5 and $6", 0), ("$5-US$6", 0),
    ("`$a$`", 0),
    ("\\$a$", 0), ("```math\na\n```", 1), ("$a_b$ and $c_d$", 2),
  ])
  func `a formula stands between dollars, and money is none`(markdown: String, count: Int) {
    #expect(Samples.body(markdown).components(separatedBy: "<math").count - 1 == count)
  }
}
