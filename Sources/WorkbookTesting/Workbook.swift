import Foundation
import Testing

/// The documents of a package as cases of its tests.
public enum Workbook {
  /// The chapters at the paths, for the arguments of a test, which runs each.
  ///
  /// Without paths: those that `workbook run` takes by itself. A Swift file without cells is none. All
  /// chapters of one call run together, as by one command, once the first of them is to run.
  ///
  /// - Parameters:
  ///   - paths: files and folders, below the package's own folder.
  ///   - options: words for `workbook run`, such as `--strict`.
  ///   - sourceFile: tells the package, whose manifest stands above it.
  /// - Throws: `WorkbookError` where the paths name no chapters.
  public static func chapters(
    _ paths: String..., options: [String] = [], sourceFile: String = #filePath
  ) throws -> [Chapter] {
    let package = try packageFolder(above: sourceFile)
    // What it reads is what will be run.
    let reading = options.filter { $0 == "--plain-code" }
    let list = try Command(
      ["list", "--format", "json"] + reading + ["--"] + paths, in: package
    ).run()
    let run = Run(
      command: try Command(["run", "--format", "json"] + options + ["--"] + paths, in: package))
    return try list.decoded(as: ChapterList.self).chapters.map { chapter in
      Chapter(path: chapter.path, title: chapter.title, run: run, package: package)
    }
  }

  /// A Markdown file, or a Swift file with cells in its doc comments.
  public struct Chapter: Sendable, Identifiable, CustomTestStringConvertible {
    /// Below the package's folder.
    public let path: String
    /// Its first heading.
    public let title: String
    fileprivate let run: Run
    fileprivate let package: URL

    /// Its path.
    public var id: String { path }
    /// Its path, as the case's name.
    public var testDescription: String { path }

    /// Compiles and runs its programs, confined, and checks what they print.
    ///
    /// Whatever is wrong becomes an issue at its place in the chapter.
    ///
    /// - Throws: `WorkbookError` where nothing could be run at all.
    public func run() async throws {
      guard let result = try await run.results()[path] else {
        Issue.record("the run did not come to this chapter", sourceLocation: place(path, 1, 1))
        return
      }
      if result.status == "failed", result.failures.isEmpty {
        Issue.record("its programs were not run", sourceLocation: place(path, 1, 1))
      }
      for failure in result.failures {
        let lines = [failure.message] + (failure.standardError ?? [])
        Issue.record(
          "\(failure.kind): \(lines.joined(separator: "\n"))",
          sourceLocation: place(failure.path, failure.line, failure.column))
      }
    }

    private func place(_ path: String, _ line: Int, _ column: Int) -> SourceLocation {
      SourceLocation(
        fileID: "Markdown/\(path)", filePath: URL(filePath: path, relativeTo: package).path,
        // Where a compiler names none, or a tab's part begins before the line does.
        line: line, column: max(1, column))
    }
  }

  private static func packageFolder(above file: String) throws -> URL {
    var folder = URL(filePath: file)
    while folder.path != "/" {
      folder.deleteLastPathComponent()
      let manifest = folder.appending(path: "Package.swift").path
      if FileManager.default.fileExists(atPath: manifest) { return folder }
    }
    throw WorkbookError(description: "no Package.swift stands above \(file)")
  }
}

/// Why chapters could not be found or run.
public struct WorkbookError: Error, CustomStringConvertible {
  /// The command's own words.
  public let description: String
}

/// What `workbook list` tells of chapters.
private struct ChapterList: Decodable {
  struct Chapter: Decodable { var path, title: String }
  var chapters: [Chapter]
}

/// What `workbook run` tells of them.
private struct RunReport: Decodable {
  struct Chapter: Decodable {
    var path, status: String
    var failures: [Failure]
  }
  struct Failure: Decodable {
    var path, kind, message: String
    var line, column: Int
    var standardError: [String]?
  }
  var chapters: [Chapter]
}

/// The one run of the chapters of a call, which begins when the first result is wanted.
private actor Run {
  private let command: Command
  private var task: Task<[String: RunReport.Chapter], any Error>?

  init(command: Command) { self.command = command }

  /// By the chapters' paths.
  func results() async throws -> [String: RunReport.Chapter] {
    let task =
      task
      ?? Task { [command] in
        let report = try await command.runAside().decoded(as: RunReport.self)
        return Dictionary(report.chapters.map { ($0.path, $0) }) { first, _ in first }
      }
    self.task = task
    return try await task.value
  }
}
