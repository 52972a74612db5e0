extension Values {
  /// Values one after the other along a dimension.
  static func joined(_ parts: [Values], _ dim: Int) -> Values {
    var shape = parts[0].shape
    shape[dim] = parts.reduce(0) { $0 + $1.shape[dim] }
    let result = Values(shape, parts[0].dtype)
    var start = 0
    for part in parts {
      let end = start + part.shape[dim]
      result.slice(dim, start..<end).assign(part)
      start = end
    }
    return result
  }

  /// The rows that a list of places names.
  func rows(_ places: [Int]) -> Values {
    let result = Values([places.count] + shape.dropFirst(), dtype)
    for (i, place) in places.enumerated() { result.select(0, i).assign(select(0, place)) }
    return result
  }

  /// The places where a mask holds, counted in row-major order.
  var places: [Int] {
    let x = contiguous()
    return (0..<count).filter { x.element($0) != 0 }
  }
}
