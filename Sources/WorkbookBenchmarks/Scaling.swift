import NN
import Optim
import Tensors

/// A training step as the network grows: batch, width, number of square layers, optimizer.
func scalingWork(_ limits: Limits) -> [Work] {
  [
    (16, 128, 3, "sgd"), (64, 512, 3, "sgd"), (256, 512, 3, "sgd"), (256, 1024, 3, "sgd"),
    (64, 1024, 8, "sgd"), (256, 4096, 3, "sgd"), (64, 4096, 6, "adam"),
  ].map { (batch: Int, width: Int, depth: Int, name: String) in
    let products = Double(3 * depth - 1)
    let operations = products * 2 * Double(batch) * Double(width * width)
    let parameters = Double(depth * width * (width + 1))
    let bytes = parameters * (name == "adam" ? 28 : 12)
    // What is in the cache costs no memory.
    let limit = operations / limits.float32 + (parameters > 8e6 ? bytes / limits.memory : 0)
    return Work(
      name: "batch-\(batch)-width-\(width)-layers-\(depth)-\(name)", limit: limit,
      peerCommand: "step \(batch) \(width) \(depth) \(name)", repetitions: repetitions(2 * limit)
    ) {
      manualSeed(0)
      let x = Tensor.randn(batch, width), y = Tensor.randn(batch, width)
      let layers = (0..<depth).flatMap { layer in
        layer == 0 ? [Linear(width, width)] : [ReLU(), Linear(width, width)] as [any Module]
      }
      let model = Sequential(layers)
      let criterion = MSELoss()
      let optimizer: any Optimizer =
        name == "adam"
        ? Adam(model.parameters(), lr: 1e-4) : SGD(model.parameters(), lr: 1e-4)
      return {
        let loss = criterion(model(x), y)
        optimizer.zeroGrad()
        loss.backward()
        optimizer.step()
        _ = loss.item()
      }
    }
  }
}
