import WorkbookArrays

/// A kernel with the memory it reads and writes, which can be run again.
struct Step {
  /// What is written, and perhaps read.
  let target: Values
  let sources: [Values]
  let kind: Kind
  let run: () -> Void

  /// What can be said of the step.
  enum Kind: Equatable {
    /// Its target is the same each time, unless other steps change it.
    case constant
    /// Its target, new and contiguous, is its source times a number.
    case scaled(by: Double)
    /// It subtracts its second source, element by element, from its target, which is its first.
    case subtracted
    case other
  }
}

/// What is computed while a graph is captured, step by step.
///
/// Steps refer to shadows, so that a storage goes, or is found to be referred to once, as it would if
/// nothing were recorded; its memory is kept here.
class Recording {
  private(set) var steps: [Step] = []
  private var kept: [Buffer] = []
  private var used: [(original: WeakStorage, shadow: Storage)] = []

  private struct WeakStorage {
    weak var storage: Storage?
  }

  /// What records this thread.
  static var current: Recording? { Capture.recorder as? Recording }

  func use(_ storage: Storage, as shadow: Storage) {
    used.append((WeakStorage(storage: storage), shadow))
  }

  /// Keeps the memory of a storage that goes.
  func adopt(_ memory: consuming Memory) { kept.append(Buffer(memory)) }

  /// What a step is to refer to instead of some values.
  func shadow(of values: Values) -> Values {
    Values(values.storage.shadow(in: self), values.layout, values.offset)
  }

  /// Runs a step and keeps it.
  func add(_ step: Step) {
    steps.append(step)
    Capture.with(nil) { step.run() }
  }

  /// Ends the recording; what is left of it is for a graph.
  func finish() -> RecordedSteps {
    var outside: [ObjectIdentifier: Storage] = [:]
    for (original, shadow) in used {
      guard let storage = original.storage else { continue }
      storage.endRecording()
      outside[ObjectIdentifier(shadow)] = storage
    }
    defer { (steps, kept, used) = ([], [], []) }
    return RecordedSteps(steps, kept, outside)
  }
}

/// Steps to run again and again, in memory of their own and in that of tensors.
struct RecordedSteps {
  private let steps: [Step]
  private let kept: [Buffer]
  /// The storages that tensors refer to, by their shadows.
  private let outside: [ObjectIdentifier: Storage]
  /// Those of them that steps write.
  private let changed: [Storage]

  fileprivate init(
    _ steps: [Step], _ kept: [Buffer], _ outside: [ObjectIdentifier: Storage]
  ) {
    var writes: [ObjectIdentifier: Int] = [:]
    for step in steps { writes[ObjectIdentifier(step.target.storage), default: 0] += 1 }
    let changing = steps.filter { step in
      let target = ObjectIdentifier(step.target.storage)
      return !(step.kind == .constant && writes[target] == 1 && outside[target] == nil)
    }
    self.steps = Step.fused(changing) { outside[ObjectIdentifier($0)] == nil }
    (self.kept, self.outside) = (kept, outside)
    changed = outside.filter { writes[$0.key] != nil }.map(\.value)
  }

  func run() {
    for step in steps { step.run() }
    for storage in changed { storage.noteChange(by: "replay") }
  }
}

extension Values {
  /// Records and runs what fills these values.
  func record(as kind: Step.Kind = .other, _ run: @escaping (Values) -> Void) {
    let recording = Recording.current!
    let target = recording.shadow(of: self)
    recording.add(Step(target: target, sources: [], kind: kind) { run(target) })
  }

  /// Records and runs what fills these values from others.
  func record(
    as kind: Step.Kind = .other, _ x: Values, _ run: @escaping (Values, Values) -> Void
  ) {
    let recording = Recording.current!
    let (target, x) = (recording.shadow(of: self), recording.shadow(of: x))
    recording.add(Step(target: target, sources: [x], kind: kind) { run(target, x) })
  }

  /// Records and runs what fills these values from two others.
  func record(
    as kind: Step.Kind = .other, _ x: Values, _ y: Values,
    _ run: @escaping (Values, Values, Values) -> Void
  ) {
    let recording = Recording.current!
    let (target, x, y) = (
      recording.shadow(of: self), recording.shadow(of: x), recording.shadow(of: y)
    )
    recording.add(Step(target: target, sources: [x, y], kind: kind) { run(target, x, y) })
  }

  /// Records and runs what fills these values from three others.
  func record(
    as kind: Step.Kind = .other, _ x: Values, _ y: Values, _ z: Values,
    _ run: @escaping (Values, Values, Values, Values) -> Void
  ) {
    let recording = Recording.current!
    let (target, x, y, z) = (
      recording.shadow(of: self), recording.shadow(of: x), recording.shadow(of: y),
      recording.shadow(of: z)
    )
    recording.add(Step(target: target, sources: [x, y, z], kind: kind) { run(target, x, y, z) })
  }

  /// Records what was put into these values, new ones, by other means than kernels.
  func recordContents() {
    guard Capture.isOn else { return }
    let contents = Capture.with(nil) { copy() }
    record(as: .constant) { $0.assign(contents) }
  }
}
