import WorkbookArrays

extension Values {
  /// The matrix product, or with `bias`, a row of `columns`, its sum with each row.
  static func mm(_ a: Values, _ b: Values, bias: Values? = nil, _ operation: String = "mm")
    -> Values
  {
    require(
      a.shape.count == 2 && b.shape.count == 2,
      "\(operation): needs two matrices, not \(a.shape) and \(b.shape)")
    let (rows, inner, columns) = (a.shape[0], a.shape[1], b.shape[1])
    require(
      inner == b.shape[0],
      "\(operation): cannot multiply \(a.shape) by \(b.shape); "
        + "the inner sizes \(inner) and \(b.shape[0]) differ")
    if a.dtype != b.dtype { failOnMixing(operation, a.dtype, b.dtype) }
    let result = Values([rows, columns], a.dtype)
    if let bias {
      require(bias.dtype == a.dtype, "\(operation): the bias is \(bias.dtype), not \(a.dtype)")
      require(
        bias.shape.count == 1 && (bias.shape[0] == columns || bias.shape[0] == 1)
          || bias.layout.broadcast(to: result.shape) != nil,
        "\(operation): a bias \(bias.shape) does not fit a result \(result.shape)")
      result.assign(bias)
    } else if inner == 0 {
      result.fill(0)
    }
    result.multiply(a, b, accumulate: bias != nil, operation)
    return result
  }

  /// Sets these values, or adds to them, the product of two matrices.
  private func multiply(_ a: Values, _ b: Values, accumulate: Bool, _ operation: String) {
    if Capture.isOn {
      return record(a, b) { $0.multiply($1, $2, accumulate: accumulate, operation) }
    }
    compute(operation, from: a, b) {
      let (rows, inner, columns) = (a.shape[0], a.shape[1], b.shape[1])
      if rows == 0 || columns == 0 || inner == 0 { return }
      $0.product(rows, columns, inner, a.matrix, b.matrix, matrix, accumulate: accumulate)
    }
  }

  /// The products of the matrices in the last two dimensions, whose inner sizes agree; the others
  /// broadcast.
  static func matmul(_ a: Values, _ b: Values) -> Values {
    if a.shape.count == 2, b.shape.count == 2 { return mm(a, b, "matmul") }
    let outer = broadcastShape(Array(a.shape.dropLast(2)), Array(b.shape.dropLast(2)), "matmul")
    let (rows, inner) = (a.shape[a.shape.count - 2], a.shape[a.shape.count - 1])
    let columns = b.shape[b.shape.count - 1]
    let (x, xBatch) = a.broadcast(to: outer + [rows, inner], "matmul").evenlyApart()
    let (y, yBatch) = b.broadcast(to: outer + [inner, columns], "matmul").evenlyApart()
    let result = Values(outer + [rows, columns], a.dtype)
    if inner == 0 { result.fill(0) }
    result.multiply(outer.reduce(1, *), x, xBatch, y, yBatch)
    return result
  }

  /// Sets these values to the products of stacks of matrices, which lie evenly apart.
  private func multiply(_ batch: Int, _ a: Values, _ aBatch: Int, _ b: Values, _ bBatch: Int) {
    if Capture.isOn { return record(a, b) { $0.multiply(batch, $1, aBatch, $2, bBatch) } }
    let d = shape.count
    let (rows, inner, columns) = (shape[d - 2], a.shape[d - 1], shape[d - 1])
    let isEmpty = count == 0 || inner == 0
    compute("matmul", from: a, b) {
      if isEmpty { return }
      $0.products(
        batch, rows, columns, inner, a.matrix, apart: aBatch, b.matrix, apart: bBatch, matrix)
    }
  }

  /// These values, a stack of matrices, or a copy, such that all matrices lie evenly apart, and how
  /// far in elements.
  private func evenlyApart() -> (Values, Int) {
    let outer = shape.indices.dropLast(2)
    guard let last = outer.last else { return (self, 0) }
    let isEven = outer.dropLast().allSatisfy { strides[$0] == strides[$0 + 1] * shape[$0 + 1] }
    return isEven ? (self, strides[last]) : (copy(), shape[last + 1] * shape[last + 2])
  }

  /// The last two dimensions, for a kernel, of which the last but one is contiguous in a result.
  private var matrix: KernelGrid {
    let d = shape.count - 2
    return KernelGrid(start: start, row: strides[d], column: strides[d + 1])
  }

  /// With the last two dimensions exchanged.
  var matrixTransposed: Values { transposed(shape.count - 2, shape.count - 1) }
}
