import Testing

@testable import WorkbookCore

@Suite struct LibraryFilesTests {
  @Test(
    arguments: [
      ("/a/b", "/a/b"), ("-L/lib", "/lib"), ("-I/a b", "/a b"), ("-rpath=/x", "/x"),
      ("-fmodule-map-file=/m/module.modulemap", "/m/module.modulemap"),
      ("--dynamic-linker=/lib64/ld.so", "/lib64/ld.so"), ("/", nil), ("--sysroot=/", nil),
      ("-L/..", nil), ("a/etc", nil), ("-DPATH=a/etc", nil), ("x86_64-unknown-linux-gnu", nil),
    ] as [(String, String?)])
  func `an argument opens the path that it names, never the root nor the end of another`(
    argument: String, path: String?
  ) {
    #expect(Library.path(in: argument) == path)
  }

  @Test func `tools may read neither everything nor what other tools keep`() async throws {
    let library = try await Workshop.library()
    let package = try #require(library.packageFolder)
    let readable = Set(library.filesForTools.readable)
    #expect(readable.isDisjoint(with: ["/", package, package + "/.git", package + "/.build"]))
    #expect(readable.isSuperset(of: [package + "/Sources", package + "/Package.swift"]))
  }
}
