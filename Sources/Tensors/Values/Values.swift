import WorkbookArrays

/// The numbers of a tensor, a strided view of a storage.
///
/// No gradients at this level; what changes values in place does so for all that share the storage.
struct Values {
  var storage: Storage
  let layout: Layout
  let offset: Int

  /// A view of a storage.
  init(_ storage: Storage, _ layout: Layout, _ offset: Int) {
    self.storage = storage
    self.layout = layout
    self.offset = offset
  }

  /// A view of a storage.
  init(_ storage: Storage, _ shape: [Int], _ strides: [Int], _ offset: Int) {
    self.init(storage, Layout(shape, strides: strides), offset)
  }

  /// New values of a shape, not initialised.
  init(_ shape: [Int], _ dtype: DType) {
    let layout = shape.isEmpty ? .scalar : Layout(shape)
    self.init(Storage(layout.count, dtype), layout, 0)
  }

  /// New values in the shape of others, not initialised.
  init(like other: Values) {
    self.init(
      Storage(other.count, other.dtype), other.isContiguous ? other.layout : Layout(other.shape), 0)
  }

  /// One value in a shape, standing for all elements.
  init(_ value: Double, _ shape: [Int] = [], _ dtype: DType) {
    let storage = Storage(1, dtype)
    let element = Values(storage, .scalar, 0)
    if Capture.isOn {
      element.record(as: .constant) { $0.setElement(0, value) }
    } else {
      element.setElement(0, value)
    }
    self.init(
      storage,
      shape.isEmpty
        ? .scalar : Layout(shape, strides: [Int](repeating: 0, count: shape.count)), 0)
  }

  /// A number without dimensions, exact where an integer stands among integers.
  init(number: some Number, _ dtype: DType) {
    guard dtype == .int64, let integer = number as? Int else {
      self.init(number._double, [], dtype)
      return
    }
    self.init([], dtype)
    setInteger(0, integer)
    recordContents()
  }

  /// New values of a shape, all equal.
  init(filled value: Double, _ shape: [Int], _ dtype: DType) {
    self.init(shape, dtype)
    fill(value)
  }

  var shape: [Int] { layout.shape }
  var strides: [Int] { layout.strides }
  var count: Int { layout.count }
  var dtype: DType { storage.dtype }
  var isContiguous: Bool { layout.isContiguous }
  var isSingle: Bool { layout.isSingle }

  /// The one element that stands for all, without dimensions.
  var single: Values { Values(storage, .scalar, offset) }

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
    let isInStep =
      offset == target.offset
      && (layout === target.layout || shape == target.shape && strides == target.strides)
    return isInStep ? self : copy()
  }

  /// Whether an element stands for several.
  var repeats: Bool { count > 0 && shape.indices.contains { strides[$0] == 0 && shape[$0] > 1 } }

  /// Values that nothing else refers to, these if possible.
  consuming func owned() -> Values {
    var values = self
    return isKnownUniquelyReferenced(&values.storage) && values.isContiguous
      && values.storage.count == values.count ? values : values.copy()
  }
}
