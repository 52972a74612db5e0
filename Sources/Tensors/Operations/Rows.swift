import WorkbookArrays

extension Tensor: Sequence {
  /// The tensors along a dimension, which goes, as views; their gradients are put together once.
  ///
  /// Traps if there is no such dimension.
  ///
  /// ```swift
  /// let x: Tensor = [[1, 2], [3, 4]]
  /// print(x.unbind(), x.unbind(dim: 1))
  /// ```
  /// ```output
  /// [tensor([1., 2.]), tensor([3., 4.])] [tensor([1., 3.]), tensor([2., 4.])]
  /// ```
  public func unbind(dim: Int = 0) -> [Tensor] {
    let d = dimension(dim, "unbind")
    let parts = values.parts(along: d)
    let edge = Edge(self) { $0 }
    guard let edge, !parts.isEmpty else {
      return parts.map { Tensor(view: $0, of: self, "unbind", nil) }
    }
    let node = UnbindNode(edge, d, parts.count)
    return parts.enumerated().map { Tensor(view: $1, node, output: $0) }
  }

  /// The rows, tensors along the first dimension, as views: `for row in x`.
  ///
  /// Traps for a tensor without dimensions.
  ///
  /// ```swift
  /// let x: Tensor = [[1, 2], [3, 4]]
  /// for row in x { print(row.sum().item()) }
  /// let y: Tensor = [5, 6]
  /// for (row, label) in zip(x, y) { print(row, label.item()) }
  /// ```
  /// ```output
  /// 3.0
  /// 7.0
  /// tensor([1., 2.]) 5.0
  /// tensor([3., 4.]) 6.0
  /// ```
  public func makeIterator() -> IndexingIterator<[Tensor]> {
    require(ndim > 0, "for: a tensor without dimensions has no rows; item() reads it")
    return unbind().makeIterator()
  }

  /// The number of rows.
  public var underestimatedCount: Int { shape.first ?? 0 }
}

/// The node of tensors along a dimension: it waits for the gradients of all, and joins them.
private final class UnbindNode: Node {
  private let dim: Int
  private var parts: [Values?]
  private var arrived = 0

  init(_ edge: Edge, _ dim: Int, _ count: Int) {
    self.dim = dim
    parts = Array(repeating: nil, count: count)
    super.init("unbind", edge)
  }

  override func receive(_ arriving: consuming Values, output: Int) -> Bool {
    if parts[output] == nil {
      parts[output] = arriving
    } else {
      parts[output]!.accumulate(arriving)
    }
    arrived += 1
    return arrived == 1
  }

  override func propagate(_ walk: inout Walk, retainGraph: Bool) {
    guard let edge = edges.first else { return }
    let whole = Values(filled: 0, edge.shape, edge.dtype)
    for (i, part) in parts.enumerated() {
      guard let part else { continue }
      keep(part, output: i)
      whole.select(dim, i).assign(part)
      parts[i] = nil
    }
    arrived = 0
    walk.deliver(whole, along: edge)
  }
}
