/// What a link or picture refers to.
enum LinkTarget: Hashable {
  /// A page of the web, a mail address, or a name that DocC resolves.
  case address
  /// A file of the book, without percent escapes, and what stands behind `#`.
  case file(String, fragment: String?)
  /// An address that a page may not have, such as one that runs a script.
  case refused

  private static let schemes: Set<String> = ["http", "https", "mailto", "doc"]

  /// - Parameter written: without pointed brackets, backslash escapes and character references.
  init(_ written: String) {
    if written.hasPrefix("//") {
      self = .refused
    } else if let scheme = Self.scheme(of: written) {
      // Browsers pass over control characters; DocC writes quotes and backslashes as they are.
      let isPlain = written.unicodeScalars.allSatisfy {
        $0.value >= 0x20 && $0.value != 0x7F && $0 != "\"" && $0 != "\\"
      }
      self = isPlain && Self.schemes.contains(scheme) ? .address : .refused
    } else {
      let parts = written.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
      let file = (parts[0].removingPercentEncoding ?? String(parts[0])).prefix { $0 != "?" }
      let fragment = parts.count > 1 ? parts[1].removingPercentEncoding ?? String(parts[1]) : nil
      self = .file(String(file), fragment: fragment)
    }
  }

  /// What stands before the first colon, in lower case, if that is a scheme to a browser.
  private static func scheme(of address: String) -> String? {
    // These it passes over.
    let scalars = address.unicodeScalars.drop { $0.value <= 0x20 }
      .lazy.filter { !["\t", "\n", "\r"].contains($0) }
    guard let first = scalars.first, first.properties.isAlphabetic, first.isASCII else {
      return nil
    }
    var scheme = ""
    for scalar in scalars {
      if scalar == ":" { return scheme.lowercased() }
      guard scalar.isASCII,
        UInt8(ascii: scalar).isLetter || UInt8(ascii: scalar).isDigit
          || "+.-".unicodeScalars.contains(scalar)
      else { return nil }
      scheme.unicodeScalars.append(scalar)
    }
    return nil
  }
}
