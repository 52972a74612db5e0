import WorkbookArrays

extension Tensor {
  /// Computes the gradient of this tensor with respect to every leaf it was computed from that
  /// requires one, and adds it to the leaf's ``grad``.
  ///
  /// The graph is consumed on the way, and its memory given back, unless `retainGraph` is true.
  /// Traps if this tensor has no graph, if an operation's saved values were given back before, if a
  /// value that a gradient needs was changed in place, or if this tensor has more than one element and
  /// `gradient` is nil. A graph of operations that save none, as `(w + 1).sum()`, can be walked again.
  ///
  /// ```swift
  /// let w = Tensor([1, 2], requiresGrad: true)
  /// let y = w.pow(3)
  /// y.backward(gradient: [1, 10])
  /// print(w.grad!)
  /// ```
  /// ```output
  /// tensor([  3., 120.])
  /// ```
  ///
  /// <!-- workbook: traps="this graph (at pow) was already consumed by an earlier backward" -->
  /// ```swift
  /// // backward: this graph (at pow) was already consumed by an earlier backward; …
  /// y.backward(gradient: [1, 10])
  /// ```
  ///
  /// - Parameters:
  ///   - gradient: The gradient with respect to this tensor, of its shape; 1 if nil.
  ///   - retainGraph: Whether another backward through the same graph is to follow.
  /// - Complexity: O(n log n) for n operations, without recursion.
  public func backward(gradient: Tensor? = nil, retainGraph: Bool = false) {
    var walk = Walk()
    walk.deliver(seed(gradient), to: target)
    walk.run(retainGraph: retainGraph)
  }

  /// What backward starts with.
  fileprivate func seed(_ gradient: Tensor?) -> Values {
    if isView { requireCurrentView() }
    require(
      requiresGrad,
      "backward: this tensor was not computed from one that requires a gradient; "
        + "make one with requiresGrad: true, outside noGrad")
    if let gradient {
      require(
        gradient.shape == shape,
        "backward: a gradient of shape \(gradient.shape) for a tensor of shape \(shape)")
      require(
        gradient.dtype == dtype, "backward: a gradient of \(gradient.dtype) for a \(dtype) tensor")
      return gradient.values
    }
    require(
      values.count == 1,
      "backward: a tensor of shape \(shape) is not a scalar; sum() it, or give gradient:")
    return Values(1, shape, dtype)
  }
}

/// The gradients of a tensor with respect to leaves, without adding them to any leaf's
/// ``Tensor/grad``; nil for a leaf that it does not depend on.
///
/// Tensors of ``Tensor/retainGrad()`` keep theirs on the way, as in PyTorch.
/// The graph is consumed on the way, unless `retainGraph` is true. Traps as `backward` does, and if an
/// input is no leaf that requires a gradient.
///
/// ```swift
/// let (a, b) = (Tensor(3, requiresGrad: true), Tensor(4, requiresGrad: true))
/// print(grad(of: a * a * b, for: [a, b]), a.grad == nil)
/// ```
/// ```output
/// [Optional(tensor(24.)), Optional(tensor(9.))] true
/// ```
public func grad(
  of output: Tensor, for inputs: [Tensor], gradient: Tensor? = nil, retainGraph: Bool = false
) -> [Tensor?] {
  for (i, input) in inputs.enumerated() {
    require(
      input.isLeaf && input.requiresGrad,
      "grad: input \(i), \(input.shape), is not a leaf that requires a gradient")
  }
  var walk = Walk(collects: true)
  walk.deliver(output.seed(gradient), to: output.target)
  walk.run(retainGraph: retainGraph)
  return inputs.map { input in walk.collected[ObjectIdentifier(input)].map { Tensor($0.copy()) } }
}

/// One walk from a result back to the leaves, deepest operations first.
struct Walk {
  /// The nodes that wait with a gradient, as a heap with the deepest first.
  private var waiting: [Node] = []
  /// Whether gradients of leaves are kept here, not added to theirs.
  var collects = false
  private(set) var collected: [ObjectIdentifier: Values] = [:]

  init(collects: Bool = false) { self.collects = collects }

  mutating func deliver(_ gradient: consuming Values, along edge: Edge) {
    deliver(gradient, to: edge.target)
  }

  mutating func deliver(_ gradient: consuming Values, to target: Edge.Target) {
    switch target {
    case .leaf(let leaf):
      guard collects else { return leaf.accumulateGrad(gradient) }
      let key = ObjectIdentifier(leaf)
      if let before = collected[key] {
        collected[key] = before + gradient
      } else {
        collected[key] = gradient
      }
    case .node(let node, let output):
      require(
        !node.isFreed,
        "backward: this graph (at \(node.name)) was already consumed by an earlier backward; "
          + "pass retainGraph: true to that one, or compute the result anew")
      if node.receive(gradient, output: output) { push(node) }
    }
  }

  mutating func run(retainGraph: Bool) {
    while let node = pop() { node.propagate(&self, retainGraph: retainGraph) }
  }

  private mutating func push(_ node: Node) {
    waiting.append(node)
    var child = waiting.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      if waiting[parent].depth >= waiting[child].depth { break }
      waiting.swapAt(parent, child)
      child = parent
    }
  }

  private mutating func pop() -> Node? {
    if waiting.count < 2 { return waiting.popLast() }
    waiting.swapAt(0, waiting.count - 1)
    let node = waiting.removeLast()
    var parent = 0
    while true {
      var deepest = parent
      for child in [2 * parent + 1, 2 * parent + 2]
      where child < waiting.count && waiting[child].depth > waiting[deepest].depth {
        deepest = child
      }
      if deepest == parent { return node }
      waiting.swapAt(parent, deepest)
      parent = deepest
    }
  }
}
