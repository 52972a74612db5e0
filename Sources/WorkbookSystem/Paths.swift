import Foundation

/// The path up to its last slash.
package func folder(of path: String) -> String {
  guard let slash = path.lastIndex(of: "/") else { return "." }
  return slash == path.startIndex ? "/" : String(path[..<slash])
}

/// The path of what the folder holds under the name.
package func join(_ folder: String, _ name: String) -> String {
  folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
}

/// The path without links; nil where nothing is.
package func realPath(_ path: String) -> String? {
  guard let resolved = realpath(path, nil) else { return nil }
  defer { free(resolved) }
  return String(cString: resolved)
}

/// Absolute and without `.` and `..`; links are not followed.
package func absolutePath(_ path: String) -> String {
  URL(filePath: path).standardizedFileURL.path
}
