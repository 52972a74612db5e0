import Foundation

/// Makes a file hold other bytes, and keeps all else about it: its owner, permissions, extended attributes
/// (access control lists are some) and names; also where a link leads to it.
///
/// As a rule the new file is written in `temporaryFolder` (its own folder if nil, or where that is on
/// another file system) and renamed: whoever reads it, whenever, finds the old bytes or the new ones. A
/// file that has several names, or an owner or attributes that this user cannot give, is written over
/// instead, with a copy beside it until that is done.
///
/// Returns false where the file does not hold `old` any more. Then, and where it throws, the file is as it
/// was and nothing else is left; or the fault says where the copy is.
package func replaceFile(
  at path: String, holding old: [UInt8], with new: [UInt8], temporaryFolder: String? = nil
) throws(Fault) -> Bool {
  let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
  let replacement = FileReplacement(
    doing: "update \(path)", target: target, folder: folder(of: target), old: old, new: new)
  return try replacement.run(temporaryFolder)
}

private struct FileReplacement {
  var doing: String
  var target: String
  var folder: String
  var old: [UInt8]
  var new: [UInt8]

  func run(_ temporaryFolder: String?) throws(Fault) -> Bool {
    // A rename could replace what may not be written.
    guard access(target, W_OK) == 0 else { throw .lastError(doing: doing) }
    for place in [temporaryFolder, folder] {
      if let place, let isReplaced = try rename(from: place) { return isReplaced }
    }
    return try overwrite()
  }

  // MARK: - A new file

  /// nil where that cannot be.
  private func rename(from place: String) throws(Fault) -> Bool? {
    guard let attributes = FileAttributes(of: target), attributes.nameCount == 1 else { return nil }
    let new = temporaryPath(in: place)
    try write(self.new, to: new)
    var isRenamed = false
    defer { if !isRenamed { unlink(new) } }
    attributes.give(to: new)
    guard FileAttributes(of: new) == attributes else { return nil }
    // Last of all: to write takes a while.
    guard FileManager.default.contents(atPath: target) == Data(old) else { return false }
    isRenamed = Foundation.rename(new, target) == 0
    // A file that is mounted by itself, or a folder that lets none be put in its place.
    if !isRenamed, ![EXDEV, EBUSY, EACCES, EPERM].contains(errno) {
      throw .lastError(doing: doing)
    }
    return isRenamed ? true : nil
  }

  private func temporaryPath(in folder: String) -> String {
    let name = (target as NSString).lastPathComponent.prefix(100)
    return "\(folder)/.\(name).\(UUID().uuidString)"
  }

  /// Writes a file that is nobody else's, to the disk.
  private func write(_ bytes: [UInt8], to path: String) throws(Fault) {
    let descriptor = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .lastError(doing: doing) }
    defer { close(descriptor) }
    do throws(Fault) {
      try write(bytes, to: descriptor)
    } catch {
      unlink(path)
      throw error
    }
  }

  // MARK: - The same file

  private func overwrite() throws(Fault) -> Bool {
    let descriptor = open(target, O_RDWR | O_CLOEXEC)
    guard descriptor >= 0 else { throw .lastError(doing: doing) }
    defer { close(descriptor) }
    let copy = temporaryPath(in: folder) + ".old"
    try write(old, to: copy)
    guard FileManager.default.contents(atPath: target) == Data(old) else {
      unlink(copy)
      return false
    }
    do throws(Fault) {
      try write(new, to: descriptor)
    } catch {
      guard (try? write(old, to: descriptor)) != nil else {
        throw .system(doing: doing, reason: "\(error.message); what the file held is in \(copy)")
      }
      unlink(copy)
      throw error
    }
    unlink(copy)
    return true
  }

  /// Makes the file hold the bytes, on the disk.
  private func write(_ bytes: [UInt8], to descriptor: Int32) throws(Fault) {
    let file = FileHandle(fileDescriptor: descriptor)
    try attempt(doing) {
      try file.seek(toOffset: 0)
      try file.write(contentsOf: bytes)
      try file.truncate(atOffset: UInt64(bytes.count))
      try file.synchronize()
    }
  }
}

/// What a new file must have in common with the one that it replaces.
private struct FileAttributes: Equatable {
  var owner: UInt32
  var group: UInt32
  var permissions: UInt32
  /// Hard links.
  var nameCount: Int
  var extended: [String: Data]

  /// Foundation knows the key on every system, and has no name for it.
  private static let extendedKey = FileAttributeKey("NSFileExtendedAttributes")

  /// nil where nothing is.
  init?(of path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    owner = status.st_uid
    group = status.st_gid
    permissions = UInt32(status.st_mode) & 0o7777
    nameCount = Int(status.st_nlink)
    let all = try? FileManager.default.attributesOfItem(atPath: path)
    extended = all?[Self.extendedKey] as? [String: Data] ?? [:]
  }

  /// Gives what may be given.
  func give(to path: String) {
    // In this order: a new owner takes rights away, and an access list says more than permissions.
    _ = chown(path, owner, group)
    chmod(path, mode_t(permissions))
    if extended.isEmpty { return }
    try? FileManager.default.setAttributes([Self.extendedKey: extended], ofItemAtPath: path)
  }
}
