import WorkbookArrays

/// The memory behind a tensor and all views of it.
final class Storage {
  let dtype: DType
  let count: Int
  /// Where the elements start; valid as long as this object lives, see `Values.compute`.
  let base: UnsafeMutableRawPointer
  private var memory: Memory

  /// How often the elements were changed in place; what saved them for a gradient compares.
  private(set) var version = 0
  /// What changed the elements last, for messages.
  private(set) var lastChange = ""
  /// How often a change in place was recorded in a graph, so that older views are out of date.
  private(set) var recordedChanges = 0

  /// What records steps that use these elements, and keeps their memory if this object goes.
  private var recording: Recording?
  /// What these steps refer to: the same memory, so that nothing but tensors refers to this object.
  private var shadow: Storage?

  /// Memory for `count` elements, not initialised.
  init(_ count: Int, _ dtype: DType) {
    self.dtype = dtype
    self.count = count
    memory = Memory(byteCount: count * dtype.byteCount)
    base = memory.base
  }

  /// The memory of another storage, which whoever asks keeps alive.
  private init(sharing other: Storage) {
    (dtype, count, base) = (other.dtype, other.count, other.base)
    memory = Memory(sharing: other.memory)
  }

  deinit {
    if let recording { recording.adopt(memory.take()) }
  }

  func noteChange(by operation: String, isRecorded: Bool = false) {
    version += 1
    lastChange = operation
    if isRecorded { recordedChanges += 1 }
  }

  /// What the steps of a recording refer to.
  func shadow(in recording: Recording) -> Storage {
    if let shadow { return shadow }
    let new = Storage(sharing: self)
    (self.recording, shadow) = (recording, new)
    recording.use(self, as: new)
    return new
  }

  /// Ends what `shadow(in:)` began.
  func endRecording() { (recording, shadow) = (nil, nil) }
}
