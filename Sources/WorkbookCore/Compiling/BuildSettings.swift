import Foundation
import WorkbookSystem

/// How a program that imports the library is compiled and linked, taken from SwiftPM's own plan for
/// a package that depends on it: so it is right for C targets, dependencies, macros and resources.
struct BuildSettings: Codable, Hashable {
  /// The name of the package and of its one target.
  static let client = "WorkbookClient"

  /// Arguments of `swiftc` for the client, without what is the client's own.
  var compile: [String] = []
  /// Arguments of `swiftc` that link the client, without objects.
  var link: [String] = []
  /// Of the library and its dependencies.
  var objects: [String] = []

  /// The targets that the objects are of, by their build folders' names.
  var targets: Set<String> {
    Set(
      objects.flatMap { $0.split(separator: "/") }.filter { $0.hasSuffix(".build") }
        .map { String($0.dropLast(".build".count)) })
  }

  /// No library at all.
  init() {}

  /// - Parameter plan: the text of `release.yaml`, which SwiftPM writes for its build engine.
  init?(plan: String, objectList: String) {
    guard let compile = Self.arguments(of: ".module", in: plan),
      let link = Self.arguments(of: ".exe", in: plan)
    else { return nil }
    self.compile = Self.without(
      compile.dropFirst(),
      flags: [
        "-emit-dependencies", "-emit-module", "-whole-module-optimization", "-c", "-O", "-g",
        "-serialize-diagnostics", "-parseable-output", "-parse-as-library", "-incremental",
        "-enable-batch-mode", "-emit-objc-header", "-static", "-static-stdlib",
      ],
      options: [
        "-module-name", "-emit-module-path", "-output-file-map", "-num-threads", "-swift-version",
        "-package-name", "-emit-objc-header-path", "-index-store-path", "-module-cache-path",
      ],
      frontendOptions: ["-entry-point-function-name"])
    self.link = Self.without(
      link.dropFirst(), flags: ["-emit-executable", "-g"], options: ["-o", "-module-name"],
      frontendOptions: [])
    // The client's entry point has a name of its own; `-Xlinker` stands before each of these words.
    for (option, operands) in [("--defsym", 1), ("-alias", 2)] {
      guard let index = self.link.firstIndex(of: option), index > 0 else { continue }
      self.link.removeSubrange(index - 1...min(index + 2 * operands, self.link.count - 1))
    }
    objects = objectList.split(whereSeparator: \.isNewline).map(String.init)
      .map { $0.hasPrefix("'") || $0.hasPrefix("\"") ? ShellWords.split($0).joined() : $0 }
      .filter { !$0.contains("/\(Self.client).build/") }
  }

  /// The array behind `args:` of the command that makes the client's module or executable.
  private static func arguments(of kind: String, in plan: String) -> [String]? {
    var isClient = false
    for line in plan.split(separator: "\n") {
      if line.hasPrefix("  \"C.\(client)-") { isClient = line.hasSuffix("\(kind)\":") }
      guard isClient, let start = line.range(of: "    args: ")?.upperBound else { continue }
      return try? JSONDecoder().decode([String].self, from: Data(line[start...].utf8))
    }
    return nil
  }

  /// Without flags, options with their value, options of the frontend with their value, `-j2` and
  /// `@file`.
  private static func without(
    _ arguments: ArraySlice<String>, flags: Set<String>, options: Set<String>,
    frontendOptions: Set<String>
  ) -> [String] {
    var kept: [String] = []
    var rest = arguments
    while let argument = rest.popFirst() {
      if options.contains(argument) {
        rest = rest.dropFirst()
      } else if argument == "-Xfrontend", let option = rest.first, frontendOptions.contains(option)
      {
        rest = rest.dropFirst(3)
      } else if !flags.contains(argument) && !argument.hasPrefix("@")
        && !(argument.hasPrefix("-j") && Int(argument.dropFirst(2)) != nil)
      {
        kept.append(argument)
        // What belongs to an option is kept with it, whatever it looks like.
        if ["-Xcc", "-Xlinker", "-Xfrontend", "-I"].contains(argument), let value = rest.popFirst()
        {
          kept.append(value)
        }
      }
    }
    return kept
  }
}

/// The quoting that compiler drivers print commands with.
enum ShellWords {
  static func split(_ line: some StringProtocol) -> [String] {
    var words: [String] = []
    var word: String?
    var quote: Character?
    var characters = line.makeIterator()
    while let character = characters.next() {
      switch character {
      case "\\" where quote != "'":
        if let escaped = characters.next() { word = (word ?? "") + String(escaped) }
      case quote: quote = nil
      case "'" where quote == nil, "\"" where quote == nil:
        quote = character
        word = word ?? ""
      case " " where quote == nil:
        if let word { words.append(word) }
        word = nil
      default: word = (word ?? "") + String(character)
      }
    }
    return words + (word.map { [$0] } ?? [])
  }
}
