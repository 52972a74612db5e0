import Foundation
import Testing
import WorkbookTestTools

@testable import WorkbookConfinement
@testable import WorkbookSystem

#if os(Linux)
  @Suite struct FolderUseTests {
    private let folder = TemporaryFolder()

    private func use(most: Int = 1000, heldBy pid: pid_t = 0) -> FolderUse {
      FolderUse(of: realPath(folder.path)!, heldBy: [pid], most: most, fileBytes: 1 << 20)
    }

    @Test func `files and folders at any depth count, links for themselves`() throws {
      try folder.write("a/b/1", String(repeating: "x", count: 100_000))
      try folder.write("2", "")
      try folder.link("a/l", to: "/usr")
      let use = use()
      #expect(use.files == 5)
      #expect((100_000..<200_000).contains(use.bytes))
      #expect(!use.isDeep)
    }

    @Test func `a folder is made readable below the program's own, and by no link elsewhere`()
      throws
    {
      try folder.write("own/a/x", "")
      try folder.write("victim/a/x", "")
      try folder.link("own/l", to: folder.path + "/victim")
      let root = realPath(folder.path)!
      func mode(of path: String) -> mode_t {
        var status = stat()
        stat("\(root)/\(path)", &status)
        return status.st_mode & 0o777
      }
      func names(in path: String) -> Int? {
        FolderUse.namesOpened(in: Array("\(root)/\(path)".utf8CString), below: root + "/own")?.count
      }
      for path in ["own/a", "victim/a"] { #expect(chmod("\(root)/\(path)", 0o500) == 0) }
      #expect(names(in: "own/a") == 1 && mode(of: "own/a") == 0o700)
      #expect(names(in: "own/l/a") == nil && mode(of: "victim/a") == 0o500)
    }

    @Test func `a hole takes no room`() throws {
      let path = try folder.write("hole", "")
      #expect(truncate(path, 1 << 30) == 0)
      #expect(use().bytes < 1 << 20)
    }

    @Test func `a file that is removed and still open counts`() throws {
      let path = try folder.write("gone", String(repeating: "x", count: 100_000))
      // This process's other tests hold files, too.
      let holder = Process()
      holder.executableURL = URL(filePath: "/bin/sleep")
      holder.arguments = ["60"]
      let file = try FileHandle(forReadingFrom: URL(filePath: path))
      holder.standardInput = file
      try holder.run()
      // It may have been started with signals blocked.
      defer { kill(holder.processIdentifier, SIGKILL) }
      unlink(path)
      #expect(use().bytes == 0)
      let held = use(heldBy: holder.processIdentifier)
      #expect(held.files == 1)
      #expect((100_000..<200_000).contains(held.bytes))
      try file.close()
    }

    @Test func `a file that is removed and still in memory counts as a whole one`() throws {
      let path = try folder.write("gone", String(repeating: "x", count: 5000))
      let file = open(path, O_RDWR)
      let memory = try #require(mmap(nil, 4096, PROT_READ, MAP_SHARED, file, 0))
      close(file)
      unlink(path)
      #expect(use().bytes == 0)
      #expect(use(heldBy: getpid()).bytes >= 1 << 20)
      munmap(memory, 4096)
    }

    @Test func `a file that only a call holds which waits counts as a whole one`() throws {
      let path = try folder.write("gone", String(repeating: "x", count: 200_000))
      let file = open(path, O_RDONLY)
      var ends: [Int32] = [0, 0]
      #expect(pipe(&ends) == 0)
      let (reading, writing) = (ends[0], ends[1])
      // As much as the pipe takes.
      var bytes = [UInt8](
        repeating: 0, count: Int(fcntl(writing, Int32(SystemCall.Descriptor.getPipeSize))))
      #expect(write(writing, bytes, bytes.count) == bytes.count)
      let before = use(heldBy: getpid()).bytes
      Thread {
        _ = sendfile(writing, file, nil, 1)
        close(writing)
      }.start()
      let deadline = ContinuousClock.now + .seconds(20)
      while use(heldBy: getpid()).bytes < before + 1 << 20, .now < deadline { usleep(1000) }
      close(file)
      unlink(path)
      #expect(use(heldBy: getpid()).bytes >= 1 << 20)
      while read(reading, &bytes, bytes.count) > 0 {}
      close(reading)
    }

    @Test func `it looks at little more than it needs to`() throws {
      for folderName in 0..<10 {
        for name in 0..<10 { try folder.write("\(folderName)/\(name)", "") }
      }
      #expect(use().files == 110)
      #expect((15...30).contains(use(most: 15).files))
    }

    @Test func `what exceeds a limit is named`() throws {
      try folder.write("1", String(repeating: "x", count: 3 << 20))
      try folder.write("2")
      var limits = Limits(seconds: 1, folderBytes: 4 << 20, files: 2)
      #expect(limits.excess(of: use()) == nil)
      limits.files = 1
      #expect(limits.excess(of: use()) == .files(count: 1))
      limits = Limits(seconds: 1, folderBytes: 2 << 20, files: 2)
      #expect(limits.excess(of: use()) == .folderSize(bytes: 2 << 20))
    }
  }
#endif
