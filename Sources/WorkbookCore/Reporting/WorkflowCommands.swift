/// Keeps GitHub Actions from taking what programs print, and what chapters say, for its commands.
///
/// It looks for commands in every line of a job's log, until it is told to stop by a word that nobody else
/// knows.
package struct WorkflowCommands {
  /// nil anywhere else.
  private let token: String?

  package init(environment: [String: String]) {
    let isActions = environment["GITHUB_ACTIONS"] == "true"
    token =
      isActions
      ? (0..<2).map { _ in String(UInt64.random(in: 0 ... .max), radix: 36) }.joined() : nil
  }

  package func stop(_ write: (String) -> Void) {
    if let token { write("::stop-commands::\(token)\n") }
  }

  package func resume(_ write: (String) -> Void) {
    if let token { write("::\(token)::\n") }
  }
}
