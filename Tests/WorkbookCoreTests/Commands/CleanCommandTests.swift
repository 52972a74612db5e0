import Testing
import WorkbookTestTools

@testable import WorkbookCore
@testable import WorkbookSystem

@Suite struct CleanCommandTests {
  private let folder = TemporaryFolder()

  @Test func `what runs keep is removed once`() throws {
    try folder.write("Package.swift", "")
    let work = try Library.workFolder(for: folder.path, [:])
    try folder.write(".build/workbook/times.json", "{}")
    let removed = try clean(folder.path, environment: [:])
    #expect(removed == work && work.hasSuffix("/.build/workbook"))
    #expect(try clean(folder.path, environment: [:]) == nil)
  }

  @Test func `a folder that is not there keeps nothing`() {
    #expect(throws: FileProblems.self) {
      try clean(folder.path + "/nowhere", environment: [:])
    }
  }
}
