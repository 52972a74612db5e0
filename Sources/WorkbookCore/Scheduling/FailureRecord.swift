import Foundation
import WorkbookSystem
import WorkbookChapters

/// Which programs of a package failed when they ran last.
struct FailureRecord: Sendable {
  /// As `TimeRecord` calls them.
  private var names: Set<String>
  private let file: String
  private let root: String

  /// Reads the record; a missing or damaged one is empty.
  init(file: String, root: String) {
    self.file = file
    self.root = URL(filePath: root).resolvingSymlinksInPath().path
    let data = FileManager.default.contents(atPath: file)
    names = data.flatMap { try? JSONDecoder().decode(Set<String>.self, from: $0) } ?? []
  }

  func holds(_ program: Program) -> Bool { names.contains(name(of: program)) }

  /// Notes what became of programs and writes the record, if that changed it.
  ///
  /// One that did not get its turn stays what it was. A record that cannot be written is no fault of the run's.
  mutating func note(_ results: [ProgramResult]) {
    let before = names
    for result in results {
      switch result.status {
      case .notRun(.earlierFailure), .notRun(.interruption): continue
      case .notRun: names.insert(name(of: result.program))
      case .ran, .compiled, .skipped:
        if result.failures.isEmpty {
          names.remove(name(of: result.program))
        } else {
          names.insert(name(of: result.program))
        }
      }
    }
    if names != before { try? writeFile(encodedJSON(names.sorted()), to: file) }
  }

  private func name(of program: Program) -> String { TimeRecord.name(of: program, root: root) }
}
