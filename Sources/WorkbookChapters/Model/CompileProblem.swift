import WorkbookSystem

/// Why a program could not be compiled.
package enum CompileProblem: Codable, Hashable, Sendable {
  /// An error of the compiler's in a cell, in its words, and what it adds to explain it.
  case error(String, notes: [Note])
  /// The same of a name that two cells of one program declare.
  case redeclaration(String, notes: [Note])
  /// A module that is imported is a target of the package, but no library product has it.
  case noProduct(module: String)
  /// So many more of them, from here on.
  case moreErrors(count: Int)
  /// The linker's words: the program compiles but does not fit the library.
  case link(lines: [String])
  /// The compiler itself failed or was killed: how, and its last words.
  case compilerFailed(End, lines: [String])
  case timedOut(seconds: Double)
  /// A cell that must fail to compile does compile.
  case compiles(expectedError: String)
  /// A cell that must fail to compile fails with other errors than the one expected.
  case otherErrors(expectedError: String, found: [String])

  /// A declaration that no module has.
  case undeclared(name: String)
  /// One that a module has in other words.
  case declaredOtherwise(name: String, as: [String])

  /// How a compiler ended that should have ended otherwise.
  package enum End: Codable, Hashable, Sendable {
    case exited(code: Int32)
    case signalled(Int32)
    case exceeded(Excess)
  }

  /// What the compiler adds to an error.
  package struct Note: Codable, Hashable, Sendable {
    package var text: String
    /// The place in the chapter, where it is there.
    package var location: Location?

    package init(text: String, location: Location? = nil) {
      self.text = text
      self.location = location
    }
  }
}
