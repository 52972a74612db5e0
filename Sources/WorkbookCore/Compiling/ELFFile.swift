import Foundation

/// The little of an ELF file that the runner reads.
enum ELFFile {
  /// What Swift modules ask the linker for, such as `-lFoundation`; each once, in order.
  ///
  /// None of files of another form, out of which linkers read it themselves.
  static func autolinkedArguments(of paths: [String]) -> [String] {
    var seen: Set<String> = []
    return paths.flatMap { autolinked($0) }.filter { seen.insert($0).inserted }
  }

  /// The entries of the section `.swift1_autolink_entries`, each ended by a zero.
  private static func autolinked(_ path: String) -> [String] {
    guard let file = Reader(path), let names = file.section(at: file.number(62, 2)) else {
      return []
    }
    for index in 0..<file.number(60, 2) {
      guard let section = file.section(at: index) else { return [] }
      let name = file.bytes(from: names.offset &+ section.name, to: file.data.count)
        .prefix { $0 != 0 }
      guard name.elementsEqual(".swift1_autolink_entries".utf8) else { continue }
      return file.bytes(from: section.offset, to: section.offset &+ section.size)
        .split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    }
    return []
  }

  /// 64-bit and little-endian.
  private struct Reader {
    let data: Data

    init?(_ path: String) {
      guard let data = try? Data(contentsOf: URL(filePath: path), options: .alwaysMapped),
        data.count >= 64, data.prefix(6).elementsEqual([0x7f, 0x45, 0x4c, 0x46, 2, 1])
      else { return nil }
      self.data = data
    }

    func bytes(from start: Int, to end: Int) -> Data {
      guard 0 <= start, start <= end, end <= data.count else { return Data() }
      return data[(data.startIndex + start)..<(data.startIndex + end)]
    }

    func number(_ offset: Int, _ size: Int) -> Int {
      Int(
        truncatingIfNeeded: bytes(from: offset, to: offset &+ size).reversed().reduce(0 as UInt64) {
          $0 << 8 | UInt64($1)
        })
    }

    func section(at index: Int) -> (name: Int, offset: Int, size: Int)? {
      let header = number(40, 8) &+ index * 64
      guard !bytes(from: header, to: header &+ 64).isEmpty else { return nil }
      return (number(header, 4), number(header + 24, 8), number(header + 32, 8))
    }
  }
}
