import WorkbookSystem

extension Excess {
  /// What the program did, to stand behind its name.
  package var message: String {
    switch self {
    case .memory(let bytes): "used more than \(bytes >> 20) MB of memory"
    case .printed(let bytes) where bytes < 1 << 20: "printed more than \(bytes >> 10) KB"
    case .printed(let bytes): "printed more than \(bytes >> 20) MB"
    case .fileSize(let bytes): "wrote a file of more than \(bytes >> 20) MB"
    case .files(let count): "wrote more than \(count) files"
    case .folderSize(let bytes): "wrote more than \(bytes >> 20) MB of files"
    case .folderDepth: "wrote folders too deep to be measured"
    case .threads(let count): "ran more than \(count) threads"
    case .inputs(let count): "looked at more than \(count) files of its package"
    case .wroteOutside(let path): "wrote outside its folder: \(path)"
    case .network(let address): "opened a network connection: \(address)"
    case .startedProcess: "started another process"
    case .noLoopback:
      "needs a network of its own for its allow=loopback, and this system lets nobody make one (user "
        + "namespaces are refused here); run it where it can be had, or mark it no-run"
    case .signalledProcess(let id): "signalled another process: \(id)"
    }
  }
}
