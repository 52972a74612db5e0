import Synchronization
import Tensors

/// A part of a network: it computes something from a tensor, and holds what can be learned.
///
/// A class that conforms declares its parts as stored properties and computes in `forward`:
///
/// ```swift
/// import Tensors
///
/// final class TwoLayerNet: Module {
///   let linear1: Linear, linear2: Linear
///
///   init(_ dIn: Int, _ h: Int, _ dOut: Int) {
///     linear1 = Linear(dIn, h)
///     linear2 = Linear(h, dOut)
///   }
///
///   func forward(_ x: Tensor) -> Tensor { linear2(linear1(x).clamp(min: 0)) }
/// }
///
/// let model = TwoLayerNet(1000, 100, 10)
/// print(model(.ones(64, 1000)).shape)
/// print(model)
/// ```
/// ```output
/// [64, 10]
/// TwoLayerNet(
///   (linear1): Linear(inFeatures: 1000, outFeatures: 100, bias: true)
///   (linear2): Linear(inFeatures: 100, outFeatures: 10, bias: true)
/// )
/// ```
///
/// Its parameters are found by a walk over the stored properties, in the order declared, a
/// superclass's first: every leaf tensor that requires a gradient, and the parameters of every
/// module, also within arrays, dictionaries (by key), optionals, tuples and structs. What is shared
/// is found once. One whose `requiresGrad` is set to false is frozen, and passed over.
///
/// A module of several inputs conforms to ``ModuleBase``.
public protocol Module: ModuleBase {
  /// Computes the output for an input.
  func forward(_ x: Tensor) -> Tensor
}

/// What holds parameters and modules, whatever it is computed from: a module of several inputs.
///
/// ```swift
/// import Tensors
///
/// final class Bilinear: ModuleBase {
///   let left = Linear(3, 2), right = Linear(4, 2)
///   func callAsFunction(_ a: Tensor, _ b: Tensor) -> Tensor {
///     left(a) * right(b)
///   }
/// }
/// let model = Bilinear()
/// print(model(.ones(5, 3), .ones(5, 4)).shape, model.parameterCount)
/// ```
/// ```output
/// [5, 2] 18
/// ```
public protocol ModuleBase: AnyObject, CustomStringConvertible {
  /// Whether the module is being trained, as it is at first; `train()` and `eval()` set it.
  var training: Bool { get set }

  /// What stands in the parentheses of the description, before the parts.
  var extraDescription: String { get }
}

extension Module {
  /// Computes the output for an input, as `forward` does: `model(x)`.
  ///
  /// ```swift
  /// import Tensors
  /// let layer = Linear(3, 2)
  /// print(layer(.ones(5, 3)).shape)
  /// ```
  /// ```output
  /// [5, 2]
  /// ```
  public func callAsFunction(_ x: Tensor) -> Tensor { forward(x) }
}

extension ModuleBase {
  /// Whether the module is being trained, as it is at first; `train()` and `eval()` set it.
  ///
  /// ```swift
  /// import Tensors
  /// final class Noisy: Module {
  ///   func forward(_ x: Tensor) -> Tensor {
  ///     training ? x + Tensor.randn(x.shape) : x
  ///   }
  /// }
  /// print(Sequential(Noisy()).eval()(.zeros(3)))
  /// ```
  /// ```output
  /// tensor([0., 0., 0.])
  /// ```
  public var training: Bool {
    get { !modulesInUse.withLock { $0.contains(self) } }
    set { modulesInUse.withLock { $0.set(self, isMember: !newValue) } }
  }

  /// Nothing.
  public var extraDescription: String { "" }

  /// Everything that can be learned, in the order declared.
  ///
  /// ```swift
  /// import Tensors
  /// let model = Sequential(Linear(3, 4), ReLU(), Linear(4, 2))
  /// print(model.parameters().map(\.shape))
  /// ```
  /// ```output
  /// [[4, 3], [4], [2, 4], [2]]
  /// ```
  public func parameters() -> [Tensor] { namedParameters().map(\.parameter) }

  /// Everything that can be learned, with its path, as `linear1.weight`.
  ///
  /// ```swift
  /// import Tensors
  /// let model = Sequential(Linear(3, 4), ReLU(), Linear(4, 2))
  /// for (name, parameter) in model.namedParameters() {
  ///   print(name, parameter.shape)
  /// }
  /// ```
  /// ```output
  /// 0.weight [4, 3]
  /// 0.bias [4]
  /// 2.weight [2, 4]
  /// 2.bias [2]
  /// ```
  public func namedParameters() -> [(name: String, parameter: Tensor)] {
    leaves.filter(\.tensor.requiresGrad).map { ($0.name, $0.tensor) }
  }

  /// Every tensor that no operation made, parameters and others, with its path.
  var leaves: [(name: String, tensor: Tensor)] {
    var walk = Walk()
    walk.visit(self, "")
    return walk.leaves
  }

  /// This module, with an empty name, and all within it, with their paths.
  ///
  /// ```swift
  /// let model = Sequential(Linear(3, 4), ReLU())
  /// for (name, module) in model.namedModules() {
  ///   print("'\(name)'", type(of: module))
  /// }
  /// ```
  /// ```output
  /// '' Sequential
  /// '0' Linear
  /// '1' ReLU
  /// ```
  public func namedModules() -> [(name: String, module: any ModuleBase)] {
    var walk = Walk()
    walk.visit(self, "")
    return walk.modules
  }

  /// How many numbers can be learned.
  ///
  /// ```swift
  /// print(Linear(1000, 100).parameterCount)
  /// ```
  /// ```output
  /// 100100
  /// ```
  public var parameterCount: Int { parameters().reduce(0) { $0 + $1.count } }

  /// Forgets the gradients of all parameters, of frozen ones too.
  ///
  /// ```swift
  /// import Tensors
  /// let layer = Linear(3, 2)
  /// layer(.ones(5, 3)).sum().backward()
  /// layer.zeroGrad()
  /// print(layer.weight.grad == nil)
  /// ```
  /// ```output
  /// true
  /// ```
  public func zeroGrad() {
    for (_, tensor) in leaves { tensor.grad = nil }
  }

  /// Sets this module and all within it to training, or with `false` to use.
  ///
  /// ```swift
  /// let model = Sequential(Linear(3, 4), Dropout())
  /// print(model.eval()[1].training, model.train()[1].training)
  /// ```
  /// ```output
  /// false true
  /// ```
  @discardableResult
  public func train(_ mode: Bool = true) -> Self {
    for (_, module) in namedModules() { module.training = mode }
    return self
  }

  /// Sets this module and all within it to use: ``Dropout`` lets everything through.
  ///
  /// ```swift
  /// import Tensors
  /// print(Dropout(0.5).eval()(.ones(4)))
  /// ```
  /// ```output
  /// tensor([1., 1., 1., 1.])
  /// ```
  @discardableResult
  public func eval() -> Self { train(false) }

  /// The module and its parts, as PyTorch prints them; one that a part refers back to is only named.
  ///
  /// ```swift
  /// print(Sequential(Linear(3, 4), ReLU(), Linear(4, 2)))
  /// ```
  /// ```output
  /// Sequential(
  ///   (0): Linear(inFeatures: 3, outFeatures: 4, bias: true)
  ///   (1): ReLU()
  ///   (2): Linear(inFeatures: 4, outFeatures: 2, bias: true)
  /// )
  /// ```
  public var description: String {
    let (name, own) = ("\(type(of: self))", ObjectIdentifier(self))
    if Describing.modules.contains(own) { return "\(name)(…)" }
    let parts = Describing.$modules.withValue(Describing.modules.union([own])) {
      Walk.members(of: self).compactMap { name, part in
        if case .module(let module) = part { "(\(name)): \(module.description)" } else { nil }
      }
    }
    if parts.isEmpty { return "\(name)(\(extraDescription))" }
    let lines = (extraDescription.isEmpty ? [] : [extraDescription]) + parts
    let indented = lines.map { line in
      "  " + line.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\n  ")
    }
    return "\(name)(\n\(indented.joined(separator: "\n"))\n)"
  }
}

/// The modules whose descriptions are under way, to which parts may refer back.
private enum Describing {
  @TaskLocal static var modules: Set<ObjectIdentifier> = []
}

/// The walk over a module and all within it.
///
/// It reads every property anew: nothing else would notice that one was replaced, or a layer appended
/// to an array. What it keeps is which types have no parts.
private struct Walk {
  enum Part {
    case tensor(Tensor)
    case module(any ModuleBase)
  }

  private(set) var leaves: [(name: String, tensor: Tensor)] = []
  private(set) var modules: [(name: String, module: any ModuleBase)] = []
  private var seen: Set<ObjectIdentifier> = []

  mutating func visit(_ module: any ModuleBase, _ path: String) {
    guard seen.insert(ObjectIdentifier(module)).inserted else { return }
    modules.append((path, module))
    for (name, part) in Self.members(of: module) {
      let path = path.isEmpty ? name : path + "." + name
      switch part {
      case .module(let module): visit(module, path)
      case .tensor(let tensor):
        if tensor.isLeaf, seen.insert(ObjectIdentifier(tensor)).inserted {
          leaves.append((path, tensor))
        }
      }
    }
  }

  /// The tensors and modules among a module's properties, with their names.
  static func members(of module: any ModuleBase) -> [(name: String, part: Part)] {
    // Under their numbers, so that a parameter is called `0.weight`, as in PyTorch.
    if let module = module as? Sequential {
      return module.modules.enumerated().map { ("\($0)", .module($1)) }
    }
    let type = ObjectIdentifier(type(of: module))
    var result: [(name: String, part: Part)] = []
    if isPartless(type) { return result }
    let mirror = Mirror(reflecting: module)
    if hasNoProperties(module, mirror) { keepAsPartless(type) }
    collect(mirror, "", of: mirror, into: &result)
    return result
  }

  private static func collect(
    _ mirror: Mirror, _ prefix: String, of whole: Mirror,
    into members: inout [(name: String, part: Part)]
  ) {
    if let parent = mirror.superclassMirror { collect(parent, prefix, of: whole, into: &members) }
    let isOptional = mirror.displayStyle == .optional
    for (index, child) in mirror.children.enumerated() {
      var name = child.label.map(property) ?? "\(index)"
      // Tuples without labels call their parts `.0`, wrapped properties are stored as `_x`.
      if name.hasPrefix(".") || name.hasPrefix("_") && !has(whole, String(name.dropFirst())) {
        name.removeFirst()
      }
      name = isOptional ? prefix : prefix.isEmpty ? name : prefix + "." + name
      collect(child.value, name, into: &members)
    }
  }

  /// The name of a property that is stored with a label.
  private static func property(_ label: String) -> String {
    label.hasPrefix("$__lazy_storage_$_") ? String(label.dropFirst(18)) : label
  }

  /// Whether a property has a name, in a class or in those above it.
  private static func has(_ mirror: Mirror, _ name: String) -> Bool {
    sequence(first: mirror, next: \.superclassMirror).contains {
      $0.children.contains { $0.label.map(property) == name }
    }
  }

  private static func collect(
    _ value: Any, _ name: String, into members: inout [(name: String, part: Part)]
  ) {
    let (isObject, type) = (type(of: value) is AnyClass, ObjectIdentifier(type(of: value)))
    // Objects may be modules, which count without parts, too. The casts of what is none come last, since
    // they would make an object of each element of an array.
    if !isObject, isPartless(type) || hasPartlessElements(value) { return }
    if let tensor = value as? Tensor {
      members.append((name, .tensor(tensor)))
    } else if let module = value as? any ModuleBase {
      members.append((name, .module(module)))
    } else if let dictionary = value as? [AnyHashable: Any] {
      for (key, value) in dictionary.map({ ("\($0)", $1) }).sorted(by: { $0.0 < $1.0 }) {
        collect(value, name + "." + key, into: &members)
      }
    } else {
      let mirror = Mirror(reflecting: value)
      if mirror.displayStyle == .class || hasNoProperties(value, mirror) {
        keepAsPartless(type)
      } else {
        collect(mirror, name, of: mirror, into: &members)
      }
    }
  }
}

/// The types whose values have no parts, whatever happens to them.
private let partless = Mutex<Set<ObjectIdentifier>>([])

private func isPartless(_ type: ObjectIdentifier) -> Bool {
  partless.withLock { $0.contains(type) }
}

/// Whether a value is an array or the like, of elements without parts.
private func hasPartlessElements(_ value: Any) -> Bool {
  // Where their type is a class, those of a subclass may have some.
  func arePartless<Elements: Sequence>(_ elements: Elements) -> Bool {
    !(Elements.Element.self is AnyClass) && isPartless(ObjectIdentifier(Elements.Element.self))
  }
  guard let elements = value as? any Sequence else { return false }
  return arePartless(elements) && Mirror(reflecting: value).displayStyle == .collection
}

private func keepAsPartless(_ type: ObjectIdentifier) {
  partless.withLock { _ = $0.insert(type) }
}

/// Whether a value's type has no properties at all; of a type that describes itself to mirrors, nobody
/// can tell, but for numbers and strings.
private func hasNoProperties(_ value: Any, _ mirror: Mirror) -> Bool {
  switch mirror.displayStyle {
  case nil, .struct, .class:
    mirror.children.isEmpty && mirror.superclassMirror == nil
      && (!(value is any CustomReflectable) || value is any LosslessStringConvertible)
  default: false
  }
}
