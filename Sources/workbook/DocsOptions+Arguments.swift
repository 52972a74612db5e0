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
        throw .badValue(option: "--language", value: code, expected: .languageCode)
      }
      language = code
    }
    allowsFailures = arguments.has("--allow-failures")
    let port = arguments.value("--port") ?? "8080"
    let ports = 1...65_535
    guard let number = Int(port), ports.contains(number) else {
      throw .badValue(option: "--port", value: port, expected: .number(ports))
    }
    if arguments.has("--preview") { previewPort = number }
    if arguments.has("--preview"), arguments.has("--output") {
      throw .exclusive("--preview", "--output")
    }
  }
}
