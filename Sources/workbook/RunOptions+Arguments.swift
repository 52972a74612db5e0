import WorkbookCore

extension RunOptions {
  /// What the words after `run` ask for.
  init(_ arguments: Arguments) throws(UsageError) {
    self.init(paths: arguments.operands)
    updates = arguments.has("--update")
    watches = arguments.has("--watch")
    checksExercises = arguments.has("--exercises")
    if let pattern = arguments.value("--filter") {
      guard (try? Regex(pattern)) != nil else {
        throw .badValue(option: "--filter", value: pattern, expected: .pattern)
      }
      filter = pattern
    }
    onlyLastFailed = arguments.has("--last-failed")
    if let revision = arguments.value("--changed") {
      // Git would take it for an option.
      guard !revision.hasPrefix("-") else {
        throw .badValue(option: "--changed", value: revision, expected: .revision)
      }
      changedSince = revision.isEmpty ? "HEAD" : revision
    }
    showsOutput = arguments.has("--verbose")
    isQuiet = arguments.has("--quiet")
    if showsOutput, isQuiet { throw .exclusive("--verbose", "--quiet") }
    showsPlots = arguments.has("--plot")
    if showsPlots, isQuiet { throw .exclusive("--plot", "--quiet") }
    stopsAtFirstFailure = arguments.has("--fail-fast")
    isStrict = arguments.has("--strict")
    savesTemps = arguments.has("--save-temps")
    // Of what comes from the cache, there is nothing to save.
    usesCache = !arguments.has("--no-cache") && !savesTemps
    format = try arguments.format(or: .text)
    hasColour = try arguments.hasColour()
    reports = try arguments.reports()
    if let value = arguments.value("--jobs") {
      let counts = 1...1000
      guard let count = Int(value), counts.contains(count) else {
        throw .badValue(option: "--jobs", value: value, expected: .number(counts))
      }
      jobs = count
    }
    if let value = arguments.value("--shard") { shard = try Self.shard(value) }
    switch (arguments.has("--no-sandbox"), arguments.has("--require-sandbox")) {
    case (true, true): throw .exclusive("--no-sandbox", "--require-sandbox")
    case (true, false): sandbox = .off
    case (false, true): sandbox = .required
    case (false, false): sandbox = .preferred
    }
    build = arguments.buildOptions
    readsPlainCode = arguments.has("--plain-code")
    if watches, updates { throw .exclusive("--watch", "--update") }
    if watches, onlyLastFailed { throw .exclusive("--watch", "--last-failed") }
    if watches, changedSince != nil { throw .exclusive("--watch", "--changed") }
    if watches, format != .text, format != .jsonLines {
      throw .exclusive("--watch", "--format \(format.rawValue)")
    }
    for option in ["--verbose", "--plot"] where arguments.has(option) && format != .text {
      throw .exclusive(option, "--format \(format.rawValue)")
    }
    if watches, !reports.isEmpty { throw .exclusive("--watch", "--report") }
    if checksExercises, updates { throw .exclusive("--exercises", "--update") }
    if shard != nil, updates { throw .exclusive("--shard", "--update") }
  }

  private static func shard(_ value: String) throws(UsageError) -> Shard {
    let parts = value.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let index = Int(parts[0]), let count = Int(parts[1]),
      Shard.counts.contains(count), (1...count).contains(index)
    else {
      throw .badValue(option: "--shard", value: value, expected: .shard)
    }
    return Shard(index: index, count: count)
  }
}

extension Arguments {
  func format<Format: CaseIterable & RawRepresentable<String>>(
    or standard: Format
  ) throws(UsageError) -> Format {
    guard let value = value("--format") else { return standard }
    guard let format = Format(rawValue: value) else {
      let names = Format.allCases.map(\.rawValue)
      throw .badValue(option: "--format", value: value, expected: .oneOf(names))
    }
    return format
  }

  /// nil where the terminal decides.
  func hasColour() throws(UsageError) -> Bool? {
    switch value("--color") {
    case nil, "auto": return nil
    case "always": return true
    case "never": return false
    case let other?:
      throw .badValue(
        option: "--color", value: other, expected: .oneOf(["auto", "always", "never"]))
    }
  }

  /// In the words of `swift build`.
  var buildOptions: BuildOptions {
    BuildOptions(
      traits: value("--traits")?.split(separator: ",").map(String.init),
      swiftcFlags: options["-Xswiftc"] ?? [])
  }

  func reports() throws(UsageError) -> [ReportRequest] {
    var reports: [ReportRequest] = []
    for value in options["--report"] ?? [] {
      let parts = value.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      switch (parts[0], parts.dropFirst().first.map(String.init)) {
      case ("junit", .some(let file)) where !file.isEmpty: reports.append(.junit(file: file))
      case ("json", .some(let file)) where !file.isEmpty: reports.append(.json(file: file))
      case ("github", nil): reports.append(.github)
      default:
        throw .badValue(option: "--report", value: value, expected: .report)
      }
    }
    return reports
  }
}
