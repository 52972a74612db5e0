import Kernels
import NDArrays

/// What this machine can do at most, measured now on all threads in use.
struct Limits {
  /// Floating-point operations a second, as fused multiply-adds.
  let float32, float64: Double
  /// Bytes a second to and from memory.
  let memory: Double
}

extension Limits {
  /// What they would be without a measurement.
  static let unknown = Limits(float32: 1, float64: 1, memory: 1)

  init() {
    self.init(
      float32: Self.operations { kernel_peak_f32($0) },
      float64: Self.operations { kernel_peak_f64($0) },
      memory: Self.bandwidth())
  }

  private static func operations(_ kernel: (Int) -> Double) -> Double {
    let threads = getNumThreads()
    let steps = 1_000_000
    return best {
      withoutActuallyEscaping(kernel) { kernel in
        inParallel(pieces: threads) { _ in _ = kernel(steps) }
      }
      return kernel(0) + 2 * 12 * lanes(kernel) * Double(steps * threads)
    }
  }

  /// How many operations a multiply-add of a kernel's vectors is, by what it says of one step.
  private static func lanes(_ kernel: (Int) -> Double) -> Double { kernel(1) / 24 }

  private static func bandwidth() -> Double {
    let count = 1 << 25
    let a = Buffer(byteCount: 4 * count), b = Buffer(byteCount: 4 * count)
    let x = a.base.assumingMemoryBound(to: Float.self)
    let y = b.base.assumingMemoryBound(to: Float.self)
    kernel_fill_f32(count, 1, x)
    kernel_fill_f32(count, 1, y)
    return best {
      inParallel(count, grain: 1 << 15) { range in
        let start = range.lowerBound
        kernel_add_scaled_f32(range.count, x + start, 2, y + start, x + start)
      }
      return Double(3 * 4 * count)
    }
  }

  /// The best rate of some work that returns how much it did.
  private static func best(_ work: () -> Double) -> Double {
    (0..<7).map { _ in
      let start = ContinuousClock.now
      let amount = work()
      return amount / ((ContinuousClock.now - start) / .seconds(1))
    }.max() ?? 0
  }
}
