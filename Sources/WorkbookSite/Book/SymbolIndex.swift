import Foundation
import WorkbookChapters

/// What a module declares, from its symbol graph.
struct SymbolGraph: Decodable {
  struct Module: Decodable { var name: String }
  struct Symbol: Decodable, Hashable {
    struct Kind: Decodable, Hashable { var identifier: String }
    struct Identifier: Decodable, Hashable { var precise: String }
    struct DocComment: Decodable, Hashable {
      struct Line: Decodable, Hashable {
        var text: String
        var range: Extent?
      }
      struct Extent: Decodable, Hashable {
        var start: Place.Position
        var end: Place.Position
      }
      var lines: [Line]
    }
    struct Place: Decodable, Hashable {
      struct Position: Decodable, Hashable {
        var line: Int
        var character: Int
      }
      var uri: String
      var position: Position
    }
    var kind: Kind
    var identifier: Identifier
    /// Without the module's name.
    var pathComponents: [String]
    var docComment: DocComment?
    var location: Place?
  }

  var module: Module
  var symbols: [Symbol]
}

/// The public symbols of the libraries, by the names that prose calls them.
struct SymbolIndex {
  private struct Entry: Hashable {
    var module: String
    var components: [String]
    var kind: String

    /// Without arguments: `randn` of `randn(_:_:)`.
    var parentAndBase: [String] { components.dropLast() + [baseName(components.last ?? "")] }
    var link: String { "/" + ([module] + components).joined(separator: "/") }
  }

  private var entries: [String: [Entry]] = [:]
  private var modules: Set<String> = []

  init(_ graphs: [SymbolGraph]) {
    for graph in graphs {
      modules.insert(graph.module.name)
      for symbol in graph.symbols {
        guard let name = symbol.pathComponents.last else { continue }
        let entry = Entry(
          module: graph.module.name, components: symbol.pathComponents,
          kind: symbol.kind.identifier)
        entries[baseName(name), default: []].append(entry)
      }
    }
  }

  /// What follows `doc:` in a link to the symbol that a code span names; nil where it names none, or more
  /// than one.
  ///
  /// A span is a name (`Tensor`, `relu`), a path (`Tensor.randn`) or either with its arguments
  /// (`clamp(min:max:)`, `backward()`). Among equal names those of `imports` come first, and a type
  /// before members.
  func link(for code: String, imports: Set<String>) -> String? {
    var components = Self.components(of: code)
    if components.first == "" { components.removeFirst() }
    // `var` is Swift's own before it is a variance.
    guard let last = components.last, last.first?.isLetter == true, last.count > 1,
      !["let", "var", "func"].contains(last)
    else { return nil }
    if components.count == 1, modules.contains(last) { return "/" + last }

    let base = baseName(last)
    guard base == last || last.hasSuffix(")") else { return nil }
    var found = (entries[base] ?? []).filter { entry in
      Array(([entry.module] + entry.components.dropLast()).suffix(components.count - 1))
        == Array(components.dropLast())
    }
    // `backward()` is how prose calls a method that may have arguments.
    if base != last {
      let exact = found.filter { $0.components.last == last }
      guard !exact.isEmpty || last.hasSuffix("()") else { return nil }
      found = exact.isEmpty ? found.filter { $0.components.last?.hasSuffix(")") == true } : exact
    }
    let imported = found.filter { imports.contains($0.module) }
    if !imported.isEmpty { found = imported }
    if let top = found.map(\.components.count).min() {
      found = found.filter { $0.components.count == top }
    }
    // Several overloads are one place, several owners are not; nor can DocC tell kinds of one path.
    guard Set(found.map { [$0.module] + $0.parentAndBase }).count == 1,
      let best = found.min(by: { ($0.link.count, $0.link) < ($1.link.count, $1.link) }),
      Set(found.filter { $0.components == best.components }.map(\.kind)).count == 1
    else { return nil }
    return best.link
  }

  /// Splits at points outside of parentheses.
  private static func components(of code: String) -> [String] {
    guard let open = code.firstIndex(of: "(") else {
      return code.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    }
    var components = components(of: String(code[..<open]))
    components[components.count - 1] += code[open...]
    return components
  }
}

private func baseName(_ name: String) -> String { String(name.prefix { $0 != "(" }) }
