import Testing

@testable import WorkbookSite

@Suite struct SymbolUsesTests {
  @Test func `a symbol is used where code has its name and its module, or a term leads to it`() {
    let pages = [
      Samples.page("# A\n\n```swift\nimport Tensors\nx.relu() // sum\nlet own = 1\n```\n"),
      Samples.page("# B\n\n```swift\nx.relu()\n```\n", "b.md"),
      Samples.page("# C\n\n`Tensor`\n", "c.md"),
      Samples.page("# 丁\n\n```swift\nimport Tensors\nrelu()\n```\n", "zh/d.md", in: "zh"),
    ]
    let book = Samples.book(pages)
    let uses = SymbolUses(of: pages.map { BookPage($0, in: book, Samples.files) }, in: book)
    func names(_ address: String, _ title: String) -> [String] {
      uses.chapters(using: address, title).map(\.name)
    }
    #expect(names("documentation/tensors/tensor/relu()", "relu()") == ["a"])
    #expect(names("documentation/tensors/tensor", "Tensor") == ["c"])
    #expect(names("documentation/tensors", "Tensors") == ["a"])
    #expect(names("documentation/tensors/sum", "sum()") == [])
    #expect(names("documentation/tensors/own", "own") == [])
    #expect(names("documentation", "") == [])
  }
}
