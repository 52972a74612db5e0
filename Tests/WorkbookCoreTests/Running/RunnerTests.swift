import Foundation
import Testing

@testable import WorkbookCore

@Suite struct RunnerTests {
  private func run(
    _ cells: [String], seconds: Double = 20, isConfined: Bool = true
  ) async throws -> Transcript {
    let scratch = try await Workshop.scratch()
    let program = Workshop.program(cells)
    let compilation = try await Workshop.compile(program, in: scratch)
    try #require(compilation.failures.isEmpty, "\(compilation.failures)")
    let runner = Runner(launcher: Workshop.launcher, isConfined: isConfined)
    return try await runner.run(
      #require(compilation.executable), of: program, with: Workshop.library(), in: scratch.path,
      limits: Limits(seconds: seconds, memoryBytes: 1 << 30, fileBytes: 1 << 20))
  }

  @Test func `what a program prints is kept cell by cell`() async throws {
    let transcript = try await run(["print(1)", "let a = 2", "print(a, #line, #filePath)"])
    #expect(String(decoding: transcript.output, as: UTF8.self) == "1\n2 31 chapters/c.md\n")
    #expect(transcript.cellStarts == [0, 2, 2])
    #expect(transcript.end == .exited(code: 0))
  }
}
