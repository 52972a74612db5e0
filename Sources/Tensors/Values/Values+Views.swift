/// Views: other shapes over the same storage.
extension Values {
  /// The shape that two shapes broadcast to, by NumPy's rules.
  static func broadcastShape(_ a: [Int], _ b: [Int], _ operation: String) -> [Int] {
    if a == b { return a }
    var result = a.count >= b.count ? a : b
    let shorter = a.count >= b.count ? b : a
    let shift = result.count - shorter.count
    for d in shorter.indices where shorter[d] != result[d + shift] {
      if result[d + shift] == 1 {
        result[d + shift] = shorter[d]
      } else if shorter[d] != 1 {
        fail(
          "\(operation): cannot broadcast \(a) with \(b); "
            + "the sizes \(shorter[d]) and \(result[d + shift]) differ and neither is 1")
      }
    }
    return result
  }

  /// These values repeated along new leading dimensions and along those of size 1.
  func broadcast(to target: [Int], _ operation: String) -> Values {
    if shape == target { return self }
    let shift = target.count - shape.count
    var result = [Int](repeating: 0, count: target.count)
    for d in target.indices where d >= shift {
      if shape[d - shift] == target[d] {
        result[d] = strides[d - shift]
      } else if shape[d - shift] != 1 {
        fail("\(operation): cannot broadcast \(shape) to \(target)")
      }
    }
    require(shift >= 0, "\(operation): cannot broadcast \(shape) to \(target)")
    return Values(storage, target, result, offset)
  }

  func transposed(_ a: Int, _ b: Int) -> Values {
    var (shape, strides) = (shape, strides)
    shape.swapAt(a, b)
    strides.swapAt(a, b)
    return Values(storage, shape, strides, offset)
  }

  /// The same elements in another shape of the same count, a view where the strides allow.
  func reshaped(_ target: [Int]) -> Values {
    if shape == target { return self }
    if !isContiguous, let strides = strides(as: target) {
      return Values(storage, target, strides, offset)
    }
    let source = contiguous()
    return Values(source.storage, Layout(target), source.offset)
  }

  /// The strides that show these elements in another shape of the same count, if any do.
  private func strides(as target: [Int]) -> [Int]? {
    var result = [Int](repeating: 1, count: target.count)
    var next = target.count - 1
    var end = shape.count - 1
    while end >= 0 {
      // Neighbours that run on evenly are one run, which sizes of the target divide from its end.
      var (first, length) = (end, shape[end])
      while first > 0, shape[first - 1] == 1 || strides[first - 1] == length * strides[end] {
        first -= 1
        length *= shape[first]
      }
      var step = strides[end]
      while next >= 0, length > 1 || target[next] == 1 {
        guard length % target[next] == 0 else { return nil }
        result[next] = step
        step *= target[next]
        length /= target[next]
        next -= 1
      }
      if length > 1 { return nil }
      end = first - 1
    }
    return result
  }

  /// With a dimension of size 1 put in at each of the places, which are ascending.
  func unsqueezed(_ dims: [Int]) -> Values {
    var (shape, strides) = (shape, strides)
    for d in dims {
      shape.insert(1, at: d)
      strides.insert(d < strides.count ? strides[d] : 1, at: d)
    }
    return Values(storage, shape, strides, offset)
  }

  /// Without some dimensions of size 1, given ascending.
  func squeezed(_ dims: [Int]) -> Values {
    var (shape, strides) = (shape, strides)
    for d in dims.reversed() {
      shape.remove(at: d)
      strides.remove(at: d)
    }
    return Values(storage, shape, strides, offset)
  }

  /// The places `range` along a dimension.
  func slice(_ dim: Int, _ range: Range<Int>) -> Values {
    var shape = shape
    shape[dim] = range.count
    return Values(storage, shape, strides, offset + range.lowerBound * strides[dim])
  }

  /// The place `index` along a dimension, without that dimension.
  func select(_ dim: Int, _ index: Int) -> Values {
    slice(dim, index..<index + 1).squeezed([dim])
  }
}
