extension Fault {
  /// The problem and the way out.
  package var message: String {
    switch self {
    case .system(let doing, let reason):
      "cannot \(doing): \(reason)"
    case .noCompiler(let searched):
      "no Swift compiler (swiftc) in any folder of PATH, which is "
        + (searched.isEmpty ? "empty" : searched.joined(separator: ":"))
        + "; install Swift from https://swift.org/install, or add its folder to PATH"
    case .libraryDoesNotBuild(let package, let lines):
      "the package in \(package) does not build; mend it until `swift build -c release` passes\n"
        + lines.joined(separator: "\n")
    case .strangersPackage(let manifest, let owner):
      "\(manifest) belongs to \(owner), and SwiftPM would run it with your rights; "
        + "if you trust it, run this in its folder, or make it yours (chown)"
    case .cancelled:
      "interrupted"
    }
  }
}
