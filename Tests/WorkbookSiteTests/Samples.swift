import Foundation

@testable import WorkbookChapters
@testable import WorkbookCore
@testable import WorkbookSite
@testable import WorkbookSystem

/// Pages and books that are not on disk.
enum Samples {
  static let folder = absolutePath("nowhere")

  static func page(_ markdown: String, _ file: String = "a.md") -> SitePage {
    let path = "\(folder)/\(file)"
    let bytes = Array(markdown.utf8)
    return SitePage(
      Chapter(path: path, bytes: bytes), source: bytes, name: String(file.dropLast(3)))
  }

  /// A page of a translation.
  static func page(_ markdown: String, _ file: String, in language: String) -> SitePage {
    var page = page(markdown, file)
    page.name = page.name.replacing("/", with: "-")
    page.translation = Translation(folder: "\(folder)/\(language)")
    return page
  }

  static func book(_ pages: [SitePage]) -> SiteBook {
    var book = SiteBook(
      title: "Book", pages: pages, symbols: SymbolIndexTests.index, date: "2026-11-23",
      packageFolder: nil)
    book.referencePages = ReferencePages(["documentation/tensors/tensor"])
    return book
  }

  static let files = PageFiles { path in
    let there: [String: SiteFiles.Kind] = [
      "a.svg": .file, "LICENSE": .file, "x.pdf": .file, "out.svg": .outside, "out": .outside,
      "pipe.svg": .other, "big.svg": .tooLarge, "dark.svg": .file, "dark~dark.svg": .outside,
      "night.svg": .file, "night~dark.svg": .file, "script.svg": .scripted, "b/a.svg": .file,
    ]
    return there[String(path.dropFirst(folder.count + 1))] ?? .missing
  } read: { _ in
    Data("<svg xmlns=\"x\" width=\"480\" height=\"196\">".utf8)
  }

  /// The page beside one called `b`, headed Other.
  static func made(_ page: SitePage) -> BookPage {
    BookPage(page, in: book([page, Self.page("# Other\n\n## Things to try\n", "b.md")]), files)
  }

  /// What a text becomes below its page's title.
  static func body(_ markdown: String) -> String {
    let content = made(page("# T\n\n" + markdown)).content
    return String(content.drop { $0 != "\n" }).trimmingCharacters(in: .newlines)
  }

  /// The page with what its programs printed, at all of its output blocks the same.
  static func output(_ markdown: String, printed: String, status: Check.Status = .passed)
    -> SitePage
  {
    var page = page(markdown)
    for program in page.chapter.programs {
      for expectation in program.expectations {
        page.outputs[expectation.line] = SitePage.Output(
          program: program.name, expectation: expectation,
          check: Check(
            program: program.name, line: expectation.line, kind: .output, status: status,
            maxAbsoluteError: 2.5e-7, maxRelativeError: 1e-8), printed: printed)
      }
    }
    return page
  }
}
