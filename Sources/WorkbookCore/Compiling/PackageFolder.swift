import Foundation
import WorkbookSystem

/// The folder of the nearest `Package.swift` at or above a file or folder; nil without one.
///
/// SwiftPM runs what stands in it with the rights of whoever asks, so a stranger's is refused: one that belongs
/// neither to the user, nor to the system, nor to the owner of the folder where the user stands (a checkout, say,
/// in a container).
///
/// - Parameters:
///   - user: whoever runs this but in tests.
///   - here: the current folder but in tests.
package func packageFolder(
  above path: String, user: uid_t = geteuid(), here: String = "."
) throws(Fault) -> String? {
  guard let file = realPath(path) else { return nil }
  var folder = file
  while access(folder + "/Package.swift", F_OK) != 0 {
    if folder == "/" { return nil }
    folder = WorkbookSystem.folder(of: folder)
  }
  let trusted = owners(of: here) + [user]
  for manifest in PackageManifest.files(in: folder) {
    for owner in owners(of: manifest) where !trusted.contains(owner) && !isSystem(owner) {
      throw .strangersPackage(manifest: manifest, owner: userName(owner))
    }
  }
  return folder
}

/// Who could change what stands at the path: also the owner of a link.
private func owners(of path: String) -> [uid_t] {
  var (own, target) = (stat(), stat())
  return (lstat(path, &own) == 0 ? [own.st_uid] : [])
    + (stat(path, &target) == 0 ? [target.st_uid] : [])
}

private func userName(_ user: uid_t) -> String {
  var (entry, found) = (passwd(), UnsafeMutablePointer<passwd>?.none)
  var text = [CChar](repeating: 0, count: 4096)
  // The name is copied while the text that it points to is still there.
  return text.withUnsafeMutableBufferPointer { text in
    getpwuid_r(user, &entry, text.baseAddress!, text.count, &found)
    return found.map { String(cString: $0.pointee.pw_name) } ?? "user \(user)"
  }
}

/// Whether other tools keep it in the package: credentials may stand in `.git`, locks in `.build`.
///
/// - Parameter target: a path in it, links followed.
func isOfOtherTools(_ target: String, in package: String) -> Bool {
  [".git", ".build"].contains(target.dropFirst(package.count + 1).prefix { $0 != "/" })
}
