import NDArrays

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
    let result = Values([rows, columns], a.dtype)
    if let bias {
      require(bias.dtype == a.dtype, "\(operation): the bias is \(bias.dtype), not \(a.dtype)")
      result.assign(bias)
    } else if inner == 0 {
      result.fill(0)
    }
    let accumulate = bias != nil
    if rows == 0 || columns == 0 || inner == 0 {
      result.withPointers(operation, a, b, f32: { _, _, _ in }, f64: { _, _, _ in })
      return result
    }
    result.withPointers(
      operation, a, b,
      f32: {
        matrixProduct(
          rows, columns, inner, $0, aRow: a.strides[0], aColumn: a.strides[1],
          $1, bRow: b.strides[0], bColumn: b.strides[1],
          $2, cRow: columns, accumulate: accumulate)
      },
      f64: {
        matrixProduct(
          rows, columns, inner, $0, aRow: a.strides[0], aColumn: a.strides[1],
          $1, bRow: b.strides[0], bColumn: b.strides[1],
          $2, cRow: columns, accumulate: accumulate)
      })
    return result
  }

  /// The products of the matrices in the last two dimensions, the others broadcast.
  static func matmul(_ a: Values, _ b: Values) -> Values {
    if a.shape.count == 2, b.shape.count == 2 { return mm(a, b, "matmul") }
    let outer = broadcastShape(Array(a.shape.dropLast(2)), Array(b.shape.dropLast(2)), "matmul")
    let x = a.broadcast(to: outer + a.shape.suffix(2), "matmul")
    let y = b.broadcast(to: outer + b.shape.suffix(2), "matmul")
    let (rows, columns) = (x.shape[outer.count], y.shape[outer.count + 1])
    let result = Values(outer + [rows, columns], a.dtype)
    func matrix(_ values: Values, _ index: Int) -> Values {
      var (rest, place) = (index, values.offset)
      for d in outer.indices.reversed() {
        place += rest % outer[d] * values.strides[d]
        rest /= outer[d]
      }
      return Values(
        values.storage, Array(values.shape.suffix(2)), Array(values.strides.suffix(2)), place)
    }
    for index in 0..<outer.reduce(1, *) {
      matrix(result, index).assign(mm(matrix(x, index), matrix(y, index), "matmul"))
    }
    return result
  }

  /// With the last two dimensions exchanged.
  var matrixTransposed: Values { transposed(shape.count - 2, shape.count - 1) }
}
