import Foundation
import WorkbookSystem

extension Library {
  /// Where the runner keeps what it makes for the package that a chapter or folder stands in.
  package static func workFolder(
    of path: String, _ environment: [String: String]
  ) throws(Fault) -> String {
    try workFolder(for: WorkbookCore.packageFolder(above: path), environment)
  }

  /// Where the runner keeps what it makes for a package, which is made if need be: `.build/workbook` in the
  /// package; where that cannot be the user's alone, and without a package, in the user's caches.
  ///
  /// What stands there is executed and believed, so nobody else may ever have written to it.
  ///
  /// - Parameter user: whoever runs this but in tests.
  package static func workFolder(
    for packageFolder: String?, _ environment: [String: String], user: uid_t = geteuid()
  ) throws(Fault) -> String {
    let access = FolderAccess(user: user)
    var reasons: [String] = []
    if let packageFolder {
      // Who may write to the package decides what SwiftPM runs: of the folders above, none needs a look.
      let build = packageFolder + "/.build"
      if access.isOwn(packageFolder) { mkdir(build, 0o755) }
      if access.isOwn(build), !access.isOpen(build) {
        do throws(Refusal) { return try access.makePrivate(build + "/workbook") } catch {
          reasons.append(error.reason)
        }
      }
    }
    let name = packageFolder.map { digest([$0]) } ?? "no-package"
    for caches in cacheFolders(environment, user) {
      do throws(Refusal) {
        let parent = try access.makeSafe(caches.folder, caches.name)
        return try access.makePrivate("\(parent)/\(name)")
      } catch {
        reasons.append(error.reason)
      }
    }
    throw .system(
      doing: "make a folder that is yours alone",
      reason: reasons.joined(separator: "; ")
        + "; name a folder that only you may write to in XDG_CACHE_HOME")
  }

  /// Where the user's caches may be, the best place first, and what ours are called there.
  private static func cacheFolders(
    _ environment: [String: String], _ user: uid_t
  ) -> [(folder: String, name: String)] {
    let caches = [environment["XDG_CACHE_HOME"], environment["HOME"].map { $0 + "/.cache" }]
    let temporary = environment["TMPDIR"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? "/tmp"
    return caches.compactMap { $0 }.filter { $0.hasPrefix("/") }.map { ($0, "workbook") }
      + [(temporary, "workbook-\(user)")]
  }
}

/// Why a folder is not to be used.
private struct Refusal: Error {
  var reason: String

  init(_ reason: String) { self.reason = reason }

  /// The system call just made failed.
  static func lastError(_ path: String) -> Refusal {
    Refusal("\(path): \(String(cString: strerror(errno)))")
  }
}

/// Who else than a user could change what a folder holds.
private struct FolderAccess {
  var user: uid_t

  private func status(_ path: String) -> stat? {
    var status = stat()
    return lstat(path, &status) == 0 ? status : nil
  }

  /// Whether it is a folder, not a link to one, and the user's.
  func isOwn(_ path: String) -> Bool {
    guard let status = status(path) else { return false }
    return status.st_uid == user && status.st_mode & S_IFMT == S_IFDIR
  }

  /// Whether others may write to it; a group of the owner's own number has no other members.
  func isOpen(_ path: String) -> Bool {
    guard let status = status(path) else { return true }
    let isShared = status.st_mode & S_IWGRP != 0 && status.st_gid != status.st_uid
    return isShared || status.st_mode & S_IWOTH != 0
  }

  /// Makes the folder if need be, the user's and with no rights for others.
  ///
  /// One that has any was not made here, or came with the package's files: what it holds goes.
  func makePrivate(_ path: String) throws(Refusal) -> String {
    // For their temporary files beside the real ones.
    if path.contains("%") {
      throw Refusal("\(path) has a %, in whose place compilers and linkers write digits")
    }
    for _ in 0..<2 {
      guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw .lastError(path) }
      guard isOwn(path), let status = status(path) else {
        throw Refusal("\(path) is not a folder of yours")
      }
      if status.st_mode & 0o777 == 0o700 { return path }
      removeFolder(path)
    }
    throw Refusal("\(path) is open to others")
  }

  /// Makes a folder in another if need be, both such that nobody else can put one in their place.
  ///
  /// Gives the path without links.
  func makeSafe(_ folder: String, _ name: String) throws(Refusal) -> String {
    makeWithParents(folder)
    guard let parent = realPath(folder) else { throw .lastError(folder) }
    let path = parent == "/" ? "/\(name)" : "\(parent)/\(name)"
    guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw .lastError(path) }
    guard isOwn(path) else { throw Refusal("\(path) is not a folder of yours") }
    if isOpen(path) { throw Refusal("\(path) is open to others") }
    var above = parent
    while above != "/" {
      let owner = status(above)?.st_uid
      guard owner == user || isSystem(owner) else {
        throw Refusal("\(path) is in \(above), which is another user's")
      }
      // In a folder such as /tmp only its owner can rename what stands there.
      if isOpen(above), status(above).map({ $0.st_mode & S_ISVTX == 0 }) ?? true {
        throw Refusal("\(path) is in \(above), which is open to others")
      }
      above = WorkbookSystem.folder(of: above)
    }
    return path
  }

  private func makeWithParents(_ path: String) {
    guard access(path, F_OK) != 0, path != "/" else { return }
    makeWithParents(WorkbookSystem.folder(of: path))
    mkdir(path, 0o700)
  }
}

/// Whether the owner is the system's, which can do anything anyway.
///
/// In a container of a user's own, that one may have another number than 0: it is who owns the root.
func isSystem(_ owner: uid_t?) -> Bool {
  var status = stat()
  return owner == 0 || stat("/", &status) == 0 && owner == status.st_uid
}

extension Library {
  /// Makes a chapter's file hold other bytes; false where it does not hold `old` any more.
  static func replaceChapter(
    _ path: String, holding old: [UInt8], with new: [UInt8], _ environment: [String: String]
  ) throws(Fault) -> Bool {
    // A runner that is killed now leaves its file where the next one sweeps.
    let scratch = try Scratch(in: workFolder(of: path, environment) + "/scratch")
    defer { scratch.remove() }
    return try replaceFile(at: path, holding: old, with: new, temporaryFolder: scratch.path)
  }
}
