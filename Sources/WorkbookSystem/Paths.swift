import Foundation

// The kernel knows bytes alone: what Swift takes for one character may begin with a slash, and what it takes for
// equal may be two files.

/// The path up to its last slash.
package func folder(of path: String) -> String {
  guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
  return slash == path.startIndex ? "/" : String(path[..<slash])
}

/// The names between its slashes.
package func steps(of path: String) -> [String] {
  path.utf8.split(separator: UInt8(ascii: "/")).map { String(Substring($0)) }
}

package func isAbsolute(_ path: String) -> Bool { path.utf8.first == UInt8(ascii: "/") }

/// Whether the path is the folder's or one below it, as both are written.
package func isInside(_ path: String, _ folder: String) -> Bool {
  let rest = path.utf8.dropFirst(folder.utf8.count)
  return path.utf8.starts(with: folder.utf8)
    && (rest.isEmpty || folder == "/" || rest.first == UInt8(ascii: "/"))
}

/// The path of what the folder holds under the name.
package func join(_ folder: String, _ name: String) -> String {
  folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
}

/// The path of a file that another one names.
package func beside(_ file: String, _ name: String) -> String {
  let folder = folder(of: file)
  return isAbsolute(name) || folder == "." ? name : join(folder, name)
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
