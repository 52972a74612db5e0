import Tensors
import WorkbookArrays

/// Parameters that are improved with settings of their own: PyTorch's `param_groups`.
///
/// Each optimizer has groups of its own settings, as ``SGD/Group``, and takes an array of them in
/// place of parameters.
///
/// ```swift
/// import Tensors
/// func slowed(_ groups: [some ParameterGroup]) -> [Double] {
///   groups.map { $0.lr / 10 }
/// }
/// let w = Tensor([1], requiresGrad: true)
/// print(slowed(SGD([w], lr: 1).paramGroups))
/// ```
/// ```output
/// [0.1]
/// ```
public protocol ParameterGroup {
  /// What is improved.
  var parameters: [Tensor] { get }
  /// The learning rate.
  var lr: Double { get set }
}

/// An optimizer whose parameters are in groups with settings of their own.
///
/// ```swift
/// import Tensors
/// func rates(_ optimizer: some GroupedOptimizer) -> [Double] {
///   optimizer.paramGroups.map(\.lr)
/// }
/// let (a, b) = (Tensor([1], requiresGrad: true), Tensor([2], requiresGrad: true))
/// print(rates(Adam([Adam.Group([a], lr: 0.1), Adam.Group([b])])))
/// ```
/// ```output
/// [0.1, 0.001]
/// ```
public protocol GroupedOptimizer: Optimizer {
  /// Parameters with their settings.
  associatedtype Group: ParameterGroup

  /// The groups; their settings may change between steps, their parameters may not.
  var paramGroups: [Group] { get set }
}

extension GroupedOptimizer {
  /// Calls `improve` for each parameter that has a gradient, with its number and its group's settings;
  /// while a graph is captured, also in each replay, with those that hold then.
  func improveEach(
    _ improve: @escaping (_ i: Int, _ parameter: Tensor, _ gradient: Tensor, _ group: Group) -> Void
  ) {
    var i = 0
    for (g, group) in paramGroups.enumerated() {
      for parameter in group.parameters {
        defer { i += 1 }
        guard let gradient = parameter.grad else { continue }
        if Capture.isOn {
          parameter.recordUpdate(by: gradient) { [self, i] in
            improve(i, parameter, gradient, paramGroups[g])
          }
        } else {
          improve(i, parameter, gradient, group)
        }
      }
    }
  }

  /// What is improved, group by group.
  public var parameters: [Tensor] { paramGroups.flatMap(\.parameters) }

  /// The learning rate of the first group; setting it sets that of all.
  public var lr: Double {
    get { paramGroups[0].lr }
    set { for i in paramGroups.indices { paramGroups[i].lr = newValue } }
  }

  /// The learning rate of each group.
  public var lrs: [Double] {
    get { paramGroups.map(\.lr) }
    set {
      requireRates(newValue, paramGroups.count)
      for i in paramGroups.indices { paramGroups[i].lr = newValue[i] }
    }
  }
}

/// Traps unless there is a rate for each group.
func requireRates(_ rates: [Double], _ count: Int) {
  require(rates.count == count, "lrs: \(rates.count) rates for \(count) groups")
}

/// Traps unless there are groups, and no parameter in them twice.
func requireDistinct(_ groups: [some ParameterGroup], _ optimizer: String) {
  require(!groups.isEmpty, "\(optimizer): no parameters to improve")
  var owners: [ObjectIdentifier: Int] = [:]
  for (i, group) in groups.enumerated() {
    for parameter in group.parameters {
      let owner = owners.updateValue(i, forKey: ObjectIdentifier(parameter))
      guard let owner else { continue }
      let places = owner == i ? "group \(i) twice" : "group \(owner) and in group \(i)"
      fail("\(optimizer): a parameter \(parameter.shape) is in \(places)")
    }
  }
}

/// Traps unless groups have the parameters that they had.
func requireSameParameters<Group: ParameterGroup>(_ before: [Group], _ after: [Group]) {
  require(
    before.elementsEqual(after) { a, b in a.parameters.elementsEqual(b.parameters) { $0 === $1 } },
    "paramGroups: settings may change, parameters may not; make another optimizer")
}
