/// The capture of a graph, which records what tensors compute on this thread.
package enum Capture {
  /// Whether this thread is being recorded.
  package static var isOn: Bool { kernel_recorder() != nil }

  /// What records this thread.
  package static var recorder: AnyObject? {
    // Safe: `with` keeps alive what it sets, for as long as it is set.
    kernel_recorder().map { Unmanaged<AnyObject>.fromOpaque($0).takeUnretainedValue() }
  }

  /// Calls `body` while something records this thread, or, if it is nil, while nothing does.
  package static func with<Result>(_ recorder: AnyObject?, _ body: () throws -> Result) rethrows
    -> Result
  {
    let before = kernel_recorder()
    kernel_set_recorder(recorder.map { Unmanaged.passUnretained($0).toOpaque() })
    defer {
      kernel_set_recorder(before)
      withExtendedLifetime(recorder) {}
    }
    return try body()
  }

  /// Traps where a number is read that the next replay would not read again.
  @inline(__always)
  package static func refuseRead(_ operation: @autoclosure () -> String) {
    if isOn {
      fail(
        "\(operation()): a Graph is being captured, and a number read here would be the same in all "
          + "replays; return the tensor from the step, and read it after replay()")
    }
  }

  /// Traps where a number is set that the next replay would not set again.
  package static func refuseChange(_ operation: @autoclosure () -> String) {
    if isOn {
      fail(
        "\(operation()): a Graph is being captured, and a number set here would not change in its "
          + "replays; set it outside of the step, after replay()")
    }
  }

  /// Traps where a number is drawn that the next replay would not draw again.
  package static func refuseDraw(_ operation: @autoclosure () -> String) {
    if isOn {
      fail(
        "\(operation()): a Graph is being captured, and a number drawn here would be the same in all "
          + "replays; draw it outside of the step, and copy(from:) it into a tensor that the step uses"
      )
    }
  }
}
