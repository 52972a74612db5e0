/// Why a cell is no part of what was made of its program.
package enum CellObstacle: Codable, Hashable, Sendable {
  /// It has errors of its own.
  case doesNotCompile
  /// It compiles only with cells that do not; by its index the one that declares what it misses, where
  /// that is known.
  case needs(cell: Int?)
}
