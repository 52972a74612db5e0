import Foundation
import Testing

@testable import WorkbookSite

@Suite struct SiteStyleTests {
  /// The colours of a scheme by their names.
  private static func colours(isDark: Bool) -> [Substring: Substring] {
    let css = SiteStyle.css[...]
    let dark = css.range(of: "prefers-color-scheme: dark")?.lowerBound ?? css.endIndex
    let part = isDark ? css[dark...].prefix(700) : css[..<dark]
    let all = part.matches(of: #/--([a-z]+): (#[0-9a-f]{3,6})\b/#).map { ($0.1, $0.2) }
    return Dictionary(all, uniquingKeysWith: { first, _ in first })
  }

  /// As WCAG 2 defines it.
  private static func luminance(_ colour: Substring) -> Double {
    var digits = Array(colour.dropFirst())
    if digits.count == 3 { digits = digits.flatMap { [$0, $0] } }
    let parts = stride(from: 0, to: 6, by: 2).map { index -> Double in
      let value = Double(Int(String(digits[index...(index + 1)]), radix: 16) ?? 0) / 255
      return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
  }

  @Test(arguments: [false, true])
  func `all text stands out from what it stands on`(isDark: Bool) throws {
    let colours = Self.colours(isDark: isDark)
    for ground in ["ground", "raised"] {
      let behind = Self.luminance(try #require(colours[Substring(ground)]))
      for name in ["text", "quiet", "link", "good", "bad", "keyword", "string", "comment"] {
        let text = Self.luminance(try #require(colours[Substring(name)]))
        let contrast = (max(text, behind) + 0.05) / (min(text, behind) + 0.05)
        #expect(contrast >= 4.5, "\(name) on \(ground): \(contrast)")
      }
    }
  }

  @Test func `nothing is asked for elsewhere`() {
    for text in [SiteStyle.css, SiteScript.javaScript] {
      #expect(!text.contains(#/https?:|url\(|@import|\/\/[a-z]+\.|eval\(|innerHTML/#))
    }
  }
}
