internal import WorkbookArrays

extension NDArray {
  /// The array in an npy file, as `numpy.save` writes it.
  ///
  /// Throws if the file cannot be read, is none that NumPy would write, or holds elements of another
  /// type than this.
  ///
  /// ```swift
  /// let x: NDArray<Double> = [[1, 2], [3, 4]]
  /// try x.save("x.npy")
  /// print(try NDArray<Double>.load("x.npy"))
  /// ```
  /// ```output
  /// [[1. 2.]
  ///  [3. 4.]]
  /// ```
  public static func load(_ path: String) throws(ArrayFileError) -> NDArray {
    let file = try ArrayFile(path)
    let header = try NPYHeader(file)
    guard header.type == kernelType else {
      throw .mismatch(path: path, there: Self.words(header.type), here: Self.words(kernelType))
    }
    let result = NDArray(uninitialized: header.shape)
    try file.fill(result.buffer.base, header.byteCount, of: header.type, at: header.elements)
    return result
  }

  /// Writes the array to an npy file, which `numpy.load` reads.
  ///
  /// The file appears whole, or what was at its path stays. Throws if it cannot be written, or if there
  /// are more than 64 dimensions.
  ///
  /// ```swift
  /// try NDArray<Float>([1, 2, 3]).save("x.npy")
  /// print(try NDArray<Float>.load("x.npy"))
  /// ```
  /// ```output
  /// [1. 2. 3.]
  /// ```
  public func save(_ path: String) throws(ArrayFileError) {
    try ArrayFile.requireWritable(shape, path)
    let x = contiguous()
    let header = NPYHeader.bytes(Self.kernelType, shape)
    let elements = UnsafeRawBufferPointer(
      start: x.pointer, count: count * MemoryLayout<Scalar>.stride)
    defer { withExtendedLifetime(x) {} }
    try ArrayFile.write(path, header, [elements])
  }

  private static var kernelType: KernelType {
    Scalar.self == Float.self ? .float32 : .float64
  }

  private static func words(_ type: KernelType) -> String {
    switch type {
    case .float32: "float32"
    case .float64: "float64"
    case .int64: "int64"
    default: "bool"
    }
  }
}
