/// What is linked to every program: it sees to unbuffered output, and notes on a descriptor of the
/// runner's when a cell begins and where a runtime error struck.
enum Support {
  /// The descriptor that records go to.
  static let recordDescriptor: Int32 = 3
  /// The symbol that a program calls at the start of each cell.
  static let cellBegan = "workbook_cell_began"

  /// Its source; every record is a row of 64-bit words in the machine's byte order.
  ///
  /// In a signal handler next to nothing is allowed: the code after a signal allocates nothing,
  /// takes no lock, and calls only `write` and the unwinder.
  static let source = """
    import Glibc

    @_silgen_name("\(cellBegan)")
    public func cellBegan(_ index: Int) {
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

    // AT_ENTRY, 9, is the address of the program's first instruction.
    @_silgen_name("getauxval")
    func auxiliaryValue(_ type: UInt) -> Int

    // Of a deep recursion the first and the last frames are kept.
    let half = \(Record.frames / 2)
    nonisolated(unsafe) let record = UnsafeMutablePointer<Int>.allocate(
      capacity: \(Record.frames + 4))

    func handle(_ signal: Int32) {
      record[0] = \(Record.trap)
      record[1] = Int(signal)
      record[3] = 0
      _ = unwind(
        { context, _ in
          var isExact: Int32 = 0
          let address = instructionPointer(context, &isExact)
          let count = record[3]
          let slot = count < 2 * half ? count : half + count % half
          record[4 + slot] = isExact != 0 ? address : address - 1
          record[3] = count + 1
          return 0
        }, nil)
      if record[3] > 2 * half { record[3] = 2 * half }
      _ = write(\(recordDescriptor), record, (4 + record[3]) * 8)
    }

    @_cdecl("workbook_initialize")
    public func initialize() {
      setvbuf(stdout, nil, Int32(_IONBF), 0)
      record[2] = auxiliaryValue(9)
      // A stack of its own: the program's may be what has run out.
      let size = 1 << 16
      var stack = stack_t(ss_sp: malloc(size), ss_flags: 0, ss_size: size)
      sigaltstack(&stack, nil)
      var action = sigaction()
      action.__sigaction_handler.sa_handler = { handle($0) }
      action.sa_flags = Int32(bitPattern: SA_RESETHAND) | SA_ONSTACK
      for signal in [SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGABRT, SIGSYS] {
        sigaction(signal, &action, nil)
      }
    }

    @section(".init_array") @used
    let initializer: @convention(c) () -> Void = { initialize() }
    """

  /// The first word of a record.
  enum Record {
    /// Then the cell's index and the number of bytes printed.
    static let cell = 1
    /// Then the signal, the address of the program's first instruction, the number of frames, and the
    /// instruction of each frame, innermost first.
    static let trap = 2
    /// More are not kept.
    static let frames = 256
  }
}
