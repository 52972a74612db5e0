import Foundation
import WorkbookSystem

/// Removes what runs keep for the chapters at the path, and returns the folder if there was one.
package func clean(
  _ path: String, environment: [String: String]
) throws -> String? {
  guard FileManager.default.fileExists(atPath: path) else {
    throw FileProblems(problems: [.noSuchPath(path)])
  }
  let folder = try Library.workFolder(of: path, environment)
  // Asking for it makes it.
  let isEmpty = names(in: folder)?.isEmpty ?? false
  try writing(folder) { try FileManager.default.removeItem(atPath: folder) }
  return isEmpty ? nil : folder
}
