/// What the chapter format forbids.
package enum FormatProblem: Hashable, Sendable {
  case notUTF8
}
