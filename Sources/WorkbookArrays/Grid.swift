/// What a kernel reads or writes: where its first element is, how far apart its elements are along
/// each axis, in elements, and how large they are, in bytes.
///
/// Safe as long as whoever makes one keeps the memory alive, and its strides within it.
package struct Operand {
  package let start: UnsafeMutableRawPointer
  package let strides: [Int]
  package let size: Int

  package init(_ start: UnsafeMutableRawPointer, _ strides: [Int], size: Int) {
    self.start = start
    self.strides = strides
    self.size = size
  }
}

/// The axes of several operands of one shape, merged where every operand runs on evenly, so that
/// kernels see few and long rows.
struct Grid {
  /// How far apart neighbours are, in elements, for each of up to four operands.
  typealias Steps = InlineArray<4, Int>

  private struct Axis {
    var size = 1
    var steps = Steps(repeating: 0)
  }

  private let operands: [Operand]
  private let columns: Axis
  private let rows: Axis
  private let outer: [Axis]

  init(_ shape: [Int], _ operands: Operand...) {
    self.operands = operands
    var axes: [Axis] = []  // from the last one outwards
    for d in shape.indices.reversed() where shape[d] != 1 {
      let steps = Steps { $0 < operands.count ? operands[$0].strides[d] : 0 }
      if let last = axes.last, (0..<4).allSatisfy({ steps[$0] == last.steps[$0] * last.size }) {
        axes[axes.count - 1].size *= shape[d]
      } else {
        axes.append(Axis(size: shape[d], steps: steps))
      }
    }
    columns = axes.first ?? Axis()
    rows = axes.count > 1 ? axes[1] : Axis()
    outer = Array(axes.dropFirst(2))
  }

  /// An operand, for a kernel, from its offset on.
  subscript(operand: Int, offsets: Steps) -> KernelGrid {
    let (start, size) = (operands[operand].start, operands[operand].size)
    return KernelGrid(
      start: start + offsets[operand] * size, row: rows.steps[operand],
      column: columns.steps[operand])
  }

  /// Calls `body` for rows and columns that make up the whole, with each operand's offset, on as many
  /// threads as pay.
  func forEach(_ body: (_ rows: Int, _ columns: Int, _ offsets: Steps) -> Void) {
    if rows.size == 0 || columns.size == 0 { return }
    for index in 0..<outer.reduce(1, { $0 * $1.size }) {
      var (rest, offsets) = (index, Steps(repeating: 0))
      for axis in outer {
        offsets.advance(by: rest % axis.size, axis.steps)
        rest /= axis.size
      }
      share(offsets, body)
    }
  }

  private func share(_ offsets: Steps, _ body: (Int, Int, Steps) -> Void) {
    if rows.size * columns.size < 2 * elementwiseGrain {
      body(rows.size, columns.size, offsets)
    } else if rows.size > 1 {
      inParallel(rows.size, grain: max(1, elementwiseGrain / columns.size)) { range in
        var offsets = offsets
        offsets.advance(by: range.lowerBound, rows.steps)
        body(range.count, columns.size, offsets)
      }
    } else {
      inParallel(columns.size, grain: elementwiseGrain) { range in
        var offsets = offsets
        offsets.advance(by: range.lowerBound, columns.steps)
        body(1, range.count, offsets)
      }
    }
  }
}

extension InlineArray<4, Int> {
  fileprivate mutating func advance(by places: Int, _ steps: Self) {
    for i in indices { self[i] += places * steps[i] }
  }
}
