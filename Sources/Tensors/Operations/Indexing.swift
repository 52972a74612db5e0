import WorkbookArrays

extension Tensor {
  /// The view at some places, one index a dimension from the first on.
  ///
  /// `x[0, 0]` is an element, `x[1]` a row, `x[1..<3]` two rows. Assigning changes them in place, to
  /// what broadcasts to them, converted to this type.
  /// Traps if a place is outside its dimension, or if there are more indices than dimensions.
  ///
  /// ```swift
  /// let x: Tensor = [[1, 2, 3], [4, 5, 6]]
  /// print(x[0], x[0..., 1..<3].shape, x[-1, -1].item())
  /// x[0] = [10, 20, 30]
  /// print(x)
  /// ```
  /// ```output
  /// tensor([1., 2., 3.]) [2, 2] 6.0
  /// tensor([[10., 20., 30.],
  ///         [ 4.,  5.,  6.]])
  /// ```
  public subscript(indices: any TensorIndex...) -> Tensor {
    get { part(steps(indices)) }
    set { assign(newValue, at: steps(indices)) }
  }

  /// The view at some places, one index a dimension up to the last: `x[..., 0]`.
  ///
  /// ```swift
  /// let x = Tensor.arange(8).reshape(2, 2, 2)
  /// print(x[..., 0])
  /// x[..., 1, 0] = 9
  /// print(x[0])
  /// ```
  /// ```output
  /// tensor([[0., 2.],
  ///         [4., 6.]])
  /// tensor([[0., 1.],
  ///         [9., 3.]])
  /// ```
  public subscript(_: UnboundedRange, last: any TensorIndex...) -> Tensor {
    get { part(lastSteps(last)) }
    set { assign(newValue, at: lastSteps(last)) }
  }

  /// The assignment of one number to places; `x[0, 0].item()` reads one.
  ///
  /// ```swift
  /// let x: Tensor = [[1, 2], [3, 4]]
  /// x[0, 0] = 10
  /// x[1] = 0
  /// print(x)
  /// ```
  /// ```output
  /// tensor([[10.,  2.],
  ///         [ 0.,  0.]])
  /// ```
  @_disfavoredOverload
  public subscript(indices: any TensorIndex...) -> any Number {
    get { Tensor(values.at(steps(indices))).item() }
    set { assign(Tensor(Values(number: newValue, dtype)), at: steps(indices)) }
  }

  /// The assignment of one number to places; `x[..., 0].item()` reads one.
  @_disfavoredOverload
  public subscript(_: UnboundedRange, last: any TensorIndex...) -> any Number {
    get { Tensor(values.at(lastSteps(last))).item() }
    set { assign(Tensor(Values(number: newValue, dtype)), at: lastSteps(last)) }
  }

  private func part(_ steps: [_IndexStep]) -> Tensor {
    let shape = shape
    return Tensor(
      view: values.at(steps), of: self, "index",
      Edge(self) { g in
        let result = Values(filled: 0, shape, g.dtype)
        result.at(steps).assign(g)
        return result
      })
  }

  private func steps(_ indices: [any TensorIndex], from first: Int = 0) -> [_IndexStep] {
    var d = first
    return indices.map { index in
      if index is NewAxis { return .newAxis }
      require(d < ndim, "index: \(indices.count) indices for a tensor of shape \(shape)")
      guard let step = index._step(in: shape[d]) else {
        fail(
          index is Int
            ? "index: \(index) is outside dimension \(d), of size \(shape[d]), of \(shape)"
            : "index: \(index) selects nothing; steps are 1 or more")
      }
      d += 1
      return step
    }
  }

  /// The steps of indices of the last dimensions.
  private func lastSteps(_ indices: [any TensorIndex]) -> [_IndexStep] {
    let first = ndim - indices.count { !($0 is NewAxis) }
    require(first >= 0, "index: \(indices.count) indices for a tensor of shape \(shape)")
    return shape[..<first].map { .places(first: 0, count: $0, step: 1) }
      + steps(indices, from: first)
  }

  /// Without the sizes of 1 in front that a place of a shape does not have, as PyTorch assigns.
  func withoutLead(for shape: [Int]) -> Tensor {
    let lead = ndim - shape.count
    return lead > 0 && self.shape[..<lead].allSatisfy { $0 == 1 }
      ? reshape(Array(self.shape[lead...])) : self
  }

  private func assign(_ value: Tensor, at steps: [_IndexStep]) {
    let place = values.at(steps)
    let new = value.withoutLead(for: place.shape)
    let (type, source) = (new.dtype, new.values.converted(to: dtype))
    // `x[0] += 1` reads, changes in place and does not assign; `x[0] = x[0]` has nothing to do.
    changeInPlace("index assignment", with: new) {
      AssignmentNode(
        "index assignment", steps, old: Edge(self) { $0 },
        new: Edge(new) { $0.converted(to: type) })
    } change: {
      place.assign(source.broadcast(to: place.shape, "index"))
    }
  }
}

/// The node of an assignment to places, of the places before and of what was put there.
///
/// It changes in place the gradient that arrives, so that a thousand assignments cost as much as one
/// of all.
private final class AssignmentNode: Node {
  private let steps: [_IndexStep]
  private let hasOld: Bool

  init(_ name: String, _ steps: [_IndexStep], old: Edge?, new: Edge?) {
    self.steps = steps
    hasOld = old != nil
    super.init(name, [old, new].compactMap { $0 })
  }

  override func propagate(_ walk: inout Walk, retainGraph: Bool) {
    guard let gradient = takeGradient() else { return }
    let edges = edges
    if edges.count > (hasOld ? 1 : 0), let new = edges.last {
      // A copy, since the places are about to be changed.
      walk.deliver(new.inputGradient(gradient.at(steps).copy(), name), along: new)
    }
    if hasOld {
      let kept = (consume gradient).owned()
      kept.at(steps).fill(0)
      walk.deliver(kept, along: edges[0])
    }
  }
}

extension Values {
  fileprivate func at(_ steps: [_IndexStep]) -> Values {
    var (result, d) = (self, steps.count { if case .newAxis = $0 { false } else { true } })
    // From the last on, so that the dimensions before stay where they are.
    for step in steps.reversed() {
      switch step {
      case .newAxis: result = result.unsqueezed([d])
      case .place(let place):
        d -= 1
        result = result.select(d, place)
      case .places(let first, let count, let step):
        d -= 1
        result = result.slice(d, first, count, step: step)
      }
    }
    return result
  }
}
