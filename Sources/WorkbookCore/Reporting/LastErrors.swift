import Foundation
import WorkbookChapters

extension ProgramResult {
  /// Enough of the end of standard error for `lastErrors`.
  private static let errorBytes = 100_000

  /// Forgets what no failure tells of standard error: programs may have written a lot there.
  mutating func forgetErrors() {
    guard let errors = transcript?.errors, errors.count > Self.errorBytes else { return }
    transcript?.errors = Array(errors.suffix(Self.errorBytes))
  }

  /// The last lines that the program wrote to standard error, where the failure is how it ended.
  ///
  /// The runtime's words about a trap are left out: the failure's message has them.
  package func lastErrors(of failure: Failure) -> [String] {
    guard failure.isOfEnd, let transcript else { return [] }
    var text = String(decoding: transcript.errors.suffix(Self.errorBytes), as: UTF8.self)[...]
    if case .trapped(let message, _) = transcript.end,
      let words = text.range(of: message, options: .backwards)
    {
      text = text[..<words.lowerBound]
      text = text[..<(text.lastIndex(where: \.isNewline) ?? text.startIndex)]
    }
    if text.last?.isNewline ?? false { text.removeLast() }
    return text.isEmpty
      ? []
      : text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        .suffix(10).map { shortened($0.utf8) }
  }
}
