import Foundation

package func writeFile(_ text: String, to path: String) throws(Fault) {
  try writeFile(Data(text.utf8), to: path)
}

/// Writes a file as a whole or not at all; what a writer leaves behind that was killed,
/// `removeAbandonedFiles` removes.
package func writeFile(_ data: Data, to path: String) throws(Fault) {
  while true {
    let new = "\(folder(of: path))/\(newFilePrefix)\(UInt64.random(in: 0 ... .max))"
    let descriptor = open(new, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw .lastError(doing: "write \(path)") }
    let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    // Somebody who clears up may come in between: then once more.
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0, access(new, F_OK) == 0 else {
      try FileLock.requireLocks(for: new)
      continue
    }
    var isRenamed = false
    defer { if !isRenamed { unlink(new) } }
    try attempt("write \(path)") { try file.write(contentsOf: data) }
    guard rename(new, path) == 0 else { throw .lastError(doing: "write \(path)") }
    isRenamed = true
    return
  }
}

/// The bytes of a file; its name need not be text.
package func readFile(_ path: [CChar]) throws(Fault) -> Data {
  let doing =
    "read \(String(decoding: path.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self))"
  // A pipe has nobody at its other end.
  let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
  guard descriptor >= 0 else { throw .lastError(doing: doing) }
  let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
  return try attempt(doing) { try file.readToEnd() ?? Data() }
}

private let newFilePrefix = ".new-"

/// Removes from the folder what writers have left behind that are no more.
package func removeAbandonedFiles(in folder: String) {
  for name in names(in: folder) ?? [] where name.hasPrefix(newFilePrefix) {
    let path = "\(folder)/\(name)"
    guard let lock = FileLock.tryLock(path, .exclusive) else { continue }
    unlink(path)
    withExtendedLifetime(lock) {}
  }
}

package func makeFolder(_ path: String) throws(Fault) {
  try attempt("make the folder \(path)") {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }
}

/// Turns what Foundation throws into a fault.
package func attempt<R>(_ doing: String, _ body: () throws -> R) throws(Fault) -> R {
  do { return try body() } catch { throw .system(doing: doing, reason: reason(error)) }
}

/// Why Foundation could not read or write, in the system's words where it has some.
package func reason(_ error: any Error) -> String {
  let own = error as NSError
  let system = own.userInfo[NSUnderlyingErrorKey] as? NSError ?? own
  if system.domain == NSPOSIXErrorDomain { return String(cString: strerror(Int32(system.code))) }
  switch (error as? CocoaError)?.code {
  case .fileNoSuchFile, .fileReadNoSuchFile: return "No such file or directory"
  case .fileReadNoPermission, .fileWriteNoPermission: return "Permission denied"
  case .fileWriteFileExists: return "File exists"
  default: return error.localizedDescription
  }
}

/// The names of what a folder holds, in any order; nil, and `errno`, where it cannot be read.
package func names(in folder: String) -> [String]? {
  names(in: Array(folder.utf8CString))?.map { name in
    String(decoding: name.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}

/// The same with C's strings: names need not be text.
package func names(in folder: [CChar]) -> [[CChar]]? {
  guard let stream = opendir(folder) else { return nil }
  defer { closedir(stream) }
  var names: [[CChar]] = []
  while let entry = readdir(stream) {
    let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
      Array(bytes.bindMemory(to: CChar.self).prefix { $0 != 0 }) + [0]
    }
    if name != Array(".".utf8CString) && name != Array("..".utf8CString) { names.append(name) }
  }
  return names
}

/// The path of what the folder holds under the name.
package func path(of name: [CChar], in folder: [CChar]) -> [CChar] {
  folder.dropLast() + "/".utf8CString.dropLast() + name
}

/// Removes a folder of this user's with all that it holds: also folders in folders beyond the longest path
/// that the system takes, and folders that nobody may read.
///
/// What cannot be removed stays.
package func removeFolder(_ path: String) {
  let folder = Array(path.utf8CString)
  chmod(folder, 0o700)
  var rest = names(in: folder) ?? []
  let prefix = ".\(UInt64.random(in: 0 ... .max))-"
  var count = 0
  while let name = rest.popLast() {
    let child = WorkbookSystem.path(of: name, in: folder)
    if unlink(child) == 0 { continue }
    chmod(child, 0o700)
    for name in names(in: child) ?? [] {
      let grandchild = WorkbookSystem.path(of: name, in: child)
      if unlink(grandchild) == 0 { continue }
      // A folder comes up beside the one that it is in: so no path grows.
      chmod(grandchild, 0o700)
      count += 1
      let free = Array("\(prefix)\(count)".utf8CString)
      if rename(grandchild, WorkbookSystem.path(of: free, in: folder)) == 0 { rest.append(free) }
    }
    rmdir(child)
  }
  rmdir(folder)
}
