/// How what a program printed differs from what was expected.
package enum CheckProblem: Hashable, Sendable {
  case missingLine(expected: String)
}
