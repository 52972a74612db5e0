import WorkbookSystem

/// What a run of a program left behind.
package struct Transcript: Sendable {
  package enum End: Codable, Hashable, Sendable {
    case exited(code: Int32)
    /// A runtime error or a signal of its own making: the message (`Fatal error: …`, without file and
    /// line), and the place in the chapter where it is known.
    case trapped(message: String, at: Location?)
    case timedOut(seconds: Double)
    case exceeded(Excess)
    /// A signal from outside: the system's for want of memory, or somebody's.
    case killed(signal: Int32)
    case interrupted
  }

  package var output: [UInt8]
  package var errors: [UInt8]
  /// The number of bytes printed when each cell of the program began; nil where it never began or
  /// does not start at top level.
  package var cellStarts: [Int?]
  package var end: End
  /// Wall-clock time.
  package var seconds: Double
  package var peakMemoryBytes: Int
  /// The files of its package that it looked at, with what changes whenever they do; none are known of
  /// a program that was not confined.
  package var inputs: [String: InputStamp] = [:]

  package init(
    output: [UInt8], errors: [UInt8], cellStarts: [Int?], end: End, seconds: Double,
    peakMemoryBytes: Int, inputs: [String: InputStamp] = [:]
  ) {
    self.output = output
    self.errors = errors
    self.cellStarts = cellStarts
    self.end = end
    self.seconds = seconds
    self.peakMemoryBytes = peakMemoryBytes
    self.inputs = inputs
  }
}
