import Optim
import Tensors

/// As many numbers as do not fit into a cache.
private let count = 10_000_000

/// Operations that memory limits, of as many numbers as fit into no cache: elementwise ones, sums and the
/// optimizers' steps, in float32; then every operation.
func operationsWork(_ limits: Limits) -> [Work] {
  func work(_ name: String, bytes: Int, _ prepare: @escaping () -> () -> Void) -> Work {
    let limit = Double(bytes * count) / limits.memory
    return Work(
      name: name, limit: limit, peerCommand: "operation \(name) \(count)",
      repetitions: repetitions(2 * limit), prepare: prepare)
  }
  func elementwise(_ name: String, bytes: Int, _ body: @escaping (Tensor) -> Tensor) -> Work {
    work(name, bytes: bytes) {
      let x = Tensor.rand(count)
      return { _ = body(x) }
    }
  }
  func update(
    _ name: String, bytes: Int, _ makeOptimizer: @escaping ([Tensor]) -> any Optimizer
  ) -> Work {
    work(name, bytes: bytes) {
      let w = Tensor.rand(count, requiresGrad: true)
      w.grad = Tensor.rand(count)
      let optimizer = makeOptimizer([w])
      return { optimizer.step() }
    }
  }
  return [
    elementwise("add", bytes: 8) { $0 + $0 },
    elementwise("scale", bytes: 8) { 2 * $0 },
    elementwise("clamp", bytes: 8) { $0.clamp(min: 0) },
    elementwise("compare", bytes: 5) { $0 .< 0 },
    elementwise("exp", bytes: 8) { $0.exp() },
    elementwise("tanh", bytes: 8) { $0.tanh() },
    elementwise("sum", bytes: 4) { $0.sum() },
    elementwise("sum-rows", bytes: 4) { $0.reshape(100, count / 100).sum(dim: 0) },
    elementwise("sum-columns", bytes: 4) { $0.reshape(count / 100, 100).sum(dim: 1) },
    work("add-in-place", bytes: 12) {
      let x = Tensor.rand(count), y = Tensor.rand(count)
      return { x += y }
    },
    update("sgd", bytes: 12) { SGD($0, lr: 1e-4) },
    update("sgd-momentum", bytes: 20) { SGD($0, lr: 1e-4, momentum: 0.9) },
    update("adam", bytes: 28) { Adam($0, lr: 1e-4) },
  ] + everyOperationWork(limits)
}
