/// From how many elements on a simple operation is worth a second thread.
package let elementwiseGrain = 1 << 15

/// The strides of an array whose rows follow each other.
package func rowMajorStrides(_ shape: [Int]) -> [Int] {
  var strides = shape
  var stride = 1
  for axis in shape.indices.reversed() {
    strides[axis] = stride
    stride *= shape[axis]
  }
  return strides
}

/// The shape that `a` and `b` broadcast to, as in NumPy: axes are matched from the last, and one
/// of size 1 repeats.
///
/// Traps, in the name of `operation`, if there is none.
package func broadcast(_ a: [Int], _ b: [Int], _ operation: StaticString) -> [Int] {
  let (longer, shorter) = a.count >= b.count ? (a, b) : (b, a)
  var shape = longer
  for i in 1..<shorter.count + 1 {
    let (axis, size) = (longer.count - i, shorter[shorter.count - i])
    if shape[axis] == 1 {
      shape[axis] = size
    } else {
      ensure(
        size == 1 || size == shape[axis],
        """
        \(operation): cannot broadcast \(a) and \(b); the sizes \(a[a.count - i]) and \
        \(b[b.count - i]) of axis -\(i) differ
        """)
    }
  }
  return shape
}

/// The strides with which an array of `shape` and `strides` is read in the shape `wider`: 0 along
/// each axis that repeats.
package func broadcastStrides(_ shape: [Int], _ strides: [Int], to wider: [Int]) -> [Int] {
  let lead = wider.count - shape.count
  return wider.indices.map { axis in
    axis < lead || shape[axis - lead] == 1 ? 0 : strides[axis - lead]
  }
}

/// The two-dimensional grids that several operands of one shape are walked in together.
///
/// Neighbouring axes that every operand steps through evenly are merged first, so most operations
/// are a single grid.
package struct Grids {
  /// The size of each grid.
  package let rows: Int
  /// The size of each row.
  package let columns: Int
  /// Each operand's distance between rows.
  package let rowStrides: [Int]
  /// Each operand's distance between columns.
  package let columnStrides: [Int]
  private var outer: [(size: Int, strides: [Int])] = []
  private let isEmpty: Bool

  /// The grids of `shape`, where each operand has its `strides`.
  package init(_ shape: [Int], _ strides: [[Int]]) {
    for (axis, size) in shape.enumerated() where size != 1 {
      let own = strides.map { $0[axis] }
      if let last = outer.last, zip(last.strides, own).allSatisfy({ $0 == $1 * size }) {
        outer[outer.count - 1] = (last.size * size, own)
      } else {
        outer.append((size, own))
      }
    }
    let none = [Int](repeating: 0, count: strides.count)
    let column = outer.popLast() ?? (1, none)
    let row = outer.popLast() ?? (1, none)
    (rows, columns, rowStrides, columnStrides) = (row.0, column.0, row.1, column.1)
    isEmpty = shape.contains(0)
  }

  /// Calls `body` with the offset of each operand at the start of each grid.
  package func forEach(_ body: ([Int]) -> Void) {
    guard !isEmpty else { return }
    walk(outer[...], [Int](repeating: 0, count: rowStrides.count), body)
  }

  private func walk(
    _ axes: ArraySlice<(size: Int, strides: [Int])>, _ offsets: [Int], _ body: ([Int]) -> Void
  ) {
    guard let axis = axes.first else { return body(offsets) }
    var offsets = offsets
    for _ in 0..<axis.size {
      walk(axes.dropFirst(), offsets, body)
      for i in offsets.indices { offsets[i] += axis.strides[i] }
    }
  }
}
