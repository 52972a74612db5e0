import Foundation
import WorkbookChapters
import WorkbookSystem

extension RunProblem {
  /// The problem and the way out.
  package var message: String {
    switch self {
    case .ended(.exited(let code)):
      "the program ended with exit code \(code)"
    case .ended(.trapped(let message, _)):
      shortened(message.utf8, to: 2000)
    case .ended(.timedOut(let seconds)):
      "the program ran for more than \(short(seconds, digits: 15)) s; if it needs longer, give a cell "
        + "timeout=\(short(2 * seconds, digits: 15))s"
    case .ended(.exceeded(let excess)):
      "the program \(excess.message)\(excess.wayOut)"
    case .ended(.killed(let signal)):
      "something outside ended the program (\(signalName(signal))): the system for want of memory, "
        + "somebody, or a timer of its own; run it again, with fewer --jobs if memory is short"
    case .ended(.interrupted):
      "interrupted"
    }
  }
}

extension Excess {
  /// What an author may do about it, where the program may be right to do it.
  fileprivate var wayOut: String {
    switch self {
    case .network:
      "; if it has to, give a cell no-run: it is then only compiled (allow=loopback is for itself alone)"
    case .startedProcess:
      "; if it has to, give a cell allow=process, or no-run: it is then only compiled"
    case .memory, .printed, .fileSize, .files, .folderSize, .folderDepth, .threads, .inputs,
      .wroteOutside, .signalledProcess, .noLoopback:
      ""
    }
  }
}

/// As the system tells it: `Killed`.
func signalName(_ signal: Int32) -> String { String(cString: strsignal(signal)) }
