import Foundation
import WorkbookSystem

/// What differs from a revision of git in the repositories that chapters stand in.
///
/// Files that git does not know yet count, those that it ignores do not.
struct GitChanges {
  private struct Repository {
    /// Markdown files, by their real paths.
    var chapters: Set<String> = []
    /// Whether another visible file changed: any chapter may see it, through the library or by itself.
    var concernsAll = false
  }

  private let revision: String
  private let environment: [String: String]
  /// The folders of the repositories, by the folders of chapters.
  private var tops: [String: String] = [:]
  private var repositories: [String: Repository] = [:]

  /// - Parameter revision: must not begin with a hyphen, which is an option to git.
  init(since revision: String, environment: [String: String]) {
    self.revision = revision
    self.environment = environment
  }

  /// Whether the chapter at the path may fare otherwise than at the revision.
  mutating func concern(_ path: String) async throws -> Bool {
    let file = realPath(path) ?? absolutePath(path)
    let folder = folder(of: file)
    if tops[folder] == nil {
      let top = try await git(["rev-parse", "--show-toplevel"], in: folder)
      tops[folder] = String(top.prefix { $0 != "\n" })
    }
    let top = tops[folder] ?? folder
    if repositories[top] == nil { repositories[top] = try await repository(top) }
    return repositories[top].map { $0.concernsAll || $0.chapters.contains(file) } ?? true
  }

  private func repository(_ top: String) async throws -> Repository {
    let tracked = try await git(
      [
        "diff", "--name-only", "--no-renames", "--no-ext-diff", "--no-relative", "-z", revision,
        "--",
      ],
      in: top)
    let others = try await git(["ls-files", "--others", "--exclude-standard", "-z"], in: top)
    var repository = Repository()
    for name in (tracked + others).split(separator: "\0") {
      if name.lowercased().hasSuffix(".md") {
        repository.chapters.insert(join(top, String(name)))
      } else if !name.split(separator: "/").contains(where: { $0.hasPrefix(".") }) {
        repository.concernsAll = true
      }
    }
    return repository
  }

  private func git(_ arguments: [String], in folder: String) async throws -> String {
    let git = Subprocess(
      "/usr/bin/env", ["git", "-C", folder] + arguments, environment: environment)
    let result = try await git.run()
    guard result.succeeded else {
      let lines = String(decoding: result.errors, as: UTF8.self).split(separator: "\n")
      throw CommandError.noChanges(
        revision: revision, folder: folder, reason: lines.first.map(String.init) ?? "it failed")
    }
    return String(decoding: result.output, as: UTF8.self)
  }
}
