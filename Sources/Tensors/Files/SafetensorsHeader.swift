import NDArrays
import WorkbookArrays

/// What stands before the elements in a safetensors file: the length of a JSON text, and that text.
struct SafetensorsHeader {
  struct Entry {
    let name: String
    let dtype: DType
    let shape: [Int]
    /// Its bytes, counted from where the header ends.
    let range: Range<Int>
    /// Where in the file the header speaks of it.
    let place: Int
  }

  /// The tensors in the order of their bytes.
  let entries: [Entry]
  /// Where the bytes of tensors begin.
  let data: Int

  private static let types: [(name: String, dtype: DType)] = [
    ("F32", .float32), ("F64", .float64), ("I64", .int64), ("BOOL", .bool),
  ]

  static func name(of dtype: DType) -> String { types.first { $0.dtype == dtype }?.name ?? "" }

  /// What stands for notes beside the tensors.
  static let metadata = "__metadata__"

  /// What the format's originators allow.
  private static let longest: UInt64 = 100_000_000

  /// The header of a file, whose bytes are then its tensors' without gaps.
  init(_ file: borrowing ArrayFile) throws(ArrayFileError) {
    let length = try file.bytes(0..<8).reversed().reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
    guard length <= Self.longest, length <= file.byteCount - 8 else {
      throw file.malformed(0, .headerLength(length))
    }
    data = 8 + Int(length)
    var scanner = HeaderScanner(try file.bytes(8..<data), at: 8, of: file.path)
    let read = try Self.read(&scanner)
    entries = read.sorted {
      ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
    }
    var end = 0
    for entry in entries {
      guard entry.range.lowerBound == end else {
        throw file.malformed(
          entry.place, .gap(name: entry.name, expected: end, found: entry.range.lowerBound))
      }
      end = entry.range.upperBound
    }
    let found = file.byteCount - data
    if found < end { throw file.malformed(data, .ends(needed: end, found: found)) }
    if found > end { throw file.malformed(data + end, .goesOn(byteCount: found - end)) }
  }

  private static func read(_ scanner: inout HeaderScanner) throws(ArrayFileError)
    -> [Entry]
  {
    var (entries, names): ([Entry], Set<String>) = ([], [])
    try object(&scanner) { (scanner, name, place) throws(ArrayFileError) in
      if !names.insert(name).inserted { throw scanner.malformed(.duplicate(name), at: place) }
      if name == metadata {
        // By their bytes: what is one text to a String may be two here.
        var keys: Set<[UInt8]> = []
        try object(&scanner) { (scanner, key, place) throws(ArrayFileError) in
          if !keys.insert(Array(key.utf8)).inserted {
            throw scanner.malformed(.duplicate(key), at: place)
          }
          _ = try scanner.text(quote: quote)
        }
      } else {
        entries.append(try entry(&scanner, name, place))
      }
    }
    scanner.skipSpace()
    if !scanner.isAtEnd { throw scanner.malformed(.expected("nothing but space")) }
    return entries
  }

  private static func entry(
    _ scanner: inout HeaderScanner, _ name: String, _ place: Int
  ) throws(ArrayFileError) -> Entry {
    var (dtype, shape, offsets): (DType?, [Int]?, [Int]?) = (nil, nil, nil)
    try object(&scanner) { (scanner, key, place) throws(ArrayFileError) in
      switch key {
      case "dtype" where dtype == nil:
        scanner.skipSpace()
        let place = scanner.place
        let type = try scanner.text(quote: quote)
        dtype = types.first { $0.name == type }?.dtype
        if dtype == nil {
          throw .unsupported(path: scanner.path, byte: place, .type(type, name: name))
        }
      case "shape" where shape == nil:
        try scanner.require("[")
        shape = try scanner.numbers(until: "]")
      case "data_offsets" where offsets == nil:
        try scanner.require("[")
        offsets = try scanner.numbers(until: "]")
        guard offsets?.count == 2, offsets![0] <= offsets![1] else {
          throw scanner.malformed(.expected("a begin and an end not before it"), at: place)
        }
      case "dtype", "shape", "data_offsets":
        throw scanner.malformed(.duplicate(key), at: place)
      default:
        throw scanner.malformed(.expected("dtype, shape or data_offsets"), at: place)
      }
    }
    guard let dtype else { throw scanner.malformed(.missing("dtype"), at: place) }
    guard let shape else { throw scanner.malformed(.missing("shape"), at: place) }
    guard let offsets else { throw scanner.malformed(.missing("data_offsets"), at: place) }
    guard isCountable(shape) else { throw scanner.malformed(.size(shape), at: place) }
    let needed = elementCount(shape) * dtype.byteCount
    let range = offsets[0]..<offsets[1]
    guard range.count == needed else {
      throw scanner.malformed(
        .extent(name: name, needed: needed, found: range.count), at: place)
    }
    return Entry(name: name, dtype: dtype, shape: shape, range: range, place: place)
  }

  private static let quote = UInt8(ascii: "\"")

  /// Reads a JSON object; `member` reads what a name stands for.
  private static func object(
    _ scanner: inout HeaderScanner,
    _ member: (inout HeaderScanner, _ name: String, _ place: Int) throws(ArrayFileError) -> Void
  ) throws(ArrayFileError) {
    try scanner.require("{")
    if scanner.skip("}") { return }
    repeat {
      scanner.skipSpace()
      let place = scanner.place
      let name = try scanner.text(quote: quote)
      try scanner.require(":")
      try member(&scanner, name, place)
    } while scanner.skip(",")
    try scanner.require("}")
  }
}
