import Testing
import WorkbookTestTools

@testable import WorkbookCore

@Suite struct TimeRecordTests {
  @Test func `times come back, also in a checkout elsewhere`() throws {
    let (here, there) = (TemporaryFolder(), TemporaryFolder())
    let record = TimeRecord(file: here.path + "/.build/times.json", root: here.path)
    record[Samples.program(in: here.path + "/chapters/a.md")] = 1.5
    record.save()
    try there.write("times.json", try here.read(".build/times.json"))
    let other = TimeRecord(file: there.path + "/times.json", root: there.path)
    #expect(other[Samples.program(in: there.path + "/chapters/a.md")] == 1.5)
    #expect(other[Samples.program(in: there.path + "/chapters/b.md")] == nil)
  }

  @Test func `a missing or damaged record is empty`() throws {
    let folder = TemporaryFolder()
    try folder.write("times.json", "{\"a\": ")
    #expect(TimeRecord(file: folder.path + "/times.json", root: "/")[Samples.program()] == nil)
    #expect(TimeRecord(file: folder.path + "/none.json", root: "/")[Samples.program()] == nil)
  }
}
