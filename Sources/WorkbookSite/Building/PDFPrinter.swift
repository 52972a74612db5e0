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

  /// Some are there in name only, such as a script that asks to install the real one.
  private let browsers: [String]
  private let environment: [String: String]

  /// Those on the `PATH`; throws where there is none.
  init(environment: [String: String]) throws(CommandError) {
    let folders = (environment["PATH"] ?? "").split(separator: ":")
    browsers = Self.names.flatMap { name in folders.map { "\($0)/\(name)" } }
      .filter(FileManager.default.isExecutableFile(atPath:))
    if browsers.isEmpty { throw .noBrowser(names: Self.names) }
    self.environment = environment
  }

  /// Prints a page of a file, which reaches no network, with the first browser that can.
  ///
  /// - Parameter profile: a folder for what the browser keeps meanwhile.
  func print(_ page: String, to file: String, profile: String) async throws(Fault) {
    var reasons: [String] = []
    for browser in browsers {
      guard let reason = try await print(page, to: file, profile, with: browser) else { return }
      reasons.append("\(browser): \(reason)")
    }
    throw .system(
      doing: "print \(page)",
      reason: reasons.joined(separator: "; ") + "; install another Chromium, or leave out --pdf")
  }

  /// Gives why it did not.
  private func print(
    _ page: String, to file: String, _ profile: String, with browser: String
  ) async throws(Fault) -> String? {
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
    if run.succeeded, FileManager.default.fileExists(atPath: file) { return nil }
    if run.timedOut { return "it took more than five minutes" }
    let said = [run.errors, run.output].compactMap { text in
      String(decoding: text, as: UTF8.self).split(whereSeparator: \.isNewline).last
    }
    return said.first.map(String.init)
      ?? (run.succeeded ? "it wrote no file" : "it failed without a word")
  }
}
