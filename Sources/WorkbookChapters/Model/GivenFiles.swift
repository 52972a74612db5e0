/// A folder or file of the package that a program finds in the folder that it works in.
package struct GivenFiles: Hashable, Sendable {
  /// As the option says, relative to the chapter.
  package var file: String
  /// Where it says so.
  package var place: Location
  /// Without links; empty until it is looked for.
  package var path = ""

  /// What it is called where the program works.
  package var name: String { path.split(separator: "/").last.map(String.init) ?? "" }
}
