import WorkbookSystem

extension CommandError {
  /// The problem and the way out.
  package var message: String {
    switch self {
    case .exists(let path):
      "\(path) exists already and is not empty; name another place or remove it"
    case .cannotWrite(let path, let reason):
      "cannot write \(path): \(reason)"
    case .cannotRead(let path, let reason):
      "cannot read \(path): \(reason)"
    case .notAReport(let path, let problem):
      "\(path) is no JSON report of workbook run (\(problem.words)); make one with --report json=FILE"
    case .noShard(let path):
      "\(path) is the report of a whole run, not of a shard; there is nothing to merge it with"
    case .shardsDiffer(let path, let count, let expected):
      "\(path) is one of \(count) shards, the reports before it are of \(expected)"
    case .plansDiffer(let path):
      "\(path) divides the programs otherwise than the reports before it, so some may be missing; "
        + "run all shards on the same chapters"
    case .shardTwice(let index, let path):
      "\(path) is shard \(index), which another report is too; give each shard once"
    case .shardsMissing(let indices, let count):
      "shard \(indices.map(String.init).joined(separator: ", ")) of \(count) is missing"
    case .nothingToExport(let chapter):
      "\(chapter) has no program that runs; there is nothing to export"
    case .notOneChapter(let path, let count):
      "\(path) holds \(count) chapters; name one of them"
    case .fileAndFolder(let first, let second):
      "\(first) and \(second) are a file and a folder; compare two files or two folders"
    case .noExercises(let paths):
      "there is no exercise in \(paths.isEmpty ? "the chapters here" : paths.joined(separator: ", ")); mark a "
        + "cell exercise=NAME, and its solution solution=NAME"
    case .noMatch(let filter):
      "no program is called so that '\(filter)' matches in its PATH#PROGRAM; workbook list names all"
    case .noChanges(let revision, let folder, let reason):
      "git cannot tell in \(folder) what changed since '\(revision)': \(reason); name a revision that it "
        + "knows, or leave out --changed"
    case .noChapters:
      "no path is given, and here is no chapters/, README.md, *.docc or Sources/; name a chapter or a "
        + "folder"
    case .noBrowser(let names):
      "a PDF needs a browser on the PATH: \(names.joined(separator: ", ")); install one, or leave out --pdf"
    case .noSite:
      "chapters failed, so there is no site; mend them, or --allow-failures"
    case .fewFiles(let limit):
      "no more than \(limit) files may be open at once here, and \(OpenFiles.least) must be; raise "
        + "that with `ulimit -n`"
    case .cannotConfine(let missing):
      "programs cannot be confined here; this system lacks \(list(missing))"
    }
  }
}

extension CommandError.ReportProblem {
  fileprivate var words: String {
    switch self {
    case .missing(let key): "it has no '\(key)'"
    case .otherThing(let key): "another thing than expected is in '\(key ?? "it")'"
    case .impossibleNumber(let key): "no run has the number in '\(key)'"
    case .notJSON: "it is not JSON, or has a number that is too large"
    }
  }
}
