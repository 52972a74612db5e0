/// The numbers of a tensor, a strided view of a storage.
///
/// No gradients at this level; what changes values in place does so for all that share the storage.
struct Values {
  var storage: Storage
  var shape: [Int]
  /// How far apart, in elements, neighbours along each dimension are; 0 where one stands for all.
  var strides: [Int]
  var offset: Int

  /// A view of a storage.
  init(_ storage: Storage, _ shape: [Int], _ strides: [Int], _ offset: Int) {
    self.storage = storage
    self.shape = shape
    self.strides = strides
    self.offset = offset
  }

  /// New values of a shape, not initialised.
  init(_ shape: [Int], _ dtype: DType) {
    var count = 1
    for size in shape { count *= size }
    self.init(Storage(count, dtype), shape, Self.contiguousStrides(shape), 0)
  }

  /// New values in the shape of others, not initialised.
  init(like other: Values) {
    self.init(
      Storage(other.count, other.dtype), other.shape,
      other.isContiguous ? other.strides : Self.contiguousStrides(other.shape), 0)
  }

  /// One value in a shape, standing for all elements.
  init(_ value: Double, _ shape: [Int] = [], _ dtype: DType) {
    self.init(
      Storage(1, dtype), shape, shape.isEmpty ? [] : [Int](repeating: 0, count: shape.count), 0)
    Values(storage, [], [], 0).fill(value)
  }

  /// New values of a shape, all equal.
  init(filled value: Double, _ shape: [Int], _ dtype: DType) {
    self.init(shape, dtype)
    fill(value)
  }

  /// The strides of row-major elements without gaps.
  static func contiguousStrides(_ shape: [Int]) -> [Int] {
    if shape.isEmpty { return [] }
    var strides = [Int](repeating: 1, count: shape.count)
    for d in stride(from: shape.count - 2, through: 0, by: -1) {
      strides[d] = strides[d + 1] * max(shape[d + 1], 1)
    }
    return strides
  }

  var dtype: DType { storage.dtype }

  var count: Int {
    var count = 1
    for size in shape { count *= size }
    return count
  }

  /// Whether the elements follow each other in row-major order without gaps.
  var isContiguous: Bool {
    var expected = 1
    for d in stride(from: shape.count - 1, through: 0, by: -1) where shape[d] != 1 {
      if strides[d] != expected { return shape.contains(0) }
      expected *= shape[d]
    }
    return true
  }

  /// Whether one element stands for all, of which there are some.
  var isSingle: Bool {
    for d in shape.indices where shape[d] != 1 && strides[d] != 0 || shape[d] == 0 { return false }
    return true
  }

  /// The one element that stands for all, without dimensions.
  var single: Values { Values(storage, [], [], offset) }

  /// These values if they are contiguous, otherwise a copy that is.
  func contiguous() -> Values { isContiguous ? self : copy() }

  /// A contiguous copy.
  func copy() -> Values {
    let result = Values(like: self)
    result.assign(self)
    return result
  }

  /// These values, or a copy of them if writing `target` would change some before they are read.
  func unchanged(by target: Values) -> Values {
    guard storage === target.storage else { return self }
    let isInStep = offset == target.offset && shape == target.shape && strides == target.strides
    return isInStep ? self : copy()
  }

  /// Whether an element stands for several.
  var repeats: Bool { shape.indices.contains { strides[$0] == 0 && shape[$0] > 1 } }

  /// Values that nothing else refers to, these if possible.
  consuming func owned() -> Values {
    var values = self
    return isKnownUniquelyReferenced(&values.storage) && values.isContiguous
      && values.storage.count == values.count ? values : values.copy()
  }
}
