import Testing
import WorkbookTestSupport

/// Expressions with one slip each, of which the compiler names the way out at once: it used to search
/// for seconds and then give up.
struct SlipTests {
  static let slips = [
    ("(a - b) * (a - b) / n + 0.5 * lr + (b < 0)", "write .<, .== and so on for a mask"),
    ("a[b < 0]", "write .<, .== and so on for a mask"),
    ("0.5 * (a - b).sum() <= 1.0 * lr", "item() for one number"),
    ("a == b ? 1.0 : 2.0 * lr", "item() for one number"),
    ("lr > a.sum() + 0.5 * b", "item() for one number"),
    ("(a - b) * (a - b) * w.grad + 0.5 * lr", "write w.grad!"),
    ("2.0 * (a - b) * n - w.grad * 0.5 + lr", "write w.grad!"),
    ("-lr * w.grad + 0.5 * (a - b) * 2", "write w.grad!"),
    ("(a - b) * w.grad - w.grad * w.grad + w.grad", "write w.grad!"),
    ("(a - b) * (a - b) / n + n * lr", "convert one, as in Double(n) * lr"),
    ("(a - b) * (a - b) / Float(n) + 0.5 * f * lr", "convert one, as in Double(n) * lr"),
    ("(a - b) / a.shape + 2.0 * lr", "make it a tensor: Tensor(array)"),
  ]

  @Test func `one slip in an expression ends with a line that names the way out`() throws {
    let program = """
      import Tensors
      let (a, b, w) = (Tensor.ones(2), Tensor.ones(2), Tensor.ones(2, requiresGrad: true))
      let (n, f, lr) = (3, Float(0.1), 0.1)
      print((a - b) * (a - b) / n + 0.5 * f - a * lr / Double(n) * w.grad! * 2)

      """
    let messages = try diagnostics(of: program + Self.slips.map { "_ = \($0.0)\n" }.joined())
    let first = program.split(separator: "\n", omittingEmptySubsequences: false).count
    for (i, slip) in Self.slips.enumerated() {
      let own = messages.filter {
        $0.contains("program.swift:\(first + i):") && $0.contains("error:")
      }
      #expect(own.contains { $0.contains(slip.1) }, "\(slip.0): \(own)")
    }
    #expect(!messages.contains { $0.contains("reasonable time") })
    #expect(!messages.contains { $0.contains("program.swift:\(first - 1):") })
  }
}
