import Foundation
import Tensors
import Testing
import WorkbookTestSupport

/// The table of PyTorch's names in the reference, whose spellings all compile.
struct PyTorchNamesTests {
  private static let file = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../Sources/Tensors/PyTorchNames.swift")

  /// The cells of each row: names there, and what is said of them here.
  private static let rows: [(names: String, here: String)] = {
    let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").compactMap { line in
      guard line.hasPrefix("/// | `"), line.hasSuffix(" |") else { return nil }
      let cells = String(line.dropFirst(6).dropLast(2)).components(separatedBy: " | ")
      return cells.count == 2 ? (cells[0], cells[1]) : ("", "")
    }
  }()

  @Test func `the table has 150 names or more, each once`() {
    let names = Self.rows.map(\.names)
    #expect(names.count >= 150)
    #expect(Set(names).count == names.count && !names.contains(""))
  }

  /// What PyTorch computes of corners, beside what the spellings do.
  @Test func `what is spelled in several operations has the numbers of PyTorch`() {
    func isSpelled(_ here: String) -> Bool { Self.rows.contains { $0.here == "`\(here)`" } }
    let infinity = Double.infinity
    var x = Tensor([[-infinity, 0], [-1e8, 1], [1000, 1000]])
    let sums = x.amax(dim: 1) + (x - x.amax(dim: 1, keepDim: true)).exp().sum(dim: 1).log()
    #expect(sums.allClose(Tensor([0, 1, 1000.6931])))
    #expect(
      isSpelled("x.amax(dim: 1) + (x - x.amax(dim: 1, keepDim: true)).exp().sum(dim: 1).log()"))
    x = Tensor([8, 0.25], dtype: .float64)
    #expect((x.log() * (1 / 0.6931471805599453)).allClose(Tensor([3, -2], dtype: .float64)))
    #expect(isSpelled("x.log() * (1 / 0.6931471805599453)"))
    x = Tensor([infinity, infinity, infinity, 1, .nan, 1, 0])
    let y = Tensor([infinity, 1, -infinity, infinity, .nan, 1.000001, 1e-9])
    let isClose = x .== y .| (x - y).abs() / (y.abs() * 1e-5 + 1e-8) .<= 1
    #expect(isClose.toArray() == [1, 0, 0, 0, 0, 1, 1])
    #expect(isSpelled(#"x .== y .\| (x - y).abs() / (y.abs() * 1e-5 + 1e-8) .<= 1"#))
    let v = Tensor([1, infinity, 3])
    let grid = (v[0..., .newAxis].expand(3, 3), v.expand(3, 3))
    #expect(grid.0[1].toArray() == [infinity, infinity, infinity])
    #expect(grid.1[1].toArray() == [1, infinity, 3])
    #expect(isSpelled("(v[0..., .newAxis].expand(3, 3), v.expand(3, 3))"))
  }

  @Test func `what is spelled here compiles, and what is not here has a reason`() throws {
    var program = """
      import NDArrays
      import NN
      import Optim
      import Tensors
      func table() throws {
      let (x, y, z) = (Tensor.ones(2, 3), Tensor.ones(2, 3), Tensor.ones(2, 3))
      let (v, b, m) = (Tensor.ones(3), Tensor.ones(2, 3, 3), Tensor.ones(2, 3) .> 0)
      let w = Tensor.ones(3, requiresGrad: true)
      let model = Sequential(Linear(3, 2))
      let optimizer = SGD([w], lr: 0.1)
      let i = 1

      """
    let first = program.split(separator: "\n", omittingEmptySubsequences: false).count
    var spelled: [String] = []
    for (names, here) in Self.rows {
      if here.hasPrefix("not here: ") {
        #expect(here.count > 15, "\(names)")
        continue
      }
      #expect(here.hasPrefix("`") && here.hasSuffix("`"), "\(names): \(here)")
      let spelling = String(here.dropFirst().dropLast()).replacing("\\|", with: "|")
      spelled.append(spelling)
      let second = spelling.split(separator: " ").dropFirst().first.map(String.init) ?? ""
      let isStatement = ["=", "+=", "-=", "*=", "/="].contains(second)
      let expression = spelling.hasPrefix("any ") ? "(\(spelling)).self" : spelling
      program += (isStatement ? "" : "_ = ") + expression + "\n"
    }
    #expect(spelled.count >= 100)
    let errors = try diagnostics(of: program + "}\n").filter { $0.contains("error:") }
    for error in errors {
      let line = Int(error.components(separatedBy: "program.swift:")[1].prefix { $0.isNumber }) ?? 0
      let spelling = spelled.indices.contains(line - first) ? spelled[line - first] : ""
      Issue.record("\(spelling): \(error)")
    }
  }
}
