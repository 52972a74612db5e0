import Foundation

/// Where the programs are that were built with the tests.
let builtFolder = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath()
  .deletingLastPathComponent()

/// The folder of this package.
let packageRoot = {
  // Tests/WorkbookTests/Shell.swift
  var root = URL(filePath: #filePath)
  for _ in 0..<3 { root.deleteLastPathComponent() }
  return root
}()

func packageText(_ name: String) throws -> String {
  try String(contentsOf: packageRoot.appending(path: name), encoding: .utf8)
}

/// Runs a line of a shell in which `workbook` is the one just built; gives all that a terminal would show.
func shell(_ command: some StringProtocol, in folder: URL) throws -> (text: String, code: Int32) {
  let process = Process()
  process.executableURL = URL(filePath: "/bin/sh")
  process.arguments = ["-c", "exec 2>&1; \(command)"]
  process.currentDirectoryURL = folder
  var environment = ProcessInfo.processInfo.environment
  environment["PATH"] = "\(builtFolder.path):\(environment["PATH"] ?? "")"
  environment["XDG_CACHE_HOME"] = folder.appending(path: ".cache").path
  process.environment = environment
  let pipe = Pipe()
  process.standardOutput = pipe
  process.standardInput = FileHandle.nullDevice
  try process.run()
  let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
  process.waitUntilExit()
  return (String(decoding: data, as: UTF8.self), process.terminationStatus)
}

/// A copy of a case's folder, which goes away with the value.
final class CaseCopy {
  static let cases = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Cases")

  let url = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
    .appending(path: "workbook-case-\(UUID().uuidString)")

  init(of name: String) throws {
    try FileManager.default.copyItem(at: Self.cases.appending(path: name), to: url)
  }

  deinit { try? FileManager.default.removeItem(at: url) }
}
