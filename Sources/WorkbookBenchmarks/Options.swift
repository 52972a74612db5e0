/// What the command line asks for.
struct Options {
  var groups: [Group] = []
  var names: [String] = []
  var isJSON = false
  var withPeers = false
  var python = "python3"
  var rounds = 7
  var threads: Int?
  /// Whether the fastest of many short rounds count.
  var isBest = false
  /// How many steps of each loop to do, and nothing else.
  var untimedSteps: Int?

  static let usage = """
    usage: WorkbookBenchmarks [loops] [products] [operations] [scaling] [options]

    Times the library beside what this machine can do at most. Without a group: loops.

    options:
      --only NAME     only what has this name, or begins with it and a hyphen; may be given again
      --peers         do the same work in NumPy and PyTorch, turn by turn, where python3 has them,
                      and replays in JAX, compiled, where it has that
      --python PATH   the python3 to ask
      --rounds N      how often to measure; the median counts (7)
      --best          the fastest of many short rounds instead: beside others on a machine
      --threads N     how many threads to use, here and there; on one, its processor's time counts
      --format json   one object instead of a table
      --steps N       N steps of each loop, untimed: for a tool that counts instructions
    """

  /// Whether what has a name is wanted.
  func includes(_ name: String) -> Bool {
    names.isEmpty || names.contains { name == $0 || name.hasPrefix($0 + "-") }
  }

  /// The options of the arguments, or what is wrong with them.
  init(_ arguments: [String]) throws {
    var rest = arguments[...]
    func value(_ option: String) throws -> String {
      guard let value = rest.popFirst() else { throw UsageError("\(option) needs a value") }
      return value
    }
    func number(_ option: String) throws -> Int {
      let text = try value(option)
      guard let number = Int(text), number > 0 else {
        throw UsageError("\(option) needs a whole number above 0, not '\(text)'")
      }
      return number
    }
    while let argument = rest.popFirst() {
      switch argument {
      case "--only": names.append(try value(argument))
      case "--peers": withPeers = true
      case "--best": isBest = true
      case "--python": python = try value(argument)
      case "--rounds": rounds = try number(argument)
      case "--threads": threads = try number(argument)
      case "--steps": untimedSteps = try number(argument)
      case "--format":
        let format = try value(argument)
        guard format == "json" else { throw UsageError("--format knows json, not '\(format)'") }
        isJSON = true
      default:
        guard let group = Group(rawValue: argument) else {
          throw UsageError("there is no '\(argument)'")
        }
        groups.append(group)
      }
    }
    if isBest, withPeers { throw UsageError("--best: a peer's short rounds cannot be told apart") }
    if groups.isEmpty { groups = [.loops] }
  }
}

/// What is measured together.
enum Group: String, CaseIterable {
  case loops, products, operations, scaling
}

/// An argument that cannot be followed.
struct UsageError: Error {
  let message: String
  init(_ message: String) { self.message = message }
}
