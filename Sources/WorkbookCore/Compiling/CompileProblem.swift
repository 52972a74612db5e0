/// Why a program could not be compiled.
package enum CompileProblem: Hashable, Sendable {
  /// An error of the compiler's in a cell, in its words.
  case error(String)
}
