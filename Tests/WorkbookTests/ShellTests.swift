import Foundation
import Testing

@testable import workbook

/// The words that shells offer are the command line's.
@Suite struct ShellTests {
  private let folder = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()

  /// What bash offers for the words, of which the last is begun.
  private func offered(_ words: [String]) throws -> [String] {
    let quoted = words.map { "'\($0)'" }.joined(separator: " ")
    let script = """
      source <(workbook completions bash)
      COMP_WORDS=(workbook \(quoted)); COMP_CWORD=\(words.count)
      complete -p workbook >&2 || exit 1
      _workbook
      printf '%s\\n' "${COMPREPLY[@]}"
      """
    let (text, code) = try shell("bash -c \(shellWord(script)) 2>/dev/null", in: folder)
    #expect(code == 0)
    return text.split(separator: "\n").map(String.init)
  }

  private func shellWord(_ text: String) -> String {
    "'" + text.replacing("'", with: "'\\''") + "'"
  }

  @Test func `bash offers every command, and every option of each`() throws {
    #expect(
      try offered([""]) == Command.allCases.map(\.rawValue) + ["help", "--help", "--version"])
    #expect(try offered(["com"]) == ["compare", "completions"])
    for command in Command.allCases {
      #expect(
        try offered([command.rawValue, "--"])
          == command.spec.options.map(\.name).filter { $0.hasPrefix("--") } + ["--help"])
      #expect(
        try offered([command.rawValue, "-X"])
          == command.spec.options.map(\.name).filter { $0.hasPrefix("-X") })
    }
  }

  @Test func `bash offers the values of an option, behind a space and behind =`() throws {
    #expect(try offered(["run", "--format", ""]) == ["text", "short", "json", "json-lines"])
    #expect(try offered(["run", "--format", "=", "s"]) == ["short"])
    #expect(try offered(["run", "--format", "="]) == ["text", "short", "json", "json-lines"])
    #expect(try offered(["list", "--format", "s"]) == [])
    #expect(try offered(["run", "--color", "al"]) == ["always"])
    #expect(try offered(["completions", "z"]) == ["zsh"])
    // Files are bash's own business.
    #expect(try offered(["run", "chap"]) == [])
  }

  @Test(arguments: Shell.allCases)
  func `a shell that is here takes its script`(name: Shell) throws {
    let (path, missing) = try shell("command -v \(name.rawValue)", in: folder)
    if missing != 0 { return }
    let check = "workbook completions \(name.rawValue) | \(path.dropLast()) -n /dev/stdin"
    let (text, code) = try shell(check, in: folder)
    #expect(text == "" && code == 0)
  }

  @Test(arguments: [Shell.zsh, .fish])
  func `the script has every command and option`(shell: Shell) {
    for command in Command.allCases {
      let quote = shell == .zsh ? "'\\''" : "\\'"
      #expect(shell.script.contains(command.spec.brief.replacing("'", with: quote)))
      for option in command.spec.options {
        let long = option.name.hasPrefix("--")
        let fish = long ? "-l \(option.name.dropFirst(2)) " : "-o \(option.name.dropFirst()) "
        let name = shell == .zsh ? "\(option.name)" : fish
        #expect(shell.script.contains(name))
      }
    }
  }
}
