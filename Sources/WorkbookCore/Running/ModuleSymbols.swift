import Foundation
import WorkbookSystem

/// What a module declares, as `swift-symbolgraph-extract` tells it.
struct ModuleSymbols: Decodable {
  struct Symbol: Decodable {
    struct Identifier: Decodable { var precise: String }
    struct Fragment: Decodable {
      var kind: String
      var spelling: String
    }
    struct Constraint: Decodable, Hashable {
      var kind: String
      var lhs: String
      var rhs: String
    }
    struct Constraints: Decodable { var constraints: [Constraint]? }

    var identifier: Identifier
    /// Such as `["Heap", "insert(_:)"]`.
    var pathComponents: [String]
    var declarationFragments: [Fragment]?
    var swiftGenerics: Constraints?
    var swiftExtension: Constraints?
  }

  struct Relationship: Decodable {
    var kind: String
    var source: String
    var target: String
    var targetFallback: String?
  }

  var symbols: [Symbol] = []
  var relationships: [Relationship] = []

  /// - Parameter folder: where it was written, what extends other modules in files of its own.
  init(of module: String, in folder: String) {
    for name in (names(in: folder) as [String]? ?? []).sorted()
    where name == "\(module).symbols.json"
      || name.hasPrefix("\(module)@") && name.hasSuffix(".symbols.json")
    {
      // A macro may have put anything in its place.
      let path = "\(folder)/\(name)"
      var status = stat()
      guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
        let data = FileManager.default.contents(atPath: path),
        let part = try? JSONDecoder().decode(Part.self, from: data)
      else { continue }
      symbols += part.symbols
      relationships += part.relationships
    }
  }

  /// Which type conforms to which protocol, by their names.
  var conformances: [(type: String, protocolName: String)] {
    var names: [String: String] = [:]
    for symbol in symbols { names[symbol.identifier.precise] = symbol.pathComponents.last }
    return relationships.filter { $0.kind == "conformsTo" }.compactMap { relation in
      let target = relation.targetFallback ?? names[relation.target] ?? ""
      guard let type = names[relation.source], let name = target.split(separator: ".").last else {
        return nil
      }
      return (type, String(name))
    }
  }

  private struct Part: Decodable {
    var symbols: [Symbol]
    var relationships: [Relationship]
  }
}

extension ModuleSymbols.Symbol {
  var path: String { pathComponents.joined(separator: ".") }
  var baseName: String { String((pathComponents.last ?? "").prefix { $0 != "(" }) }

  /// As a person reads it.
  var declaration: String {
    (declarationFragments ?? []).map(\.spelling).joined()
      .split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// What two declarations of one path have in common if they promise the same: the names of parameters, which
  /// nobody outside sees, the values of defaults, attributes and modifiers that change no use are left out.
  ///
  /// Labels stand in the path.
  var promise: String {
    var text = ""
    for fragment in declarationFragments ?? [] {
      switch fragment.kind {
      case "internalParam", "externalParam": continue
      case "attribute" where !text.contains("("): continue
      case "keyword" where Self.idleModifiers.contains(fragment.spelling): continue
      default: text += fragment.spelling
      }
    }
    text = Self.withoutDefaults(text)
    if let accessors = text.range(of: #" \{[^{}]*\}$"#, options: .regularExpression) {
      text.removeSubrange(accessors)
    }
    // Spaces between words say something, others do not.
    return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      .replacing(/\s*([^\w\s`])\s*/) { String($0.1) }
  }

  /// `get`, `set` and such; nil where it says nothing of them, as of what is stored.
  var accessors: Set<String>? {
    let text = declaration
    guard text.hasSuffix("}"), let open = text.lastIndex(of: "{") else { return nil }
    return Set(text[text.index(after: open)...].dropLast().split(separator: " ").map(String.init))
  }

  private static let idleModifiers: Set = [
    "public", "open", "package", "internal", "final", "override", "convenience", "required",
    "dynamic", "indirect", "lazy", "weak",
  ]

  /// `(_ n: Int = 2)` as `(_ n: Int = …)`.
  private static func withoutDefaults(_ text: String) -> String {
    var result = ""
    var depth = 0
    var defaultDepth: Int?
    var last: Character = " "
    for character in text {
      if "([{".contains(character) { depth += 1 }
      if ")]}".contains(character) { depth -= 1 }
      if let begun = defaultDepth {
        let ends = depth < begun || depth == begun && character == ","
        if !ends { continue }
        defaultDepth = nil
      }
      result.append(character)
      if character == "=", depth > 0, last == " " {
        defaultDepth = depth
        result.append("…")
      }
      last = character
    }
    return result
  }
}
