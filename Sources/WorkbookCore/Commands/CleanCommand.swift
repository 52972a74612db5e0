import Foundation

/// Removes what runs keep for the chapters at the path, and returns the folder if there was one.
package func clean(
  _ path: String, environment: [String: String]
) throws -> String? {
  let folder = try Library.workFolder(for: packageFolder(above: path), environment)
  guard FileManager.default.fileExists(atPath: folder) else { return nil }
  do {
    try FileManager.default.removeItem(atPath: folder)
  } catch {
    throw CommandError.cannotWrite(path: folder, reason: error.localizedDescription)
  }
  return folder
}
