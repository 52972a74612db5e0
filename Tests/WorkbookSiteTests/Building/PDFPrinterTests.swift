import Foundation
import Testing
import WorkbookTestTools

@testable import WorkbookCore
@testable import WorkbookSite
@testable import WorkbookSystem

@Suite struct PDFPrinterTests {
  private let folder = TemporaryFolder()

  /// Browsers that are scripts, in the order in which they are looked for.
  private func printer(_ scripts: [String]) throws -> PDFPrinter {
    for (name, script) in zip(PDFPrinter.names, scripts) {
      let path = try folder.write("bin/\(name)", "#!/bin/sh\n\(script)\n")
      chmod(path, 0o755)
    }
    return try PDFPrinter(environment: ["PATH": folder.path + "/bin:/usr/bin:/bin"])
  }

  private func print(_ scripts: [String]) async throws {
    try await printer(scripts).print(
      folder.path + "/a.html", to: folder.path + "/a.pdf", profile: folder.path + "/profile")
  }

  /// Writes the file that it is asked for.
  private static let works =
    "for a; do case $a in --print-to-pdf=*) echo PDF > \"${a#*=}\";; esac; done"

  @Test func `a browser that is there in name only leads on to the next`() async throws {
    try await print(["exit 1", "echo 'needs the snap' >&2", Self.works])
    #expect(try folder.read("a.pdf") == "PDF\n")
  }

  @Test func `where none can, each says why`() async throws {
    let scripts =
      ["exit 1", "echo first; echo 'needs the snap' >&2; exit 1"]
      + Array(repeating: "exit 0", count: PDFPrinter.names.count - 2)
    // One that is installed would do it.
    let environment = ["PATH": folder.path + "/bin"]
    _ = try printer(scripts)
    let printer = try PDFPrinter(environment: environment)
    do throws(Fault) {
      try await printer.print(
        folder.path + "/a.html", to: folder.path + "/a.pdf", profile: folder.path + "/profile")
      Issue.record("nothing was thrown")
    } catch {
      let message = error.message
      #expect(message.contains("bin/chromium: it failed without a word; "), "\(message)")
      #expect(message.contains("bin/chromium-browser: needs the snap; "), "\(message)")
      #expect(message.contains("bin/google-chrome: it wrote no file; "), "\(message)")
      #expect(message.hasSuffix("install another Chromium, or leave out --pdf"), "\(message)")
    }
  }

  @Test func `without a browser it is told at once`() {
    #expect(throws: CommandError.noBrowser(names: PDFPrinter.names)) {
      try PDFPrinter(environment: ["PATH": folder.path])
    }
  }
}
