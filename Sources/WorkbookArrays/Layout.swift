/// How the elements of an array lie in their memory, and what follows from it; the many arrays of one
/// shape share it.
package final class Layout: Sendable {
  package let shape: [Int]
  /// How far apart, in elements, neighbours along each axis are; 0 where one stands for all.
  package let strides: [Int]
  package let count: Int
  /// Whether the elements follow each other in row-major order without gaps.
  package let isContiguous: Bool
  /// Whether the strides are those of such elements also along axes of one element.
  package let isRowMajor: Bool
  /// Whether one element stands for all, of which there are some.
  package let isSingle: Bool

  /// A layout of sizes that are not negative.
  ///
  /// Stops the program if no memory holds as many elements.
  package init(_ shape: [Int], strides: [Int]) {
    requireSizes(shape, "a shape of")
    self.shape = shape
    self.strides = strides
    var (count, stride) = (1, 1)
    var (isContiguous, isRowMajor, isSingle) = (true, true, true)
    for axis in shape.indices.reversed() {
      if strides[axis] != stride {
        isRowMajor = false
        if shape[axis] != 1 { isContiguous = false }
      }
      if shape[axis] != 1, strides[axis] != 0 { isSingle = false }
      count *= shape[axis]
      stride *= max(shape[axis], 1)
    }
    self.count = count
    self.isContiguous = isContiguous || count == 0
    self.isRowMajor = isRowMajor
    self.isSingle = isSingle && count > 0
  }

  /// The layout of row-major elements without gaps.
  package convenience init(_ shape: [Int]) {
    self.init(shape, strides: Self.rowMajorStrides(shape))
  }

  /// The layout of one element without axes.
  package static let scalar = Layout([], strides: [])

  /// The strides of row-major elements without gaps.
  package static func rowMajorStrides(_ shape: [Int]) -> [Int] {
    var strides = shape
    var stride = 1
    for axis in shape.indices.reversed() {
      strides[axis] = stride
      // What overflows is of no layout.
      stride &*= max(shape[axis], 1)
    }
    return strides
  }

  /// How many elements stand before, in and behind a run of axes.
  package func sections(_ first: Int, _ last: Int) -> (outer: Int, length: Int, inner: Int) {
    (
      shape[..<first].reduce(1, *), shape[first...last].reduce(1, *),
      shape[(last + 1)...].reduce(1, *)
    )
  }
}

// Layouts of the same elements in other shapes.
extension Layout {
  /// The elements repeated along new leading axes and along those of size 1; nil if `target` is none
  /// that this shape broadcasts to.
  package func broadcast(to target: [Int]) -> Layout? {
    if shape == target { return self }
    let lead = target.count - shape.count
    if lead < 0 { return nil }
    var result = [Int](repeating: 0, count: target.count)
    for axis in shape.indices {
      if shape[axis] == target[axis + lead] {
        result[axis + lead] = strides[axis]
      } else if shape[axis] != 1 {
        return nil
      }
    }
    return Layout(target, strides: result)
  }

  /// With two axes exchanged.
  package func transposed(_ a: Int, _ b: Int) -> Layout {
    var (shape, strides) = (shape, strides)
    shape.swapAt(a, b)
    strides.swapAt(a, b)
    return Layout(shape, strides: strides)
  }

  /// The axes in another order.
  package func permuted(_ order: [Int]) -> Layout {
    Layout(order.map { shape[$0] }, strides: order.map { strides[$0] })
  }

  /// The axes in reverse order.
  package func reversed() -> Layout { Layout(shape.reversed(), strides: strides.reversed()) }

  /// With an axis of size 1 put in at each of the places, which are ascending.
  package func unsqueezed(_ axes: [Int]) -> Layout {
    var (shape, strides) = (shape, strides)
    for axis in axes {
      shape.insert(1, at: axis)
      strides.insert(axis < strides.count ? strides[axis] : 1, at: axis)
    }
    return Layout(shape, strides: strides)
  }

  /// Without some axes of one place, given ascending.
  package func squeezed(_ axes: [Int]) -> Layout {
    var (shape, strides) = (shape, strides)
    for axis in axes.reversed() {
      shape.remove(at: axis)
      strides.remove(at: axis)
    }
    return Layout(shape, strides: strides)
  }

  /// Of an axis as many places as `size`, `step` apart; where the first is, the caller knows.
  package func resized(_ axis: Int, to size: Int, step: Int = 1) -> Layout {
    var (shape, strides) = (shape, strides)
    shape[axis] = size
    strides[axis] *= step
    return Layout(shape, strides: strides)
  }

  /// The layout that shows these elements in another shape of the same count, if strides can.
  package func reshaped(_ target: [Int]) -> Layout? {
    if isContiguous { return Layout(target) }
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
    return Layout(target, strides: result)
  }
}

/// The places from `lower` up to, not including, `upper` on an axis, as NumPy slices it: negative ends
/// count from the last place, and what is outside is left out.
package func axisPlaces(_ lower: Int, _ upper: Int, on size: Int) -> Range<Int> {
  func onAxis(_ end: Int) -> Int { min(max(end < 0 ? end + size : end, 0), size) }
  let first = onAxis(lower)
  return first..<max(first, onAxis(upper))
}

/// The end of a range on an axis that includes its last place.
package func axisEnd(behind last: Int, on size: Int) -> Int {
  last == -1 || last == .max ? size : last + 1
}

/// The shape that two shapes broadcast to, as in NumPy: axes are matched from the last, and one of
/// size 1 repeats; nil if there is none.
package func broadcastShape(_ a: [Int], _ b: [Int]) -> [Int]? {
  if a == b { return a }
  let (longer, shorter) = a.count >= b.count ? (a, b) : (b, a)
  var shape = longer
  let lead = longer.count - shorter.count
  for axis in shorter.indices where shorter[axis] != longer[axis + lead] {
    if longer[axis + lead] == 1 {
      shape[axis + lead] = shorter[axis]
    } else if shorter[axis] != 1 {
      return nil
    }
  }
  return shape
}

/// How many elements a shape holds; `Int.max` if that is more than can be counted.
package func elementCount(_ shape: [Int]) -> Int {
  shape.reduce(1) { count, size in
    let (product, overflow) = count.multipliedReportingOverflow(by: size)
    return overflow ? .max : product
  }
}

/// Stops the program, in words that begin with `subject`, if no array can have a shape.
package func requireSizes(_ shape: [Int], _ subject: @autoclosure () -> String) {
  require(shape.allSatisfy { $0 >= 0 }, "\(subject()) \(shape) has a negative size")
  require(isCountable(shape), "\(subject()) \(shape) has more elements than any memory")
}

/// Whether memory could ever hold an array of a shape, whose sizes are 0 or more.
package func isCountable(_ shape: [Int]) -> Bool {
  shape.reduce(1.0) { $0 * Double(max($1, 1)) } < 0x1p53
}
