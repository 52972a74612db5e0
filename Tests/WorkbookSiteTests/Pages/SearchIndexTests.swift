import Foundation
import Testing

@testable import WorkbookChapters
@testable import WorkbookCore
@testable import WorkbookSite
@testable import WorkbookSystem

@Suite struct SearchIndexTests {
  /// This package's own book.
  private static let book: SearchIndex = {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appending(path: "chapters").path
    let files = ChapterFile.find([folder]).files
    let results = files.compactMap { file -> ChapterResult? in
      guard let bytes = try? ChapterFile.read(file.path) else { return nil }
      return ChapterResult(
        chapter: Chapter(path: file.path, bytes: bytes), source: bytes, programs: [], failures: [])
    }
    let book = Samples.book(pages(of: results))
    var index = SearchIndex()
    for page in book.pages {
      index.add(BookPage(page, in: book, PageFiles(SiteFiles(for: page))))
    }
    return index
  }()

  @Test(arguments: [
    "learning rate", "chain rule", "backpropagation", "tolerance", "gradient", "autograd", "seed",
    "ReLU", "optimizer", "Adam", "loss", "weights", "hidden layer", "momentum", "dtype", "epoch",
    "梯度", "学习率", "链式法则", "损失",
  ])
  func `what a reader of the book would type is found`(question: String) {
    let found = Self.book.find(question)
    #expect(!found.isEmpty)
    let isChinese = question.contains { $0.unicodeScalars.first?.properties.isIdeographic == true }
    #expect(!isChinese || found.allSatisfy { $0.language == "zh" })
  }

  @Test(arguments: ["zebra", "梯糖", "loss zebra", ""])
  func `what is not there is not found`(question: String) {
    #expect(Self.book.find(question).isEmpty)
  }

  @Test(arguments: [
    ("Learning rates", ["learning", "rates"]),
    ("learningRate = 1e-4", ["learningrate", "learning", "rate", "1", "e", "4"]),
    ("梯度下降", ["梯度", "度下", "下降"]), ("度", ["度"]), ("用Swift写", ["用", "swift", "写"]),
    ("427.8234863", ["427"]),
  ])
  func `a text is taken apart`(text: String, terms: [String]) {
    #expect(SearchIndex.terms(of: text, isQuestion: false) == terms)
  }

  @Test func `the index is JSON that leads to a heading`() throws {
    let page = Samples.made(Samples.page("# T\n\nfirst\n\n## Part\n\nsecond\n"))
    var index = SearchIndex()
    index.add(page)
    let json = try #require(try JSONSerialization.jsonObject(with: index.json) as? [String: Any])
    let sections = try #require(json["sections"] as? [[String]])
    #expect(sections == [["a.html", "T", "T", "en"], ["a.html#part", "Part", "T", "en"]])
    #expect((json["terms"] as? [String: [Int]])?["second"] == [1])
  }
}
