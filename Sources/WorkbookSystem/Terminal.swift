import Foundation

/// What a reporter writes to, as far as its layout depends on it.
package struct Terminal: Sendable {
  /// Whether a person watches: a line may be rewritten.
  package var isInteractive: Bool
  package var hasColour: Bool
  package var columns: Int

  package init(isInteractive: Bool, hasColour: Bool, columns: Int) {
    self.isInteractive = isInteractive
    self.hasColour = hasColour
    self.columns = columns
  }

  /// A file or a pipe.
  package static let plain = Terminal(isInteractive: false, hasColour: false, columns: 80)

  /// What stands behind the file descriptor.
  ///
  /// `NO_COLOR` (no-color.org) and `TERM=dumb` are heeded.
  package init(descriptor: Int32, environment: [String: String]) {
    isInteractive = isatty(descriptor) == 1 && environment["TERM"] != "dumb"
    hasColour = isInteractive && (environment["NO_COLOR"] ?? "").isEmpty
    var size = winsize()
    let isKnown = ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
    columns = isKnown ? Int(size.ws_col) : 80
  }

  package enum Style: String {
    case bold = "1"
    case faint = "2"
    case red = "31"
    case green = "32"
    case yellow = "33"
    case blue = "34"
  }

  package func styled(_ text: String, _ styles: Style...) -> String {
    guard hasColour else { return text }
    return "\u{1B}[\(styles.map(\.rawValue).joined(separator: ";"))m\(text)\u{1B}[0m"
  }
}

/// The text with every control character but line feeds and tabs made visible, so that what a program
/// prints cannot steer a terminal or a log.
package func printable(_ text: String) -> String {
  // Azure Pipelines and TeamCity look for their commands anywhere in a line.
  var text = text
  if text.utf8.contains(UInt8(ascii: "#")) {
    for command in ["vso[", "teamcity["] {
      text = text.replacing("##" + command, with: "## " + command)
    }
  }
  return pictured(text, where: isControl)
}

/// The text with pictures in the place of some of its characters, or U+FFFD where there is none.
package func pictured(_ text: String, where isHidden: (Unicode.Scalar) -> Bool) -> String {
  guard text.unicodeScalars.contains(where: isHidden) else { return text }
  var result = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    if !isHidden(scalar) {
      result.append(scalar)
    } else {
      // The Unicode block Control Pictures mirrors the first 32 characters.
      let picture = scalar.value < 0x20 ? Unicode.Scalar(0x2400 + scalar.value) : nil
      result.append(picture ?? "\u{FFFD}")
    }
  }
  return String(result)
}

/// Control and bidirectional formatting characters.
private func isControl(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x09, 0x0A: false
  case 0..<0x20, 0x7F..<0xA0, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
  default: false
  }
}

/// The number of columns that a terminal gives the text: two for East Asian wide characters and emoji,
/// none for what combines with the character before (Unicode Standard Annex 11, roughly).
package func width(of text: some StringProtocol) -> Int {
  text.reduce(0) { sum, character in
    guard let scalar = character.unicodeScalars.first else { return sum }
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
      0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
      return sum + 2
    default:
      return sum + (scalar.properties.generalCategory == .nonspacingMark ? 0 : 1)
    }
  }
}
