import WorkbookSystem

/// The command that links a program's object file with the library.
struct Linker: Codable, Hashable {
  /// An executable and its arguments, with stand-ins for the program's files.
  let command: [String]
  private let objectPlaceholder: String
  private let outputPlaceholder: String
  /// The `-lNAME` that a program's object may ask for.
  private let linkable: Set<String>

  /// Asks the drivers: where the toolchain has it, for `ld.lld` without one in between.
  ///
  /// - Parameters:
  ///   - frontend: the arguments that programs are compiled with.
  ///   - objects: of the library and what it depends on.
  ///   - folder: for the library in one object, and for a file that stands in for the program's; the drivers
  ///     want to see one.
  init(
    _ toolchain: Toolchain, _ options: [String], frontend: [String], objects: [String],
    in folder: String
  ) async throws(Fault) {
    let output = folder + "/program"
    objectPlaceholder = output + ".o"
    outputPlaceholder = output
    try writeFile("", to: objectPlaceholder)
    let link = try await toolchain.plan(
      toolchain.swiftc,
      (toolchain.hasLLD ? ["-use-ld=lld"] : []) + options
        + ["-###", "-emit-executable", objectPlaceholder, "-o", output] + objects)
    guard var clang = link.last(where: { $0.contains(output) }) else {
      throw .system(doing: "plan a link", reason: "swiftc plans no linker")
    }
    // What the library's objects ask for is known here, what the program's asks for is added later.
    clang.removeAll { $0.hasPrefix("@") }
    let autolinked = ELFFile.autolinkedArguments(of: objects)
    linkable = Self.linkable(autolinked + options, frontend, toolchain)
    clang += autolinked
    guard toolchain.hasLLD else {
      command = clang
      return
    }
    guard let last = try await toolchain.plan(clang[0], ["-###"] + clang.dropFirst()).last else {
      throw .system(doing: "plan a link", reason: "clang plans no linker")
    }
    // One object is read in less time than many, for every program.
    let library = folder + "/library.o"
    let merge = Subprocess(
      last[0], ["-r", "-o", library] + objects, environment: toolchain.environment)
    var arguments = last
    if try await merge.run().succeeded, let first = arguments.firstIndex(where: objects.contains) {
      arguments.insert(library, at: first)
      arguments.removeAll(where: objects.contains)
    }
    // Nor does the linker take a word of a program's object, in whatever section.
    command = arguments + ["--no-dependent-libraries"]
  }

  /// The libraries that the library's build names, the toolchain's own, and those of the module maps that
  /// programs are compiled with.
  private static func linkable(
    _ known: [String], _ frontend: [String], _ toolchain: Toolchain
  ) -> Set<String> {
    var names = Set(known.filter { $0.hasPrefix("-l") }.map { String($0.dropFirst(2)) })
    let libraries = toolchain.root + "/usr/lib/swift/" + librariesName
    // Those of one architecture stand in a folder.
    let folders = WorkbookSystem.names(in: libraries) ?? []
    for folder in [libraries] + folders.map({ "\(libraries)/\($0)" }) {
      for name in WorkbookSystem.names(in: folder) ?? [] {
        if let match = name.wholeMatch(of: /lib(.+)\.(so|a)/) { names.insert(String(match.1)) }
      }
    }
    for argument in frontend {
      guard let path = argument.wholeMatch(of: /-fmodule-map-file=(.+)/)?.1,
        let map = try? String(contentsOfFile: String(path), encoding: .utf8)
      else { continue }
      for match in map.matches(of: /\blink\s+"([A-Za-z0-9_.+-]+)"/) {
        names.insert(String(match.1))
      }
    }
    return Set(names.map { "-l" + $0 })
  }

  /// The command for one program.
  ///
  /// Of what its object asks for, it names the libraries that the library's own build or the toolchain has:
  /// all else is the word of whoever wrote the program.
  func command(object: String, output: String) -> [String] {
    command.flatMap { argument in
      switch argument {
      case objectPlaceholder:
        [object] + ELFFile.autolinkedArguments(of: [object]).filter(linkable.contains)
      case outputPlaceholder: [output]
      default: [argument]
      }
    }
  }
}
