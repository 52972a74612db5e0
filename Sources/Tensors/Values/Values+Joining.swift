import WorkbookArrays

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

  /// Values of one shape side by side along a new dimension.
  static func stacked(_ parts: [Values], _ dim: Int) -> Values {
    var shape = parts[0].shape
    shape.insert(parts.count, at: dim)
    let result = Values(shape, parts[0].dtype)
    for (place, part) in zip(result.parts(along: dim), parts) { place.assign(part) }
    return result
  }

  /// The rows that a list of places names.
  func rows(_ places: [Int]) -> Values {
    let x = contiguous()
    let result = Values([places.count] + shape.dropFirst(), dtype)
    let width = shape.dropFirst().reduce(1, *)
    withExtendedLifetime((x.storage, result.storage)) {
      kernel_rows(dtype.byteCount, places.count, width, places, x.start, result.start)
    }
    return result
  }

  /// Zeros in a shape with these values, rows, added at some places.
  func spread(_ places: [Int], into shape: [Int]) -> Values {
    let rows = contiguous()
    let result = Values(filled: 0, shape, dtype)
    let width = shape.dropFirst().reduce(1, *)
    result.compute("index", from: rows) {
      $0.table.add_rows(places.count, width, places, rows.start, result.start)
    }
    return result
  }

  /// The elements where a contiguous mask of this shape holds, `[total]`.
  func compressed(_ mask: Values, _ total: Int) -> Values {
    let x = contiguous()
    let result = Values([total], dtype)
    withExtendedLifetime((x.storage, mask.storage, result.storage)) {
      kernel_compress(
        dtype.byteCount, total, mask.pointer(UInt8.self), x.start, result.start)
    }
    return result
  }

  /// These values, as many as a contiguous mask has places that hold, at those places, 0 elsewhere.
  func expanded(_ mask: Values) -> Values {
    let x = contiguous()
    let result = Values(mask.shape, dtype)
    withExtendedLifetime((x.storage, mask.storage, result.storage)) {
      kernel_expand(
        dtype.byteCount, mask.count, count, mask.pointer(UInt8.self), x.start, result.start)
    }
    return result
  }

  /// How many elements of a mask hold.
  var trueCount: Int {
    let mask = contiguous()
    return withExtendedLifetime(mask.storage) { kernel_count(count, mask.pointer(UInt8.self)) }
  }
}
