/// The one place where values turn into pointers.
///
/// Safe because `shape`, `strides` and `offset` stay within the storage by construction of every
/// view, because a kernel touches only what the grid it is given spans, and because the storages
/// are kept alive until the body returns; the pointers must not leave the body.
extension Values {
  @inline(__always)
  func pointer<Scalar>(_: Scalar.Type) -> UnsafeMutablePointer<Scalar> {
    storage.base.assumingMemoryBound(to: Scalar.self) + offset
  }

  /// Calls one of two bodies, by the element type, with a pointer to the values.
  @inline(__always)
  func withPointers(
    _ operation: @autoclosure () -> String,
    f32: (UnsafeMutablePointer<Float>) -> Void, f64: (UnsafeMutablePointer<Double>) -> Void
  ) {
    withExtendedLifetime(storage) {
      switch dtype {
      case .float32: f32(pointer(Float.self))
      case .float64: f64(pointer(Double.self))
      default: failOnIntegers(operation(), dtype)
      }
    }
  }

  /// Calls one of two bodies with pointers to one input and these values.
  @inline(__always)
  func withPointers(
    _ operation: @autoclosure () -> String, _ x: Values,
    f32: (UnsafePointer<Float>, UnsafeMutablePointer<Float>) -> Void,
    f64: (UnsafePointer<Double>, UnsafeMutablePointer<Double>) -> Void
  ) {
    withExtendedLifetime((storage, x.storage)) {
      switch x.dtype {
      case .float32: f32(x.pointer(Float.self), pointer(Float.self))
      case .float64: f64(x.pointer(Double.self), pointer(Double.self))
      default: failOnIntegers(operation(), x.dtype)
      }
    }
  }

  /// Calls one of two bodies with pointers to two inputs and these values.
  @inline(__always)
  func withPointers(
    _ operation: @autoclosure () -> String, _ a: Values, _ b: Values,
    f32: (UnsafePointer<Float>, UnsafePointer<Float>, UnsafeMutablePointer<Float>) -> Void,
    f64: (UnsafePointer<Double>, UnsafePointer<Double>, UnsafeMutablePointer<Double>) -> Void
  ) {
    withExtendedLifetime((storage, a.storage, b.storage)) {
      guard a.dtype == b.dtype else { failOnMixing(operation(), a.dtype, b.dtype) }
      switch a.dtype {
      case .float32: f32(a.pointer(Float.self), b.pointer(Float.self), pointer(Float.self))
      case .float64: f64(a.pointer(Double.self), b.pointer(Double.self), pointer(Double.self))
      default: failOnIntegers(operation(), a.dtype)
      }
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
