import Foundation
import Testing

@testable import WorkbookCore
@testable import WorkbookSystem

#if os(Linux)
  /// The same programs wherever a launcher may find itself.
  @Suite struct ConfinementTests {

    @Test(arguments: Surroundings.possible, RunnerTests.refusals)
    func `what is refused is refused everywhere`(
      surroundings: Surroundings, scenario: Scenario
    ) async throws {
      let transcript = try await scenario.run(under: surroundings)
      #expect(transcript.end == .exited(code: 0), "\(transcript.errorText)")
      #expect(transcript.outputText == "begun\n\(scenario.output)\n")
    }

    @Test(arguments: Surroundings.possible, RunnerTests.trespasses)
    func `what reaches out is stopped everywhere`(
      surroundings: Surroundings, scenario: Scenario
    ) async throws {
      let transcript = try await scenario.run(under: surroundings)
      guard case .exceeded = transcript.end else {
        Issue.record("\(transcript.end) \(transcript.errorText)")
        return
      }
      #expect(transcript.outputText == "begun\n")
    }

    @Test(
      arguments: Surroundings.possible, RunnerTests.excesses.suffix(10)
    )
    func `what uses too much is stopped everywhere`(
      surroundings: Surroundings, scenario: Scenario
    ) async throws {
      #expect(try await scenario.run(under: surroundings).end == scenario.end)
    }

    @Test(.enabled(if: geteuid() == 0))
    func `without the kernel's files nothing runs, and nothing passes`() async throws {
      let command = Subprocess(
        try Surroundings.launcherWithoutProc(), ["list", "/"], environment: Workshop.environment)
      let result = try await command.run()
      #expect(result.status == .exited(code: ExitCode.fault.rawValue))
      #expect(String(decoding: result.errors, as: UTF8.self).contains("/proc"))
    }
  }
#endif
