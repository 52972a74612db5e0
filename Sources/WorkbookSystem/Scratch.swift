import Foundation

/// A folder for one program's files, removed at the latest by the next runner: also what a killed
/// runner left behind.
package final class Scratch: Sendable {
  package let path: String
  private let lock: FileLock

  /// A new empty folder beside others of its kind in `parent`, which is made if need be.
  package init(in parent: String) throws(Fault) {
    try makeFolder(parent)
    while true {
      let path = "\(parent)/\(String(UInt64.random(in: 0 ... .max), radix: 36))"
      guard mkdir(path, 0o700) == 0 else {
        if errno == EEXIST { continue }
        throw .lastError(doing: "make the folder \(path)")
      }
      guard let lock = FileLock.tryLock(path, .shared), access(path, W_OK) == 0 else {
        // Another runner's sweep may come in between: then once more.
        if errno == EWOULDBLOCK || errno == ENOENT { continue }
        let fault = Fault.lastError(doing: "lock \(path)")
        rmdir(path)
        throw fault
      }
      self.path = path
      self.lock = lock
      return
    }
  }

  deinit { remove() }

  package func remove() { removeFolder(path) }

  /// Moves it to `place`, where it stays, instead of what is there.
  package func keep(at place: String) throws(Fault) {
    removeFolder(place)
    try makeFolder(folder(of: place))
    guard rename(path, place) == 0 else { throw .lastError(doing: "keep \(place)") }
  }

  /// Removes the folders in `parent` whose runner is no more.
  package static func sweep(_ parent: String) {
    for name in names(in: parent) ?? [] {
      let path = "\(parent)/\(name)"
      guard let lock = FileLock.tryLock(path, .exclusive) else { continue }
      removeFolder(path)
      withExtendedLifetime(lock) {}
    }
  }
}
