import Testing

@testable import WorkbookCore

@Suite struct WorkflowCommandsTests {
  private func lines(_ environment: [String: String]) -> [String] {
    let commands = WorkflowCommands(environment: environment)
    var lines: [String] = []
    commands.stop { lines.append($0) }
    commands.resume { lines.append($0) }
    return lines
  }

  @Test func `what stands between the two lines is no command, and what ends that nobody can know`()
    throws
  {
    let (first, second) = (lines(["GITHUB_ACTIONS": "true"]), lines(["GITHUB_ACTIONS": "true"]))
    let token = try #require(first[0].wholeMatch(of: /::stop-commands::([0-9a-z]{10,26})\n/)).1
    #expect(first == ["::stop-commands::\(token)\n", "::\(token)::\n"])
    #expect(first != second)
  }

  @Test func `anywhere else nothing is said`() {
    #expect(lines([:]).isEmpty)
    #expect(lines(["GITHUB_ACTIONS": "false"]).isEmpty)
  }
}
