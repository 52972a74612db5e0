import Foundation
import Testing

@testable import WorkbookSite
@testable import WorkbookSystem

@Suite struct SymbolIndexTests {
  static func graph(_ module: String, _ symbols: [(kind: String, path: [String])]) -> SymbolGraph {
    SymbolGraph(
      module: .init(name: module),
      symbols: symbols.enumerated().map { index, symbol in
        SymbolGraph.Symbol(
          kind: .init(identifier: "swift.\(symbol.kind)"),
          identifier: .init(precise: "\(module)\(index)"), pathComponents: symbol.path)
      })
  }

  static let index = SymbolIndex([
    graph(
      "Arrays",
      [
        ("struct", ["Array2"]), ("method", ["Array2", "sum()"]),
        ("method", ["Array2", "sum(axis:)"]),
        ("func", ["maximum(_:_:)"]), ("func", ["maximum(_:_:)"]),
        ("property", ["Array2", "shape"]),
        ("property", ["Array2", "T"]), ("method", ["Array2", "dot(_:)"]),
        ("func.op", ["Array2", "+(_:_:)"]),
      ]),
    graph(
      "Tensors",
      [
        ("class", ["Tensor"]), ("method", ["Tensor", "sum()"]), ("property", ["Tensor", "shape"]),
        ("method", ["Tensor", "backward(gradient:)"]), ("enum.case", ["DType", "float64"]),
        ("property", ["Tensor", "twice"]), ("method", ["Tensor", "twice"]),
        ("method", ["Tensor", "var()"]),
      ]),
  ])

  @Test(arguments: [
    ("Tensor", "/Tensors/Tensor"), ("maximum", "/Arrays/maximum(_:_:)"),
    ("dot(_:)", "/Arrays/Array2/dot(_:)"), ("dot", "/Arrays/Array2/dot(_:)"),
    ("Array2.sum", "/Arrays/Array2/sum()"), ("Array2.sum(axis:)", "/Arrays/Array2/sum(axis:)"),
    ("Arrays.Array2", "/Arrays/Array2"), (".float64", "/Tensors/DType/float64"),
    ("backward()", "/Tensors/Tensor/backward(gradient:)"), ("Tensors", "/Tensors"),
    ("var()", "/Tensors/Tensor/var()"),
  ])
  func `a code span that names one symbol is linked to it`(code: String, link: String) {
    #expect(Self.index.link(for: code, imports: []) == link)
  }

  @Test(arguments: [
    "shape", "sum", "T", "x.dot(w1)", "dot(b)", "Nope", "Tensor.dot", "+", "", ".", "twice", "()",
    "Array2.sum(axes:)", "Tensor()", "var", "let",
  ])
  func `what names nothing, several things or an expression is not`(code: String) {
    #expect(Self.index.link(for: code, imports: []) == nil)
  }

  @Test func `of equal names those of imported modules come first`() {
    #expect(Self.index.link(for: "shape", imports: ["Tensors"]) == "/Tensors/Tensor/shape")
    #expect(Self.index.link(for: "shape", imports: ["Arrays"]) == "/Arrays/Array2/shape")
    #expect(Self.index.link(for: "dot", imports: ["Tensors"]) == "/Arrays/Array2/dot(_:)")
  }
}
