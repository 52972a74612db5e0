import WorkbookArrays

/// A recorded operation: where its result's gradient goes on to.
///
/// A node refers to the nodes of its inputs and never to tensors computed from it, so a graph is
/// free of cycles and goes as soon as nothing needs it.
class Node {
  /// The operation's name, as in messages: `mul`.
  let name: String
  /// One more than the deepest input's: a node's gradient is complete when no deeper one waits.
  let depth: Int
  /// The gradient of the result as far as it has arrived in this walk.
  private var gradient: Values?
  /// The edges to those inputs that need a gradient; most operations have one or two.
  private var first: Edge?
  private var others: [Edge]
  fileprivate(set) var isFreed = false
  /// The results that want their gradient kept.
  private var retained: [Retained] = []

  init(_ name: String, _ first: Edge, _ second: Edge? = nil) {
    self.name = name
    self.first = first
    others = second.map { [$0] } ?? []
    depth = max(first.depth, second?.depth ?? 0) + 1
  }

  init(_ name: String, _ edges: [Edge]) {
    self.name = name
    first = edges.first
    others = Array(edges.dropFirst())
    depth = (edges.map(\.depth).max() ?? 0) + 1
  }

  /// Takes a gradient for one of the results; whether it is the first that arrives.
  func receive(_ arriving: consuming Values, output: Int) -> Bool {
    if gradient == nil {
      gradient = arriving
      return true
    }
    gradient!.accumulate(arriving)
    return false
  }

  /// Hands the gradient on to the inputs, and frees what was saved unless the graph is retained.
  func propagate(_ walk: inout Walk, retainGraph: Bool) {
    guard let gradient = takeGradient() else { return }
    if let first { walk.deliver(first.inputGradient(gradient, name), along: first) }
    for edge in others { walk.deliver(edge.inputGradient(gradient, name), along: edge) }
    if !retainGraph, savesValues { release() }
  }

  /// The gradient of the only result, all of which has arrived, for the one that hands it on.
  final func takeGradient() -> Values? {
    guard let gradient = gradient.take() else { return nil }
    keep(gradient, output: 0)
    return gradient
  }

  /// Whether values are saved, which go once they were used; a graph without can be walked again.
  var savesValues: Bool {
    first?.savesValues ?? false || others.contains { $0.savesValues }
  }

  /// Keeps the gradients of a result, which this does not keep alive, in it.
  func retain(_ tensor: Tensor, output: Int) {
    retained.append(Retained(tensor: tensor, output: output))
  }

  /// Keeps no more gradients in a result.
  func forget(_ tensor: Tensor) { retained.removeAll { $0.tensor === tensor } }

  func keep(_ gradient: Values, output: Int) {
    for result in retained where result.output == output {
      result.tensor?.accumulateGrad(gradient)
    }
  }

  private struct Retained {
    weak var tensor: Tensor?
    let output: Int
  }

  /// The edges to those inputs that need a gradient, in order.
  final var edges: [Edge] { first.map { [$0] + others } ?? [] }

  /// Lets go of the inputs and of what was saved.
  func release() {
    first = nil
    others = []
    isFreed = true
  }

  /// A chain of a million nodes would overflow the stack if each let go of the next in its own
  /// deinit, so nodes that nothing else holds are emptied one by one before they go.
  deinit {
    var doomed: [Node] = []
    takeInputs(into: &doomed)
    while var node = doomed.popLast() {
      if isKnownUniquelyReferenced(&node) { node.takeInputs(into: &doomed) }
    }
  }

  private func takeInputs(into nodes: inout [Node]) {
    if case .node(let node, _)? = first?.target { nodes.append(node) }
    for case .node(let node, _) in others.lazy.map(\.target) { nodes.append(node) }
    first = nil
    others = []
  }
}

/// The way from an operation to one of its inputs, with the function that takes the gradient there.
///
/// An object, since operations hand their edges on several times.
final class Edge {
  /// What receives the gradient: the operation that made the input, or the input itself.
  enum Target {
    case node(Node, output: Int)
    case leaf(Tensor)
  }

  /// The gradient of the input given that of the result, and what was saved of the operands.
  private enum Pullback {
    case plain((Values) -> Values)
    case saving(Saved, (Values, Values) -> Values)
    case savingTwo(Saved, Saved, (Values, Values, Values) -> Values)
  }

  let target: Target
  /// The input's shape, to which its gradient is summed if the operation broadcast it.
  var shape: [Int] { layout.shape }
  let dtype: DType
  private let layout: Layout
  private let pullback: Pullback

  private init(_ input: Tensor, _ target: Target, _ pullback: Pullback) {
    self.target = target
    layout = input.values.layout
    dtype = input.dtype
    self.pullback = pullback
  }

  /// An edge to an input, or none if it needs no gradient.
  convenience init?(_ input: Tensor, _ pullback: @escaping (_ gradient: Values) -> Values) {
    guard let target = input.gradientTarget else { return nil }
    self.init(input, target, .plain(pullback))
  }

  /// An edge whose pullback needs values as they are now.
  convenience init?(
    _ input: Tensor, saving values: @autoclosure () -> Values,
    _ pullback: @escaping (_ gradient: Values, _ saved: Values) -> Values
  ) {
    guard let target = input.gradientTarget else { return nil }
    self.init(input, target, .saving(Saved(values()), pullback))
  }

  /// An edge whose pullback needs two values as they are now.
  convenience init?(
    _ input: Tensor, saving first: @autoclosure () -> Values,
    _ second: @autoclosure () -> Values,
    _ pullback: @escaping (_ gradient: Values, _ first: Values, _ second: Values) -> Values
  ) {
    guard let target = input.gradientTarget else { return nil }
    self.init(input, target, .savingTwo(Saved(first()), Saved(second()), pullback))
  }

  var savesValues: Bool {
    if case .plain = pullback { false } else { true }
  }

  var depth: Int {
    if case .node(let node, _) = target { node.depth } else { 0 }
  }

  func inputGradient(_ gradient: Values, _ name: String) -> Values {
    let result =
      switch pullback {
      case .plain(let function): function(gradient)
      case .saving(let saved, let function): function(gradient, saved.unpacked(for: name))
      case .savingTwo(let first, let second, let function):
        function(gradient, first.unpacked(for: name), second.unpacked(for: name))
      }
    return result.layout === layout ? result : result.summed(to: shape)
  }
}

/// Values kept for a gradient, with the version that they had.
struct Saved {
  private let values: Values
  private let version: Int

  init(_ values: Values) {
    self.values = values
    version = values.storage.version
  }

  /// The values; traps if they were changed in place since.
  func unpacked(for operation: String) -> Values {
    let storage = values.storage
    require(
      storage.version == version,
      "backward: \(operation) needs the values \(values.shape) that it saved, but \(storage.lastChange) "
        + "changed them in place since (version \(storage.version), saved at \(version)); "
        + "clone() them before the change")
    return values
  }
}

extension Values {
  /// Adds other values of the same shape, in place if nothing else refers to these.
  mutating func accumulate(_ other: Values) {
    if isKnownUniquelyReferenced(&storage), isContiguous, storage.count == count {
      combine(.add, self, other, "add")
    } else {
      self = self + other
    }
  }
}
