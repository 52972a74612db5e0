import Testing

@testable import WorkbookCore
@testable import WorkbookSystem

@Suite struct ManifestVariablesTests {
  private let environment = ["A": "1", "B": "2", "SHLVL": "3", "GITHUB_STEP": "4", "TERMS": "5"]

  /// Which of the variables count.
  private func counting(_ manifests: String...) -> Set<String> {
    let variables = ManifestVariables(of: manifests)
    let values = variables.values(in: environment)
    return Set(
      environment.keys.filter { name in
        variables.values(in: environment.merging([name: "other"]) { $1 }) != values
          && variables.values(in: environment.filter { $0.key != name }) != values
      })
  }

  @Test func `who reads none depends on none`() {
    #expect(counting("let package = Package(name: \"A\")") == [])
  }

  @Test func `of those read by name, these alone count`() {
    #expect(counting("if Context.environment[\"A\"] != nil {}") == ["A"])
    #expect(
      counting("getenv( \"B\" )", "ProcessInfo.processInfo.environment[\"SHLVL\", default: \"\"]")
        == ["B", "SHLVL"])
  }

  @Test func `one that is not there yet counts`() {
    let variables = ManifestVariables(of: ["Context.environment[\"C\"]"])
    #expect(variables.values(in: [:]) != variables.values(in: ["C": ""]))
  }

  @Test(arguments: [
    "let all = Context.environment", "Context.environment[name]", "getenv(\"A\" + name)",
    "environ[0]",
    "Context.environment[\"\\(name)\"]", "Context.environment.keys.contains(\"A\")",
  ])
  func `where the names are not to be seen all count, but for a terminal's`(manifest: String) {
    #expect(counting(manifest, "Context.environment[\"A\"]") == ["A", "B", "TERMS"])
  }
}
