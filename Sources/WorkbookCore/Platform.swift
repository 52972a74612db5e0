import Foundation
import WorkbookSystem

// What differs by system in this target; all else is POSIX and Foundation.

#if os(Linux)
  /// Where a toolchain has the system's libraries, in `usr/lib/swift`.
  let librariesName = "linux"
  /// Whether `ld.lld`, where a toolchain has it, links executables for this system.
  let canUseLLD = true

  /// What processor this is: another one may round a program's numbers otherwise.
  let processorName: String = {
    let text = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    let lines = text.split(separator: "\n\n", maxSplits: 1).first?.split(separator: "\n") ?? []
    // ARM's processors have the latter ones.
    let names = ["model name", "flags", "Features", "CPU "]
    return lines.filter { line in names.contains { line.hasPrefix($0) } }
      .joined(separator: "\n")
  }()

  /// The SDK to compile with; nil where there is but the system itself.
  func sdk(_ environment: [String: String]) async throws(Fault) -> String? { nil }

  extension ProgramRuntime {
    /// The system's part of the source.
    static let system = """
      import Glibc

      // Of the first image, the program, the first word tells how far it lies from where it was linked to.
      @_silgen_name("dl_iterate_phdr")
      func visitImages(
        _ visit: @convention(c) (UnsafePointer<Int>, Int, UnsafeMutablePointer<Int>) -> Int32,
        _ argument: UnsafeMutablePointer<Int>
      ) -> Int32

      func distanceFromLinkedPlace() -> Int {
        var distance = 0
        _ = visitImages({ $2.pointee = $0.pointee; return 1 }, &distance)
        return distance
      }

      func signalAction(_ handler: @escaping @convention(c) (Int32) -> Void) -> sigaction {
        var action = sigaction()
        action.__sigaction_handler.sa_handler = handler
        action.sa_flags = Int32(bitPattern: SA_RESETHAND) | SA_ONSTACK
        return action
      }
      """
  }
#else
  let librariesName = "macosx"
  let canUseLLD = false

  let processorName: String = {
    var name = [UInt8](repeating: 0, count: 256)
    var count = name.count
    guard sysctlbyname("machdep.cpu.brand_string", &name, &count, nil, 0) == 0 else { return "" }
    return String(decoding: name.prefix { $0 != 0 }, as: UTF8.self)
  }()

  func sdk(_ environment: [String: String]) async throws(Fault) -> String? {
    let result = try await Subprocess(
      "/usr/bin/xcrun", ["--show-sdk-path"], environment: environment
    ).run()
    let path = String(decoding: result.output, as: UTF8.self)
    return result.succeeded ? path.trimmingCharacters(in: .newlines) : nil
  }

  extension ProgramRuntime {
    static let system = """
      import Darwin

      @_silgen_name("_dyld_get_image_vmaddr_slide")
      func imageSlide(_ image: UInt32) -> Int

      func distanceFromLinkedPlace() -> Int { imageSlide(0) }

      func signalAction(_ handler: @escaping @convention(c) (Int32) -> Void) -> sigaction {
        var action = sigaction()
        action.__sigaction_u.__sa_handler = handler
        action.sa_flags = SA_RESETHAND | SA_ONSTACK
        return action
      }
      """
  }
#endif
