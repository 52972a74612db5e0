/// Code of a file that programs begin with.
package struct Prelude: Hashable, Sendable {
  /// As the option says, relative to the chapter.
  package var file: String
  /// Where it says so.
  package var place: Location
  /// As reports name it; empty until it is read.
  package var path = ""
  package var code = Text(lines: [])
}
