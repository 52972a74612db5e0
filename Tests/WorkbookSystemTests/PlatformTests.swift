import Testing
import WorkbookTestTools

@testable import WorkbookSystem

@Suite struct PlatformTests {
  private let folder = TemporaryFolder()

  @Test func `two folders change places at once, and nothing with what is not there`() throws {
    try folder.write("a/x", "1")
    try folder.write("b/y", "2")
    #expect(exchangeFiles(folder["a"], folder["b"]))
    #expect(try folder.read("a/y") == "2" && folder.read("b/x") == "1")
    #expect(!exchangeFiles(folder["a"], folder["c"]))
    #expect(folder.names == ["a", "b"])
  }
}
