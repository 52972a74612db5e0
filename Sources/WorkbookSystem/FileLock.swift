import Foundation

/// A lock between processes on a file or folder; the kernel lets go of it when its process dies.
package final class FileLock: Sendable {
  package enum Mode { case shared, exclusive }

  private let descriptor: Int32

  private init(_ descriptor: Int32) {
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  /// Whether what it locks is still at the path.
  func isOn(_ path: String) -> Bool {
    var (own, there) = (stat(), stat())
    return fstat(descriptor, &own) == 0 && stat(path, &there) == 0 && own.st_dev == there.st_dev
      && own.st_ino == there.st_ino
  }

  /// The lock, if it is free now; nil also where nothing is at `path`.
  package static func tryLock(_ path: String, _ mode: Mode) -> FileLock? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    let lock = FileLock(descriptor)
    return flock(descriptor, (mode == .shared ? LOCK_SH : LOCK_EX) | LOCK_NB) == 0 ? lock : nil
  }

  /// Throws if the last try failed for good: some file systems have no locks.
  package static func requireLocks(for path: String) throws(Fault) {
    if [ENOSYS, ENOLCK, EOPNOTSUPP, EINVAL].contains(errno) {
      throw .lastError(doing: "lock \(path)")
    }
  }

  /// Waits until the lock on the file, which is made if need be, is free.
  package static func lock(file path: String, onWait: () -> Void) async throws(Fault) -> FileLock {
    var hasWaited = false
    while true {
      let descriptor = open(path, O_CREAT | O_RDONLY | O_CLOEXEC, 0o644)
      guard descriptor >= 0 else { throw .lastError(doing: "open \(path)") }
      let lock = FileLock(descriptor)
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 {
        // Not on a file that was removed meanwhile, with the folder that it is for.
        if lock.isOn(path) { return lock }
        continue
      }
      guard errno == EWOULDBLOCK else { throw .lastError(doing: "lock \(path)") }
      if !hasWaited { onWait() }
      hasWaited = true
      do { try await Task.sleep(for: .milliseconds(20)) } catch { throw .cancelled }
    }
  }
}
