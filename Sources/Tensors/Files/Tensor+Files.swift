@_exported import enum NDArrays.ArrayFileError
import NDArrays
import WorkbookArrays

extension Tensor {
  /// The tensor in an npy file, as `numpy.save` writes it, of the type that it has there.
  ///
  /// Throws if the file cannot be read, or is none that NumPy would write. For more than one tensor,
  /// see ``loadFile(_:)``.
  ///
  /// ```swift
  /// try Tensor([[1, 2], [3, 4]]).save("x.npy")
  /// print(try Tensor.load("x.npy"))
  /// ```
  /// ```output
  /// tensor([[1., 2.],
  ///         [3., 4.]])
  /// ```
  public static func load(_ path: String) throws(ArrayFileError) -> Tensor {
    let file = try ArrayFile(path)
    let header = try NPYHeader(file)
    let values = Values(header.shape, DType(header.type))
    try file.fill(values, at: header.elements)
    return Tensor(values)
  }

  /// Writes the elements, without history, to an npy file, which `numpy.load` reads.
  ///
  /// The file appears whole, or what was at its path stays. Throws if it cannot be written, or if there
  /// are more than 64 dimensions.
  ///
  /// ```swift
  /// let x = Tensor.arange(3)
  /// try x.save("x.npy")
  /// print(try Tensor.load("x.npy").allClose(x))
  /// ```
  /// ```output
  /// true
  /// ```
  public func save(_ path: String) throws(ArrayFileError) {
    Capture.refuseRead("save")
    try ArrayFile.requireWritable(shape, path)
    let x = values.contiguous()
    defer { withExtendedLifetime(x.storage) {} }
    try ArrayFile.write(path, NPYHeader.bytes(dtype.kernelType, shape), [x.bytes])
  }
}

extension Values {
  /// The memory of these values, contiguous ones; whoever uses it keeps them alive meanwhile.
  var bytes: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: start, count: count * dtype.byteCount)
  }
}

extension ArrayFile {
  /// Fills values, new ones, with the bytes from a place on.
  func fill(_ values: Values, at place: Int) throws(ArrayFileError) {
    defer { withExtendedLifetime(values.storage) {} }
    try fill(
      values.start, values.count * values.dtype.byteCount, of: values.dtype.kernelType, at: place)
    values.recordContents()
  }
}

extension DType {
  init(_ type: KernelType) {
    self =
      switch type {
      case .float32: .float32
      case .float64: .float64
      case .int64: .int64
      default: .bool
      }
  }
}
