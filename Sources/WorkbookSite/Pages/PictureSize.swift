import Foundation
import RegexBuilder
import WorkbookSystem

/// The width and height of a picture, so that a page has its room before it is loaded.
struct PictureSize: Hashable {
  var width: Int
  var height: Int

  /// Of a file in SVG, PNG, JPEG or GIF; nil where it does not say.
  init?(of data: Data) {
    let bytes = [UInt8](data.prefix(1 << 16))
    if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]), bytes.count >= 24 {
      self.init(Self.number(bytes[16..<20]), Self.number(bytes[20..<24]))
    } else if bytes.starts(with: "GIF8".utf8), bytes.count >= 10 {
      self.init(Self.number(bytes[6..<8].reversed()), Self.number(bytes[8..<10].reversed()))
    } else if bytes.starts(with: [0xFF, 0xD8]) {
      self.init(jpeg: bytes)
    } else {
      self.init(svg: String(decoding: bytes, as: UTF8.self))
    }
  }

  private init?(_ width: Int, _ height: Int) {
    guard (1...100_000).contains(width), (1...100_000).contains(height) else { return nil }
    (self.width, self.height) = (width, height)
  }

  private static func number(_ bytes: some Sequence<UInt8>) -> Int {
    bytes.reduce(0) { $0 << 8 | Int($1) }
  }

  /// Segment after segment, up to the frame's.
  private init?(jpeg bytes: [UInt8]) {
    var index = 2
    while index + 9 < bytes.count, bytes[index] == 0xFF {
      let kind = bytes[index + 1]
      if (0xC0...0xCF).contains(kind), ![0xC4, 0xC8, 0xCC].contains(kind) {
        self.init(
          Self.number(bytes[(index + 7)..<(index + 9)]),
          Self.number(bytes[(index + 5)..<(index + 7)]))
        return
      }
      index += 2 + Self.number(bytes[(index + 2)..<(index + 4)])
    }
    return nil
  }

  private init?(svg text: String) {
    guard let root = text.firstMatch(of: #/<svg\b[^>]*>/#)?.output else { return nil }
    func length(_ name: String) -> Double? {
      let attribute = Regex {
        /\s/
        name
        /=["']/
        Capture { OneOrMore(.any, .reluctant) }
        /["']/
      }
      let value = root.firstMatch(of: attribute)?.output.1
      return value.flatMap { Double($0.hasSuffix("px") ? $0.dropLast(2) : $0) }
    }
    let box =
      root.firstMatch(of: #/viewBox=["']([^"']*)["']/#)?.output.1
      .split { $0 == " " || $0 == "," }.compactMap { Double($0) } ?? []
    guard let width = length("width") ?? (box.count == 4 ? box[2] : nil),
      let height = length("height") ?? (box.count == 4 ? box[3] : nil),
      let wide = Int(exactly: width.rounded()), let high = Int(exactly: height.rounded())
    else { return nil }
    self.init(wide, high)
  }
}
