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

  private static let questions = [
    "learning rate", "chain rule", "backpropagation", "tolerance", "gradient", "autograd", "seed",
    "ReLU", "optimizer", "Adam", "loss", "weights", "hidden layer", "momentum", "dtype", "epoch",
    "梯度", "学习率", "链式法则", "损失",
  ]

  /// What the script finds: the sections that have all words of a question, or words that begin so.
  private static func find(_ question: String) -> Set<SearchIndex.Entry> {
    let words = SearchIndex.terms(of: question, isQuestion: true)
    let found = words.map { word in
      Set(
        book.terms.filter { $0.key.hasPrefix(word) }.values.joined().map { book.entries[$0] })
    }
    return found.dropFirst().reduce(found.first ?? []) { $0.intersection($1) }
  }

  @Test(arguments: questions)
  func `what a reader of the book would type is found`(question: String) {
    let found = Self.find(question)
    #expect(!found.isEmpty)
    let isChinese = question.contains { $0.unicodeScalars.first?.properties.isIdeographic == true }
    #expect(!isChinese || found.allSatisfy { $0.language == "zh" })
  }

  @Test(arguments: ["zebra", "梯糖", "loss zebra", ""])
  func `what is not there is not found`(question: String) {
    #expect(Self.find(question).isEmpty)
  }

  @Test(arguments: [
    ("Learning rates", ["learning", "rates"]),
    ("learningRate = 1e-4", ["learningrate", "learning", "rate", "1", "e", "4"]),
    ("梯度下降", ["梯度", "度下", "下降"]), ("度", ["度"]), ("用Swift写", ["用", "swift", "写"]),
    ("427.8234863", ["427", "8234"]), ("60000", ["6000"]), ("हिन्दी में", ["हिन्दी", "में"]),
    ("cafe\u{301}s", ["cafe\u{301}s"]),
  ])
  func `a text is taken apart`(text: String, terms: [String]) {
    #expect(SearchIndex.terms(of: text, isQuestion: false) == terms)
  }

  /// The sections of each term, as the script of the pages reads them from the files.
  private static func read(_ index: SearchIndex) throws -> [String: Set<SearchIndex.Entry>] {
    let (main, han) = index.files
    let json = try #require(try JSONSerialization.jsonObject(with: main) as? [String: Any])
    let sections = try #require(json["groups"] as? [[String]]).flatMap { group in
      stride(from: 3, to: group.count, by: 2).map { at in
        SearchIndex.Entry(
          address: group[0] + group[at], title: group[at + 1], place: group[1], language: group[2])
      }
    }
    let pairs = try #require(try JSONSerialization.jsonObject(with: han) as? [String: String])
    return try #require(json["terms"] as? [String: String]).merging(pairs) { _, _ in "" }
      .mapValues { steps in
        var at = -1
        return Set(
          steps.unicodeScalars.map { step in
            at += Int(step.value) - 34
            return sections[at]
          })
      }
  }

  @Test func `the files lead to headings, whatever came in between`() throws {
    var index = SearchIndex()
    let other = SearchIndex.Entry(address: "d/a/b/", title: "b", place: "A", language: "en")
    index.add(Samples.made(Samples.page("# T\n\nfirst\n\n## Part\n\nsecond 梯度\n")))
    index.add(other, text: "second")
    index.add(.init(address: "a.html#x", title: "X", place: "T", language: "en"), text: "梯")
    let terms = try Self.read(index)
    let part = SearchIndex.Entry(address: "a.html#part", title: "Part", place: "T", language: "en")
    #expect(terms["second"] == [part, other])
    #expect(terms["梯度"] == [part])
    #expect(terms["梯"]?.map(\.address) == ["a.html#x"])
    #expect(terms["t"]?.map(\.address) == ["a.html"])
    #expect(String(decoding: index.files.han, as: UTF8.self) == "{\"梯\":\"%\",\"梯度\":\"$\"}")
  }

  @Test func `the files of the book have every hit, and a few bytes for each`() throws {
    let terms = try Self.read(Self.book)
    for (term, sections) in terms { #expect(Self.find(term).isSuperset(of: sections)) }
    for question in Self.questions {
      for word in SearchIndex.terms(of: question, isQuestion: true) {
        let found = Set(terms.filter { $0.key.hasPrefix(word) }.values.joined())
        #expect(found == Self.find(word) && !found.isEmpty, "\(word)")
      }
    }
    let (main, han) = Self.book.files
    let hits = terms.values.reduce(0) { $0 + $1.count }
    #expect(main.count + han.count < 6 * hits, "\(main.count) + \(han.count) for \(hits)")
  }
}
