import WorkbookCore
import WorkbookSystem
import WorkbookChapters
import WorkbookSite

extension DocsOptions {
  /// What the words after `docs` ask for.
  init(_ arguments: Arguments) throws(UsageError) {
    self.init(paths: arguments.operands)
    if let folder = arguments.value("--output") { output = folder }
    if let path = arguments.value("--hosting-base-path") {
      let parts = path.split(separator: "/")
      basePath = parts.isEmpty ? "" : "/" + parts.joined(separator: "/")
    }
    if let code = arguments.value("--language") {
      guard isLanguageCode(code) else {
        throw .badValue(
          option: "--language", value: code, expected: "a language's code, such as de or pt-BR")
      }
      language = code
    }
    allowsFailures = arguments.has("--allow-failures")
    let port = arguments.value("--port") ?? "8080"
    guard let number = Int(port), (1...65_535).contains(number) else {
      throw .badValue(option: "--port", value: port, expected: "a number from 1 to 65535")
    }
    if arguments.has("--preview") { previewPort = number }
    if arguments.has("--preview"), arguments.has("--output") {
      throw .exclusive("--preview", "--output")
    }
  }
}
