import Foundation

/// What the compiler says, line by line, of a program that imports the library as it was built.
package func diagnostics(of program: String) throws -> [String] {
  let build = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
  let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  let file = folder.appending(path: "program.swift")
  try Data(program.utf8).write(to: file)
  let compiler = Process()
  compiler.executableURL = URL(filePath: "/usr/bin/env")
  compiler.arguments = [
    "swiftc", "-typecheck", "-diagnostic-style", "llvm", "-swift-version", "6",
    "-I", build.appending(path: "Modules").path, file.path,
    "-Xcc", "-fmodule-map-file=\(build.path)/WorkbookKernels.build/module.modulemap",
  ]
  let pipe = Pipe()
  compiler.standardError = pipe
  try compiler.run()
  let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
  compiler.waitUntilExit()
  return text.split(separator: "\n").map(String.init)
}
