import Foundation

/// A small part of TeX's formulas as MathML, which browsers draw without any script.
struct MathML {
  private var rest: Substring

  /// The formula in its element; a block stands on a line of its own.
  static func html(_ formula: String, isBlock: Bool) throws(MathProblem) -> String {
    var math = MathML(rest: Substring(formula.trimmingCharacters(in: .whitespacesAndNewlines)))
    let rows = try math.rows(until: nil, depth: 0)
    let content =
      rows.count == 1 && rows[0].count == 1 ? rows[0][0] : table(rows, alternating: true)
    // Read aloud where MathML is not known.
    let source = htmlEscaped(formula.trimmingCharacters(in: .whitespacesAndNewlines))
    let mode = isBlock ? " display=\"block\"" : ""
    let element = "<math\(mode) aria-label=\"\(source)\">\(content)</math>"
    // Where a paragraph is, a block could not be.
    return isBlock ? "<span class=\"formula\" tabindex=\"0\">\(element)</span>" : element
  }

  private static func table(_ rows: [[String]], alternating: Bool) -> String {
    let rows = rows.map { cells in
      let cells = cells.enumerated().map { index, cell in
        guard alternating else { return "<mtd>\(cell)</mtd>" }
        // As large as on a line of its own.
        return "<mtd class=\"\(index % 2 == 0 ? "right" : "left")\">"
          + "<mstyle displaystyle=\"true\">\(cell)</mstyle></mtd>"
      }
      return "<mtr>\(cells.joined())</mtr>"
    }
    return "<mtable>\(rows.joined())</mtable>"
  }

  // MARK: - Reading

  private static let depthLimit = 50

  private mutating func skipSpaces() { rest = rest.drop(while: \.isWhitespace) }

  private mutating func take(_ text: String) -> Bool {
    guard rest.hasPrefix(text) else { return false }
    rest.removeFirst(text.count)
    return true
  }

  /// Cells between `&` in rows between `\\`, up to what ends them.
  private mutating func rows(until end: String?, depth: Int) throws(MathProblem) -> [[String]] {
    guard depth < Self.depthLimit else { throw .unexpected("{") }
    var rows: [[String]] = [[""]]
    while true {
      skipSpaces()
      // `\rightarrow` is no `\right`.
      let isWord = end?.last?.isLetter == true
      if let end, !(isWord && rest.dropFirst(end.count).first?.isLetter == true), take(end) {
        break
      }
      guard !rest.isEmpty else {
        if let end { throw .unclosed(end) }
        break
      }
      if take("\\\\") {
        rows.append([""])
      } else if take("&") {
        rows[rows.count - 1].append("")
      } else {
        let element = try self.element(depth: depth)
        rows[rows.count - 1][rows[rows.count - 1].count - 1] += element
      }
    }
    if rows.last == [""], rows.count > 1 { rows.removeLast() }
    return rows.map { $0.map { "<mrow>\($0)</mrow>" } }
  }

  /// An atom with what stands above and below it.
  private mutating func element(depth: Int) throws(MathProblem) -> String {
    let hasLimits = ["\\sum", "\\prod", "\\max", "\\min", "\\lim"].contains {
      rest.hasPrefix($0) && rest.dropFirst($0.count).first?.isLetter != true
    }
    let base = try atom(depth: depth)
    var lower: String?
    var upper: String?
    while true {
      skipSpaces()
      if take("'") {
        upper = (upper ?? "") + "<mo>′</mo>"
      } else if rest.first == "^", upper == nil {
        rest.removeFirst()
        upper = try argument(depth: depth + 1)
      } else if rest.first == "_", lower == nil {
        rest.removeFirst()
        lower = try argument(depth: depth + 1)
      } else {
        break
      }
    }
    let (under, over) = hasLimits ? ("munder", "mover") : ("msub", "msup")
    switch (lower, upper) {
    case (nil, nil): return base
    case (let lower?, nil): return "<\(under)>\(base)\(lower)</\(under)>"
    case (nil, let upper?): return "<\(over)>\(base)<mrow>\(upper)</mrow></\(over)>"
    case (let lower?, let upper?):
      let name = hasLimits ? "munderover" : "msubsup"
      return "<\(name)>\(base)\(lower)<mrow>\(upper)</mrow></\(name)>"
    }
  }

  /// What belongs to a command or a script: of a number that no braces hold, the first digit.
  private mutating func argument(depth: Int) throws(MathProblem) -> String {
    skipSpaces()
    guard let first = rest.first, first.isNumber else { return try atom(depth: depth) }
    rest.removeFirst()
    return "<mn>\(first)</mn>"
  }

  /// What stands between braces, or one sign.
  private mutating func atom(depth: Int) throws(MathProblem) -> String {
    guard depth < Self.depthLimit else { throw .unexpected("{") }
    skipSpaces()
    guard let first = rest.first else { throw .unexpected("the end") }
    if take("{") {
      let rows = try self.rows(until: "}", depth: depth + 1)
      return rows.count == 1 && rows[0].count == 1
        ? rows[0][0] : Self.table(rows, alternating: false)
    }
    if first == "\\" { return try command(depth: depth) }
    if "}^_&#%$".contains(first) { throw .unexpected(String(first)) }
    if first.isNumber {
      let number = rest.prefix { $0.isNumber || $0 == "." }
      rest = rest[number.endIndex...]
      return "<mn>\(number)</mn>"
    }
    rest.removeFirst()
    if first.isLetter { return "<mi>\(first)</mi>" }
    let sign = first == "-" ? "−" : first == "*" ? "∗" : htmlEscaped(String(first))
    return "()[]|".contains(first) ? "<mo stretchy=\"false\">\(sign)</mo>" : "<mo>\(sign)</mo>"
  }

  private mutating func command(depth: Int) throws(MathProblem) -> String {
    rest.removeFirst()
    var name = String(rest.prefix { $0.isASCII && $0.isLetter })
    if name.isEmpty { name = String(rest.prefix(1)) }
    rest.removeFirst(name.count)
    switch name {
    case "frac":
      return "<mfrac>\(try argument(depth: depth + 1))\(try argument(depth: depth + 1))</mfrac>"
    case "sqrt":
      skipSpaces()
      if take("[") {
        let index = try rows(until: "]", depth: depth + 1).joined().joined()
        return "<mroot>\(try argument(depth: depth + 1))\(index)</mroot>"
      }
      return "<msqrt>\(try argument(depth: depth + 1))</msqrt>"
    case "mathrm", "text", "operatorname", "mathtt", "texttt", "textrm":
      return "<mtext>\(htmlEscaped(try words()))</mtext>"
    case "mathbf": return "<mi class=\"bold\">\(htmlEscaped(try words()))</mi>"
    case "mathbb", "mathcal":
      let letters = try words()
      let drawn = letters.compactMap { Self.drawn($0, isScript: name == "mathcal") }
      guard drawn.count == letters.count else { throw .unknownCommand("\(name){\(letters)}") }
      return "<mi>\(drawn.joined())</mi>"
    case "hat", "bar", "tilde", "vec", "dot":
      let accent = ["hat": "^", "bar": "‾", "tilde": "~", "vec": "→", "dot": "˙"][name] ?? ""
      return "<mover accent=\"true\">\(try argument(depth: depth + 1))<mo>\(accent)</mo></mover>"
    case "left":
      let open = try fence()
      let rows = try self.rows(until: "\\right", depth: depth + 1)
      let content =
        rows.count == 1 && rows[0].count == 1 ? rows[0][0] : Self.table(rows, alternating: false)
      return "<mrow>\(open)\(content)\(try fence())</mrow>"
    case "begin":
      let environment = try words()
      let end = "\\end{\(environment)}"
      switch environment {
      case "aligned": return Self.table(try rows(until: end, depth: depth + 1), alternating: true)
      case "matrix", "cases", "bmatrix", "pmatrix":
        let table = Self.table(try rows(until: end, depth: depth + 1), alternating: false)
        let fences = ["cases": ("{", ""), "bmatrix": ("[", "]"), "pmatrix": ("(", ")")]
        let (open, close) = fences[environment] ?? ("", "")
        return "<mrow><mo>\(open)</mo>\(table)<mo>\(close)</mo></mrow>"
      default: throw .unknownCommand("begin{\(environment)}")
      }
    default:
      if let letter = Self.letters[name] { return "<mi>\(letter)</mi>" }
      if let sign = Self.signs[name] { return "<mo>\(htmlEscaped(sign))</mo>" }
      if Self.functions.contains(name) { return "<mi>\(name)</mi>" }
      if let width = Self.spaces[name] { return "<mspace width=\"\(width)\"></mspace>" }
      throw .unknownCommand(name)
    }
  }

  /// What stands behind `\left` or `\right`: as high as what it holds, or a point for nothing.
  private mutating func fence() throws(MathProblem) -> String {
    skipSpaces()
    guard let sign = rest.popFirst() else { throw .unexpected("the end") }
    if sign == "." { return "" }
    if sign != "\\" { return "<mo>\(htmlEscaped(String(sign)))</mo>" }
    guard let brace = rest.popFirst(), "{}|".contains(brace) else {
      throw .unexpected("\\" + rest.prefix(1))
    }
    return "<mo>\(brace == "|" ? "‖" : String(brace))</mo>"
  }

  /// What stands between braces, as it is written.
  private mutating func words() throws(MathProblem) -> String {
    skipSpaces()
    guard take("{") else { throw .unexpected(String(rest.prefix(1))) }
    guard let end = rest.firstIndex(of: "}") else { throw .unclosed("}") }
    defer { rest = rest[rest.index(after: end)...] }
    return String(rest[..<end].replacing("\\_", with: "_").replacing("\\", with: ""))
  }

  /// A capital as it is drawn on a blackboard, or written by hand.
  private static func drawn(_ letter: Character, isScript: Bool) -> String? {
    // Those that Unicode had before it had the others.
    let early: [Character: String] =
      isScript
      ? ["B": "ℬ", "E": "ℰ", "F": "ℱ", "H": "ℋ", "I": "ℐ", "L": "ℒ", "M": "ℳ", "R": "ℛ"]
      : ["C": "ℂ", "H": "ℍ", "N": "ℕ", "P": "ℙ", "Q": "ℚ", "R": "ℝ", "Z": "ℤ"]
    guard let value = letter.asciiValue, (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(value)
    else { return nil }
    let first: UInt32 = isScript ? 0x1D49C : 0x1D538
    let scalar = Unicode.Scalar(first + UInt32(value - UInt8(ascii: "A")))
    return early[letter] ?? scalar.map { String($0) }
  }

  private static let functions: Set<String> = [
    "max", "min", "exp", "log", "ln", "sin", "cos", "tan", "tanh", "lim", "det", "arg",
  ]
  private static let spaces = [
    ",": "0.17em", ":": "0.22em", ";": "0.28em", " ": "0.33em", "quad": "1em", "qquad": "2em",
    "!": "-0.17em",
  ]
  private static let letters: [String: String] = {
    var letters = ["ell": "ℓ", "infty": "∞", "nabla": "∇", "partial": "∂", "top": "⊤", "hbar": "ℏ"]
    let names = """
      alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho \
      varsigma sigma tau upsilon phi chi psi omega
      """
    for (offset, name) in names.split(separator: " ").enumerated() {
      letters[String(name)] = Unicode.Scalar(0x3B1 + UInt32(offset)).map { String($0) }
    }
    for (name, letter) in [
      ("Gamma", "Γ"), ("Delta", "Δ"), ("Theta", "Θ"), ("Lambda", "Λ"), ("Xi", "Ξ"), ("Pi", "Π"),
      ("Sigma", "Σ"), ("Phi", "Φ"), ("Psi", "Ψ"), ("Omega", "Ω"), ("varepsilon", "ε"),
    ] { letters[name] = letter }
    return letters
  }()
  private static let signs = [
    "cdot": "·", "times": "×", "odot": "⊙", "oplus": "⊕", "otimes": "⊗", "pm": "±", "div": "÷",
    "le": "≤", "leq": "≤", "ge": "≥", "geq": "≥", "ne": "≠", "neq": "≠", "approx": "≈",
    "equiv": "≡", "sim": "∼", "propto": "∝", "ll": "≪", "gg": "≫", "in": "∈", "notin": "∉",
    "subset": "⊂", "cup": "∪", "cap": "∩", "to": "→", "rightarrow": "→", "leftarrow": "←",
    "gets": "←", "mapsto": "↦", "Rightarrow": "⇒", "sum": "∑", "prod": "∏", "int": "∫",
    "cdots": "⋯", "ldots": "…", "dots": "…", "vdots": "⋮", "circ": "∘", "star": "⋆", "ast": "∗",
    "prime": "′", "mid": "|", "lVert": "‖", "rVert": "‖", "|": "‖", "{": "{", "}": "}", "_": "_",
    "%": "%", "&": "&", "#": "#", "$": "$", "lfloor": "⌊", "rfloor": "⌋", "forall": "∀",
    "exists": "∃", "colon": ":",
  ]
}

extension MathProblem {
  /// The problem and the way out.
  var message: String {
    switch self {
    case .unknownCommand(let name):
      "the site cannot show \\\(name); write the formula with other commands, or as code"
    case .unclosed(let end): "the formula lacks its '\(end)'; close what is open"
    case .unexpected(let sign): "'\(sign)' may not stand there in a formula; put a \\ or braces"
    }
  }
}
