import WorkbookConfinement

/// What is linked to every program: it sees to unbuffered output, and notes on a descriptor of the
/// runner's when a cell begins, and where a runtime error struck or an error was thrown.
enum ProgramRuntime {
  /// The descriptor that records go to.
  static let recordDescriptor: Int32 = 3
  /// The symbol that a program calls at the start of each cell.
  static let cellBegan = "workbook_cell_began"

  /// Its source; every record is a row of 64-bit words in the machine's byte order.
  ///
  /// In a signal handler next to nothing is allowed: the code after a signal allocates nothing,
  /// takes no lock, and calls only `write`, `mmap`, `raise` and the unwinder.
  static let source = """
    \(system)

    @_silgen_name("\(cellBegan)")
    public func cellBegan(_ index: Int) {
      // Once, before the program's first line.
      _ = initialized
      var status = stat()
      guard fstat(1, &status) == 0 else { return }
      var record = (\(Record.cell), index, Int(status.st_size))
      _ = withUnsafeBytes(of: &record) { write(\(recordDescriptor), $0.baseAddress, $0.count) }
    }

    // Swift's calling convention is C's for arguments such as these.
    @_silgen_name("_Unwind_Backtrace")
    func unwind(
      _ visit: @convention(c) (OpaquePointer?, UnsafeMutableRawPointer?) -> Int32,
      _ argument: UnsafeMutableRawPointer?
    ) -> Int32

    @_silgen_name("_Unwind_GetIPInfo")
    func instructionPointer(_ context: OpaquePointer?, _ isExact: UnsafeMutablePointer<Int32>) -> Int

    // Of a deep recursion the first and the last frames are kept.
    let half = \(Record.frames / 2)
    nonisolated(unsafe) let record = UnsafeMutablePointer<Int>.allocate(
      capacity: \(Record.frames + 3))

    // The main thread's last throw: should nobody catch it, its place is the program's last.
    let thrownFrames = \(Record.thrownFrames)
    nonisolated(unsafe) let thrown = UnsafeMutablePointer<Int>.allocate(capacity: thrownFrames + 2)
    nonisolated(unsafe) var throwsLeft = \(Record.throws)
    nonisolated(unsafe) var mainThread = pthread_self()

    func noteThrow() {
      guard pthread_equal(pthread_self(), mainThread) != 0 else { return }
      thrown[1] = 0
      throwsLeft -= 1
      if throwsLeft < 0 { return setThrowHandler(nil) }
      _ = unwind(
        { context, _ in
          var isExact: Int32 = 0
          let address = instructionPointer(context, &isExact)
          thrown[2 + thrown[1]] = isExact != 0 ? address : address - 1
          thrown[1] += 1
          // _URC_END_OF_STACK
          return thrown[1] < thrownFrames ? 0 : 5
        }, nil)
    }

    // Not every runtime has them.
    func setThrowHandler(_ handler: (@convention(c) () -> Void)?) {
      for name in ["_swift_willThrow", "_swift_willThrowTypedImpl"] {
        guard let place = dlsym(dlopen(nil, RTLD_NOW), name) else { continue }
        place.assumingMemoryBound(to: (@convention(c) () -> Void)?.self).pointee = handler
      }
    }

    func handle() {
      if thrown[1] > 0 { _ = write(\(recordDescriptor), thrown, (2 + thrown[1]) * 8) }
      record[0] = \(Record.trap)
      // The launcher takes it for the wish to be looked at, as long as there is something to see.
      _ = mmap(nil, \(Confinement.lastWish), PROT_NONE, MAP_PRIVATE | MAP_ANON, -1, 0)
      record[2] = 0
      _ = unwind(
        { context, _ in
          var isExact: Int32 = 0
          let address = instructionPointer(context, &isExact)
          let count = record[2]
          let slot = count < 2 * half ? count : half + count % half
          record[3 + slot] = isExact != 0 ? address : address - 1
          record[2] = count + 1
          return 0
        }, nil)
      if record[2] > 2 * half { record[2] = 2 * half }
      _ = write(\(recordDescriptor), record, (3 + record[2]) * 8)
    }

    let initialized: Void = {
      setvbuf(stdout, nil, Int32(_IONBF), 0)
      record[1] = distanceFromLinkedPlace()
      thrown[0] = \(Record.thrown)
      thrown[1] = 0
      mainThread = pthread_self()
      setThrowHandler { noteThrow() }
      // A stack of its own: the program's may be what has run out.
      let size = 1 << 16
      var stack = stack_t()
      stack.ss_sp = malloc(size)
      stack.ss_size = .init(size)
      sigaltstack(&stack, nil)
      var action = signalAction { signal in
        handle()
        // It is the handler's no more: what was sent with `kill` would be survived otherwise.
        raise(signal)
      }
      for signal in [SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGABRT, SIGSYS] {
        sigaction(signal, &action, nil)
      }
    }()
    """

  /// The first word of a record.
  enum Record {
    /// Then the cell's index and the number of bytes printed.
    static let cell = 1
    /// Then how far from where it was linked to the program lies, the number of frames, and the instruction
    /// of each frame, innermost first.
    static let trap = 2
    /// More are not kept.
    static let frames = 256
    /// Then the number of frames and the instruction of each, innermost first, where an error was thrown.
    static let thrown = 3
    static let thrownFrames = 32
    /// A program that throws more errors is not to be slowed down.
    static let `throws` = 10_000
  }
}
