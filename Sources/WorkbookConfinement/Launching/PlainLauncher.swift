import Foundation
import WorkbookSystem

/// Between the runner and a process that is not confined: holds it to its limits and no further, by POSIX's means
/// alone, and ends what is left of its session's group.
struct PlainLauncher {
  private let launch: Launch
  private let child: pid_t
  /// Why it was stopped.
  private var end: LaunchReport.End?

  /// Runs the process that the launch describes to its end.
  static func run(_ launch: Launch, for runner: LaunchChannel) -> LaunchReport {
    adoptOrphans()
    let clock = ContinuousClock()
    let begin = clock.now
    do throws(Launch.Failure) {
      var launcher = try PlainLauncher(launch)
      launcher.watch(runner.descriptor, until: begin + .seconds(launch.limits.seconds))
      return launcher.collect(clock.now - begin)
    } catch {
      return error.report
    }
  }

  private init(_ launch: Launch) throws(Launch.Failure) {
    self.launch = launch
    let files = try launch.openFiles()
    defer { for file in files { close(file) } }
    // What this process was given by chance is not for others.
    for name in names(in: "/dev/fd") ?? [] {
      if let descriptor = Int32(name), descriptor > 2 { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
    }
    // An end is heard of while waiting for something else.
    signal(SIGCHLD) { _ in }
    guard chdir(launch.workFolder) == 0 else { throw .last("enter \(launch.workFolder)") }
    let restore = launch.limits.impose()
    let pid = spawn(
      launch.executable, launch.arguments, launch.environment, descriptors: [nil] + files,
      isSession: true)
    let code = errno
    restore()
    chdir("/")
    guard let pid else { throw Launch.Failure(doing: "start the program", code: code) }
    child = pid
  }

  private mutating func watch(_ runner: Int32, until deadline: ContinuousClock.Instant) {
    let clock = ContinuousClock()
    var nextLook = clock.now + .milliseconds(100)
    while !hasEnded(child) {
      var wait = pollfd(fd: end == nil ? runner : -1, events: Int16(POLLIN), revents: 0)
      if poll(&wait, 1, 20) > 0 { stop(.interrupted) }
      let now = clock.now
      if now >= deadline { stop(.timedOut) }
      if now >= nextLook {
        let limits = launch.limits
        if let excess = limits.excess(of: [ProcessUse(child)]) ?? launch.excessOfErrors()
          ?? limits.excess(of: folderUse())
        {
          stop(.exceeded(excess))
        }
        // Ten times a second, and for no more than half of the time.
        nextLook = clock.now + max(.milliseconds(100), clock.now - now)
      }
    }
  }

  private mutating func stop(_ end: LaunchReport.End) {
    // The first reason is the one.
    if self.end == nil { self.end = end }
    kill(-child, SIGKILL)
  }

  private func folderUse() -> FolderUse {
    FolderUse(
      of: realPath(launch.workFolder) ?? launch.workFolder, heldBy: [child],
      most: launch.limits.files, fileBytes: launch.limits.fileBytes)
  }

  private mutating func collect(_ duration: Duration) -> LaunchReport {
    // As long as its group's number is nobody else's.
    kill(-child, SIGKILL)
    var status: Int32 = 0
    var usage = rusage()
    while wait4(child, &status, 0, &usage) < 0 && errno == EINTR {}
    killChildren()
    // What came since the last look.
    if end == nil { end = launch.limits.excess(of: folderUse()).map { .exceeded($0) } }
    let signal = status & 0x7f
    return LaunchReport(
      end: launch.fullDisk() ?? end ?? launch.limitOfOutput()
        ?? (signal == 0
          ? .exited((status >> 8) & 0xff)
          // Nobody knows who sent it.
          : launch.limit(endingBy: signal, usage, largest: folderUse().largest)
            ?? .signalled(signal)),
      seconds: duration / .seconds(1), peakMemoryBytes: usage.peakMemoryBytes)
  }
}
