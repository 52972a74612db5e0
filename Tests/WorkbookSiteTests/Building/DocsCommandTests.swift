import Foundation
import Synchronization
import Testing
import WorkbookTestTools

@testable import WorkbookCore
@testable import WorkbookSite
@testable import WorkbookSystem

@Suite struct DocsCommandTests {
  private let folder = TemporaryFolder()

  @Test(.timeLimit(.minutes(5)))
  func `a site is made where no other run makes one meanwhile`() async throws {
    var options = DocsOptions(paths: [try folder.write("a.md", "# A\n")])
    options.output = folder["site"]
    var environment = ProcessInfo.processInfo.environment
    environment["XDG_CACHE_HOME"] = folder["cache"]
    let place = try Library.workFolder(of: options.paths[0], environment) + "/docs"
    try makeFolder(place)
    var lock: FileLock? = try await FileLock.lock(file: place + "/lock") {}
    let said = Mutex<[String]>([])
    let command = DocsCommand(options, environment: environment) { event in
      if case .progress(let what) = event { said.withLock { $0.append(what.message) } }
    }
    async let code = command.run()
    let isTold = { said.withLock { $0.contains("Waiting for another run to make its site") } }
    for _ in 0..<3000 where !isTold() { try await Task.sleep(for: .milliseconds(20)) }
    #expect(isTold())
    #expect(!folder.names.contains("site"))
    withExtendedLifetime(lock) {}
    lock = nil
    #expect(try await code == .passed)
    #expect(folder.names.contains("site"))
  }

  @Test func `a day is that of the place`() throws {
    // An hour before midnight in Greenwich.
    let date = Date(timeIntervalSince1970: 1_779_058_800)
    #expect(day(date, in: .gmt) == "2026-05-17")
    #expect(day(date, in: try #require(TimeZone(identifier: "Asia/Shanghai"))) == "2026-05-18")
  }
}
