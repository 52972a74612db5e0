import Foundation
import WorkbookSystem

/// What differs from a revision of git in the repositories that chapters stand in.
///
/// Files that git does not know yet count, those that it ignores do not.
struct GitChanges {
  private struct Repository {
    /// Of the documents, those that changed.
    var documents: Set<String> = []
    /// Whether another visible file changed: any chapter may see it, through the library or by itself.
    var concernsAll = false
  }

  private let revision: String
  /// By their real paths.
  private let documents: Set<String>
  private let environment: [String: String]
  /// The folders of the repositories, by the folders of chapters.
  private var tops: [String: String] = [:]
  private var repositories: [String: Repository] = [:]

  /// - Parameters:
  ///   - revision: must not begin with a hyphen, which is an option to git.
  ///   - documents: Markdown that nothing but its own programs depends on.
  init(since revision: String, of documents: [String], environment: [String: String]) {
    self.revision = revision
    self.documents = Set(documents.map { realPath($0) ?? absolutePath($0) })
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
    return repositories[top].map { $0.concernsAll || $0.documents.contains(file) } ?? true
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
      let path = join(top, String(name))
      if documents.contains(path) {
        repository.documents.insert(path)
      } else if !name.split(separator: "/").contains(where: { $0.hasPrefix(".") }) {
        repository.concernsAll = true
      }
    }
    return repository
  }

  /// What a repository's own configuration would start at a look.
  private static let options = ["-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null"]

  private func git(_ arguments: [String], in folder: String) async throws -> String {
    let git = Subprocess(
      "/usr/bin/env", ["git", "-C", folder] + Self.options + arguments, environment: environment)
    let result = try await git.run()
    guard result.succeeded else {
      let lines = String(decoding: result.errors, as: UTF8.self).split(separator: "\n")
      throw CommandError.noChanges(
        revision: revision, folder: folder, reason: lines.first.map(String.init) ?? "it failed")
    }
    return String(decoding: result.output, as: UTF8.self)
  }
}
