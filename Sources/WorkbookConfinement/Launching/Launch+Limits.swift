import Foundation
import WorkbookSystem

extension Launch {
  /// Why there is no process.
  struct Failure: Error {
    var doing: String
    var code: Int32
    /// Set where it is the program's lack rather than a fault.
    var excess: Excess?

    static func last(_ doing: String) -> Failure { Failure(doing: doing, code: errno) }

    var report: LaunchReport {
      LaunchReport(
        end: excess.map { .exceeded($0) } ?? .failed(doing: doing, code: code), seconds: 0,
        peakMemoryBytes: 0)
    }
  }

  /// Makes the folder to work in and the files for output, errors and records, open for writing.
  func openFiles() throws(Failure) -> [Int32] {
    mkdir(workFolder, 0o700)
    var descriptors: [Int32] = []
    for path in [outputPath, errorsPath, recordsPath] {
      let descriptor = open(path, O_CREAT | O_TRUNC | O_WRONLY | O_APPEND | O_CLOEXEC, 0o600)
      guard descriptor >= 0 else { throw .last("make the file \(path)") }
      descriptors.append(descriptor)
    }
    return descriptors
  }

  /// It need not be waited for what prints so many errors.
  func excessOfErrors() -> Excess? {
    guard let most = limits.errorBytes, let stamp = FileStamp(errorsPath), stamp.size > most else {
      return nil
    }
    return .printed(bytes: most)
  }

  /// A program that goes on after its print was cut ran against the limit all the same.
  func limitOfOutput() -> LaunchReport.End? {
    let isFull = [outputPath, errorsPath].contains { path in
      FileStamp(path).map { $0.size >= limits.fileBytes } ?? false
    }
    return isFull ? .exceeded(.printed(bytes: limits.fileBytes)) : nil
  }

  /// The limit that the kernel ended the process for; nil where it was none.
  ///
  /// - Parameter largest: of its files, in bytes.
  func limit(endingBy signal: Int32, _ usage: rusage, largest: @autoclosure () -> Int)
    -> LaunchReport.End?
  {
    if signal == SIGXFSZ, largest() >= limits.fileBytes {
      return .exceeded(.fileSize(bytes: limits.fileBytes))
    }
    let seconds = Int(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
    return [SIGXCPU, SIGKILL].contains(signal) && seconds >= limits.processorSeconds
      ? .timedOut : nil
  }

  /// What a program has printed on a full disk is lost, and it does not know.
  func fullDisk() -> LaunchReport.End? {
    var status = statvfs()
    guard statvfs(folder, &status) == 0,
      UInt64(status.f_bavail) * UInt64(status.f_frsize) < 1 << 20
    else { return nil }
    return .failed(doing: "keep what a program prints in \(folder)", code: ENOSPC)
  }
}

extension Limits {
  /// A program that could not have this much more may have run against its limit in any way, as a thread
  /// does; what asks for as much at once is looked at.
  var room: Int { max(1 << 24, memoryBytes / 64) }

  /// Shared memory may be used and not be resident.
  ///
  /// Code and the heaps that the C library reserves for threads take their part.
  var addressBytes: Int { memoryBytes + 1 << 30 + Self.cores << 27 }

  /// In case that the launcher cannot watch the clock any more.
  var processorSeconds: Int { (Int(seconds) + 10) * Self.cores }

  private static var cores: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

  /// What the caller's own limits leave of the usual ones.
  package static var ofCaller: [Int] {
    Limits(seconds: 1e6).ofKernel.map { resource, _, hard in
      var limit = rlimit()
      getrlimit(resource, &limit)
      return Int(clamping: min(rlim_t(hard), limit.rlim_max))
    }
  }

  /// Puts them on this process, as far as the kernel watches them, until what it returns is called.
  ///
  /// They are of the kind that a process may lift again.
  func impose() -> () -> Void {
    let old = ofKernel.map { resource, soft, _ in
      var limit = rlimit()
      getrlimit(resource, &limit)
      let old = limit
      limit.rlim_cur = min(rlim_t(soft), limit.rlim_max)
      setrlimit(resource, &limit)
      return (resource, old)
    }
    return {
      for (resource, var limit) in old { setrlimit(resource, &limit) }
    }
  }

  /// What the files are too many or too large for; nil where they are not.
  func excess(of use: FolderUse) -> Excess? {
    if use.files > files { return .files(count: files) }
    if use.bytes > folderBytes { return .folderSize(bytes: folderBytes) }
    return use.isDeep ? .folderDepth : nil
  }

  /// The same of memory and threads, of all processes together.
  func excess(of uses: [ProcessUse]) -> Excess? {
    let bytes =
      uses.count == 1
      ? uses[0].residentBytes
      : uses.map { ($0.proportionalBytes ?? $0.residentBytes) + $0.pageTableBytes }.reduce(0, +)
    if bytes > memoryBytes { return .memory(bytes: memoryBytes) }
    return uses.map(\.threadCount).reduce(0, +) > threads ? .threads(count: threads) : nil
  }
}
