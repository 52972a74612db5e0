internal import WorkbookArrays

/// A type of number that arrays hold: `Float` or `Double`.
///
/// ```swift
/// func mean<Scalar>(_ x: NDArray<Scalar>) -> Scalar {
///   x.sum() / Scalar(x.count)
/// }
/// print(mean([1, 2] as NDArray<Float>), mean([1, 2] as NDArray<Double>))
/// ```
/// ```output
/// 1.5 1.5
/// ```
public protocol NDArrayScalar: BinaryFloatingPoint, LosslessStringConvertible, Sendable {
  /// The kernels of this type: generic code reaches them in one call for a whole array.
  static var _kernels: _Kernels<Self> { get }
}

extension NDArrayScalar {
  static var kernels: Kernels { _kernels.kernels }

  /// The number; of what is none, without the sign that processors leave and Swift prints.
  var unsignedIfNaN: Self { isNaN ? .nan : self }
}

extension Float: NDArrayScalar {
  /// The kernels for this type.
  public static let _kernels = _Kernels<Float>(.float32)
}

extension Double: NDArrayScalar {
  /// The kernels for this type.
  public static let _kernels = _Kernels<Double>(.float64)
}

/// The kernels of one type, which no other type has.
public final class _Kernels<Scalar: NDArrayScalar>: Sendable {
  fileprivate let kernels: Kernels

  fileprivate init(_ kernels: Kernels) { self.kernels = kernels }
}
