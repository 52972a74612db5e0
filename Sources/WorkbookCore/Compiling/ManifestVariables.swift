import Foundation
import WorkbookSystem

/// The variables of the environment that the manifests of packages read.
struct ManifestVariables: Codable, Hashable {
  /// nil where only running a manifest would tell.
  var names: Set<String>?

  /// - Parameter packages: their folders.
  init(in packages: [String]) {
    let manifests = packages.flatMap(PackageManifest.files).filter { $0.hasSuffix(".swift") }
    self.init(
      of: manifests.compactMap { FileManager.default.contents(atPath: $0) }
        .map { String(decoding: $0, as: UTF8.self) })
  }

  init(of manifests: [String]) {
    var names: Set<String> = []
    for text in manifests {
      // `Context.environment["NAME"]`, `getenv("NAME")`
      let named = text.matches(of: /(?:environment|getenv)\s*[\[(]\s*"(\w+)"\s*[\]),]/)
      guard named.count == text.matches(of: /environ|getenv/).count else { return }
      names.formUnion(named.map { String($0.1) })
    }
    self.names = names
  }

  /// The same as long as a manifest reads the same.
  func values(in environment: [String: String]) -> String {
    let read = environment.filter { name, _ in
      names?.contains(name)
        ?? !Self.volatile.contains { name == $0 || $0.hasSuffix("_") && name.hasPrefix($0) }
    }
    return digest(read.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] })
  }

  /// What differs between terminals and steps of a workflow; beginnings of names end in `_`.
  private static let volatile = [
    "_", "COLUMNS", "DBUS_", "DISPLAY", "GITHUB_", "LINES", "OLDPWD", "PWD", "RUNNER_", "SHLVL",
    "SSH_", "TERM", "TERM_", "WINDOWID", "XDG_",
  ]
}
