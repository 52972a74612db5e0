import NDArrays

/// The dimensions of several operands of one shape, merged where every operand runs on evenly, so
/// that kernels see few and long rows.
struct Grid {
  /// How many rows and columns a kernel is to do at a time.
  let rows: Int
  let columns: Int
  /// For each operand how far apart its rows, and its columns, are.
  let steps: [(row: Int, column: Int)]
  private let outerShape: [Int]
  private let outerStrides: [[Int]]

  /// The grid of a shape of at least one element, given each operand's strides.
  init(_ shape: [Int], _ strides: [[Int]]) {
    var sizes: [Int] = []  // from the last dimension outwards
    var steps = [[Int]](repeating: [], count: strides.count)
    for d in shape.indices.reversed() where shape[d] != 1 {
      if let size = sizes.last,
        strides.indices.allSatisfy({ strides[$0][d] == steps[$0][steps[$0].count - 1] * size })
      {
        sizes[sizes.count - 1] = size * shape[d]
      } else {
        sizes.append(shape[d])
        for i in strides.indices { steps[i].append(strides[i][d]) }
      }
    }
    columns = sizes.first ?? 1
    rows = sizes.count > 1 ? sizes[1] : 1
    self.steps = steps.map { ($0.count > 1 ? $0[1] : 0, $0.first ?? 0) }
    outerShape = Array(sizes.dropFirst(2))
    outerStrides = steps.map { Array($0.dropFirst(2)) }
  }

  /// Calls `body` for grids of rows and columns that make up the whole, with each operand's offset,
  /// on as many threads as pay.
  func forEach(_ body: (_ rows: Int, _ columns: Int, _ offsets: [Int]) -> Void) {
    var offsets = [Int](repeating: 0, count: steps.count)
    guard !outerShape.isEmpty else { return share(offsets, body) }
    var place = [Int](repeating: 0, count: outerShape.count)
    while true {
      share(offsets, body)
      var d = 0
      while d < place.count {
        place[d] += 1
        for i in offsets.indices { offsets[i] += outerStrides[i][d] }
        if place[d] < outerShape[d] { break }
        for i in offsets.indices { offsets[i] -= outerStrides[i][d] * outerShape[d] }
        place[d] = 0
        d += 1
      }
      if d == place.count { return }
    }
  }

  private func share(_ offsets: [Int], _ body: (Int, Int, [Int]) -> Void) {
    guard rows * columns >= 2 * elementwiseGrain else { return body(rows, columns, offsets) }
    if rows > 1 {
      inParallel(rows, grain: max(1, elementwiseGrain / columns)) { range in
        body(
          range.count, columns,
          offsets.indices.map { offsets[$0] + range.lowerBound * steps[$0].row })
      }
    } else {
      inParallel(columns, grain: elementwiseGrain) { range in
        body(
          1, range.count, offsets.indices.map { offsets[$0] + range.lowerBound * steps[$0].column })
      }
    }
  }
}
