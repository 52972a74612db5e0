import NDArrays
import Tensors
import Testing

struct GraphTests {
  @Test func `a replay computes on what tensors hold now`() {
    let x: Tensor = [[1, 2], [3, 4]], w: Tensor = [[1], [10]]
    let graph = Graph { x.mm(w).t() * 2 + 1 }
    #expect(graph.result.toArray() == [43, 87])
    x.copy(from: [[1, 0], [0, 1]])
    #expect(graph.result.toArray() == [43, 87])
    #expect(graph.replay().toArray() == [3, 21])
    #expect(graph.result.toArray() == [3, 21])
    w[0, 0] = 5
    #expect(graph.replay().toArray() == [11, 21])
  }

  @Test func `a number that changes is a tensor, another stays`() {
    let w: Tensor = [1, 2], rate = Tensor(0.5)
    var other = 1.0
    let graph = Graph { w -= rate * [1, 1] * other }
    #expect(w.toArray() == [0.5, 1.5])
    rate.fill(2)
    other = 100
    graph.replay()
    #expect(w.toArray() == [-1.5, -0.5] && other == 100)
  }

  @Test func `what a step makes is made anew`() {
    let x: Tensor = [1, 2]
    let graph = Graph {
      let sum = Tensor.zeros(2), ones = Tensor.ones(2), data = Tensor([5, 6])
      sum += x
      sum += ones + data
      data += 1
      return (sum, data, Tensor.arange(3) * 2, Tensor.eye(2), Tensor(NDArray([3.0])))
    }
    for _ in 0..<3 {
      let (sum, data, steps, eye, array) = graph.replay()
      #expect(sum.toArray() == [7, 9] && data.toArray() == [6, 7])
      #expect(steps.toArray() == [0, 2, 4] && eye.toArray() == [1, 0, 0, 1])
      #expect(array.toArray() == [3])
    }
    x.fill(10)
    #expect(graph.replay().0.toArray() == [16, 17])
  }

  @Test func `rows that a tensor names are those that it names now`() {
    let x = Tensor([[1, 2], [3, 4], [5, 6]], requiresGrad: true)
    let rows = Tensor([[0, -1], [0, 0]], dtype: .int64)
    let graph = Graph {
      let chosen = x[rows]
      x.grad = nil
      (chosen * chosen).sum().backward()
      return chosen
    }
    #expect(graph.result.toArray() == [1, 2, 5, 6, 1, 2, 1, 2])
    #expect(x.grad!.toArray() == [6, 12, 0, 0, 10, 12])
    rows.copy(from: Tensor([[1, 1], [2, -3]], dtype: .int64))
    #expect(graph.replay().toArray() == [3, 4, 3, 4, 5, 6, 1, 2])
    #expect(x.grad!.toArray() == [2, 4, 12, 16, 10, 12])
  }

  @Test func `a result that is changed outside is made anew`() {
    let graph = Graph { Tensor.zeros(2) }
    graph.result += 5
    #expect(graph.replay().toArray() == [0, 0])
  }

  /// Steps on x, y, a mask and classes, that between them reach each kernel.
  static let kernels: [@Sendable (Tensor, Tensor) -> Tensor] = [
    { x, y in x + y[0] }, { x, y in x.t() - y.t() }, { x, y in x / (y * y + 1) },
    { x, _ in -x.exp().log().sqrt() }, { x, _ in x.tanh() + x.sin() + x.cos() + x.erf() },
    { x, y in x.pow(3) + x.square() + y.abs().pow(1.5) + x.sign() },
    { x, _ in x.clamp(min: -0.5, max: 0.5) + x.relu() + x.sigmoid() },
    { x, y in x.maximum(y) + x.minimum(0.1) },
    { x, y in Tensor.where(x .> y .& .!(x .== 0), x, y) },
    { x, y in ((x .> 0) .| (y .> 0) .^ (x .< y)).float() },
    { x, _ in 3 - (x * 9).long().abs() + ((1 << 53) + 1) - (x * 9).long().square() },
    { x, _ in (x * 9).long().clamp(min: -4, max: 3).argmax(dim: 1) },
    { x, _ in x.long() * 3 + 1 - x.long().sum() }, { x, _ in (x.long() .> 0).sum(dim: 0) },
    { x, y in x.matmul(y.t()) }, { x, y in x.unsqueeze(0).matmul(y.t().expand(3, 4, 2)) },
    { x, y in x.linear(y, y[0..., 0]) }, { x, y in x.linear(y) },
    { x, _ in x.sum(dim: 0) + x.mean() + x.max() + x.amin(dim: 0) },
    { x, _ in x.max(dim: 1).values + x.argmax(dim: 1).float() },
    { x, y in x.softmax(dim: 1) * y.logSoftmax(dim: 0) },
    { x, _ in x.std(dim: 1) + x.norm(1, dim: 1) + x.norm() },
    { x, y in Tensor.cat([x, y], dim: 1) }, { x, y in Tensor.stack([x, y, x]) },
    { x, _ in x[0..., 1...2] * x[1, 0].reshape(1, 1) }, { x, _ in x.unbind()[1].flatten() },
    { x, _ in x.gather(dim: 1, Tensor([[0, 3], [2, 1]], dtype: .int64)) },
    { x, _ in x.to(.float64).reshape(4, 2).to(.float32) },
    { x, y in
      let z = x.clone()
      z[0] = y[1]
      z[z .< 0] = 0
      z += y.sum(dim: 0)
      return z
    },
    { x, _ in
      let z = x.detach().t().clone().t()
      z *= 3
      z[0..., 0] *= 2
      z.fill(x.shape[0])
      z.t().copy(from: x.detach().t())
      return z
    },
  ]

  @Test(arguments: kernels.indices)
  func `each kernel is replayed, and so is its gradient`(_ index: Int) {
    let step = Self.kernels[index]
    func inputs(_ seed: Double) -> (Tensor, Tensor) {
      let x = (Tensor.arange(8) * seed).sin().reshape(2, 4)
      let y = (Tensor.arange(8) * seed + 1).cos().reshape(2, 4)
      return (x, y)
    }
    func run(_ x: Tensor, _ y: Tensor) -> [Tensor] {
      let result = step(x, y)
      guard result.requiresGrad else { return [result] }
      (x.grad, y.grad) = (nil, nil)
      (result * result).sum().backward()
      return [result] + [x.grad, y.grad].compactMap { $0 }
    }
    let (x, y) = inputs(1)
    for tensor in [x, y] { tensor.requiresGrad = true }
    let graph = Graph { run(x, y) }
    for seed in [2.0, 3, 4] {
      let (newX, newY) = inputs(seed)
      for tensor in [newX, newY] { tensor.requiresGrad = true }
      noGrad {
        x.copy(from: newX)
        y.copy(from: newY)
      }
      let (replayed, expected) = (graph.replay(), run(newX, newY))
      #expect(
        replayed.map { $0.toArray().map(\.bitPattern) }
          == expected.map { $0.toArray().map(\.bitPattern) })
    }
  }

  /// Changes of w that are one kernel where nothing minds, and some that cannot be.
  static let updates: [@Sendable (Tensor, Tensor) -> Tensor?] = [
    { w, g in
      w -= 0.1 * g
      return nil
    },
    { w, g in
      w -= g * 3
      w -= 0.3 * w
      return nil
    },
    { w, g in
      let step = 0.1 * g
      w -= step
      return step
    },
    { w, g in
      let step = 0.1 * g
      w -= step
      w += step * w
      return nil
    },
    { w, _ in
      w[1...] -= 0.7 * w[..<3]
      w[..<3] -= 0.7 * w[1...]
      return nil
    },
    { w, g in
      let step = g * 1
      step *= 0.1
      w -= step
      return nil
    },
    { w, g in
      w.t() -= 0.1 * g.t()
      w -= 0.1 * g[0]
      g -= 0.1 * g.sum() * g
      return nil
    },
  ]

  @Test(arguments: updates.indices, [DType.float32, .float64])
  func `updates are replayed, whatever else reads what they are made of`(
    _ index: Int, dtype: DType
  ) {
    let update = Self.updates[index]
    func tensors() -> (Tensor, Tensor) {
      let w = Tensor.arange(12, dtype: dtype).sin().reshape(4, 3)
      return (w, Tensor.arange(12, dtype: dtype).cos().reshape(4, 3))
    }
    let ((w, g), (otherW, otherG)) = (tensors(), tensors())
    let graph = Graph { update(w, g) }
    var step = update(otherW, otherG)
    for _ in 0..<4 {
      #expect(w.toArray() == otherW.toArray() && g.toArray() == otherG.toArray())
      #expect(graph.result?.toArray() == step?.toArray())
      graph.replay()
      step = update(otherW, otherG)
    }
  }

  @Test func `gradients add up where a step does not clear them`() {
    let (w, other) = (Tensor([1, 2], requiresGrad: true), Tensor([1, 2], requiresGrad: true))
    let graph = Graph { (w * w).sum().backward() }
    (other * other).sum().backward()
    for _ in 0..<3 {
      graph.replay()
      (other * other).sum().backward()
      #expect(w.grad!.toArray() == other.grad!.toArray())
    }
    (w.grad, other.grad) = (nil, nil)
    graph.replay()
    #expect(w.grad!.toArray() == [2, 4])
    w.grad = [10, 20]
    graph.replay()
    #expect(w.grad!.toArray() == [12, 24])
    w.grad!.zero()
    graph.replay()
    #expect(w.grad!.toArray() == [2, 4])
  }

  @Test func `a gradient is nil after a step that ends so`() {
    let w = Tensor([1, 2], requiresGrad: true)
    var seen: Tensor?
    let graph = Graph {
      (w * w).sum().backward()
      seen = w.grad! * 1
      w.grad = nil
    }
    for _ in 0..<3 {
      #expect(w.grad == nil && seen!.toArray() == [2, 4])
      graph.replay()
    }
    w.grad = [1, 1]
    graph.replay()
    #expect(w.grad == nil && seen!.toArray() == [3, 5])
  }

  @Test func `a step may begin with the gradient of the last`() {
    func step(_ w: Tensor) {
      noGrad { w -= 0.1 * w.grad! }
      w.grad = nil
      (w * w).sum().backward()
    }
    let (w, other) = (Tensor([1, 2], requiresGrad: true), Tensor([1, 2], requiresGrad: true))
    for w in [w, other] { (w * w).sum().backward() }
    let graph = Graph { step(w) }
    step(other)
    for _ in 0..<3 {
      graph.replay()
      step(other)
      #expect(w.toArray() == other.toArray() && w.grad!.toArray() == other.grad!.toArray())
    }
    for w in [w, other] { w.grad = [10, 20] }
    graph.replay()
    step(other)
    step(w)
    step(other)
    graph.replay()
    step(other)
    #expect(w.toArray() == other.toArray() && w.grad!.toArray() == other.grad!.toArray())
  }

  @Test func `a step may begin with zeros in the gradient of the last`() {
    func step(_ w: Tensor) {
      w.grad?.zero()
      (w * w).sum().backward()
    }
    let w = Tensor([1, 2], requiresGrad: true)
    step(w)
    let graph = Graph { step(w) }
    for _ in 0..<3 {
      #expect(w.grad!.toArray() == [2, 4])
      graph.replay()
    }
  }

  @Test func `a step that takes a gradient away may find none`() {
    let w = Tensor([1, 2], requiresGrad: true)
    let graph = Graph {
      w.grad?.zero()
      (w * w).sum().backward()
      noGrad { w -= 0.25 * w.grad! }
      w.grad = nil
    }
    graph.replay()
    #expect(w.toArray() == [0.25, 0.5] && w.grad == nil)
    let own = Graph {
      w.grad = nil
      #expect(w.grad == nil)
      (w * w).sum().backward()
    }
    own.replay()
    #expect(w.grad!.toArray() == [0.5, 1])
  }

  @Test func `leaves and kept gradients of the step itself begin without`() {
    let w = Tensor([1, 2], requiresGrad: true)
    let graph = Graph {
      let h = w * 3
      h.retainGrad()
      let leaf = Tensor([1, 1], requiresGrad: true)
      (h * leaf).sum().backward()
      w.grad = nil
      return (h.grad!, leaf.grad!)
    }
    for _ in 0..<3 {
      #expect(graph.result.0.toArray() == [1, 1] && graph.result.1.toArray() == [3, 6])
      graph.replay()
    }
  }

  @Test func `backward may follow a replay where each has its own`() {
    let w = Tensor([1, 2], requiresGrad: true)
    let graph = Graph { w.pow(3).sum() }
    noGrad { w += 1 }
    #expect(graph.replay().item() == 35)
    #expect(grad(of: w.pow(3).sum(), for: [w])[0]!.toArray() == [12, 27])
  }

  @Test func `a graph keeps what its steps need`() {
    func make() -> (Tensor, Graph<Tensor>) {
      let x: Tensor = [1, 2], hidden: Tensor = [10, 20]
      return (x, Graph { (x * hidden).exp() * 0 + x + hidden })
    }
    let (x, graph) = make()
    // What takes their places, had they gone.
    let others = (0..<100).map { Tensor.full([2], $0) }
    x.copy(from: [3, 4])
    #expect(graph.replay().toArray() == [13, 24] && others[7].toArray() == [7, 7])
  }

  @Test func `an error ends a capture`() {
    struct Stop: Error {}
    let x: Tensor = [1, 2]
    #expect(throws: Stop.self) {
      _ = try Graph {
        x += 1
        throw Stop()
      }
    }
    #expect(x.toArray() == [2, 3])
    #expect(Graph { x * 2 }.result.toArray() == [4, 6])
  }

  @Test func `a capture is its own thread's`() async {
    let x: Tensor = [1, 2]
    let numbers = await withTaskGroup(of: [Double].self) { group in
      for i in 0..<8 {
        group.addTask {
          let x: Tensor = [1, 2]
          let graph = Graph { x * (i + 1) }
          x.fill(3)
          return graph.replay().toArray() + [Tensor([1, 2]).sum().item()]
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(Set(numbers) == Set((1...8).map { [3 * Double($0), 3 * Double($0), 3] }))
    #expect(x.sum().item() == 3)
  }

  static let refusals: [Mistake] = [
    Mistake(
      "item: a Graph is being captured, and a number read here would be the same in all replays"
    ) { _ = Graph { Tensor(1).item() } },
    Mistake("toArray: a Graph is being captured") { _ = Graph { Tensor([1, 2]).toArray() } },
    Mistake("description: a Graph is being captured") { _ = Graph { print(Tensor([1, 2])) } },
    Mistake("toArray: a Graph is being captured") { _ = Graph { NDArray<Double>(Tensor([1])) } },
    Mistake("index: a Graph is being captured") {
      let x: Tensor = [-1, 2]
      _ = Graph { x[x .< 0] }
    },
    Mistake("index: a Graph is being captured") {
      let x: Tensor = [[1], [2]], rows = Tensor([1], dtype: .int64)
      _ = Graph { x[rows] = 0 }
    },
    Mistake("index: a Graph is being captured") {
      let x: Tensor = [[1], [2]]
      _ = Graph { x[[0], [0]] }
    },
    Mistake("index: 2 is outside dimension 0, of size 2, of [2, 1]") {
      let x: Tensor = [[1], [2]], rows = Tensor([1], dtype: .int64)
      let graph = Graph { x[rows] }
      rows.fill(2)
      graph.replay()
    },
    Mistake("mask assignment: a Graph is being captured") {
      let x: Tensor = [-1, -2]
      _ = Graph { x[x .< 0] = Tensor([1, 2]) }
    },
    Mistake("any: a Graph is being captured") { _ = Graph { (Tensor([1]) .> 0).any() } },
    Mistake("all: a Graph is being captured") { _ = Graph { (Tensor([1]) .> 0).all() } },
    Mistake("prod: a Graph is being captured") {
      let w = Tensor([1, 2], requiresGrad: true)
      _ = Graph { w.prod().backward() }
    },
    Mistake("save: a Graph is being captured") { _ = try? Graph { try Tensor([1]).save("x.npy") } },
    Mistake("randn: a Graph is being captured, and a number drawn here would be the same in all") {
      _ = Graph { Tensor.randn(2) }
    },
    Mistake("rand: a Graph is being captured") { _ = Graph { Tensor.rand(2) } },
    Mistake("randint: a Graph is being captured") { _ = Graph { Tensor.randint(3, [2]) } },
    Mistake("randperm: a Graph is being captured") { _ = Graph { Tensor.randperm(3) } },
    Mistake("PythonRandom: a Graph is being captured") {
      let random = PythonRandom(seed: 0)
      _ = Graph { random.randint(0, 3) }
    },
    Mistake("NumPyRandom: a Graph is being captured") {
      let random = NumPyRandom(seed: 0)
      _ = Graph { random.randn(2) }
    },
    Mistake(
      "grad: a tensor of shape [2] had none when this step read it, and has one after the step, which"
    ) {
      let w = Tensor([1, 2], requiresGrad: true)
      _ = Graph {
        w.grad?.zero()
        (w * w).sum().backward()
      }
    },
    Mistake("run the step once before it is captured, or set grad to nil in it first") {
      let w = Tensor([1, 2], requiresGrad: true)
      _ = Graph {
        noGrad { if let gradient = w.grad { w -= 0.1 * gradient } }
        w.grad = nil
        (w * w).sum().backward()
      }
    },
    Mistake("Graph: a step that is being captured cannot capture another") {
      _ = Graph { _ = Graph {} }
    },
    Mistake("replay: a step that is being captured cannot replay another") {
      let graph = Graph {}
      _ = Graph { graph.replay() }
    },
    // Its gradient needs what a replay changed.
    Mistake("exp needs the values [2] that it saved, but replay changed them in place since") {
      let w = Tensor([1, 2], requiresGrad: true)
      let graph = Graph { w.exp().sum() }
      graph.replay()
      graph.result.backward()
    },
    Mistake("gather: the index 5 is not in 0..<2") {
      let x: Tensor = [1, 2], places = Tensor([0], dtype: .int64)
      let graph = Graph { x.gather(dim: 0, places) }
      places.fill(5)
      graph.replay()
    },
    Mistake("cannot broadcast [3] to [2]") {
      let x: Tensor = [1, 2]
      let graph = Graph { x * 2 }
      x.copy(from: [1, 2, 3])
      graph.replay()
    },
  ]

  @Test(arguments: refusals.indices)
  func `what cannot be replayed is refused with a word`(_ index: Int) async throws {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { [index = index as Int] in
      GraphTests.refusals[index].make()
    }
    let message = String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
    #expect(message.contains(Self.refusals[index].words), "\(message)")
  }
}
