import Tensors
import WorkbookArrays

/// Why parameters could not be loaded.
///
/// ```swift
/// import Tensors
/// do {
///   try Linear(3, 2).load(["weight": .ones(2, 3), "bias": .ones(4)])
/// } catch {
///   print(error)
/// }
/// ```
/// ```output
/// load: bias is float32 [2] here and float32 [4] there
/// ```
public enum StateDictError: Error, Equatable, CustomStringConvertible {
  /// Parameters of the module that the dictionary has no tensors for.
  case missing([String])
  /// Tensors that the module has no parameters for.
  case unexpected([String])
  /// A tensor of another shape or type than the parameter.
  case mismatch(name: String, here: String, there: String)

  /// The problem, its place and the way out.
  public var description: String {
    switch self {
    case .missing(let names):
      "load: nothing given for \(names.joined(separator: ", ")); see stateDict()"
    case .unexpected(let names):
      "load: no parameter is called \(names.joined(separator: ", ")); see stateDict()"
    case .mismatch(let name, let here, let there):
      "load: \(name) is \(here) here and \(there) there"
    }
  }
}

extension ModuleBase {
  /// Copies of all parameters, frozen ones too, by their paths, without history; `saveFile` writes
  /// them to a file.
  ///
  /// Traps if two parameters have one path, as private ones of a class and of that above it may.
  ///
  /// ```swift
  /// import Tensors
  /// let (model, other) = (Linear(3, 2), Linear(3, 2))
  /// try other.load(model.stateDict())
  /// print(other(.ones(1, 3)).allClose(model(.ones(1, 3))))
  /// ```
  /// ```output
  /// true
  /// ```
  public func stateDict() -> [String: Tensor] {
    Dictionary(
      uniqueKeysWithValues: learned("stateDict").map { ($0.name, $0.tensor.detach().clone()) })
  }

  /// The parameters, and what was one before it was frozen; traps if two have one path.
  private func learned(_ operation: String) -> [(name: String, tensor: Tensor)] {
    let learned = leaves.filter { $0.tensor.requiresGrad || $0.tensor.isFrozen }
    var names: Set<String> = []
    for (name, _) in learned where !names.insert(name).inserted {
      fail("\(operation): two parameters are called \(name); rename a property or a key")
    }
    return learned
  }

  /// Sets all parameters, frozen ones too, in place, to tensors given by their paths.
  ///
  /// Changes nothing and throws a ``StateDictError`` unless there is one of the same shape and type
  /// for each, and no other. Traps if two parameters have one path.
  ///
  /// ```swift
  /// import Tensors
  /// let layer = Linear(1, 1)
  /// try layer.load(["weight": [[3]], "bias": [4]])
  /// print(layer([[2]]).item())
  ///
  /// try saveFile(layer.stateDict(), "layer.safetensors")
  /// let other = Linear(1, 1)
  /// try other.load(loadFile("layer.safetensors"))
  /// print(other([[2]]).item())
  /// ```
  /// ```output
  /// 10.0
  /// 10.0
  /// ```
  public func load(_ state: [String: Tensor]) throws(StateDictError) {
    let parameters = learned("load")
    let missing = parameters.map(\.name).filter { state[$0] == nil }
    if !missing.isEmpty { throw .missing(missing) }
    let names = Set(parameters.map(\.name))
    let unexpected = state.keys.filter { !names.contains($0) }.sorted()
    if !unexpected.isEmpty { throw .unexpected(unexpected) }
    for (name, parameter) in parameters {
      guard let tensor = state[name] else { continue }
      if tensor.shape != parameter.shape || tensor.dtype != parameter.dtype {
        throw .mismatch(
          name: name, here: "\(parameter.dtype) \(parameter.shape)",
          there: "\(tensor.dtype) \(tensor.shape)")
      }
    }
    noGrad {
      for (name, parameter) in parameters {
        if let tensor = state[name] { parameter.copy(from: tensor) }
      }
    }
  }
}
