/// What SwiftPM is told when it builds a package's library, in its own command's words.
package struct BuildOptions: Codable, Hashable, Sendable {
  /// The package's traits that are enabled; `defaults` stands for those that it enables itself, nil for
  /// these alone.
  package var traits: [String]?
  /// For every compilation of Swift, also of cells.
  package var swiftcFlags: [String] = []

  package init(traits: [String]? = nil, swiftcFlags: [String] = []) {
    self.traits = traits
    self.swiftcFlags = swiftcFlags
  }

  /// The same for equal options.
  var fields: [String] { [traits?.joined(separator: ",") ?? "-"] + swiftcFlags }
}
