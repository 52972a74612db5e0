import WorkbookArrays

/// The memory behind a tensor and all views of it.
final class Storage {
  let dtype: DType
  let count: Int
  private let memory: Memory

  /// How often the elements were changed in place; what saved them for a gradient compares.
  private(set) var version = 0
  /// What changed the elements last, for messages.
  private(set) var lastChange = ""
  /// How often a change in place was recorded in a graph, so that older views are out of date.
  private(set) var recordedChanges = 0

  /// Memory for `count` elements, not initialised.
  init(_ count: Int, _ dtype: DType) {
    self.dtype = dtype
    self.count = count
    memory = Memory(byteCount: count * dtype.byteCount)
  }

  /// Where the elements start; valid as long as this object lives, see `Values.compute`.
  var base: UnsafeMutableRawPointer { memory.base }

  func noteChange(by operation: String, isRecorded: Bool = false) {
    version += 1
    lastChange = operation
    if isRecorded { recordedChanges += 1 }
  }
}
