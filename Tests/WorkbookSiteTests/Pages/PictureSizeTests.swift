import Foundation
import Testing

@testable import WorkbookSite

@Suite struct PictureSizeTests {
  @Test(arguments: [
    "<svg xmlns='x' width=\"480\" height=\"196px\">", "<?xml?><svg viewBox=\"0 0 480 196\">",
    "<svg viewBox='0,0,480,196' width='480'>",
  ])
  func `a picture in SVG says how large it is`(svg: String) {
    let size = PictureSize(of: Data(svg.utf8))
    #expect(size?.width == 480 && size?.height == 196)
  }

  @Test(arguments: [
    [
      0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 1, 0xE0, 0, 0, 0,
      0xC4,
    ],
    [0x47, 0x49, 0x46, 0x38, 0x39, 0x61, 0xE0, 1, 0xC4, 0],
    [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 0, 0, 0xFF, 0xC0, 0, 11, 8, 0, 0xC4, 1, 0xE0, 3],
  ])
  func `a picture in PNG, GIF or JPEG says how large it is`(bytes: [UInt8]) {
    let size = PictureSize(of: Data(bytes))
    #expect(size?.width == 480 && size?.height == 196)
  }

  @Test(arguments: [
    "", "<svg>", "<svg width=\"a\" height=\"1\">", "<svg width=\"0\" height=\"1\">", "\u{89}PNG",
    "GIF8",
  ])
  func `what does not say so has no size`(text: String) {
    #expect(PictureSize(of: Data(text.utf8)) == nil)
  }

  @Test func `a damaged JPEG has none`() {
    #expect(PictureSize(of: Data([0xFF, 0xD8, 0xFF, 0xE0, 0xFF, 0xFF, 0, 0, 0, 0, 0, 0])) == nil)
  }
}
