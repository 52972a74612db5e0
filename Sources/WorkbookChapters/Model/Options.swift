import WorkbookSystem

/// The options that there are, beside DocC's own annotations.
package enum OptionName: String, CaseIterable {
  case program
  case noRun = "no-run"
  case skip, error, traps, timeout, optimize, exercise, solution
  case rtol, atol, below, decreasing
  case value, curve
  case languageMode = "language-mode"
  case imports, prelude
  case scope, allow, files, declares, values
  /// Written by `adopt`, which takes it back.
  case adopted

  /// Accepted on a fence, and left to DocC.
  package static let ofDocC: Set<String> = [
    "nocopy", "highlight", "showLineNumbers", "wrap", "strikeout",
  ]

  /// Near an option of ours, and on fences everywhere: the file that the code is from.
  static let ofOthers: Set<String> = ["file"]

  /// Who takes the option; a chapter takes most of them as defaults.
  var holder: OptionHolder {
    switch self {
    case .program, .noRun, .skip, .error, .traps, .timeout, .optimize, .scope, .allow, .files,
      .declares, .values, .exercise, .solution, .adopted:
      .cell
    case .rtol, .atol, .below, .decreasing: .output
    case .value, .curve: .number
    case .languageMode, .imports, .prelude: .chapter
    }
  }

  func isTaken(by holder: OptionHolder) -> Bool {
    switch holder {
    case self.holder: true
    case .chapter:
      ![.error, .traps, .value, .curve, .exercise, .solution, .declares].contains(self)
    case .number: [.program, .rtol, .atol].contains(self)
    case .output: self == .adopted
    case .cell: false
    }
  }

  /// Those that authors write.
  package static func list(for holder: OptionHolder) -> String {
    allCases.filter { $0.isTaken(by: holder) && $0 != .adopted }
      .map(\.rawValue).joined(separator: ", ")
  }

  /// How the option is written, for an author who left the value out.
  package var example: String {
    switch self {
    case .program: "program=adam"
    case .noRun, .decreasing, .optimize, .scope, .declares, .values, .adopted: rawValue
    case .skip: "skip=\"needs a GPU\""
    case .error: "error=\"cannot convert\""
    case .traps: "traps=\"out of range\""
    case .timeout: "timeout=20s"
    case .exercise, .solution: "\(rawValue)=gradients"
    case .allow: "allow=process"
    case .files: "files=\"Tests/Fixtures\""
    case .rtol: "rtol=1e-3"
    case .atol: "atol=1e-6"
    case .below: "below=1e-4"
    case .value: "value=\"499\""
    case .curve: "curve=main"
    case .languageMode: "language-mode=6"
    case .imports: "imports=\"Foundation\""
    case .prelude: "prelude=Prelude.swift"
    }
  }

  /// Those that may not stand on one cell together.
  static let excluding: [(OptionName, OptionName)] =
    [
      (.skip, .noRun), (.skip, .error), (.skip, .traps), (.error, .traps), (.noRun, .traps),
      (.exercise, .solution), (.exercise, .program), (.exercise, .timeout), (.exercise, .optimize),
      (.declares, .skip), (.declares, .error), (.declares, .traps), (.declares, .scope),
      (.declares, .values),
      (.declares, .exercise), (.declares, .solution), (.exercise, .scope), (.exercise, .allow),
      (.exercise, .files), (.exercise, .values),
    ]
    + [.value, .program, .rtol, .atol].map { (.curve, $0) }
    + [.skip, .noRun, .error, .traps].flatMap { [(.exercise, $0), (.solution, $0)] }
}

/// The options of a fence, or a chapter's defaults; nil where one is not given.
package struct Options {
  var programs: [String]?
  var noRun = false
  var skip: String?
  var error: String?
  var traps: String?
  var timeout: Double?
  var exercise: String?
  var solution: String?
  var optimizes = false
  var isScope = false
  var declares = false
  var hasValues = false
  var isAdopted = false
  var allowances: Set<Allowance> = []
  var files: String?
  var relativeTolerance: Double?
  var absoluteTolerance: Double?
  var below: Double?
  var decreasing = false
  var value: String?
  var curve: String?
  var languageMode: Int?
  var imports: [String]?
  var prelude: String?
  /// Where each option stands, and its value as it is written; empty where it has none.
  private(set) var places: [OptionName: Position] = [:]
  private(set) var values: [OptionName: String] = [:]
  private(set) var problems: [(FormatProblem, Position)] = []

  private let holder: OptionHolder

  package init(of holder: OptionHolder) {
    self.holder = holder
  }

  /// Adds the options of a piece of one line, which begins at the place.
  ///
  /// On a fence, attributes of other tools are let be: what is near no option, and on an output block
  /// could not be meant for one.
  mutating func parse(
    _ text: ArraySlice<UInt8>, at place: Position, isFence: Bool = false
  ) {
    var words = OptionWords(text)
    func at(_ index: Int) -> Position {
      Position(line: place.line, column: place.column + index - text.startIndex)
    }
    while let word = words.next() {
      if let problem = word.problem {
        problems.append((problem, at(word.problemStart)))
      } else {
        add(word, at: at(word.start), valueAt: at(word.valueStart), isFence: isFence)
      }
    }
  }

  /// Reports options that may not stand together.
  mutating func checkExclusions() {
    for (first, second) in OptionName.excluding {
      guard let a = places[first], let b = places[second] else { continue }
      let (earlier, later) = a < b ? (first, second) : (second, first)
      problems.append(
        (
          .excludingOptions(first: earlier.rawValue, second: later.rawValue), places[later]!
        ))
    }
  }

  private mutating func add(
    _ word: OptionWord, at place: Position, valueAt valuePlace: Position, isFence: Bool
  ) {
    guard let name = OptionName(rawValue: word.name) else {
      if holder != .chapter, OptionName.ofDocC.contains(word.name) { return }
      if let foreign = ForeignWord(rawValue: word.name) {
        problems.append((.foreignWord(foreign), place))
        return
      }
      let known = OptionName.allCases.filter { $0.isTaken(by: holder) }.map(\.rawValue)
      let name = word.name.lowercased()
      let suggestion =
        nearestWord(to: name, among: known)
        ?? nearestWord(to: name, among: OptionName.allCases.map(\.rawValue))
      // A word without a name is nobody's attribute.
      if isFence, name != "=", suggestion == nil || OptionName.ofOthers.contains(name),
        holder == .cell || !Self.mayMeanCheck(word)
      {
        return
      }
      problems.append((.unknownOption(name: word.name, suggestion: suggestion, on: holder), place))
      return
    }
    guard name.isTaken(by: holder) else {
      let problem = FormatProblem.misplacedOption(
        name: name.rawValue, on: holder, belongsOn: name.holder)
      problems.append((problem, place))
      return
    }
    // Those of several comments add up.
    guard places.updateValue(place, forKey: name) == nil || name == .imports else {
      problems.append((.duplicateOption(name: name.rawValue), place))
      return
    }
    values[name] = [values[name], word.value].compactMap(\.self).joined(separator: " ")
    if let problem = set(name, to: word.value) {
      let isAboutValue = word.value != nil && problem != .unexpectedValue(option: name.rawValue)
      problems.append((problem, isAboutValue ? valuePlace : place))
    }
  }

  /// Takes the value over, or says what is wrong with it.
  private mutating func set(_ name: OptionName, to value: String?) -> FormatProblem? {
    let invalid = FormatProblem.invalidValue(option: name, value: value ?? "")
    if [.noRun, .decreasing, .optimize, .scope, .declares, .values, .adopted].contains(name) {
      if value != nil { return .unexpectedValue(option: name.rawValue) }
    } else if value?.isEmpty ?? (name != .error && name != .traps) {
      return .missingValue(option: name)
    }
    let value = value ?? ""
    switch name {
    case .noRun: noRun = true
    case .decreasing: decreasing = true
    case .optimize: optimizes = true
    case .scope: isScope = true
    case .declares: declares = true
    case .values: hasValues = true
    case .adopted: isAdopted = true
    case .skip:
      guard value.contains(where: { !$0.isWhitespace }) else { return invalid }
      skip = value
    case .error: error = value
    case .traps: traps = value
    case .value: self.value = value
    case .prelude: prelude = value
    case .files: files = value
    case .allow:
      let words = value.split { $0 == " " || $0 == "\t" || $0 == "," }.map(String.init)
      let known = words.compactMap(Allowance.init)
      guard !words.isEmpty, known.count == words.count else { return invalid }
      allowances = Set(known)
    case .imports:
      guard let names = Self.moduleNames(value) else { return invalid }
      imports = (imports ?? []) + names
    case .program:
      guard let names = Self.programNames(value) else { return invalid }
      programs = names
    case .exercise, .solution, .curve:
      guard let names = Self.programNames(value), names.count == 1 else { return invalid }
      switch name {
      case .exercise: exercise = names[0]
      case .solution: solution = names[0]
      default: curve = names[0]
      }
    case .timeout:
      guard let seconds = Self.seconds(value) else { return invalid }
      timeout = seconds
    case .rtol, .atol:
      guard let number = Self.number(value), number >= 0 else { return invalid }
      if name == .rtol { relativeTolerance = number } else { absoluteTolerance = number }
    case .below:
      guard let number = Self.number(value) else { return invalid }
      below = number
    case .languageMode:
      guard let mode = Int(value), mode == 5 || mode == 6 else { return invalid }
      languageMode = mode
    }
    return nil
  }

  /// Whether it is written as the options of output blocks are: a word alone, or with a number.
  private static func mayMeanCheck(_ word: OptionWord) -> Bool {
    word.name.first?.isLetter == true && word.value.map { number($0) != nil } ?? true
  }

  // MARK: - Values

  private static func programNames(_ value: String) -> [String]? {
    let names = value.split { $0 == " " || $0 == "\t" || $0 == "," }.map(String.init)
    let areValid = names.allSatisfy { name in
      name.first != "." && name.utf8.count <= 100
        && name.allSatisfy { $0.isLetter || $0.isNumber || "-_.".contains($0) }
    }
    guard areValid, !names.isEmpty, Set(names).count == names.count else { return nil }
    return names
  }

  private static func moduleNames(_ value: String) -> [String]? {
    let names = value.split { $0 == " " || $0 == "\t" || $0 == "," }.map(String.init)
    let areValid = names.allSatisfy { name in
      name.first?.isNumber == false && name.last != "."
        && name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." }
    }
    return areValid && !names.isEmpty ? names : nil
  }

  /// A decimal number that is finite.
  private static func number(_ value: String) -> Double? {
    guard value.utf8.allSatisfy({ $0.isDigit || "+-.eE".utf8.contains($0) }),
      let number = Double(value), number.isFinite
    else { return nil }
    return number
  }

  private static func seconds(_ value: String) -> Double? {
    for (unit, factor) in [("ms", 1e-3), ("s", 1), ("min", 60), ("m", 60)]
    where value.hasSuffix(unit) {
      guard let count = number(String(value.dropLast(unit.count))) else { return nil }
      let seconds = count * factor
      return seconds > 0 && seconds <= 86_400 ? seconds : nil
    }
    return nil
  }
}
