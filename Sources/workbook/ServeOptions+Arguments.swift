import WorkbookChapters
import WorkbookCore
import WorkbookSite

extension ServeOptions {
  /// What the words after `serve` ask for.
  init(_ arguments: Arguments) throws(UsageError) {
    self.init(paths: arguments.operands)
    port = try arguments.port()
    opensBrowser = arguments.has("--open")
    isConfined = !arguments.has("--no-sandbox")
    build = arguments.buildOptions
    readsPlainCode = arguments.has("--plain-code")
    if let code = try arguments.language() { language = code }
  }
}

extension Arguments {
  func port() throws(UsageError) -> Int? {
    guard let value = value("--port") else { return nil }
    let ports = 1...65_535
    guard let number = Int(value), ports.contains(number) else {
      throw .badValue(option: "--port", value: value, expected: .number(ports))
    }
    return number
  }

  func language() throws(UsageError) -> String? {
    guard let code = value("--language") else { return nil }
    guard isLanguageCode(code) else {
      throw .badValue(option: "--language", value: code, expected: .languageCode)
    }
    return code
  }
}
