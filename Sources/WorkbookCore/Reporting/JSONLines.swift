import Foundation
import WorkbookSystem
import WorkbookChapters
import WorkbookConfinement

/// What `run --format json-lines` prints: a JSON object a line, each as soon as it is known.
package struct JSONLine: Encodable, Sendable {
  /// `started`, `chapter` or `ended`.
  var event: String
  /// What starts.
  var path: String?
  var program: String?
  /// What ended, as in the document of `--format json`.
  var chapter: RunReport.Chapter?
  /// Of the whole run.
  var status: RunStatus?
  var seconds: Double?
  var confinement: Confinement.Level?
  var shard: Shard?

  /// nil of what scripts have no use for.
  package init?(_ event: Event) {
    switch event {
    case .started(let chapter, let program):
      self.event = "started"
      (path, self.program) = (chapter, program)
    case .finished(let result):
      self.event = "chapter"
      chapter = result.report
    case .ended(let result):
      let report = result.report
      self.event = "ended"
      (status, seconds) = (report.status, report.seconds)
      (confinement, shard) = (report.confinement, report.shard)
    default: return nil
    }
  }

  /// The line, with its line feed.
  package var text: String { encodedJSON(self, isPretty: false) }
}
