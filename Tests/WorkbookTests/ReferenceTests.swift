import Foundation
import Testing

@testable import WorkbookChapters
@testable import WorkbookCore
@testable import WorkbookSystem

/// The doc comments of this package's own libraries, from which their reference is made.
@Suite struct ReferenceTests {
  private static let sources = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Sources").path

  @Test(arguments: ["NDArrays", "Tensors", "NN", "Optim"])
  func `every public type and function has an example whose output is checked`(module: String)
    throws
  {
    let files = ChapterFile.find(["\(Self.sources)/\(module)"]).files
    #expect(!files.isEmpty)
    for file in files {
      let bytes = try ChapterFile.read(file.path)
      let chapter = Chapter(path: file.path, bytes: bytes)
      #expect(chapter.failures.isEmpty)
      #expect(namesWithoutExample(bytes, chapter) == [], "\(file.path)")
    }
  }

  @Test func `one example serves the overloads of a name, and only one that is checked counts`() {
    let swift = """
      /// A
      ///
      /// ```swift
      /// print(1)
      /// ```
      /// ```output
      /// 1
      /// ```
      public func shown() {}
      /// B
      public func shown(_ x: Int) {}
      /// C
      ///
      /// ```swift
      /// print(1)
      /// ```
      public struct Unchecked {}
      /// D
      @inlinable public static func + (a: A, b: A) {}
      /// E
      public var property: Int
      /// F
      func hidden() {}
      /// G
      public func _hidden() {}
      """
    let bytes = Array(swift.utf8)
    let chapter = Chapter(path: "a.swift", bytes: bytes)
    #expect(namesWithoutExample(bytes, chapter) == ["+", "Unchecked"])
  }

  private func namesWithoutExample(_ bytes: [UInt8], _ chapter: Chapter) -> [String] {
    let checked = chapter.programs.filter { program in
      program.mode == .run
        && (!program.expectations.isEmpty
          || program.cells.contains { $0.kind != .plain || !$0.prints.isEmpty })
    }
    let lines = Set(checked.flatMap { $0.cells.map(\.line) })
    var hasExample: [String: Bool] = [:]
    for comment in DocComment.comments(in: bytes) {
      guard let declaration = comment.declaration(in: bytes),
        declaration.modifiers.contains("public"), !declaration.name.hasPrefix("_"),
        Self.kinds.contains(declaration.kind),
        // It catches a mistake, which the type's own example shows.
        !text(of: comment, bytes).contains("Does not compile")
      else { continue }
      let isExample = comment.lines.contains { lines.contains($0.number) }
      hasExample[declaration.name, default: false] =
        hasExample[declaration.name, default: false] || isExample
    }
    return hasExample.filter { !$0.value }.keys.sorted()
  }

  private func text(of comment: DocComment, _ bytes: [UInt8]) -> String {
    comment.lines.map { String(decoding: bytes[$0.start..<$0.end], as: UTF8.self) }.joined()
  }

  private static let kinds: Set<String> = [
    "actor", "class", "enum", "func", "macro", "protocol", "struct", "subscript",
  ]
}
