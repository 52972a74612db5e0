import WorkbookSystem
import WorkbookChapters

/// What a command's end tells the shell; `--help` documents them.
package enum ExitCode: Int32, Sendable {
  case passed = 0
  case failed = 1
  case unreadable = 2
  case usage = 64
  case fault = 70
  case interrupted = 130
}

extension ExitCode {
  /// Of a run that ended with the status, by what failed in it.
  fileprivate init(_ status: RunStatus, failures: some Sequence<Failure.Kind>) {
    let kinds = Set(failures)
    self =
      status != .failed
      ? .passed
      : !kinds.isDisjoint(with: [.format, .compile])
        ? .unreadable : kinds == [.fault] ? .fault : .failed
  }

  /// Of a command that an error ended.
  package init(_ error: any Error) {
    switch error {
    case is FileProblems: self = .unreadable
    case let error as CommandError: self = error.exitCode
    case Fault.cancelled, is CancellationError: self = .interrupted
    default: self = .fault
    }
  }
}

extension BookResult {
  package var exitCode: ExitCode {
    wasInterrupted
      ? .interrupted
      : ExitCode(status, failures: chapters.lazy.flatMap(\.allFailures).map(\.kind))
  }
}

extension RunReport {
  package var exitCode: ExitCode {
    ExitCode(status, failures: chapters.lazy.flatMap(\.failures).map(\.kind))
  }
}

extension CommandError {
  fileprivate var exitCode: ExitCode {
    switch self {
    case .cannotWrite, .cannotConfine, .fewFiles: .fault
    case .exists, .cannotRead, .notAReport, .noShard, .shardsDiffer, .plansDiffer, .shardTwice,
      .shardsMissing, .nothingToExport, .notOneChapter, .fileAndFolder, .noChapters,
      .noExercises, .noMatch, .noChanges, .noSite, .noBrowser:
      .unreadable
    }
  }
}
