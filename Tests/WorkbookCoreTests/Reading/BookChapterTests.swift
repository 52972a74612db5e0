import Foundation
import Testing

@testable import WorkbookChapters
@testable import WorkbookCore
@testable import WorkbookSystem

@Suite struct BookChapterTests {
  @Test func `programs of doc comments and catalogs see their module, others see none`()
    async throws
  {
    let library = try await Workshop.library()
    let folder = try #require(library.packageFolder)
    func modules(_ file: String) -> [String?] {
      let path = "\(folder)/\(file)"
      let entry = Samples.entry(path, programs: [Samples.program(in: path)])
        .completed(with: library)
      return (entry.programs + entry.chapter.programs).map(\.module)
    }
    #expect(modules("Sources/Shapes/Shapes.swift") == ["Shapes", "Shapes"])
    #expect(modules("Package.swift") == [nil, nil])
    try FileManager.default.createDirectory(
      atPath: folder + "/Sources/Shapes/Shapes.docc", withIntermediateDirectories: true)
    try "# A".write(
      toFile: folder + "/Sources/Shapes/Shapes.docc/A.md", atomically: true, encoding: .utf8)
    #expect(modules("Sources/Shapes/Shapes.docc/A.md") == ["Shapes", "Shapes"])
    #expect(modules("Sources/Shapes/README.md") == [nil, nil])
  }

  @Test func `where the package fails, no program is to run, and the chapter says why`() {
    let fault = Fault.libraryDoesNotBuild(package: "/p", lines: ["error: x"])
    let entry = Samples.entry(programs: [Samples.program()]).failed(fault)
    #expect(entry.programs.allSatisfy { $0.isBroken })
    #expect(
      entry.chapter.failures
        == [Failure(.fault(fault), at: Location(path: "a.md", line: 1, column: 1))])
  }
}
