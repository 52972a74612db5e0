import Foundation

func writeFile(_ text: String, to path: String) throws(Fault) {
  try attempt("write \(path)") {
    try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
  }
}

func makeFolder(_ path: String) throws(Fault) {
  try attempt("make the folder \(path)") {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }
}

/// Turns what Foundation throws into a fault.
func attempt<R>(_ doing: String, _ body: () throws -> R) throws(Fault) -> R {
  do { return try body() } catch {
    let system = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
    let reason =
      system?.domain == NSPOSIXErrorDomain
      ? String(cString: strerror(Int32(system!.code))) : error.localizedDescription
    throw .system(doing: doing, reason: reason)
  }
}
