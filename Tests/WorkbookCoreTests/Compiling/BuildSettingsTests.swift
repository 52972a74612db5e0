import Testing

@testable import WorkbookCore

@Suite struct BuildSettingsTests {
  private let plan = #"""
    commands:
      "C.Lib-x86_64-release.module":
        tool: shell
        args: ["swiftc","-module-name","Lib"]
      "C.WorkbookClient-x86_64-release.exe":
        args: ["swiftc","-L","/b","-o","/b/W","-module-name","W","-emit-executable","-Xlinker","--defsym","-Xlinker","main=W_main","-lz","@/b/list","-g"]
      "C.WorkbookClient-x86_64-release.module":
        args: ["swiftc","-module-name","W","-emit-module","-c","@/b/sources","-I","/b/Mod ules","-j2","-O","-DX","-Xcc","-g","-Xfrontend","-entry-point-function-name","-Xfrontend","W_main","-swift-version","6","-load-plugin-executable","/b/M#M"]
    """#

  /// How SwiftPM's linkers are told that the client's entry point has a name of its own: on Linux, on macOS.
  @Test(arguments: [
    #""--defsym","-Xlinker","main=W_main""#, #""-alias","-Xlinker","_W_main","-Xlinker","_main""#,
  ])
  func `the client's own arguments are left out`(entry: String) throws {
    let plan = plan.replacing(#""--defsym","-Xlinker","main=W_main""#, with: entry)
    let settings = try #require(
      BuildSettings(
        plan: plan, objectList: "/b/Lib.build/a.o\n'/b c/x.o'\n/b/WorkbookClient.build/main.o\n"))
    #expect(
      settings.compile == [
        "-I", "/b/Mod ules", "-DX", "-Xcc", "-g", "-load-plugin-executable", "/b/M#M",
      ])
    #expect(settings.link == ["-L", "/b", "-lz"])
    #expect(settings.objects == ["/b/Lib.build/a.o", "/b c/x.o"])
  }

  @Test(arguments: ["", "commands:\n", "  \"C.WorkbookClient-x.module\":\n    args: [broken"])
  func `a plan of another form is none`(plan: String) {
    #expect(BuildSettings(plan: plan, objectList: "") == nil)
  }

  @Test(arguments: [
    ("a  b", ["a", "b"]), ("'a b' c", ["a b", "c"]), (#" "a\"b" "c d""#, ["a\"b", "c d"]),
    ("''", [""]), ("", []), (#"a\ b"#, ["a b"]), (#"'a\b'"#, [#"a\b"#]),
  ])
  func `words are split as a shell does`(line: String, words: [String]) {
    #expect(ShellWords.split(line) == words)
  }
}
