import Foundation
import Testing

struct BenchmarkRowsTests {
  private static let sources = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../Sources")

  @Test func `every public operation has a row in the benchmarks`() throws {
    let benchmarks = try ["EveryOperation", "EveryOperation+Arrays"].map {
      try String(
        contentsOf: Self.sources.appending(path: "WorkbookBenchmarks/\($0).swift"), encoding: .utf8)
    }.joined()
    let folder = Self.sources.appending(path: "Tensors")
    let files = try FileManager.default.contentsOfDirectory(
      at: folder.appending(path: "Operations"), includingPropertiesForKeys: nil)
    let others = ["Creation.swift", "Generator.swift"].map { folder.appending(path: $0) }
    var names: Set<String> = []
    for file in files + others {
      let text = try String(contentsOf: file, encoding: .utf8)
      for match in text.matches(of: #/public (?:static )?func `?([a-z]\w*)`?[(<]/#) {
        names.insert(String(match.1))
      }
    }
    #expect(names.count > 60)
    // A seed is no operation, and rows one after another are `unbind`'s.
    let without = names.subtracting(["manualSeed", "makeIterator"]).filter {
      !benchmarks.contains(".\($0)(")
    }
    #expect(without == [])
  }
}
