import WorkbookSystem

/// What a launcher is asked to do.
package struct Launch: Codable, Hashable {
  /// The files that the process may use, beside those of the system that every process needs.
  package struct Files: Codable, Hashable {
    /// Files, and folders with all that they hold.
    package var readable: [String] = []
    /// Folders whose names may be read, with those of the folders in them.
    package var listable: [String] = []
    package var runnable: [String] = []
    /// Besides the folder that it works in.
    package var writable: [String] = []

    package init(
      readable: [String] = [], listable: [String] = [], runnable: [String] = [],
      writable: [String] = []
    ) {
      self.readable = readable
      self.listable = listable
      self.runnable = runnable
      self.writable = writable
    }
  }

  /// What the process is, and so what it needs.
  package enum Role: Codable, Hashable {
    /// A reader's program.
    case program
    /// A compiler, a linker or the like: it may start processes of its own.
    case tool
  }

  package var executable: String
  /// Those behind its name.
  var arguments: [String] = []
  /// All that it sees; nothing is inherited.
  var environment: [String: String]
  /// The launch's own: the process works in the folder `work` in it, and what it leaves goes to files next
  /// to that.
  package var folder: String
  var limits: Limits
  var role: Role
  /// Looks at files in this folder are noted; with nil, none.
  var inputs: String?
  /// Of a program, besides.
  var allowances: Set<Allowance>
  /// To its files, and to itself; its limits hold anyway.
  var isConfined: Bool
  var files = Files()
  /// Later versions of Landlock are not used; for tests.
  var landlock = Int.max

  var workFolder: String { folder + "/work" }
  var allowsProcesses: Bool { allowances.contains(.process) }
  /// Whether its launcher is shown what it is about to do.
  var showsCalls: Bool { role == .program || inputs != nil }
  var allowsLoopback: Bool { allowances.contains(.loopback) }
  package var outputPath: String { folder + "/output" }
  package var errorsPath: String { folder + "/errors" }
  package var recordsPath: String { folder + "/records" }

  package init(
    executable: String, arguments: [String] = [], environment: [String: String], folder: String,
    limits: Limits, role: Role, inputs: String? = nil, allowances: Set<Allowance> = [],
    isConfined: Bool,
    files: Files = Files(), landlock: Int = Int.max
  ) {
    self.executable = executable
    self.arguments = arguments
    self.environment = environment
    self.folder = folder
    self.limits = limits
    self.role = role
    self.inputs = inputs
    self.allowances = allowances
    self.isConfined = isConfined
    self.files = files
    self.landlock = landlock
  }
}

/// What a launcher tells when the process has ended.
package struct LaunchReport: Codable, Hashable {
  package enum End: Codable, Hashable {
    case exited(Int32)
    /// A signal of the process's own making or the kernel's answer to what it did.
    case signalled(Int32)
    /// A signal that neither the process nor its launcher sent.
    case killed(Int32)
    case timedOut
    case exceeded(Excess)
    case interrupted
    /// The launcher could not do its work: what, and the system's number for why.
    case failed(doing: String, code: Int32)
  }

  package var end: End
  package var seconds: Double
  package var peakMemoryBytes: Int
  /// The files in the launch's `inputs` that it looked at, with their stamps from before.
  package var inputs: [String: InputStamp] = [:]
}
