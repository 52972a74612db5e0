import WorkbookArrays

/// The type of a tensor's elements.
///
/// Gradients are for the two floating-point types; `int64` serves to count, as indices and as
/// classes, `bool` as masks.
///
/// ```swift
/// let x: Tensor = [1, 2]
/// print(x.dtype, (x .> 1).dtype, x.argmax().dtype, x.to(.float64).dtype)
/// ```
/// ```output
/// float32 bool int64 float64
/// ```
public enum DType: Sendable, Hashable, CustomStringConvertible {
  /// 32-bit floating point, the default.
  case float32
  /// 64-bit floating point.
  case float64
  /// 64-bit integers: what `randint`, `randperm` and `argmax` return, and what indices are.
  case int64
  /// Truth values: what comparisons return, and what masks are.
  case bool

  /// The name, as PyTorch prints it.
  public var description: String {
    switch self {
    case .float32: "float32"
    case .float64: "float64"
    case .int64: "int64"
    case .bool: "bool"
    }
  }

  /// Whether gradients are defined.
  public var isFloatingPoint: Bool { self == .float32 || self == .float64 }

  /// What kernels call the type.
  var kernelType: KernelType {
    switch self {
    case .float32: .float32
    case .float64: .float64
    case .int64: .int64
    case .bool: .bool
    }
  }

  /// The size of an element in bytes.
  var byteCount: Int {
    switch self {
    case .float32: 4
    case .float64, .int64: 8
    case .bool: 1
    }
  }
}
