/// How values lie in their storage, and what follows from it; the many values of one shape share it.
final class Layout: Sendable {
  let shape: [Int]
  /// How far apart, in elements, neighbours along each dimension are; 0 where one stands for all.
  let strides: [Int]
  let count: Int
  /// Whether the elements follow each other in row-major order without gaps.
  let isContiguous: Bool
  /// Whether one element stands for all, of which there are some.
  let isSingle: Bool

  init(_ shape: [Int], strides: [Int]) {
    self.shape = shape
    self.strides = strides
    var (count, isContiguous, isSingle) = (1, true, true)
    for d in stride(from: shape.count - 1, through: 0, by: -1) {
      if shape[d] != 1 {
        if strides[d] != count { isContiguous = false }
        if strides[d] != 0 { isSingle = false }
      }
      count *= shape[d]
    }
    self.count = count
    self.isContiguous = isContiguous || count == 0
    self.isSingle = isSingle && count > 0
  }

  /// The layout of row-major elements without gaps.
  convenience init(_ shape: [Int]) { self.init(shape, strides: Self.contiguousStrides(shape)) }

  /// The layout of one value without dimensions.
  static let scalar = Layout([], strides: [])

  /// The strides of row-major elements without gaps.
  static func contiguousStrides(_ shape: [Int]) -> [Int] {
    if shape.isEmpty { return [] }
    var strides = [Int](repeating: 1, count: shape.count)
    for d in stride(from: shape.count - 2, through: 0, by: -1) {
      strides[d] = strides[d + 1] * max(shape[d + 1], 1)
    }
    return strides
  }
}
