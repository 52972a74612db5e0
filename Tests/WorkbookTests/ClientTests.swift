import Foundation
import Testing

@testable import workbook

/// What README tells those to write who use the runner for a package of their own.
@Suite struct ClientTests {
  /// The code of a package that a README tells to write: the block that begins so.
  private func block(_ start: String) throws -> String {
    let readme = try packageText("README.md")
    let begin = try #require(readme.range(of: start)).lowerBound
    return String(readme[begin...].prefix(upTo: readme[begin...].range(of: "\n```")!.lowerBound))
  }

  /// The words behind `workbook` in a line of a shell.
  private func words(_ line: some StringProtocol) -> [String] {
    let words = line.split(whereSeparator: { $0 == " " }).map { String($0) }
    return Array(words.drop { $0 != "workbook" }.dropFirst())
  }

  @Test func `a package may keep the runner in a manifest of its own`() throws {
    let copy = try CaseCopy(of: "context")
    let tools = copy.url.appending(path: "Tools")
    try FileManager.default.createDirectory(at: tools, withIntermediateDirectories: true)
    let manifest = try block("// swift-tools-version: 6.2\nimport PackageDescription")
    let dependency = ".package(url: \"URL\", branch: \"main\")"
    #expect(manifest.contains(dependency))
    let path = ".package(name: \"workbook\", path: \"\(packageRoot.path)\")"
    try Data(manifest.replacing(dependency, with: path).utf8)
      .write(to: tools.appending(path: "Package.swift"))
    try Data("```swift\nimport Lib\nprint(1)\n```\n```output\n1\n```\n".utf8)
      .write(to: copy.url.appending(path: "README.md"))

    // SwiftPM finds the command and the plugin there; building them once more would prove no more.
    let offers = try shell(
      "swift package --package-path Tools show-executables; swift package --package-path Tools plugin --list",
      in: copy.url)
    #expect(offers.text.contains("workbook ("))
    #expect(offers.text.contains("‘workbook’ (plugin ‘WorkbookPlugin’ in package ‘workbook’)"))
    let (report, code) = try shell("workbook run README.md", in: copy.url)
    #expect(report.contains("1 chapter passed") && code == 0)
  }

  @Test func `a package's tests may use the product that README names`() throws {
    let readme = try packageText("README.md")
    #expect(readme.contains(".product(name: \"WorkbookTesting\", package: \"workbook\")"))
    #expect(try packageText("Package.swift").contains(".library(name: \"WorkbookTesting\""))
    // `WorkbookTestingTests` has such a test, and runs it.
    let test = try block("import Testing\nimport WorkbookTesting\n")
    let own = try packageText("Tests/WorkbookTestingTests/WorkbookTests.swift")
    #expect(test.contains("@Test(arguments: try Workbook.chapters("))
    for line in ["chapter: Workbook.Chapter) async throws {", "  try await chapter.run()"] {
      #expect(test.contains(line) && own.contains(line))
    }
  }

  @Test func `every command that README shows is one`() throws {
    let lines = try packageText("README.md").split(separator: "\n").filter {
      $0.hasPrefix("$ swift run") || $0.hasPrefix("$ swift package workbook")
    }
    #expect(lines.count >= 6)
    for line in lines where line.contains(" workbook ") {
      #expect(throws: Never.self, "\(line)") { try Invocation(words(line)) }
    }
  }

  @Test func `the action says what its step uses, and the step is a command`() throws {
    let action = try packageText(".github/actions/workbook/action.yml")
    let inputs = Set(
      try #require(action.firstMatch(of: /\ninputs:\n((?: .*\n)+)/)).1
        .matches(of: /(?:^|\n)  ([a-z-]+):/).map { String($0.1) })
    let used = Set(action.matches(of: /\$\{\{ inputs\.([a-z-]+) \}\}/).map { String($0.1) })
    #expect(!inputs.isEmpty && inputs == used)
    let variables = Set(action.matches(of: /\n +([A-Z]+): \$\{\{/).map { String($0.1) })
    let step = try #require(action.firstMatch(of: /\n +run: (.*)/)).1
    #expect(Set(step.matches(of: /\$([A-Z]+)/).map { String($0.1) }) == variables)
    #expect(throws: Never.self) { try Invocation(words(step)) }

    let workflow = try block("jobs:\n")
    let uses = try #require(workflow.firstMatch(of: /uses: OWNER\/workbook\/(.*)@main/)).1
    #expect(
      FileManager.default.fileExists(atPath: packageRoot.appending(path: "\(uses)/action.yml").path)
    )
    let given = workflow.matches(of: /\n          ([a-z-]+): (.*)/)
    #expect(!given.isEmpty && given.allSatisfy { inputs.contains(String($0.1)) })
    let values = given.flatMap { $0.2.split(separator: " ").map(String.init) }
    #expect(throws: Never.self) { try Invocation(["run"] + values) }
  }

  @Test func `the hook of pre-commit is a command that the package has`() throws {
    let hook = try packageText(".pre-commit-hooks.yaml")
    let entry = try #require(hook.firstMatch(of: /\n  entry: (.*)/)).1
    #expect(throws: Never.self) { try Invocation(words(entry) + ["README.md"]) }
    #expect(entry.hasPrefix("workbook "))
    #expect(hook.hasPrefix("- id: workbook\n") && hook.contains("\n  language: swift\n"))
    #expect(try packageText("Package.swift").contains(".executable(name: \"workbook\""))
  }
}
