import Testing

@testable import WorkbookCore

@Suite struct LinkerTests {
  @Test func `a program is linked with the library as one object`() async throws {
    let library = try await Workshop.library()
    guard library.toolchain.hasLLD else { return }
    let command = library.commands.linker.command(object: "/p.o", output: "/p")
    #expect(command.contains("/p.o"))
    let objects = command.filter { $0.hasPrefix(library.folder) && $0.hasSuffix(".o") }
    #expect(objects.count == 1 && objects[0].hasSuffix("/library.o"), "\(command)")
  }
}
