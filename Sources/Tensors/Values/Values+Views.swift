import WorkbookArrays

/// Views: other shapes over the same storage.
extension Values {
  /// The shape that two shapes broadcast to; traps, in the name of an operation, if there is none.
  static func broadcastShape(_ a: [Int], _ b: [Int], _ operation: String) -> [Int] {
    if let shape = WorkbookArrays.broadcastShape(a, b) { return shape }
    let (longer, shorter) = a.count >= b.count ? (a, b) : (b, a)
    let (x, y) = zip(shorter, longer.suffix(shorter.count))
      .first { $0 != $1 && $0 != 1 && $1 != 1 }!
    fail(
      "\(operation): cannot broadcast \(a) with \(b); "
        + "the sizes \(x) and \(y) differ and neither is 1")
  }

  /// These values in another layout of the same storage.
  private func viewed(_ layout: Layout) -> Values { Values(storage, layout, offset) }

  /// These values repeated along new leading dimensions and along those of size 1.
  func broadcast(to target: [Int], _ operation: String) -> Values {
    guard let layout = layout.broadcast(to: target) else {
      fail("\(operation): cannot broadcast \(shape) to \(target)")
    }
    return viewed(layout)
  }

  func transposed(_ a: Int, _ b: Int) -> Values { viewed(layout.transposed(a, b)) }

  func permuted(_ order: [Int]) -> Values { viewed(layout.permuted(order)) }

  /// The same elements in another shape of the same count, a view where the strides allow.
  func reshaped(_ target: [Int]) -> Values {
    if shape == target { return self }
    if let layout = layout.reshaped(target) { return viewed(layout) }
    return copy().viewed(Layout(target))
  }

  /// With a dimension of size 1 put in at each of the places, which are ascending.
  func unsqueezed(_ dims: [Int]) -> Values { viewed(layout.unsqueezed(dims)) }

  /// Without some dimensions of size 1, given ascending.
  func squeezed(_ dims: [Int]) -> Values { viewed(layout.squeezed(dims)) }

  /// The places `range` along a dimension.
  func slice(_ dim: Int, _ range: Range<Int>) -> Values {
    Values(storage, layout.resized(dim, to: range.count), offset + range.lowerBound * strides[dim])
  }

  /// As many places as `count` along a dimension, `step` apart.
  func slice(_ dim: Int, _ first: Int, _ count: Int, step: Int) -> Values {
    Values(
      storage, layout.resized(dim, to: count, step: step),
      count == 0 ? offset : offset + first * strides[dim])
  }

  /// What stands at each place along a dimension, without that dimension.
  func parts(along dim: Int) -> [Values] {
    // All of one layout.
    let part = layout.resized(dim, to: 1).squeezed([dim])
    return (0..<shape[dim]).map { Values(storage, part, offset + $0 * strides[dim]) }
  }

  /// The place `index` along a dimension, without that dimension.
  func select(_ dim: Int, _ index: Int) -> Values {
    slice(dim, index..<index + 1).squeezed([dim])
  }
}
