import NDArrays
import NN
import Tensors

/// What operations are applied to: matrices of the same shape, a vector of their columns, and what
/// chooses among them.
struct Operands {
  let rows: Int
  let columns: Int
  let dtype: DType
  let x, y, v, w, mask, index, places, classes, targets: Tensor

  /// The leaves that receive gradients, if any do.
  var leaves: [Tensor] { [x, y, v, w] }

  init(rows: Int, columns: Int, _ dtype: DType, requiresGrad: Bool) {
    (self.rows, self.columns, self.dtype) = (rows, columns, dtype)
    func values(_ shape: Int...) -> Tensor {
      let result = Tensor.rand(shape, dtype: dtype) + 0.1
      result.requiresGrad = requiresGrad
      return result
    }
    (x, y) = (values(rows, columns), values(rows, columns))
    (v, w) = (values(columns), values(columns, columns))
    mask = x .> 0.6
    index = .randint(rows, [rows])
    places = .randint(columns, [rows, 4])
    classes = .randint(columns, [rows])
    targets = .rand([rows, columns], dtype: dtype)
  }
}

/// An operation in Swift and in Python, side by side.
struct OperationRow: Sendable {
  let name: String
  /// The same in Python, with the names of `Operands`.
  let python: String
  /// How often at best each element of a matrix is read or written, and multiplied and added.
  let moves: Double
  let products: Double
  let hasGradient: Bool
  let body: @Sendable (Operands) -> Tensor?

  init(
    _ name: String, _ python: String, moves: Double, products: Double = 0, hasGradient: Bool = true,
    _ body: @escaping @Sendable (Operands) -> Tensor?
  ) {
    (self.name, self.python, self.body) = (name, python, body)
    (self.moves, self.products, self.hasGradient) = (moves, products, hasGradient)
  }

  /// The work of a size, forward, or forward and backward.
  func work(
    _ rows: Int, _ columns: Int, _ dtype: DType, backward: Bool, _ limits: Limits
  ) -> Work {
    let size = dtype == .float32 ? 4.0 : 8
    let rate = dtype == .float32 ? limits.float32 : limits.float64
    let elements = Double(rows * columns)
    // Backward, the gradient is read and one written; of products, there are two.
    let moves = elements * (backward ? moves + 2 : moves)
    let products = elements * (backward ? 3 * products : products)
    let limit = max(moves * size / limits.memory, 2 * products / rate, 1e-9)
    let mode = backward ? "backward" : "forward"
    return Work(
      name: "\(name)-\(rows * columns)-\(dtype)" + (backward ? "-backward" : ""), limit: limit,
      peerCommand: "expression \(dtype) \(rows) \(columns) \(mode) \(python)",
      // Small ones take some microseconds whatever they do.
      repetitions: repetitions(max(4 * limit, 1e-5))
    ) { [body] in
      manualSeed(0)
      let operands = Operands(rows: rows, columns: columns, dtype, requiresGrad: backward)
      guard backward, let result = body(operands) else { return { _ = body(operands) } }
      let gradient = Tensor.ones(result.shape, dtype: dtype)
      return {
        for leaf in operands.leaves { leaf.grad = nil }
        body(operands)?.backward(gradient: gradient)
      }
    }
  }
}

/// Every public operation, small and large, in both types, forward and backward.
func everyOperationWork(_ limits: Limits) -> [Work] {
  everyOperation.flatMap { row in
    [(25, 40), (1000, 1000)].flatMap { rows, columns in
      [DType.float32, .float64].flatMap { dtype in
        (row.hasGradient ? [false, true] : [false]).map { backward in
          row.work(rows, columns, dtype, backward: backward, limits)
        }
      }
    }
  }
}
