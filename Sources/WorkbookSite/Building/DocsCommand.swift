import Foundation
import WorkbookSystem
import WorkbookChapters
import WorkbookCore

/// What `workbook docs` was asked for.
package struct DocsOptions: Hashable, Sendable {
  package var paths: [String]
  package var output = "site"
  /// What stands before the site's addresses on its host, such as `/repository`.
  package var basePath = ""
  /// Of the chapters that are no translation.
  package var language = "en"
  package var allowsFailures = false
  /// Whether the whole book is a PDF, too.
  package var makesPDF = false
  package var build = BuildOptions()
  package var readsPlainCode = false

  package init(paths: [String]) {
    self.paths = paths
  }
}

/// `workbook docs`: runs chapters and makes a site of them and of their library's reference.
package struct DocsCommand: Sendable {
  let options: DocsOptions
  /// Of its chapters.
  private let runner: RunCommand

  package init(
    _ options: DocsOptions, environment: [String: String],
    onEvent: @escaping @Sendable (Event) -> Void
  ) {
    self.options = options
    var run = RunOptions(paths: options.paths)
    run.build = options.build
    runner = RunCommand(run, environment: environment, onEvent: onEvent)
  }

  package func run() async throws -> ExitCode {
    let folder = SiteFolder(path: options.output)
    try folder.check()
    let printer = options.makesPDF ? try PDFPrinter(environment: runner.environment) : nil
    let (builder, code) = try await build(printer)
    guard let builder else { return code }
    defer { withExtendedLifetime(builder) {} }
    // Once more: that took a while.
    try folder.check()
    try folder.replace(with: builder.site)
    runner.onEvent(
      .wroteSite(
        folder: options.output, chapters: builder.book.pages.count,
        modules: builder.library.modules))
    return code
  }

  /// The site in the runner's folder, and what the shell is to be told; none where something is wrong.
  private func build(_ printer: PDFPrinter?) async throws -> (SiteBuilder?, ExitCode) {
    var (result, packages) = try await runner.run(
      try readBook(options.paths, readsPlainCode: options.readsPlainCode))
    if result.wasInterrupted { return (nil, .interrupted) }
    guard result.status != .failed || options.allowsFailures else {
      runner.onEvent(.failed(CommandError.noSite))
      return (nil, result.exitCode)
    }
    var builder = try await builder(of: result, &packages)
    builder.printer = printer
    let problems = try await builder.build()
    for problem in problems {
      runner.onEvent(
        .problem(
          problem.problem, at: problem.location, isError: problem.severity == .error,
          source: []))
    }
    return problems.contains { $0.severity == .error } ? (nil, .unreadable) : (builder, .passed)
  }

  // MARK: - From results to pages

  private func builder(
    of result: BookResult, _ packages: inout Packages
  ) async throws -> SiteBuilder {
    let paths = result.chapters.map(\.chapter.path)
    // Of the first chapter that stands in one.
    let path = try paths.first { try packageFolder(above: $0) != nil }
    let folder = try Library.workFolder(of: path ?? paths[0], runner.environment) + "/docs"
    try makeFolder(folder)
    let lock = try await FileLock.lock(file: folder + "/lock") {
      runner.onEvent(.progress(.waitingForSite))
    }
    let symbolFolder = SiteBuilder.symbols(in: folder)
    try? FileManager.default.removeItem(atPath: symbolFolder)
    try makeFolder(symbolFolder)
    let library: Library? =
      if let path { try await packages.context(of: path).library } else { nil }
    var graphs = SymbolGraphs.none
    if let library, let manifest = library.manifest {
      graphs = try await SymbolGraphs.extract(
        manifest.libraryModules, of: library, into: symbolFolder)
    }
    let toolchain = try await packages.toolchain()
    var book = SiteBook(
      title: library?.manifest?.name ?? "Book", pages: pages(of: result.chapters),
      symbols: SymbolIndex(graphs.graphs), date: date, packageFolder: library?.packageFolder,
      language: options.language)
    book.toolchain = try await version(of: toolchain)
    book.commit = try await commit(of: library?.packageFolder)
    return SiteBuilder(
      book: book, library: graphs, examples: ExampleRuns(result.chapters, of: graphs.graphs),
      folder: folder, lock: lock, toolchain: toolchain, basePath: options.basePath)
  }

  /// The day of the run, or that of `SOURCE_DATE_EPOCH`, by which the same files make the same site.
  private var date: String {
    let seconds = runner.environment["SOURCE_DATE_EPOCH"].flatMap(Double.init)
    return seconds.map { day(Date(timeIntervalSince1970: $0), in: .gmt) }
      ?? day(Date(), in: .current)
  }

  /// `Swift 6.3.1`, of what the compiler calls itself: `Swift version 6.3.1 (swift-6.3.1-RELEASE)`.
  private func version(of toolchain: Toolchain) async throws -> String? {
    let tool = Subprocess(
      toolchain.binaries + "/swiftc", ["--version"], environment: toolchain.environment)
    let text = String(decoding: try await tool.run().output, as: UTF8.self)
    return text.firstMatch(of: #/Swift version ([0-9.]+[^()\n]*)/#).map {
      "Swift " + $0.1.trimmingCharacters(in: .whitespaces)
    }
  }

  /// What Git calls the package's state, with `-dirty` behind it where files differ from the commit; nil
  /// where there is none.
  private func commit(of package: String?) async throws -> String? {
    guard let package else { return nil }
    let git = Subprocess(
      "/usr/bin/env", ["git", "-C", package, "describe", "--always", "--dirty", "--exclude=*"],
      environment: runner.environment)
    let run = try await git.run()
    let name = String(decoding: run.output, as: UTF8.self).trimmingCharacters(
      in: .whitespacesAndNewlines)
    return run.succeeded && !name.isEmpty ? name : nil
  }
}

/// The day as `2026-05-17`, where the clocks are those of a time zone.
func day(_ date: Date, in zone: TimeZone) -> String {
  date.formatted(Date.ISO8601FormatStyle(timeZone: zone).year().month().day())
}
