/// How a program ended that should have ended otherwise.
package enum RunProblem: Hashable, Sendable {
  case ended(Transcript.End)
}
