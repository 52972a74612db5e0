import Foundation
import WorkbookSystem
import WorkbookChapters
import WorkbookCore

/// What `workbook serve` was asked for.
package struct ServeOptions: Hashable, Sendable {
  package var paths: [String]
  /// nil for one that is the same for the same folder where that is free, so that a browser finds again
  /// what it kept.
  package var port: Int?
  package var opensBrowser = false
  package var isConfined = true
  /// Of the chapters that are no translation.
  package var language = "en"
  package var build = BuildOptions()
  package var readsPlainCode = false

  package init(paths: [String]) { self.paths = paths }
}

/// `workbook serve`: shows a book in a browser on this machine, where its cells can be edited and run.
package struct ServeCommand: Sendable {
  let options: ServeOptions
  let environment: [String: String]
  /// Takes the address of the page for a process that outlives this one; nil where there is none.
  let opener: Int32?
  let onEvent: @Sendable (Event) -> Void

  package init(
    _ options: ServeOptions, environment: [String: String], opener: Int32?,
    onEvent: @escaping @Sendable (Event) -> Void
  ) {
    self.options = options
    self.environment = environment
    self.opener = opener
    self.onEvent = onEvent
  }

  /// Serves until the task is cancelled.
  package func run() async throws {
    let book = try ServedBook(paths: options.paths, readsPlainCode: options.readsPlainCode)
    let pages = book.pages()
    guard !pages.isEmpty else {
      let folders = options.paths.isEmpty ? ["chapters"] : options.paths
      throw FileProblems(problems: folders.map { .noChapters(folder: $0) })
    }
    let runner = try LiveRunner(
      isConfined: options.isConfined, jobs: ProcessInfo.processInfo.activeProcessorCount,
      environment: environment, options: options.build)
    try checkFolders(of: pages)
    let server = try listen()
    let requestGuard = RequestGuard(port: server.port)
    let answers = BookServer(
      runner: runner, requestGuard: requestGuard,
      pages: ServedPages(book: book, runner: runner, language: options.language))
    onEvent(.serving(address: requestGuard.address))
    let preparation = Task {
      // Where it fails, the run that needs it says so.
      for page in pages { try? await runner.prepare(page.chapter.path) }
    }
    defer { preparation.cancel() }
    if options.opensBrowser { open(requestGuard.onceAddress) }
    server.start { await answers.answer($0, $1) }
    while !Task.isCancelled { try? await Task.sleep(for: .seconds(3600)) }
    server.stop()
    // What runs tidies up behind itself, but nobody who does not read keeps this waiting.
    for _ in 0..<1000 where server.openConnections > 0 { usleep(10_000) }
  }

  /// Throws where there is no place for what programs are made of: better told now than at the first run.
  private func checkFolders(of pages: [ServedBook.Page]) throws(Fault) {
    for page in pages {
      do throws(Fault) {
        _ = try Library.workFolder(of: page.chapter.path, environment)
      } catch {
        // A package that is not to be run can be read.
        if case .strangersPackage = error { continue }
        throw error
      }
    }
  }

  private func listen() throws(Fault) -> HTTPServer {
    if let port = options.port { return try HTTPServer(port: port) }
    var hash = SHA256()
    hash.update(field: FileManager.default.currentDirectoryPath)
    for path in options.paths { hash.update(field: path) }
    // Of the ports that no service has by name (RFC 6335).
    let usual = 49_152 + (Int(hash.hexadecimal().prefix(4), radix: 16) ?? 0) % 16_384
    if let server = try? HTTPServer(port: usual) { return server }
    return try HTTPServer(port: 0)
  }

  private func open(_ address: String) {
    if let opener {
      let handle = FileHandle(fileDescriptor: opener, closeOnDealloc: true)
      try? handle.write(contentsOf: Data("\(address)\n".utf8))
      return
    }
    let browser = Process()
    browser.executableURL = URL(filePath: "/usr/bin/env")
    browser.arguments = [browserOpener, address]
    browser.standardOutput = FileHandle.nullDevice
    browser.standardError = FileHandle.nullDevice
    // Where there is none, the printed address is there.
    try? browser.run()
  }
}
