import Foundation
import Testing
import WorkbookSystem
import WorkbookTestTools

@testable import WorkbookCore

@Suite struct GitChangesTests {
  private let folder = TemporaryFolder()
  private let environment = ProcessInfo.processInfo.environment.merging(
    [
      "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@b.c", "GIT_COMMITTER_NAME": "a",
      "GIT_COMMITTER_EMAIL": "a@b.c",
    ]
  ) { $1 }

  private func git(_ words: String...) async throws {
    let tool = Subprocess(
      "/usr/bin/env", ["git", "-C", folder.path] + words, environment: environment)
    #expect(try await tool.run().succeeded)
  }

  private func concerned(since revision: String = "HEAD") async throws -> [String] {
    let documents = folder.names.filter { $0.hasSuffix(".md") && $0 != "data.md" }
    var changes = GitChanges(
      since: revision, of: documents.map { folder[$0] }, environment: environment)
    var names: [String] = []
    for name in documents {
      if try await changes.concern(folder[name]) { names.append(name) }
    }
    return names
  }

  @Test func `a chapter's change concerns it, another file's concerns all`() async throws {
    try await git("init", "-q")
    for name in ["a.md", "ä b.md", ".gitignore", "gone.swift"] { try folder.write(name) }
    try await git("add", ".")
    try await git("commit", "-qm", "1")
    #expect(try await concerned() == [])

    try folder.write("ä b.md", "# y\n")
    try folder.write("new.md")
    try folder.write(".hidden/file", "")
    #expect(try await concerned() == ["new.md", "ä b.md"])
    try await git("add", ".")
    try await git("commit", "-qm", "2")
    #expect(try await concerned() == [])
    #expect(try await concerned(since: "HEAD~1") == ["new.md", "ä b.md"])

    try FileManager.default.removeItem(atPath: folder["gone.swift"])
    #expect(try await concerned() == ["a.md", "new.md", "ä b.md"])
    try await git("checkout", "-q", "gone.swift")
    try folder.write("data.md")
    #expect(try await concerned() == ["a.md", "new.md", "ä b.md"])
    try folder.write(".gitignore", "data.md\n")
    #expect(try await concerned() == [])
  }

  @Test func `what git cannot tell ends the command with its words`() async throws {
    try folder.write("a.md")
    await #expect(throws: CommandError.self) { try await concerned() }
    try await git("init", "-q")
    try await git("add", ".")
    try await git("commit", "-qm", "1")
    await #expect {
      try await concerned(since: "nowhere")
    } throws: { error in
      (error as? CommandError)?.message.contains("'nowhere': fatal:") == true
    }
  }
}
