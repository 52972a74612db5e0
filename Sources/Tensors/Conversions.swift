import NDArrays
import WorkbookArrays

extension Tensor {
  /// A tensor with a copy of an array's elements, float64 or float32 as they are.
  ///
  /// ```swift
  /// import NDArrays
  /// let x = Tensor(NumPyRandom(seed: 0).randn(2, 2))
  /// print(x)
  /// ```
  /// ```output
  /// tensor([[1.7641, 0.4002],
  ///         [0.9787, 2.2409]], dtype: .float64)
  /// ```
  public convenience init<Scalar: NDArrayScalar>(
    _ array: NDArray<Scalar>, requiresGrad: Bool = false
  ) {
    let values = Values(array.shape, Scalar.self == Float.self ? .float32 : .float64)
    array.scalars.withUnsafeBytes { scalars in
      // As many bytes as the values have, which are new and contiguous.
      withExtendedLifetime(values.storage) {
        if let base = scalars.baseAddress {
          values.start.copyMemory(from: base, byteCount: scalars.count)
        }
      }
    }
    values.recordContents()
    self.init(values, requiresGrad: requiresGrad)
  }
}

extension NDArray {
  /// An array with a copy of a tensor's elements, without its history.
  ///
  /// ```swift
  /// import NDArrays
  /// let w = Tensor([[1, 2.5]], requiresGrad: true)
  /// print(NDArray<Double>(w))
  /// ```
  /// ```output
  /// [[1.  2.5]]
  /// ```
  public init(_ tensor: Tensor) {
    self.init(shape: tensor.shape, tensor.toArray().map { Scalar($0) })
  }
}
