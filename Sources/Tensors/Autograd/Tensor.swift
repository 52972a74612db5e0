import Synchronization
import WorkbookArrays

/// An array of numbers that remembers how it was computed, so that gradients can flow back.
///
/// A tensor is a reference, as in PyTorch: views share its elements, `let` does not keep them from
/// being changed in place, and `clone()` makes an independent copy.
///
/// ```swift
/// let w = Tensor([1, 2, 3], requiresGrad: true)
/// let loss = (w * w).sum()
/// loss.backward()
/// print(loss.item(), w.grad!)
/// ```
/// ```output
/// 14.0 tensor([2., 4., 6.])
/// ```
public final class Tensor {
  /// The numbers, without any history.
  var values: Values
  /// The recorded operation that made this tensor; nil for a leaf.
  private(set) var node: Node?
  /// Which of the operation's results this is.
  private var output = 0
  private var leafRequiresGrad = false
  /// Whether this leaf required a gradient before, and does not now: a parameter that is frozen.
  package private(set) var isFrozen = false
  /// Whether the elements are another tensor's, whose history a change of them in place would miss.
  private(set) var isView = false
  /// What picked the elements, of which these are a copy, so that a change in place is lost to what the
  /// reader of `x[mask] += 1` means.
  var selection: Selection?
  /// Whether this is a view, taken in `noGrad`, of what requires a gradient, whose history a change
  /// outside would miss.
  private var isUnrecordedView = false
  /// Of a view, the storage's `recordedChanges` when it was taken.
  private var recordedChanges = 0

  /// An index that picks a copy, as messages write it.
  enum Selection: String {
    case mask = "x[mask]"
    case rows = "x[rows]"
    case pairs = "x[rows, columns]"
  }

  /// The gradient that `backward` accumulated here, of this tensor's shape; nil before the first.
  ///
  /// Only leaves that require a gradient receive one, and tensors of ``retainGrad()``; a line on
  /// standard error says so when that of another is read. Set it to nil to start anew.
  ///
  /// ```swift
  /// let w = Tensor([1, 2], requiresGrad: true)
  /// (w * 10).sum().backward()
  /// (w * 1).sum().backward()
  /// print(w.grad!)
  /// ```
  /// ```output
  /// tensor([11., 11.])
  /// ```
  public var grad: Tensor? {
    get {
      if gradient == nil, let node, !retainsGrad { Self.warnOfNoLeaf(node.name) }
      // What a step reads is in each replay what is there then.
      if Capture.isOn {
        if gradient != nil {
          GraphRecording.running?.noteSum(in: self)
        } else {
          GraphRecording.running?.noteNoGradient(of: self)
        }
      }
      return gradient
    }
    set {
      if let newValue {
        require(
          newValue.shape == shape && newValue.dtype == dtype,
          "grad: \(newValue.dtype) \(newValue.shape) cannot be the gradient of \(dtype) \(shape)")
      }
      if Capture.isOn { GraphRecording.running?.noteOwnGradient(of: self) }
      gradient = newValue
    }
  }
  /// The same, without warnings and without a note in a graph that is being captured.
  var gradient: Tensor?
  /// Whether backward accumulates a gradient here although an operation made this tensor.
  private var retainsGrad = false

  /// A leaf of the given values.
  init(_ values: Values, requiresGrad: Bool = false) {
    self.values = values
    if requiresGrad { self.requiresGrad = true }
  }

  /// The result of an operation, recorded if any edge leads to an input that needs a gradient.
  init(
    _ values: Values, _ operation: String, _ first: Edge?, _ second: Edge? = nil,
    isView: Bool = false
  ) {
    // Of one element that stands for all, what is no view gets as many as it shows.
    self.values = isView || !values.isSingle || values.count == 1 ? values : values.copy()
    self.isView = isView
    if let first {
      node = Node(operation, first, second)
    } else if let second {
      node = Node(operation, second)
    }
  }

  /// The result of an operation on any number of inputs.
  init(_ values: Values, _ operation: String, _ edges: [Edge?]) {
    self.values = values
    let edges = edges.compactMap { $0 }
    if !edges.isEmpty { node = Node(operation, edges) }
  }

  /// One of the results of an operation, recorded unless its node is nil.
  init(_ values: Values, _ node: Node?, output: Int, isView: Bool = false) {
    self.values = values
    if values.dtype.isFloatingPoint { (self.node, self.output) = (node, output) }
    self.isView = isView
    if isView { recordedChanges = values.storage.recordedChanges }
  }

  /// The view of another tensor's elements that `values` describes, recorded with an edge.
  convenience init(
    view values: Values, of base: Tensor, _ operation: String, _ edge: Edge?
  ) {
    self.init(values, operation, edge, isView: true)
    recordedChanges = values.storage.recordedChanges
    isUnrecordedView = base.isUnrecordedView || edge == nil && base.requiresGrad
  }

  /// This tensor, made by way of a view or a choice whose base nobody else holds, as a result like any
  /// other.
  package func asResult() -> Tensor {
    (isView, selection) = (false, nil)
    return self
  }

  /// One of the results of a recorded operation, a view of another tensor's elements.
  convenience init(view values: Values, _ node: Node, output: Int) {
    self.init(values, node, output: output, isView: true)
  }

  /// The elements that an index picked: a copy, to which an in-place change would be lost.
  convenience init(_ values: Values, by selection: Selection, _ edge: Edge?) {
    self.init(values, "index", edge)
    self.selection = selection
  }
}

// What a tensor is.
extension Tensor {
  /// The size of each dimension; empty for a scalar.
  ///
  /// ```swift
  /// print(Tensor([[1, 2, 3]]).shape, Tensor([[1, 2, 3]])[0, 0].shape)
  /// ```
  /// ```output
  /// [1, 3] []
  /// ```
  public var shape: [Int] { values.shape }

  /// The type of the elements.
  public var dtype: DType { values.dtype }

  /// Where the elements are.
  public var device: Device { .cpu }

  /// The number of dimensions.
  public var ndim: Int { values.shape.count }

  /// The number of elements.
  public var count: Int { values.count }

  /// How far apart, in elements, neighbours along each dimension are in memory.
  ///
  /// ```swift
  /// let x = Tensor.zeros(2, 3)
  /// print(x.strides, x.t().strides, x[0..., 0].strides)
  /// ```
  /// ```output
  /// [3, 1] [1, 3] [3]
  /// ```
  public var strides: [Int] { values.strides }

  /// Whether the elements follow each other in row-major order without gaps.
  ///
  /// ```swift
  /// let x = Tensor.zeros(2, 3)
  /// print(x.isContiguous, x.t().isContiguous, x.t().clone().isContiguous)
  /// ```
  /// ```output
  /// true false true
  /// ```
  public var isContiguous: Bool { values.isContiguous }

  /// The only element, as a `Double`.
  ///
  /// Traps unless there is exactly one.
  ///
  /// ```swift
  /// print(Tensor(0.1).item(), Tensor(0.1, dtype: .float64).item())
  /// ```
  /// ```output
  /// 0.10000000149011612 0.1
  /// ```
  ///
  /// <!-- workbook: traps="a tensor of shape [2] has 2 elements, not one; sum() or index it" -->
  /// ```swift
  /// // item: a tensor of shape [2] has 2 elements, not one; sum() or index it
  /// print(Tensor([1, 2]).item())
  /// ```
  public func item() -> Double {
    require(
      values.count == 1,
      "item: a tensor of shape \(shape) has \(values.count) elements, not one; sum() or index it")
    Capture.refuseRead("item")
    return values.element(0)
  }

  /// The elements in row-major order.
  ///
  /// Those of `bool` are 1 and 0. O(n).
  ///
  /// ```swift
  /// print(Tensor([[1, 2], [3, 4]]).t().toArray())
  /// ```
  /// ```output
  /// [1.0, 3.0, 2.0, 4.0]
  /// ```
  public func toArray() -> [Double] {
    Capture.refuseRead("toArray")
    return values.elements
  }
}

// What a tensor has to do with gradients.
extension Tensor {
  /// Whether a gradient with respect to this tensor can be computed: true for leaves made so, and
  /// for everything computed from them outside ``noGrad(_:)``.
  ///
  /// Only a leaf's can be set, and only for floating-point elements.
  ///
  /// ```swift
  /// let w = Tensor([1], requiresGrad: true)
  /// print((w * 2).requiresGrad, noGrad { w * 2 }.requiresGrad)
  /// print(w.detach().requiresGrad)
  /// ```
  /// ```output
  /// true false
  /// false
  /// ```
  public var requiresGrad: Bool {
    get { leafRequiresGrad || node != nil }
    set {
      require(
        node == nil || newValue,
        "requiresGrad: only a leaf's can be unset; detach() a computed tensor instead")
      require(
        dtype.isFloatingPoint || !newValue,
        "requiresGrad: only float32 and float64 have gradients, not \(dtype)")
      if node == nil {
        isFrozen = (isFrozen || leafRequiresGrad) && !newValue
        leafRequiresGrad = newValue
      }
      if Capture.isOn { GraphRecording.running?.noteOwnGradient(of: self) }
    }
  }

  /// Whether no recorded operation made this tensor.
  ///
  /// ```swift
  /// let w = Tensor([1], requiresGrad: true)
  /// print(w.isLeaf, (w * 2).isLeaf)
  /// ```
  /// ```output
  /// true false
  /// ```
  public var isLeaf: Bool { node == nil }

  /// The same elements, shared, without history.
  ///
  /// A change in place of one is seen in the other.
  ///
  /// ```swift
  /// let w = Tensor([1, 2], requiresGrad: true)
  /// w.detach()[0] = 10
  /// print(w, (w.detach() * 2).requiresGrad)
  /// ```
  /// ```output
  /// tensor([10.,  2.], requiresGrad: true) false
  /// ```
  public func detach() -> Tensor { Tensor(values) }

  /// Where a gradient with respect to this tensor goes; nil if none is needed.
  var gradientTarget: Edge.Target? {
    guard GradMode.isEnabled else { return nil }
    if isView { requireCurrentView() }
    return requiresGrad ? target : nil
  }

  /// Where a gradient with respect to this tensor, which requires one, goes.
  var target: Edge.Target {
    if let node { .node(node, output: output) } else { .leaf(self) }
  }

  /// Adds to the gradient; the first to arrive is moved where nothing else holds it.
  func accumulateGrad(_ arriving: consuming Values) {
    guard leafRequiresGrad || retainsGrad else { return }
    if Capture.isOn { GraphRecording.running?.noteSum(in: self) }
    if let gradient, gradient.values.repeats {
      self.gradient = Tensor((gradient.values + arriving).owned())
    } else if let gradient {
      gradient.values.combine(.add, gradient.values, arriving, "backward")
      gradient.values.storage.noteChange(by: "backward")
    } else {
      gradient = Tensor(arriving.owned())
    }
  }

  /// Lets `backward` accumulate the gradient of this tensor in ``grad``, although it is no leaf.
  ///
  /// After a change in place, it is the gradient of what the tensor holds since.
  /// Traps unless the tensor requires a gradient.
  ///
  /// ```swift
  /// let w = Tensor([1, 2], requiresGrad: true)
  /// let h = w * 3
  /// h.retainGrad()
  /// h.pow(2).sum().backward()
  /// print(h.grad!)
  /// ```
  /// ```output
  /// tensor([ 6., 12.])
  /// ```
  public func retainGrad() {
    require(
      requiresGrad, "retainGrad: this tensor requires no gradient; make it of one that does")
    guard let node, !retainsGrad else { return }
    retainsGrad = true
    if Capture.isOn { GraphRecording.running?.noteOwnGradient(of: self) }
    node.retain(self, output: output)
  }

  private static let wasWarned = Atomic(false)

  private static func warnOfNoLeaf(_ operation: String) {
    if wasWarned.exchange(true, ordering: .relaxed) { return }
    let line =
      "grad: \(operation) made this tensor, and backward keeps the gradients of leaves only; "
      + "call retainGrad() on it before backward()\n"
    _ = line.withCString { write(STDERR_FILENO, $0, strlen($0)) }
  }

  /// Traps where the history of a view's base was changed since the view was taken.
  func requireCurrentView() {
    require(
      values.storage.recordedChanges == recordedChanges,
      "this view was taken before \(values.storage.lastChange) changed its base in place, so its "
        + "history is out of date; take the view again after the change")
  }
}

// Changes in place.
extension Tensor {
  /// Changes the elements in place: by `change` if no gradient is to be recorded, otherwise to
  /// those of `result`, whose history this tensor takes over.
  func update(
    _ operation: String, with other: Tensor? = nil, change: () -> Void, result: () -> Tensor
  ) {
    let records = mayChange(operation, with: other)
    if records {
      let new = result()
      requireSameShape(operation, new.values.shape)
      values.assign(new.values)
      take(new.node, output: new.output)
    } else {
      change()
    }
    values.storage.noteChange(by: operation, isRecorded: records)
  }

  /// Changes the elements in place by `change`, and takes over `node` if a gradient is to be recorded:
  /// for operations whose gradients need nothing of the elements before.
  func changeInPlace(
    _ operation: String, with other: Tensor, node: () -> Node, change: () -> Void
  ) {
    let new = mayChange(operation, with: other) ? node() : nil
    change()
    if let new { take(new, output: 0) }
    values.storage.noteChange(by: operation, isRecorded: new != nil)
  }

  /// Makes a recorded change the operation that made this tensor, also for a gradient that is kept.
  private func take(_ new: Node?, output newOutput: Int) {
    if retainsGrad {
      node?.forget(self)
      new?.retain(self, output: newOutput)
    }
    (node, output) = (new, newOutput)
  }

  /// Whether a change in place is to be recorded; traps where none may be made.
  private func mayChange(_ operation: String, with other: Tensor?) -> Bool {
    if let selection {
      let index = selection.rawValue
      fail(
        "\(operation): \(index) is a copy, the change would be lost; write \(index) = … instead, "
          + "or clone() the copy first")
    }
    require(
      !values.repeats,
      "\(operation): this view of shape \(shape) shows elements several times, so they cannot be "
        + "changed in place; clone() it first")
    require(
      !(isUnrecordedView && GradMode.isEnabled),
      "\(operation): this view was taken in noGrad, so the change would not be recorded; take it "
        + "outside, or change it in noGrad { } too")
    if isView, GradMode.isEnabled { requireCurrentView() }
    if let other, other.isView, GradMode.isEnabled { other.requireCurrentView() }
    let records =
      (requiresGrad || other?.requiresGrad ?? false) && dtype.isFloatingPoint
      && GradMode.isEnabled
    if records {
      require(
        !(isLeaf && requiresGrad),
        "\(operation): a leaf that requires a gradient cannot be changed in place here; "
          + "wrap the change in noGrad { }")
      require(
        !isView,
        "\(operation): a change of a view cannot be recorded; assign to base[…], or clone() the view"
      )
    }
    return records
  }

  func requireSameShape(_ operation: String, _ result: [Int]) {
    require(
      result == shape,
      "\(operation): the result of shape \(result) does not fit in place into \(shape)")
  }

  /// Sets all elements to 0, in place: `w.grad?.zero()`.
  ///
  /// Traps if this tensor is a leaf that requires a gradient, outside ``noGrad(_:)``.
  ///
  /// ```swift
  /// let x: Tensor = [1, 2]
  /// x.zero()
  /// print(x)
  /// ```
  /// ```output
  /// tensor([0., 0.])
  /// ```
  public func zero() { fill(0, "zero") }

  /// Sets all elements to a value, in place.
  ///
  /// Traps if this tensor is a leaf that requires a gradient, outside ``noGrad(_:)``.
  ///
  /// ```swift
  /// let x = Tensor.zeros(2, 2)
  /// x[0].fill(7)
  /// print(x)
  /// ```
  /// ```output
  /// tensor([[7., 7.],
  ///         [0., 0.]])
  /// ```
  public func fill(_ value: some Number) { fill(value, "fill") }

  private func fill(_ value: some Number, _ operation: String) {
    update(operation, change: { values.fill(number: value) }) {
      Tensor(
        Values(value._double, shape, dtype), operation,
        Edge(self) { Values(0, $0.shape, $0.dtype) })
    }
  }

  /// Sets the elements to those of another tensor, which broadcasts to this shape, in place.
  ///
  /// They are converted to this type; integers take up no history. Traps if the other does not
  /// broadcast, or if this tensor is a leaf that requires a gradient, outside ``noGrad(_:)``.
  ///
  /// ```swift
  /// let x = Tensor.zeros(2, 2)
  /// x.copy(from: [1, 2])
  /// print(x)
  /// ```
  /// ```output
  /// tensor([[1., 2.],
  ///         [1., 2.]])
  /// ```
  public func copy(from other: Tensor) {
    let source = other.values.converted(to: dtype)
    func wide() -> Values { source.broadcast(to: shape, "copy") }
    update("copy", with: other, change: { values.assign(wide()) }) {
      let type = other.dtype
      return Tensor(
        wide(), "copy",
        Edge(self) { Values(0, $0.shape, $0.dtype) }, Edge(other) { $0.converted(to: type) })
    }
  }
}
