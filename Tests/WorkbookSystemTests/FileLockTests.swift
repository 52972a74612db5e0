import Foundation
import Testing
import WorkbookTestTools

@testable import WorkbookSystem

@Suite struct FileLockTests {
  private let folder = TemporaryFolder()

  @Test func `one has a lock at a time, several share one`() throws {
    let path = try folder.write("lock")
    let first = try #require(FileLock.tryLock(path, .shared))
    let second = try #require(FileLock.tryLock(path, .shared))
    #expect(FileLock.tryLock(path, .exclusive) == nil)
    #expect(throws: Never.self) { try FileLock.requireLocks(for: path) }
    withExtendedLifetime((first, second)) {}
    #expect(FileLock.tryLock(folder["none"], .shared) == nil)
  }

  @Test func `who waits for a lock gets the one of the file that is there when it is free`()
    async throws
  {
    let path = folder["lock"]
    let first = try await FileLock.lock(file: path) {}
    let (waiting, begun) = AsyncStream<Void>.makeStream()
    async let second = FileLock.lock(file: path) { begun.finish() }
    for await _ in waiting {}
    // As who removes the whole folder does.
    unlink(path)
    let lock = try await second
    #expect(FileLock.tryLock(path, .exclusive) == nil)
    withExtendedLifetime((first, lock)) {}
  }

  @Test func `a lock on a file that another has taken the place of is not on the path`() throws {
    let path = try folder.write("lock")
    let lock = try #require(FileLock.tryLock(path, .exclusive))
    #expect(lock.isOn(path))
    unlink(path)
    #expect(!lock.isOn(path))
    try folder.write("lock")
    #expect(!lock.isOn(path))
  }

  @Test func `a lock that cannot be had is told, and not waited for`() async throws {
    let path = folder["none/lock"]
    await #expect(
      throws: Fault.system(doing: "open \(path)", reason: String(cString: strerror(ENOENT)))
    ) {
      try await FileLock.lock(file: path) { Issue.record("it waits") }
    }
  }

  @Test(arguments: [ENOSYS, ENOLCK, EOPNOTSUPP])
  func `a file system without locks is told, and not waited for`(code: Int32) {
    #expect {
      errno = code
      try FileLock.requireLocks(for: "/x/lock")
    } throws: {
      $0 as? Fault == .system(doing: "lock /x/lock", reason: String(cString: strerror(code)))
    }
  }
}
