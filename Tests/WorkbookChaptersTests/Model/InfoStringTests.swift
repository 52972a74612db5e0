import Testing

@testable import WorkbookChapters

@Suite struct InfoStringTests {
  @Test(
    "Backslash escapes and character references are resolved",
    arguments: [
      ("plain", "plain"), ("a\\*b\\\\", "a*b\\"), ("a\\b\\", "a\\b\\"), ("\\&amp;", "&amp;"),
      ("&amp;&lt;&gt;&quot;&apos;", "&<>\"'"), ("f&ouml;&ouml;", "föö"), ("&nbsp;", "\u{A0}"),
      ("&yuml;&iexcl;", "ÿ¡"), ("&#35;&#x22;&#XE9;", "#\"é"), ("&#0;", "\u{FFFD}"),
      ("&#xD800;", "\u{FFFD}"), ("&#9999999;", "\u{FFFD}"),
    ])
  func resolved(text: String, expected: String) {
    #expect(InfoString.unescape(Array(text.utf8)[...]) == expected)
  }

  @Test(
    "What is no reference stays as written",
    arguments: ["&", "&amp", "&;", "&#;", "&#x;", "&#xg;", "&#12345678;", "&unknown;", "&#1a;"])
  func kept(text: String) {
    #expect(InfoString.unescape(Array(text.utf8)[...]) == text)
  }
}
