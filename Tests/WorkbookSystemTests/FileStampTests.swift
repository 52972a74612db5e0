import Foundation
import Testing
import WorkbookTestTools

@testable import WorkbookSystem

@Suite struct FileStampTests {
  private let folder = TemporaryFolder()

  @Test func `any time can be compared, and all comes back as it was kept`() throws {
    let path = try folder.write("a")
    let other = try folder.write("b")
    let far = timespec(tv_sec: 1 << 33, tv_nsec: 5)
    utimensat(AT_FDCWD, path, [far, far], 0)
    let (a, b) = (try #require(FileStamp(path)), try #require(FileStamp(other)))
    #expect(b.modified < a.modified)
    #expect(try JSONDecoder().decode(FileStamp.self, from: JSONEncoder().encode(a)) == a)
  }
}
