import Tensors

/// Modules one after the other: each computes from what the one before it returned.
public final class Sequential: Module, CustomReflectable {
  /// The modules in order.
  public let modules: [any Module]

  /// A sequence of modules.
  public init(_ modules: any Module...) { self.modules = modules }

  /// A sequence of modules.
  public init(_ modules: [any Module]) { self.modules = modules }

  /// Passes `x` through all modules.
  public func forward(_ x: Tensor) -> Tensor { modules.reduce(x) { $1.forward($0) } }

  /// The module at a place.
  public subscript(index: Int) -> any Module { modules[index] }

  /// The modules under their numbers, so that a parameter is called `0.weight`, as in PyTorch.
  public var customMirror: Mirror {
    Mirror(
      self, children: modules.enumerated().map { (label: "\($0)", value: $1) },
      displayStyle: .class)
  }
}
