import WorkbookConfinement

extension Confinement.Level {
  /// What a report adds to its sum; nothing where programs are confined.
  var remark: String {
    switch self {
    case .full: ""
    case .partial: ", partly confined"
    case .none: ", not confined"
    }
  }
}

/// What a system lacks, by name.
func list(_ missing: [Confinement.Means]) -> String {
  missing.map { means in
    switch means {
    case .landlock: "Landlock (Linux 6.2 or newer) to guard files"
    case .seccomp: "seccomp (Linux 5.5 or newer) to guard network and processes"
    }
  }.joined(separator: ", ")
}
