import WorkbookArrays

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
      float32: Self.operations(.float32), float64: Self.operations(.float64),
      memory: Self.bandwidth())
  }

  private static func operations(_ kernels: Kernels) -> Double {
    let (peak, threads) = (kernels.table.peak, threadCount)
    let steps = 1_000_000
    return best {
      inParallel(pieces: threads) { _ in _ = peak(steps) }
      return peak(1) * Double(steps * threads)
    }
  }

  private static func bandwidth() -> Double {
    let count = 1 << 25
    let a = Buffer(byteCount: 4 * count), b = Buffer(byteCount: 4 * count)
    var one: Float = 1
    for buffer in [a, b] { kernel_fill(4, count, &one, buffer.base) }
    return best {
      Kernels.float32.binary(.add, count, a.base, b.base, a.base)
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
