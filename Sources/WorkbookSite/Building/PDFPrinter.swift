import Foundation
import WorkbookSystem
import WorkbookCore

/// A browser that makes PDFs of pages.
struct PDFPrinter: Sendable {
  /// What Chromium is called, on one system or another.
  static let names = [
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable",
    "chromium-headless-shell",
  ]

  private let browser: String
  private let environment: [String: String]

  /// The first one on the `PATH`; throws where there is none.
  init(environment: [String: String]) throws(CommandError) {
    let folders = (environment["PATH"] ?? "").split(separator: ":")
    let files = Self.names.flatMap { name in folders.map { "\($0)/\(name)" } }
    guard let file = files.first(where: FileManager.default.isExecutableFile(atPath:)) else {
      throw .noBrowser(names: Self.names)
    }
    browser = file
    self.environment = environment
  }

  /// Prints a page of a file, which reaches no network.
  ///
  /// - Parameter profile: a folder for what the browser keeps meanwhile.
  func print(_ page: String, to file: String, profile: String) async throws(Fault) {
    defer { try? FileManager.default.removeItem(atPath: profile) }
    var arguments = [
      "--headless", "--disable-gpu", "--no-first-run", "--user-data-dir=\(profile)",
      "--host-resolver-rules=MAP * ~NOTFOUND", "--no-pdf-header-footer", "--print-to-pdf=\(file)",
      URL(filePath: page).absoluteString,
    ]
    // Chromium does not sandbox the superuser's pages, and refuses to start. Those of a book are ours.
    if geteuid() == 0 { arguments.insert("--no-sandbox", at: 0) }
    var tool = Subprocess(browser, arguments, environment: environment)
    tool.timeout = 300
    let run = try await tool.run()
    guard run.succeeded, FileManager.default.fileExists(atPath: file) else {
      throw .system(
        doing: "print \(page) with \(browser)",
        reason: run.timedOut
          ? "it took more than five minutes" : String(decoding: run.errors, as: UTF8.self))
    }
  }
}
