import Foundation
import WorkbookSystem

/// Writes a chapter that runs, numbered after the last one of the folder, and returns its path.
package func writeNewChapter(titled title: String, in folder: String) throws(CommandError) -> String
{
  try writing(folder) {
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true)
  }
  let names = names(in: folder) ?? []
  // The number of a chapter, not a date with the time or the largest that there is.
  let numbers = names.compactMap { name in Int(name.prefix { $0.isNumber }) }.filter {
    $0 < 1 << 40
  }
  let number = (numbers.max() ?? 0) + 1
  let name = "\(number < 10 ? "0" : "")\(number)-\(slug(of: title)).md"
  let path = join(folder, name)
  try writing(path) {
    try Data(newChapter(titled: title).utf8).write(
      to: URL(filePath: path), options: .withoutOverwriting)
  }
  return path
}

/// The title in lower case, with a hyphen for whatever is neither letter nor digit.
func slug(of title: String) -> String {
  let words = title.lowercased().split { !$0.isLetter && !$0.isNumber }
  return words.isEmpty ? "chapter" : words.joined(separator: "-")
}

private func newChapter(titled title: String) -> String {
  // A title is one line of Markdown.
  let heading = title.split(whereSeparator: \.isNewline).joined(separator: " ")
  return """
    # \(heading)

    Gradient descent on L(w) = (w − 3)², whose gradient is 2 (w − 3). Each step goes a tenth of the
    gradient downhill, so the distance to the minimum shrinks by the factor 0.8.

    ```swift
    var w = 0.0
    for t in 0..<50 {
      let loss = (w - 3) * (w - 3)
      if t % 10 == 9 { print(t, loss) }
      w -= 0.1 * 2 * (w - 3)
    }
    ```

    ```output rtol=1e-9 below=1e-8 decreasing
    9 0.16212958658533785
    ...
    ```

    """
}
