import Testing

@testable import WorkbookSystem

@Suite struct OpenFilesTests {
  @Test func `as many programs run at a time as have files to open, at least one`() {
    #expect(OpenFiles.limit > 0)
    #expect([0, 23, 24, 32, 64, 1024].map(OpenFiles.jobs) == [1, 1, 1, 2, 6, 126])
    #expect(OpenFiles.jobs(within: .max) > 1000)
  }
}
