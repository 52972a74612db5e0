import Testing
import WorkbookTestTools

@Suite struct FuzzTests {
  private func run(_ stage: (inout Fuzz) throws -> String?) throws {
    try fuzz { random in
      var fuzz = Fuzz(random: random)
      return try stage(&fuzz)
    }
  }

  @Test func `the reader tells where everything stands, whatever it reads`() throws {
    try run { $0.reader() }
  }

  @Test func `the option parser tells the place of every problem`() throws {
    try run { $0.optionParser() }
  }

  @Test func `the matcher finds a fit where there is one, and offers options that hold`() throws {
    try run { try $0.matcher() }
  }

  @Test func `what adopt writes changes nothing else that is read, and goes away to the byte`()
    throws
  {
    try run { $0.adopter() }
  }

  @Test func `the updater changes what it tells and nothing else, and once`() throws {
    try run { try $0.updater() }
  }
}
