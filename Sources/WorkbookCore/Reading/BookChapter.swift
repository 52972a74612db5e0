import WorkbookSystem
import WorkbookChapters

/// A chapter that was read, with the programs of it that were asked for.
package struct BookChapter: Sendable {
  package var chapter: Chapter
  package var source: [UInt8]
  package var programs: [Program]
}

extension BookChapter {
  /// The same with what reading leaves open: the module that programs of doc comments, and of articles in
  /// its DocC catalog, see without importing it.
  func completed(with library: Library) -> BookChapter {
    let isInCatalog = absolutePath(chapter.path).split(separator: "/").dropLast()
      .contains { $0.hasSuffix(".docc") }
    guard isSwiftFile(chapter.path) || isInCatalog, let module = library.module(of: chapter.path)
    else {
      return self
    }
    return withPrograms { $0.module = module }
  }

  /// The same with the exercises of its programs alone, in which answers stand.
  var answers: BookChapter {
    let chosen = programs.map(\.name)
    var answers = self
    answers.programs = chapter.programs.filter { program in
      guard let exercise = program.exercise else { return false }
      return chosen.contains(program.name) || chosen.contains(exercise.program)
    }
    return answers.withPrograms { $0.exercise?.isAnswer = true }
  }

  /// The same where its package fails, so that none of its programs can run.
  func failed(_ fault: Fault) -> BookChapter {
    var failed = withPrograms { $0.isBroken = true }
    let place = Location(path: chapter.path, line: 1, column: 1)
    failed.chapter.failures.append(Failure(.fault(fault), at: place))
    return failed
  }

  /// Makes a program of it one that does not run.
  mutating func refuse(_ program: String, for failure: Failure) {
    self = withPrograms { if $0.name == program { $0.isBroken = true } }
    chapter.add(failure, of: program)
  }

  /// What is wrong with the chapter, but for what breaks only programs that nobody asked for.
  var failures: [Failure] {
    // That of an exercise stands on its solution's.
    let names = Set(programs.flatMap { [$0.name] + ($0.exercise.map { [$0.program] } ?? []) })
    return chapter.failures.filter {
      !(chapter.brokenPrograms[$0]?.isDisjoint(with: names) ?? false)
    }
  }

  private func withPrograms(_ change: (inout Program) -> Void) -> BookChapter {
    var changed = self
    for index in programs.indices { change(&changed.programs[index]) }
    for index in chapter.programs.indices { change(&changed.chapter.programs[index]) }
    return changed
  }
}
