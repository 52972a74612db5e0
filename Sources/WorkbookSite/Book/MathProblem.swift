/// What a formula has that a page cannot show.
enum MathProblem: Error, Hashable {
  case unknownCommand(String)
  /// A brace, bracket or environment that nothing closes.
  case unclosed(String)
  case unexpected(String)
}
