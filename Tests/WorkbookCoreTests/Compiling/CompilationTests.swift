import Foundation
import Testing

@testable import WorkbookCore

@Suite struct CompilationTests {
  /// Failures as `line:column: text`.
  private func failures(of program: Program) async throws -> [String] {
    let compilation = try await Workshop.compile(program, in: Workshop.scratch())
    return compilation.failures.map { failure in
      let text =
        if case .compile(.error(let text, _)) = failure.problem { text } else {
          "\(failure.problem)"
        }
      return "\(failure.location.line):\(failure.location.column): \(text)"
    }
  }

  @Test func `a program of the package's modules compiles`() async throws {
    let program = Workshop.program(["import Shapes\nimport CShapes", "print(double(Int(CORNERS)))"])
    let compilation = try await Workshop.compile(program, in: Workshop.scratch())
    #expect(compilation.failures.isEmpty)
    #expect(compilation.executable != nil)
  }

  @Test(arguments: [1, 5])
  func `errors carry the line and column of the Markdown`(column: Int) async throws {
    let program = Workshop.program(
      ["let a = 1", "let b = 2\nprint(a + nope)"], column: column)
    #expect(try await failures(of: program) == ["22:\(10 + column): cannot find 'nope' in scope"])
  }
}
