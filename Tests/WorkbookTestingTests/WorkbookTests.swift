import Foundation
import Synchronization
import Testing
import WorkbookTestTools
import WorkbookTesting

/// Small chapters outside of any package's library, as a test would run those of its package.
@Suite struct WorkbookTests {
  private static let folder = TemporaryFolder()

  /// The chapters of a package that is written anew; it has no library to build.
  private static func chapters(
    _ files: [String: String], paths: String = "README.md", options: [String] = []
  ) throws -> [Workbook.Chapter] {
    let name = UUID().uuidString
    try folder.write(
      "\(name)/Package.swift",
      "// swift-tools-version: 6.0\nimport PackageDescription\nlet package = Package(name: \"p\")\n"
    )
    for (file, text) in files { try folder.write("\(name)/\(file)", text) }
    return try Workbook.chapters(
      paths, options: options, sourceFile: folder["\(name)/Tests/T/T.swift"])
  }

  @Test(
    arguments: try chapters(
      ["d/a.md": "# First\n\n```swift\nprint(1)\n```\n```output\n1\n```\n", "d/b.md": "# Page\n"],
      paths: "d"))
  func `each chapter is a case`(chapter: Workbook.Chapter) async throws {
    #expect(["d/a.md", "d/b.md"].contains(chapter.testDescription))
    #expect(["First", "Page"].contains(chapter.title))
    try await chapter.run()
  }

  @Test func `what is wrong is an issue at its place in the Markdown`() async throws {
    let cells = "```swift\nprint(1)\n```\n\n```output\n2\n```\n"
    let chapters = try Self.chapters([
      "README.md": "\(cells)\n```swift program=b\nfatalError(\"no bread\")\n```\n"
    ])
    let found = Mutex<[String]>([])
    try await withKnownIssue {
      for chapter in chapters { try await chapter.run() }
    } matching: { issue in
      let place = issue.sourceLocation
      let text = "\(place?.fileName ?? ""):\(place?.line ?? 0):\(place?.column ?? 0) \(issue)"
      found.withLock { $0.append(text) }
      return place.map { FileManager.default.fileExists(atPath: $0.filePath) } ?? false
    }
    let issues = found.withLock(\.self)
    #expect(issues.count == 2)
    #expect(issues.contains { $0.hasPrefix("README.md:6:1 ") && $0.contains("printed '1'") })
    #expect(issues.contains { $0.hasPrefix("README.md:10:1 ") && $0.contains("no bread") })
  }

  @Test func `what begins in a part of a tab is an issue in its line`() async throws {
    let text = "- ```swift\n  print()\n  ```\n- ```output\n\tx\n  ```\n"
    for chapter in try Self.chapters(["README.md": text]) {
      try await withKnownIssue {
        try await chapter.run()
      } matching: { issue in
        issue.sourceLocation?.line == 5
      }
    }
  }

  @Test func `the words for the command are handed on`() async throws {
    let text = "```swift no-run\nprint(1)\n```\n"
    for chapter in try Self.chapters(["README.md": text]) { try await chapter.run() }
    await withKnownIssue {
      for chapter in try Self.chapters(["README.md": text], options: ["--strict"]) {
        try await chapter.run()
      }
    }
  }

  @Test func `a chapter whose programs do not get their turn does not pass`() async throws {
    let chapters = try Self.chapters(
      ["d/a.md": "```swift\nfatalError()\n```\n", "d/b.md": "```swift\nprint(1)\n```\n"],
      paths: "d",
      options: ["--fail-fast", "--jobs", "1"])
    for chapter in chapters {
      await withKnownIssue("\(chapter)") { try await chapter.run() }
    }
  }

  @Test func `what cannot be found or run at all is an error with the command's words`()
    async throws
  {
    #expect { try Self.chapters([:]) } throws: {
      "\($0)".contains("README.md: there is no such file or folder")
    }
    #expect { try Workbook.chapters(sourceFile: "/nowhere/T.swift") } throws: {
      "\($0)".contains("no Package.swift stands above /nowhere/T.swift")
    }
    let text = "```swift\nprint(1)\n```\n"
    for chapter in try Self.chapters(["README.md": text], options: ["--odd"]) {
      await #expect { try await chapter.run() } throws: {
        "\($0)".contains("unknown option '--odd'")
      }
    }
  }
}
