import Foundation
import Tensors
import Testing
import WorkbookTestSupport
import WorkbookTestTools

/// Random programs, here and in PyTorch: where a Python has it, new ones; always those on record.
///
/// `WORKBOOK_PYTHON` names the Python, `python3` if nothing does; a failure names the seed that repeats
/// it as `WORKBOOK_FUZZ_SEED`, and `WORKBOOK_FUZZ_CASES` says how many.
struct ProgramFuzzTests {
  /// A program and PyTorch's answer.
  private struct Figures: Codable {
    let program: RandomProgram
    let answer: RandomProgram.Answer
  }

  private static let environment = ProcessInfo.processInfo.environment

  @Test func `programs on record compute what PyTorch did`() throws {
    let figures = try Fixtures.load("programs", as: [Figures].self)
    #expect(figures.count >= 100)
    let names = Set(figures.flatMap { $0.program.steps.map(\.name) })
    #expect(names == Set(RandomProgram.operations.keys))
    for (i, one) in figures.enumerated() {
      for dtype in [DType.float64, .float32] {
        if let difference = one.program.difference(from: one.answer, dtype) {
          Issue.record("program \(i): \(difference)")
        }
      }
    }
  }

  @Test func `a program is the same for the same seed, and its numbers on any threads`() {
    for seed in 1...20 as ClosedRange<UInt64> {
      var (a, b) = (SplitMix64(state: seed), SplitMix64(state: seed))
      let (first, second) = (RandomProgram(using: &a), RandomProgram(using: &b))
      let results = [first, second].map { $0.run().map { $0.toArray().map(\.bitPattern) } }
      #expect(results[0] == results[1])
    }
  }

  @Test func `a captured program is replayed on other inputs, bit for bit`() {
    let first = Self.environment["WORKBOOK_FUZZ_SEED"].flatMap(UInt64.init) ?? 1
    let count = Self.environment["WORKBOOK_FUZZ_CASES"].flatMap(UInt64.init) ?? 300
    // What reads elements.
    let refused: Set = ["prod", "positive", "pairs"]
    for seed in (0..<count).map({ first &+ $0 }) {
      var random = SplitMix64(state: seed)
      let program = RandomProgram(using: &random)
      if program.steps.contains(where: { refused.contains($0.name) }) { continue }
      let dtype: DType = seed % 2 == 0 ? .float32 : .float64
      func step(_ leaves: [Tensor]) -> [Tensor] {
        let values = program.run(on: leaves)
        for leaf in leaves { leaf.grad = nil }
        program.loss(values).backward()
        return values + leaves.compactMap(\.grad)
      }
      let (leaves, others) = (program.leaves(dtype), program.leaves(dtype))
      let graph = Graph { step(leaves) }
      for _ in 0..<2 {
        noGrad {
          for (leaf, other) in zip(leaves, others) {
            other *= -0.75
            leaf.copy(from: other)
          }
        }
        let (replayed, expected) = (graph.replay(), step(others))
        let isSame = zip(replayed, expected).allSatisfy {
          $0.toArray().map(\.bitPattern) == $1.toArray().map(\.bitPattern)
        }
        if !isSame || replayed.count != expected.count {
          Issue.record("with WORKBOOK_FUZZ_SEED=\(seed): \(program.steps.map(\.name))")
          return
        }
      }
    }
  }

  @Test(.enabled(if: TorchProcess.isThere, "no Python with PyTorch"))
  func `new programs compute what PyTorch does`() throws {
    let first = Self.environment["WORKBOOK_FUZZ_SEED"].flatMap(UInt64.init) ?? 1
    let count = Self.environment["WORKBOOK_FUZZ_CASES"].flatMap(UInt64.init) ?? 300
    let seeds = (0..<count).map { first &+ $0 }
    let programs = seeds.map { seed in
      var random = SplitMix64(state: seed)
      return RandomProgram(using: &random)
    }
    let answers = try TorchProcess.answers(to: programs)
    #expect(answers.count == programs.count)
    // Those whose gradients are not finite have no answer.
    #expect(answers.count { $0 != nil } > answers.count * 8 / 10)
    for ((seed, program), answer) in zip(zip(seeds, programs), answers) {
      guard let answer, let difference = program.difference(from: answer) else { continue }
      Issue.record("with WORKBOOK_FUZZ_SEED=\(seed): \(difference)")
      break
    }
    if let path = Self.environment["WORKBOOK_FUZZ_RECORD"] {
      let encoder = JSONEncoder()
      let lines = try zip(programs, answers).compactMap { program, answer in
        try answer.map {
          String(decoding: try encoder.encode(Figures(program: program, answer: $0)), as: UTF8.self)
        }
      }
      try Data("[\(lines.joined(separator: ",\n"))]\n".utf8).write(to: URL(filePath: path))
    }
  }
}

/// The Python that `run_programs.py` runs in.
private enum TorchProcess {
  static let isThere: Bool = {
    let process = python(["-c", "import torch"])
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }()

  static func answers(to programs: [RandomProgram]) throws -> [RandomProgram.Answer?] {
    let folder = TemporaryFolder()
    let encoder = JSONEncoder()
    let lines = try programs.map { String(decoding: try encoder.encode($0), as: UTF8.self) }
    try folder.write("programs", lines.joined(separator: "\n") + "\n")
    let script = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../WorkbookTestSupport/Scripts/run_programs.py").path
    let (process, output) = (python([script]), Pipe())
    process.standardInput = try FileHandle(forReadingFrom: URL(filePath: folder["programs"]))
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let decoder = JSONDecoder()
    return try data.split(separator: UInt8(ascii: "\n")).map {
      try decoder.decode(RandomProgram.Answer?.self, from: $0)
    }
  }

  private static func python(_ arguments: [String]) -> Process {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    let name = ProcessInfo.processInfo.environment["WORKBOOK_PYTHON"] ?? "python3"
    process.arguments = [name] + arguments
    return process
  }
}
