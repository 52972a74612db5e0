import Foundation
import WorkbookSystem

/// A report besides what is printed.
package enum ReportRequest: Hashable, Sendable {
  case junit(file: String)
  case json(file: String)
  case github
}

/// Writes the reports that were asked for besides what is printed; throws the first error, once the others
/// are written.
package func writeReports(
  of report: RunReport, _ requests: [ReportRequest], environment: [String: String],
  _ write: (String) -> Void
) throws(CommandError) {
  var problem: CommandError?
  for request in requests {
    do throws(CommandError) {
      try writeReport(of: report, request, environment: environment, write)
    } catch {
      problem = problem ?? error
    }
  }
  if let problem { throw problem }
}

private func writeReport(
  of report: RunReport, _ request: ReportRequest, environment: [String: String],
  _ write: (String) -> Void
) throws(CommandError) {
  switch request {
  case .junit(let file): try save(JUnitReport(report: report).xml(), to: file)
  case .json(let file): try save(report.json(), to: file)
  case .github:
    let github = GitHubReport(report: report)
    write(github.annotations())
    guard let file = environment["GITHUB_STEP_SUMMARY"], !file.isEmpty else { return }
    try writing(file) {
      let handle = try FileHandle(forWritingTo: URL(filePath: file))
      try handle.seekToEnd()
      try handle.write(contentsOf: Data(github.summary().utf8))
      try handle.close()
    }
  }
}

/// Writes a file as a whole or not at all; links, pipes and devices stay what they are.
func save(_ text: String, to file: String) throws(CommandError) {
  var status = stat()
  let isOther = lstat(file, &status) == 0 && status.st_mode & S_IFMT != S_IFREG
  try writing(file) {
    try Data(text.utf8).write(to: URL(filePath: file), options: isOther ? [] : .atomic)
  }
}
