import Foundation
import WorkbookSystem
import WorkbookConfinement

extension Library {
  /// What a program may read: its package but for what other tools keep there, what its library was built
  /// to, and the toolchain.
  var filesForPrograms: Launch.Files {
    var files = Launch.Files(readable: [toolchain.root])
    // Resources and shared libraries.
    if let products = realPath(folder + "/build/release") { files.readable.append(products) }
    guard let packageFolder else { return files }
    files.listable = [packageFolder]
    files.readable += (names(in: packageFolder) ?? []).compactMap { name in
      Self.ownFile("\(packageFolder)/\(name)", of: packageFolder)
    }
    return files
  }

  /// What stands at a path of the package, links followed; nil where it is not the package's own.
  static func ownFile(_ path: String, of package: String) -> String? {
    guard let target = realPath(path), let root = realPath(package),
      target.hasPrefix(root + "/"), !isOfOtherTools(target, in: root)
    else { return nil }
    return target
  }

  /// What compilers and linkers need: sources, headers and module maps of the package and its dependencies,
  /// macros, and the compiler's cache of modules.
  var filesForTools: Launch.Files {
    var files = filesForPrograms
    // A header may include one that stands beside its folder.
    files.readable += stamp.sourceFolders.filter { folder in
      !Self.isAbove(packageFolder ?? "/", folder)
    }
    files.readable += ["/usr/include", "/usr/local/include", "/usr/local/lib"]
    files.readable += (commands.frontend + commands.linker.command).compactMap(Self.path(in:))
    // A toolchain's executables may be scripts.
    files.runnable = [toolchain.root, folder, "/bin", "/usr/bin"]
    files.writable = [commands.moduleCache]
    return files
  }

  /// Whether a folder, links followed, holds the package, and so all that lies beside it.
  static func isAbove(_ package: String, _ folder: String) -> Bool {
    guard let target = realPath(folder), let root = realPath(package), target != root else {
      return false
    }
    return target == "/" || root.hasPrefix(target + "/")
  }

  /// The absolute path that an argument is or has behind its option, as in `-L/lib` and `-rpath=/lib`.
  ///
  /// Never the root: it holds all that there is.
  static func path(in argument: String) -> String? {
    // Not by a regular expression: one for each argument took five milliseconds of a compilation.
    guard let start = argument.firstIndex(of: "/") else { return nil }
    let (option, path) = (argument[..<start], argument[start...])
    let isOption =
      option.first == "-" && (option.count == 2 || option.last == "=")
      && option.allSatisfy { $0.isASCII && $0.isLetter || $0 == "-" || $0 == "=" }
    guard option.isEmpty || isOption else { return nil }
    return path.allSatisfy { $0 == "/" || $0 == "." } ? nil : String(path)
  }
}
