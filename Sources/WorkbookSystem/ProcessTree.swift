#if os(Linux)
  import Foundation

  /// A process and all that is below it, also what its own parent left behind: that becomes the child of the next
  /// one above that collects such.
  package enum ProcessTree {
    /// All below a process, without itself.
    package static func below(_ root: pid_t) -> [pid_t] {
      var found: [pid_t] = []
      var rest = children(of: root) ?? []
      while let next = rest.popLast() {
        found.append(next)
        rest += children(of: next) ?? []
      }
      return found
    }

    /// nil where the kernel does not tell.
    package static func children(of process: pid_t) -> [pid_t]? {
      let threads = names(in: "/proc/\(process)/task") as [String]? ?? []
      let lists = threads.compactMap { thread in
        try? String(contentsOfFile: "/proc/\(process)/task/\(thread)/children", encoding: .utf8)
      }
      if lists.isEmpty { return nil }
      return lists.flatMap { $0.split(separator: " ").compactMap { pid_t($0) } }
    }

    /// Whether a process is below another, which is this one.
    ///
    /// - Parameter process: its number is not given to another meanwhile.
    package static func isBelow(_ root: pid_t, _ process: pid_t) -> Bool {
      let parents = parents(of: process)
      // Where each still is the parent, none of them has become another.
      return parents.contains(root) && parents == self.parents(of: process)
    }

    private static func parents(of process: pid_t) -> [pid_t] {
      var found: [pid_t] = []
      var next = process
      while let parent = status("PPid", of: next), parent > 0 {
        found.append(parent)
        next = parent
      }
      return found
    }

    /// The process that a thread is one of.
    package static func process(of thread: pid_t) -> pid_t? { status("Tgid", of: thread) }

    private static func status(_ name: String, of thread: pid_t) -> pid_t? {
      let text = try? String(contentsOfFile: "/proc/\(thread)/status", encoding: .utf8)
      return text?.split(separator: "\n").first { $0.hasPrefix(name + ":") }
        .flatMap { pid_t($0.dropFirst(name.count + 1).trimmingCharacters(in: .whitespaces)) }
    }
  }
#endif
