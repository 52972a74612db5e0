import Testing
import WorkbookTestTools

@Suite struct FuzzTests {
  private func run(_ stage: (inout Fuzz) throws -> String?) throws {
    try fuzz { random in
      var fuzz = Fuzz(random: random)
      return try stage(&fuzz)
    }
  }

  @Test("The reader tells where everything stands, whatever it reads")
  func reader() throws { try run { $0.reader() } }

  @Test("The option parser tells the place of every problem")
  func optionParser() throws { try run { $0.optionParser() } }

  @Test("The matcher finds a fit where there is one, and offers options that hold")
  func matcher() throws { try run { try $0.matcher() } }

  @Test("The updater changes what it tells and nothing else, and once")
  func updater() throws { try run { try $0.updater() } }
}
