import Testing

@testable import WorkbookSite

@Suite struct LiveRunTests {
  @Test(arguments: [
    ("", 0), ("a", 1), ("é", 2), ("梯", 3), ("😀", 4), ("a\u{301}", 3),
  ])
  func `no character is told before it is whole`(text: String, end: Int) {
    let bytes = Array(text.utf8)
    #expect(endOfText(bytes, bytes.indices) == end)
    guard let last = text.unicodeScalars.last, !last.isASCII else { return }
    let start = bytes.count - String(last).utf8.count
    for cut in (start + 1)..<bytes.count { #expect(endOfText(bytes, 0..<cut) == start) }
  }

  @Test func `what is no text holds nothing up`() {
    let bytes: [UInt8] = [0x80, 0x80, 0x80, 0x80, 0x80]
    #expect(endOfText(bytes, bytes.indices) == 5)
    #expect(endOfText([0xFF], 0..<1) == 0)
    #expect(endOfText([0x41, 0xC3], 0..<2) == 1)
  }
}
