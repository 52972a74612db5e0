import Foundation
import WorkbookSystem

/// The commands that make a program, as the drivers `swiftc` and `clang` would give them.
///
/// Without the drivers in between, it takes half the time.
package struct CompilerCommands: Codable, Hashable {
  /// Of `swift-frontend`, for an object; its source file and what depends on the program aside.
  package var frontend: [String] = []
  /// The linker and its arguments, with stand-ins for the program's files.
  var linker: [String] = []
  /// In `linker`, for the program's object file and for what is made.
  var objectPlaceholder = ""
  var outputPlaceholder = ""

  /// The `-lNAME` that a program's object may ask for.
  var linkable: [String] = []

  /// The folder where compilers keep modules of C.
  ///
  /// It serves programs alone, so that nothing that compiling
  /// one leaves there is in the way of the library's own build.
  var moduleCache = ""

  /// Optimized like a release, but with assertions, so that a failed precondition says its words.
  static let optimization = ["-O", "-assert-config", "Debug"]

  /// Asks the drivers.
  ///
  /// - Parameter folder: for the files that stand in for the program's; the drivers want to see some.
  static func ask(
    _ toolchain: Toolchain, _ settings: BuildSettings, extraObjects: [String], in folder: String
  ) async throws(Fault) -> CompilerCommands {
    var commands = CompilerCommands()
    let sourcePlaceholder = folder + "/main.swift"
    commands.objectPlaceholder = folder + "/program.o"
    commands.outputPlaceholder = folder + "/program"
    commands.moduleCache = folder + "/ModuleCache"
    try makeFolder(commands.moduleCache)
    try writeFile("", to: sourcePlaceholder)
    try writeFile("", to: commands.objectPlaceholder)
    let compile = try await plan(
      toolchain.swiftc,
      settings.compile + optimization + [
        "-###", "-c", sourcePlaceholder, "-wmo", "-gline-tables-only", "-module-name", "main",
        "-file-compilation-dir", ".", "-diagnostic-style=llvm", "-o",
        commands.objectPlaceholder, "-module-cache-path", commands.moduleCache,
      ], toolchain)
    guard var frontend = compile.first(where: { $0.contains("-frontend") }) else {
      throw .system(doing: "plan a compilation", reason: "swiftc plans no frontend")
    }
    frontend.removeFirst()
    frontend.removeAll { $0 == sourcePlaceholder }
    if let output = frontend.firstIndex(of: "-o") {
      frontend.removeSubrange(output...output + 1)
    }
    commands.frontend = frontend

    let objects = extraObjects + settings.objects
    let link = try await plan(
      toolchain.swiftc,
      settings.link + [
        "-###", "-emit-executable", "-use-ld=lld", commands.objectPlaceholder, "-o",
        commands.outputPlaceholder,
      ] + objects, toolchain)
    guard var clang = link.last(where: { $0.contains(commands.outputPlaceholder) }) else {
      throw .system(doing: "plan a link", reason: "swiftc plans no linker")
    }
    // What the library's objects ask for is known here, what the program's asks for is added later.
    clang.removeAll { $0.hasPrefix("@") }
    let autolinked = ObjectFile.autolinkedArguments(of: objects)
    commands.linkable = linkable(autolinked + settings.link, frontend, toolchain)
    clang += autolinked
    let linker = try await plan(clang[0], ["-###"] + clang.dropFirst(), toolchain)
    guard let last = linker.last else {
      throw .system(doing: "plan a link", reason: "clang plans no linker")
    }
    // Nor does the linker take a word of a program's object, in whatever section.
    commands.linker = last + ["--no-dependent-libraries"]
    return commands
  }

  /// Those that the library's build names, the toolchain's own, and those of the module maps that programs
  /// are compiled with.
  private static func linkable(
    _ known: [String], _ frontend: [String], _ toolchain: Toolchain
  ) -> [String] {
    var names = Set(known.filter { $0.hasPrefix("-l") }.map { String($0.dropFirst(2)) })
    for folder in ["linux", "linux/\(hostArchitecture)"] {
      for name in WorkbookSystem.names(in: "\(toolchain.root)/usr/lib/swift/\(folder)") ?? [] {
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
    return names.sorted().map { "-l" + $0 }
  }

  private static let hostArchitecture: String = {
    var name = utsname()
    uname(&name)
    return withUnsafeBytes(of: &name.machine) {
      String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
    }
  }()

  /// The commands that a driver would run.
  private static func plan(
    _ driver: String, _ arguments: [String], _ toolchain: Toolchain
  ) async throws(Fault) -> [[String]] {
    let result = try await Subprocess(driver, arguments, environment: toolchain.environment).run()
    guard result.succeeded else {
      let reason = String(decoding: result.errors, as: UTF8.self)
      throw .system(doing: "ask \(driver) for its commands", reason: reason)
    }
    // clang prints its plan as a diagnostic, swiftc as its output.
    let text = result.output.isEmpty ? result.errors : result.output
    return String(decoding: text, as: UTF8.self).split(separator: "\n")
      .map { ShellWords.split($0) }
      .filter { $0.first?.hasPrefix("/") == true }
  }
}
