/// A heading of a chapter, and the names by which links reach it.
struct Anchor: Hashable {
  /// As it stands in the file.
  var title: String
  /// What follows `#` in a link on a Git host: lower case, without punctuation, a hyphen for a space.
  var gitHost: String

  init(title: String) {
    self.title = title
    let scalars = title.lowercased().unicodeScalars.compactMap { scalar -> Unicode.Scalar? in
      if scalar == " " || scalar == "-" { return "-" }
      let properties = scalar.properties
      return scalar == "_" || properties.isAlphabetic || properties.numericType != nil
        ? scalar : nil
    }
    gitHost = String(String.UnicodeScalarView(scalars))
  }
}
