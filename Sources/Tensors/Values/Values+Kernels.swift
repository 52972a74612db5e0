import WorkbookArrays

/// The one place where values turn into pointers.
///
/// Safe because `shape`, `strides` and `offset` stay within the storage by construction of every
/// view, because a kernel touches only what the grid it is given spans, and because the storages
/// are kept alive until the body returns; the pointers must not leave the body.
extension Values {
  /// Where the first element is.
  @inline(__always)
  var start: UnsafeMutableRawPointer { storage.base + offset * dtype.byteCount }

  @inline(__always)
  func pointer<Scalar>(_: Scalar.Type) -> UnsafeMutablePointer<Scalar> {
    start.assumingMemoryBound(to: Scalar.self)
  }

  /// What a kernel is told of these values.
  var operand: Operand { Operand(start, strides, size: dtype.byteCount) }

  /// Calls `body`, which fills these values from others, with the kernels for the others' type.
  @inline(__always)
  func compute(
    _ operation: @autoclosure () -> String, from x: Values, _ body: (Kernels) -> Void
  ) {
    withExtendedLifetime((storage, x.storage)) { body(x.dtype.kernels(operation())) }
  }

  /// Calls `body`, which fills these values from two others, with the kernels for their type.
  @inline(__always)
  func compute(
    _ operation: @autoclosure () -> String, from a: Values, _ b: Values, _ body: (Kernels) -> Void
  ) {
    withExtendedLifetime((storage, a.storage, b.storage)) {
      guard a.dtype == b.dtype else { failOnMixing(operation(), a.dtype, b.dtype) }
      body(a.dtype.kernels(operation()))
    }
  }
}

extension DType {
  /// The kernels of a floating-point type; traps, in the name of an operation, for the others.
  @inline(__always)
  func kernels(_ operation: @autoclosure () -> String) -> Kernels {
    switch self {
    case .float32: .float32
    case .float64: .float64
    default: failOnIntegers(operation(), self)
    }
  }
}

@inline(never)
func failOnIntegers(_ operation: String, _ dtype: DType) -> Never {
  fail("\(operation): not defined for \(dtype); convert with .to(.float32)")
}

@inline(never)
func failOnMixing(_ operation: String, _ a: DType, _ b: DType) -> Never {
  fail("\(operation): cannot mix \(a) and \(b); convert one with .to(.\(a)) or .to(.\(b))")
}
