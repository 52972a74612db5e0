package import WorkbookArrays

/// What stands before the elements in an npy file.
///
/// Source: NumPy's `numpy/lib/format.py`, versions 1.0 to 3.0 of the format.
package struct NPYHeader {
  package let type: KernelType
  package let shape: [Int]
  /// Where the elements begin.
  package let elements: Int
  package let byteCount: Int

  private static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)
  /// Much more than the header of any array of numbers takes.
  private static let longest = 1 << 20

  private static let types: [(name: String, type: KernelType, size: Int)] = [
    ("<f4", .float32, 4), ("<f8", .float64, 8), ("<i8", .int64, 8), ("|b1", .bool, 1),
  ]

  /// The header of a file, whose elements are then as many as it says, and memory is there for them.
  package init(_ file: borrowing ArrayFile) throws(ArrayFileError) {
    let start = try file.bytes(0..<8)
    guard start[..<6].elementsEqual(Self.magic) else { throw file.malformed(0, .noMagic) }
    guard 1...3 ~= start[6], start[7] == 0 else {
      throw file.malformed(6, .version(Int(start[6]), Int(start[7])))
    }
    let end = start[6] == 1 ? 10 : 12
    let length = try file.bytes(8..<end).reversed().reduce(0) { $0 << 8 | Int($1) }
    guard length <= Self.longest, length <= file.byteCount - end else {
      throw file.malformed(8, .headerLength(UInt64(length)))
    }
    elements = end + length
    var scanner = HeaderScanner(try file.bytes(end..<elements), at: end, of: file.path)
    (type, shape) = try Self.read(&scanner)
    guard isCountable(shape) else { throw file.malformed(end, .size(shape)) }
    byteCount = elementCount(shape) * Self.types.first { [type] in $0.type == type }!.size
    let found = file.byteCount - elements
    if found < byteCount {
      throw file.malformed(elements, .ends(needed: byteCount, found: found))
    }
    if found > byteCount {
      throw file.malformed(elements + byteCount, .goesOn(byteCount: found - byteCount))
    }
    try file.requireMemory(byteCount)
  }

  /// The dictionary, as Python's `repr` has it, its keys in any order.
  private static func read(_ scanner: inout HeaderScanner) throws(ArrayFileError)
    -> (KernelType, [Int])
  {
    var (type, shape, isFortran): (KernelType?, [Int]?, Bool?) = (nil, nil, nil)
    let quote = UInt8(ascii: "'")
    let start = scanner.place
    try scanner.require("{")
    while !scanner.skip("}") {
      scanner.skipSpace()
      let place = scanner.place
      let key = try scanner.text(quote: quote)
      try scanner.require(":")
      scanner.skipSpace()
      switch key {
      case "descr" where type == nil: type = try Self.type(&scanner)
      case "fortran_order" where isFortran == nil:
        let place = scanner.place
        isFortran = scanner.skip("True")
        if isFortran == false {
          try scanner.require("False")
        } else {
          throw .unsupported(path: scanner.path, byte: place, .fortranOrder)
        }
      case "shape" where shape == nil:
        try scanner.require("(")
        shape = try scanner.numbers(until: ")", python: true)
      case "descr", "fortran_order", "shape": throw scanner.malformed(.duplicate(key), at: place)
      default:
        throw scanner.malformed(.expected("'descr', 'fortran_order' or 'shape'"), at: place)
      }
      if scanner.skip("}") { break }
      try scanner.require(",")
    }
    scanner.skipSpace()
    if !scanner.isAtEnd { throw scanner.malformed(.expected("nothing but space")) }
    guard let type else { throw scanner.malformed(.missing("descr"), at: start) }
    guard let shape else { throw scanner.malformed(.missing("shape"), at: start) }
    if isFortran == nil { throw scanner.malformed(.missing("fortran_order"), at: start) }
    return (type, shape)
  }

  private static func type(_ scanner: inout HeaderScanner) throws(ArrayFileError) -> KernelType {
    let place = scanner.place
    // Records, of several fields, are a list.
    let name = scanner.skip("[") ? "record" : try scanner.text(quote: UInt8(ascii: "'"))
    if name.hasSuffix("O") || name.contains("O8") {
      throw .unsupported(path: scanner.path, byte: place, .objects)
    }
    guard let type = types.first(where: { $0.name == name })?.type else {
      throw .unsupported(path: scanner.path, byte: place, .type(name, name: nil))
    }
    return type
  }

  /// The bytes before the elements of a type in a shape, those that NumPy writes.
  package static func bytes(_ type: KernelType, _ shape: [Int]) -> [UInt8] {
    let sizes = shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? "," : "")
    var text =
      "{'descr': '\(types.first { $0.type == type }!.name)', 'fortran_order': False, 'shape': (\(sizes)), }"
    // Room for the first size to grow, as NumPy leaves it.
    if let first = shape.first {
      text += String(repeating: " ", count: 21 - String(first).count)
    }
    let length = (magic.count + 4 + text.utf8.count + 1 + 63) & ~63 - (magic.count + 4)
    text += String(repeating: " ", count: length - text.utf8.count - 1) + "\n"
    return magic + [1, 0, UInt8(length & 0xFF), UInt8(length >> 8)] + text.utf8
  }
}
