import Foundation

/// Replaces a file as a whole: whoever reads it, whenever, finds the old bytes or the new ones.
///
/// Keeps permissions and follows links. The new file is written in `temporaryFolder` (its own folder if
/// nil, or where that is on another file system) and renamed. Throws, and leaves the old file and nothing else,
/// where that fails or the file does not hold `old` any more.
package func replaceFile(
  at path: String, holding old: [UInt8], with new: [UInt8], temporaryFolder: String? = nil
) throws(Fault) {
  let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
  let own = (target as NSString).deletingLastPathComponent
  do {
    try replace(target, holding: old, with: new, in: temporaryFolder ?? own, for: path)
  } catch {
    guard temporaryFolder != nil, case .system(_, strerrorText(EXDEV)) = error else { throw error }
    try replace(target, holding: old, with: new, in: own, for: path)
  }
}

private func replace(
  _ target: String, holding old: [UInt8], with bytes: [UInt8], in folder: String, for path: String
) throws(Fault) {
  let name = (target as NSString).lastPathComponent
  let temporary = "\(folder)/.\(name.prefix(100)).\(UUID().uuidString)"
  var isRenamed = false
  defer { if !isRenamed { unlink(temporary) } }
  try attempt("update \(path)") {
    let attributes = try FileManager.default.attributesOfItem(atPath: target)
    // A rename could replace what may not be written.
    guard access(target, W_OK) == 0 else { throw POSIXError(.EACCES) }
    try Data(bytes).write(to: URL(fileURLWithPath: temporary), options: .withoutOverwriting)
    let permissions = attributes[.posixPermissions] ?? 0o644
    try FileManager.default.setAttributes([.posixPermissions: permissions], ofItemAtPath: temporary)
    let file = try FileHandle(forWritingTo: URL(fileURLWithPath: temporary))
    try file.synchronize()
    try file.close()
  }
  // Last of all: to write takes a while.
  let isOld = try attempt("read \(path)") {
    try [UInt8](Data(contentsOf: URL(fileURLWithPath: target))) == old
  }
  guard isOld else {
    throw .system(doing: "update \(path)", reason: "it was changed since it was read; run again")
  }
  guard rename(temporary, target) == 0 else {
    throw .system(doing: "update \(path)", reason: strerrorText(errno))
  }
  isRenamed = true
}

private func strerrorText(_ code: Int32) -> String { String(cString: strerror(code)) }
