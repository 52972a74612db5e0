import Testing

@testable import Tensors

struct BackwardTests {
  @Test func `gradients accumulate until forgotten`() {
    let x = Tensor([1, 2], requiresGrad: true)
    (x * x).sum().backward()
    #expect(x.grad?.toArray() == [2, 4])
    (x * 3).sum().backward()
    #expect(x.grad?.toArray() == [5, 7])
    x.grad = nil
    (x * 3).sum().backward()
    #expect(x.grad?.toArray() == [3, 3])
  }

  @Test func `the gradient held is changed in place`() {
    let x = Tensor([1, 2], requiresGrad: true)
    (x * 2).sum().backward()
    let held = x.grad
    (x * 2).sum().backward()
    #expect(held === x.grad)
    #expect(held?.toArray() == [4, 4])
  }

  @Test func `gradients never share memory`() throws {
    let (a, b) = (Tensor([1, 2], requiresGrad: true), Tensor([3, 4], requiresGrad: true))
    let seed = Tensor([1, 1])
    (a + b).backward(gradient: seed)
    let gradient = try #require(a.grad)
    gradient += 10
    #expect(b.grad?.toArray() == [1, 1])
    #expect(seed.toArray() == [1, 1])
  }

  @Test func `gradients add up where the user put a view that repeats`() {
    let x = Tensor([1, 2, 3], requiresGrad: true)
    x.grad = Tensor(1).expand(3)
    (x * x).sum().backward()
    #expect(x.grad?.toArray() == [3, 5, 7])
  }

  /// As PyTorch: what does not depend on an element has no gradient, whatever arrives.
  @Test func `constants stop infinite gradients`() {
    let x = Tensor([1, 2], requiresGrad: true)
    let filled = x * 1
    filled.fill(3)
    ((filled + x.pow(0)) * Double.infinity).sum().backward()
    #expect(x.grad?.toArray() == [0, 0])
  }

  @Test func `gradients pass where relu is NaN`() {
    let x = Tensor([.nan, 2, -2], requiresGrad: true)
    x.relu().sum().backward()
    #expect(x.grad?.toArray() == [1, 1, 0])
  }

  @Test func `powers of zero have the gradients of their limits`() {
    let x = Tensor([0, 0, 2], requiresGrad: true)
    let exponent = Tensor([-1, 1, 0], requiresGrad: true)
    x.pow(exponent).sum().backward()
    #expect(x.grad?.toArray() == [-.infinity, 1, 0])
    #expect(exponent.grad?.toArray() == [-.infinity, 0, Double(Float(0.6931472))])
  }

  /// Of PyTorch: norms of the rows, and their gradients.
  static let norms: [(p: Double, norms: [Double], gradient: [Double])] = [
    (
      3, [4.497941445275415, 2.571281590658235],
      [
        0.4448513517305356, 0, -0.7908468475209521, 0.15125185827401386, -0.6050074330960554,
        0.6050074330960554,
      ]
    ),
    (
      1.5, [5.584250376480029, 3.5387186276812526],
      [
        0.7329564758289748, 0, -0.8463452372482761, 0.5315902219056544, -0.7517821014438997,
        0.7517821014438997,
      ]
    ),
    (
      0.5, [13.928203230275509, 14.656854249492378],
      [
        2.154700538379252, 0, -1.8660254037844386, 3.82842712474619, -2.707106781186547,
        2.707106781186547,
      ]
    ),
    (-1, [0, 0.5], [0, 0, 0, 0.25, -0.0625, 0.0625]),
    (.infinity, [4, 2], [0, 0, -1, 0, -0.5, 0.5]),
    (-.infinity, [0, 1], [0, 0, 0, 1, 0, 0]),
    (0, [2, 3], [0, 0, 0, 0, 0, 0]),
  ]

  @Test(arguments: norms.indices) func `norms are PyTorch's, at zeros too`(_ index: Int) {
    let (p, expected, gradient) = Self.norms[index]
    let x = Tensor([[3, 0, -4], [1, -2, 2]], dtype: .float64, requiresGrad: true)
    let norms = x.norm(p, dim: 1)
    func isNear(_ actual: [Double], _ expected: [Double]) -> Bool {
      zip(actual, expected).allSatisfy { abs($0 - $1) < 1e-14 }
    }
    #expect(isNear(norms.toArray(), expected), "\(norms)")
    #expect(x.norm(p, dim: 1, keepDim: true).toArray() == norms.toArray())
    norms.sum().backward()
    #expect(isNear(x.grad!.toArray(), gradient), "\(x.grad!)")
    let zeros = Tensor([0, 0], requiresGrad: true)
    let norm = zeros.norm(p)
    norm.backward()
    #expect(norm.item() == 0 && zeros.grad?.toArray() == [0, 0])
    let apart = Tensor([[1.5, -0.75, 2], [-3, 0.25, 1]])
    #expect(gradcheck({ $0.norm(p, dim: 0) }, apart).passed)
    #expect(gradcheck({ $0.norm(p, keepDim: true) }, apart).passed)
  }

  @Test func `a leaf can be its own result`() {
    let x = Tensor(2, requiresGrad: true)
    x.backward()
    #expect(x.grad?.item() == 1)
  }

  @Test func `retained graphs give the same gradient again`() {
    let x = Tensor([0.5, 2], requiresGrad: true)
    let loss = (x.exp() * x).sum()
    loss.backward(retainGraph: true)
    let first = x.grad?.toArray()
    x.grad = nil
    loss.backward(retainGraph: true)
    #expect(x.grad?.toArray() == first)
    loss.backward()
  }

  @Test func `two results share a graph`() {
    let x = Tensor([1, 2], requiresGrad: true)
    let shared = x * x
    shared.sum().backward(retainGraph: true)
    (shared * 2).sum().backward()
    #expect(x.grad?.toArray() == [6, 12])
  }

  /// Diamonds on diamonds: each value is used twice, so that paths double with each level.
  @Test func `every path counts but each operation runs once`() {
    let x = Tensor(1, dtype: .float64, requiresGrad: true)
    var y = x
    for _ in 0..<60 { y = y * 0.5 + y * 0.5 }
    y.backward()
    #expect(x.grad?.item() == 1)
  }

  @Test func `a long way and a short one meet`() {
    let x = Tensor(2, requiresGrad: true)
    var y = x * 1
    for _ in 0..<10 { y = y * x }
    (y + x).backward()
    #expect(x.grad?.item() == 11265)
  }

  @Test func `what needs no gradient gets none`() {
    let (x, w) = (Tensor([1, 2]), Tensor([3, 4], requiresGrad: true))
    let loss = (x * w).sum()
    loss.backward()
    #expect(x.grad == nil)
    #expect(w.grad?.toArray() == [1, 2])
    #expect(!(x * 2).requiresGrad)
  }

  @Test func `computed tensors keep no gradient`() {
    let x = Tensor([1, 2], requiresGrad: true)
    let y = x * 2
    y.sum().backward()
    #expect(y.grad == nil && !y.isLeaf && x.isLeaf)
  }

  @Test func `detached values are constants`() {
    let x = Tensor([1, 2], requiresGrad: true)
    (x * x.detach()).sum().backward()
    #expect(x.grad?.toArray() == [1, 2])
    #expect(!x.detach().requiresGrad)
  }

  @Test func `frozen leaves get no more`() {
    let (a, b) = (Tensor(1, requiresGrad: true), Tensor(2, requiresGrad: true))
    a.requiresGrad = false
    (a * b).backward()
    #expect(a.grad == nil)
    #expect(b.grad?.item() == 1)
  }

  @Test func `a graph that saved nothing can be walked again`() {
    let x = Tensor([1, 2], requiresGrad: true)
    let sum = (x + 1).t().reshape(2, 1)[0...].sum()
    sum.backward()
    sum.backward()
    #expect(x.grad?.toArray() == [2, 2])
    let doubled = Doubled.apply(x).sum()
    doubled.backward()
    doubled.backward()
    #expect(x.grad?.toArray() == [6, 6])
  }

  enum Doubled: Function {
    static func forward(_ ctx: Context, _ input: Tensor) -> Tensor { input * 2 }
    static func backward(_ ctx: Context, _ gradOutput: Tensor) -> Tensor { gradOutput * 2 }
  }

  @Test func `gradients are asked for without leaving them in leaves`() {
    let (a, b, c) = (Tensor(3, requiresGrad: true), Tensor(4, requiresGrad: true), Tensor(5))
    c.requiresGrad = true
    let y = a * b + a
    let first = grad(of: y, for: [b, a, c], retainGraph: true)
    #expect(first.map { $0?.item() } == [3, 5, nil])
    #expect(a.grad == nil && b.grad == nil)
    #expect(grad(of: y.reshape(1), for: [a], gradient: [10])[0]?.item() == 50)
    #expect(grad(of: a, for: [a])[0]?.item() == 1)
  }

  /// The gradient of PyTorch.
  @Test func `a variance may be changed in place`() {
    let x = Tensor([[1, 2], [3, 5]], requiresGrad: true)
    let variance = x.var(dim: 1)
    variance += 1e-5
    (x.sum(dim: 1) / variance.sqrt()).sum().backward()
    #expect(x.grad!.allClose([[5.6567, -2.8283], [3.5355, -2.1213]], rtol: 1e-4))
  }

  @Test func `what divides a number is saved, not the quotient`() {
    let w = Tensor([1, 2], requiresGrad: true)
    let h = 1 / w
    h *= 2
    h.sum().backward()
    #expect(w.grad?.toArray() == [-2, -0.5])
  }

  @Test func `a copy from a tensor without history stays in the graph`() {
    let w = Tensor([1, 2], requiresGrad: true)
    let y = w * 1
    y.copy(from: [5, 6])
    #expect(y.requiresGrad)
    y.sum().backward()
    #expect(w.grad?.toArray() == [0, 0])
  }

  @Test func `a computed tensor keeps its gradient if it is told to`() {
    let w = Tensor([1, 2], requiresGrad: true)
    let (h, other) = (w * 3, w * 5)
    h.retainGrad()
    h.retainGrad()
    (h * h + other).sum().backward()
    #expect(h.grad?.toArray() == [6, 12] && other.grad == nil)
    #expect(w.grad?.toArray() == [23, 41])
    let parts = BothParts.apply([w, w])
    parts[1].retainGrad()
    parts[1].sum().backward()
    #expect(parts[1].grad?.toArray() == [1, 1] && parts[0].grad == nil)
  }

  @Test func `a gradient that is kept is that of what a change in place left`() {
    let w = Tensor([1, 2], requiresGrad: true)
    let (h, part) = (w * 1, w * 2)
    for tensor in [h, part] { tensor.retainGrad() }
    h *= 3
    part[0] = h[0] * 1
    (h * 5 + part).sum().backward()
    #expect(h.grad?.toArray() == [6, 5] && part.grad?.toArray() == [1, 1])
    #expect(w.grad?.toArray() == [18, 17])
  }

  /// As PyTorch: only leaves are passed over.
  @Test func `gradients that are asked for stay in tensors told to keep theirs`() {
    let w = Tensor([1, 2], requiresGrad: true)
    let h = w * 2
    h.retainGrad()
    #expect(grad(of: h.sum(), for: [w])[0]?.toArray() == [2, 2])
    #expect(w.grad == nil && h.grad?.toArray() == [1, 1])
  }

  enum BothParts: Function {
    static func forward(_ ctx: Context, _ input: [Tensor]) -> [Tensor] { input.map { $0 * 1 } }
    static func backward(_ ctx: Context, _ gradOutput: [Tensor]) -> [Tensor] { gradOutput }
  }

  @Test func `gradients are contiguous whatever the leaf is`() {
    let x = Tensor([[1, 2, 3], [4, 5, 6]], requiresGrad: true)
    (x.t() * Tensor([[1], [2], [3]])).sum().backward()
    #expect(x.grad?.isContiguous == true)
    #expect(x.grad?.toArray() == [1, 2, 3, 1, 2, 3])
  }

  /// As long as a user's recurrence may be.
  static let chain = 100_000

  @Test func `a long chain neither overflows the stack nor keeps its memory`() {
    let (x, one) = (Tensor(1, requiresGrad: true), Tensor(1))
    weak var early: Node?
    var y = x
    for i in 0..<Self.chain {
      y = y * one
      if i == 10, case .node(let node, _) = y.target { early = node }
    }
    #expect(early != nil)
    y.backward()
    #expect(x.grad?.item() == 1)
    // The result is still held; what it was computed from is gone.
    #expect(early == nil && y.requiresGrad)
  }

  @Test func `a long chain that is dropped goes without overflow`() {
    let x = Tensor(1, requiresGrad: true)
    weak var early: Node?
    do {
      var y = x
      for i in 0..<Self.chain {
        y = y * x
        if i == 10, case .node(let node, _) = y.target { early = node }
      }
      #expect(early != nil)
    }
    #expect(early == nil)
  }

  @Test func `what was saved is given back while the result is held`() throws {
    let x = Tensor.ones(100, requiresGrad: true)
    weak var saved: Storage?
    let loss = {
      let y = x.exp()
      saved = y.values.storage
      return (y * y).sum()
    }()
    #expect(saved != nil)
    loss.backward()
    #expect(saved == nil)
  }
}

struct ChangeInPlaceTests {
  @Test func `constants change for all that share them`() {
    let x = Tensor([[1, 2], [3, 4]])
    let row: Tensor = x[0]
    let flat = x.reshape(4)
    x += 1
    row *= 10
    #expect(flat.toArray() == [20, 30, 4, 5])
    #expect(x.clone().toArray() == flat.toArray())
  }

  @Test func `clone is independent`() {
    let x = Tensor([1, 2])
    let copy = x.clone()
    x.zero()
    #expect(copy.toArray() == [1, 2])
  }

  @Test func `a leaf changes without record`() {
    let w = Tensor([1, 2], requiresGrad: true)
    noGrad { w -= Tensor([0.5, 0.5]) }
    #expect(w.toArray() == [0.5, 1.5])
    #expect(w.isLeaf && w.requiresGrad)
  }

  @Test func `a constant takes up the history of what is put in`() {
    let (x, y) = (Tensor([1, 2], requiresGrad: true), Tensor.zeros(2, 2))
    y[1] = x * 3
    #expect(y.requiresGrad)
    y.pow(2).sum().backward()
    #expect(x.grad?.toArray() == [18, 36])
  }

  @Test func `integers take up no history`() {
    let f = Tensor([1, 2], requiresGrad: true)
    let i = Tensor([0, 0], dtype: .int64)
    i.copy(from: f * 2.5)
    #expect(i.toArray() == [2, 5] && !i.requiresGrad && i.isLeaf)
    i[0] = (f * 3.5)[1]
    #expect(i.toArray() == [7, 5] && !i.requiresGrad)
    enum Whole: Function {
      static func forward(_ ctx: Context, _ x: Tensor) -> [Tensor] { [x.long(), x * 2] }
      static func backward(_ ctx: Context, _ g: [Tensor]) -> Tensor { g[1] * 2 }
    }
    let both = Whole.apply(f)
    #expect(!both[0].requiresGrad && both[1].requiresGrad)
    both[1].sum().backward()
    #expect(f.grad?.toArray() == [2, 2])
  }

  @Test func `noGrad is left again also by an error`() {
    struct Stop: Error {}
    #expect(throws: Stop.self) { try noGrad { throw Stop() } }
    #expect(isGradEnabled())
    noGrad { #expect(!isGradEnabled()) }
  }

  @Test func `a view taken in noGrad is changed there, or of what needs no gradient`() {
    let h = Tensor([1, 2], requiresGrad: true) * 1
    let view = noGrad { h[0...] }
    noGrad { view *= 3 }
    noGrad { h.detach() } *= 2
    let x = Tensor([1, 2])
    let plain = noGrad { x[0...] }
    plain *= 3
    #expect(h.toArray() == [6, 12] && x.toArray() == [3, 6] && (view * 1).requiresGrad == false)
  }

  @Test func `changes of views of leaves are allowed in noGrad`() {
    let w = Tensor([[1, 2], [3, 4]], requiresGrad: true)
    noGrad { w[0] += 1 }
    #expect(w.toArray() == [2, 3, 3, 4])
  }
}
