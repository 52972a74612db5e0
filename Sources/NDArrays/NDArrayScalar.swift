package import Kernels

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
  package static var kernels: KernelTable<Self> { _kernels.table }
}

extension Float: NDArrayScalar {
  /// The kernels for this type.
  public static let _kernels = _Kernels(
    KernelTable<Float>(
      binary: kernel_binary_f32, unary: kernel_unary_f32, compare: kernel_compare_f32,
      select: kernel_select_f32, fill: kernel_fill_f32, copy: kernel_copy_f32,
      reduce: kernel_reduce_f32, argExtreme: kernel_arg_extreme_f32,
      product: kernel_product_f32))
}

extension Double: NDArrayScalar {
  /// The kernels for this type.
  public static let _kernels = _Kernels(
    KernelTable<Double>(
      binary: kernel_binary_f64, unary: kernel_unary_f64, compare: kernel_compare_f64,
      select: kernel_select_f64, fill: kernel_fill_f64, copy: kernel_copy_f64,
      reduce: kernel_reduce_f64, argExtreme: kernel_arg_extreme_f64,
      product: kernel_product_f64))
}

/// The kernels of one type, as `Kernels.h` describes them.
public final class _Kernels<Scalar: NDArrayScalar>: Sendable {
  fileprivate let table: KernelTable<Scalar>

  fileprivate init(_ table: KernelTable<Scalar>) { self.table = table }
}

package struct KernelTable<Scalar: NDArrayScalar>: Sendable {
  package typealias Input = UnsafePointer<Scalar>
  package typealias Output = UnsafeMutablePointer<Scalar>
  package typealias Mask = UnsafePointer<UInt8>

  package let binary:
    @Sendable (KernelBinary, Int, Int, Input, Int, Int, Input, Int, Int, Output, Int) -> Void
  package let unary: @Sendable (KernelUnary, Int, Input, Output) -> Void
  package let compare:
    @Sendable (
      KernelComparison, Int, Int, Input, Int, Int, Input, Int, Int, UnsafeMutablePointer<UInt8>
    ) -> Void
  package let select:
    @Sendable (
      Int, Int, Mask, Int, Int, Input, Int, Int, Input, Int, Int, Output, Int
    ) -> Void
  package let fill: @Sendable (Int, Scalar, Output) -> Void
  package let copy: @Sendable (Int, Int, Input, Int, Int, Output, Int, Int) -> Void
  package let reduce: @Sendable (KernelReduction, Int, Int, Int, Input, Int, Output) -> Void
  package let argExtreme:
    @Sendable (Int, Int, Int, Scalar, Input, UnsafeMutablePointer<Int>) -> Void
  package let product:
    @Sendable (
      KernelProduct, Int, Int, Int, Input, Int, Int, Input, Int, Int, Output, Int, Int32
    ) -> Void
}
