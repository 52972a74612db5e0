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
