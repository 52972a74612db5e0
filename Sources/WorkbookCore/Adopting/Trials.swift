import WorkbookSystem
import WorkbookChapters

/// Runs the compiler on parts of programs, some at a time.
struct Trials: Sendable {
  let library: Library
  let runner: Runner
  let turns: Turns
  /// Where its files go.
  let scratch: String

  func check(
    _ units: [[Int]], of program: Program, to goal: ProgramCompiler.Goal = .sil
  ) async throws(Fault) -> CompilerResult {
    try await compiling(program) { compiler throws(Fault) in
      try await compiler.compile(
        ProgramSource(of: program, units: units), in: "try", to: goal)
    }
  }

  /// Whether the library has what a cell declares, or what is wrong with it.
  func declarationFailures(_ cell: Int, of program: Program) async throws(Fault) -> [Failure] {
    try await compiling(program) { compiler throws(Fault) in
      try await Declarations(program, cell: cell, library, compiler.tools, compiler).check()
        .failures
    }
  }

  /// Has the compiler at hand when it is this one's turn, and a place for its files.
  private func compiling<Result>(
    _ program: Program, _ body: (ProgramCompiler) async throws(Fault) -> Result
  ) async throws(Fault) -> Result {
    try await turns.wait()
    defer { turns.end() }
    let scratch = try Scratch(in: scratch)
    defer { scratch.remove() }
    let tools = ToolRunner(runner, library, in: scratch.path)
    return try await body(ProgramCompiler(program, library, tools, timeout: 120))
  }

  /// What the compiler says of several, side by side.
  func all(_ parts: [[[Int]]], of program: Program) async throws(Fault) -> [CompilerResult] {
    try await sideBySide(parts) { units throws(Fault) in try await check(units, of: program) }
  }
}

/// What becomes of each, done side by side.
func sideBySide<Input: Sendable, Output: Sendable>(
  _ inputs: [Input], _ work: @escaping @Sendable (Input) async throws(Fault) -> Output
) async throws(Fault) -> [Output] {
  var results: [Int: Result<Output, Fault>] = [:]
  await withTaskGroup(of: (Int, Result<Output, Fault>).self) { group in
    for (index, input) in inputs.enumerated() {
      group.addTask {
        do throws(Fault) { return (index, .success(try await work(input))) } catch {
          return (index, .failure(error))
        }
      }
    }
    for await (index, result) in group { results[index] = result }
  }
  var outputs: [Output] = []
  for index in inputs.indices {
    guard let result = results[index] else { throw .cancelled }
    outputs.append(try result.get())
  }
  return outputs
}
