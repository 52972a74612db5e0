import Testing
import WorkbookTestTools

@testable import WorkbookCore
@testable import WorkbookSystem

@Suite struct TranslationTests {
  private let folder = TemporaryFolder()

  private func translation(_ path: String) -> String? {
    Translation(of: "\(folder.path)/\(path)").map {
      "\($0.language) \($0.folder) \($0.original(of: "\(folder.path)/\(path)"))"
        .replacing(folder.path + "/", with: "")
    }
  }

  @Test
  func `a folder called by a language, with a chapter of the original's name, is a translation`()
    throws
  {
    for name in ["a.md", "zh/a.md", "zh/b.md", "zh/part/c.md", "pt-BR/A.MD", "de/x.md", "api/a.md"]
    {
      try folder.write("book/" + name)
    }
    #expect(translation("book/zh/a.md") == "zh book/zh book/a.md")
    #expect(translation("book/zh/b.md") == "zh book/zh book/b.md")
    #expect(translation("book/zh/part/c.md") == "zh book/zh book/part/c.md")
    for path in ["a.md", "pt-BR/A.MD", "de/x.md", "api/a.md"] {
      #expect(translation("book/\(path)") == nil)
    }
  }

  @Test func `a package in a folder called like a language is no translation of what is beside it`()
    throws
  {
    for name in ["README.md", "de/README.md", "de/chapters/a.md"] { try folder.write(name) }
    #expect(translation("de/chapters/a.md") == "de de chapters/a.md")
    try folder.write("de/Package.swift")
    #expect(translation("de/chapters/a.md") == nil)
  }

  @Test(arguments: ["zh", "pt-BR", "zh-Hans", "zh-Hant-TW"])
  func `languages are named as in BCP 47`(name: String) {
    #expect(isLanguageCode(name))
  }

  @Test(arguments: ["", "src", "Z", "ZH", "zh-", "zh_CN", "z1", "zhx-CN"])
  func `other names are none`(name: String) {
    #expect(!isLanguageCode(name))
  }
}
