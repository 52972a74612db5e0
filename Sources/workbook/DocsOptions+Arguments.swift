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
    if let code = try arguments.language() { language = code }
    build = arguments.buildOptions
    readsPlainCode = arguments.has("--plain-code")
    makesPDF = arguments.has("--pdf")
    allowsFailures = arguments.has("--allow-failures")
  }
}
