import Testing

@testable import WorkbookChapters

@Suite struct InfoStringTests {
  @Test(arguments: [
    ("plain", "plain"), ("a\\*b\\\\", "a*b\\"), ("a\\b\\", "a\\b\\"), ("\\&amp;", "&amp;"),
    ("&amp;&lt;&gt;&quot;&apos;", "&<>\"'"), ("f&ouml;&ouml;", "föö"), ("&nbsp;", "\u{A0}"),
    ("&yuml;&iexcl;", "ÿ¡"), ("&#35;&#x22;&#XE9;", "#\"é"), ("&#0;", "\u{FFFD}"),
    ("&#xD800;", "\u{FFFD}"), ("&#9999999;", "\u{FFFD}"),
  ])
  func `backslash escapes and character references are resolved`(text: String, expected: String) {
    #expect(InfoString.unescape(Array(text.utf8)[...]) == expected)
  }

  @Test(arguments: ["&", "&amp", "&;", "&#;", "&#x;", "&#xg;", "&#12345678;", "&unknown;", "&#1a;"])
  func `what is no reference stays as written`(text: String) {
    #expect(InfoString.unescape(Array(text.utf8)[...]) == text)
  }
}
