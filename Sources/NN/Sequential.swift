import Tensors

/// Modules one after the other: each computes from what the one before it returned.
///
/// ```swift
/// import Tensors
/// let model = Sequential(Linear(1000, 100), ReLU(), Linear(100, 10))
/// print(model(.ones(64, 1000)).shape, model.parameterCount)
/// ```
/// ```output
/// [64, 10] 101110
/// ```
public final class Sequential: Module {
  /// The modules in order.
  public let modules: [any Module]

  /// A sequence of modules.
  public init(_ modules: any Module...) { self.modules = modules }

  /// A sequence of modules.
  public init(_ modules: [any Module]) { self.modules = modules }

  /// Passes `x` through all modules.
  ///
  /// ```swift
  /// import Tensors
  /// print(Sequential(ReLU(), Tanh()).forward([-1, 0, 2]))
  /// ```
  /// ```output
  /// tensor([0.0000, 0.0000, 0.9640])
  /// ```
  public func forward(_ x: Tensor) -> Tensor { modules.reduce(x) { $1.forward($0) } }

  /// The module at a place.
  ///
  /// Traps if there is none.
  ///
  /// ```swift
  /// print(Sequential(Linear(3, 4), ReLU())[0])
  /// ```
  /// ```output
  /// Linear(inFeatures: 3, outFeatures: 4, bias: true)
  /// ```
  public subscript(index: Int) -> any Module { modules[index] }
}
