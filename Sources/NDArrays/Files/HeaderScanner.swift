/// Reads the header of a file of arrays from its first byte to its last.
///
/// Headers are of one form each, so this knows no nesting and no numbers but whole ones from 0 on:
/// whatever else stands there is not expected.
package struct HeaderScanner {
  package let path: String
  private let bytes: [UInt8]
  private let start: Int
  private var next = 0

  /// A scanner of the bytes that stand at a place of a file.
  package init(_ bytes: [UInt8], at start: Int, of path: String) {
    (self.bytes, self.start, self.path) = (bytes, start, path)
  }

  /// The place in the file.
  package var place: Int { start + next }
  package var isAtEnd: Bool { next == bytes.count }

  package func malformed(_ problem: ArrayFileError.Problem, at place: Int? = nil)
    -> ArrayFileError
  {
    .malformed(path: path, byte: place ?? self.place, problem)
  }

  /// Goes over a text if it stands here, with any space before it.
  package mutating func skip(_ text: StaticString) -> Bool {
    skipSpace()
    let count = text.utf8CodeUnitCount
    let wanted = UnsafeBufferPointer(start: text.utf8Start, count: count)
    guard bytes[next...].prefix(count).elementsEqual(wanted) else { return false }
    next += count
    return true
  }

  package mutating func require(_ text: StaticString) throws(ArrayFileError) {
    if !skip(text) { throw malformed(.expected("\(text)")) }
  }

  package mutating func skipSpace() {
    while next < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[next]) { next += 1 }
  }

  /// A whole number from 0 on.
  package mutating func number() throws(ArrayFileError) -> Int {
    skipSpace()
    let first = next
    var value = 0
    while next < bytes.count, case let digit = Int(bytes[next]) - 0x30, 0...9 ~= digit {
      let (tens, high) = value.multipliedReportingOverflow(by: 10)
      let (sum, higher) = tens.addingReportingOverflow(digit)
      if high || higher || next > first && value == 0 {
        throw malformed(.expected("a whole number below 2⁶³"), at: start + first)
      }
      value = sum
      next += 1
    }
    if next == first { throw malformed(.expected("a whole number")) }
    return value
  }

  /// How many dimensions NumPy's arrays have at most.
  static let most = 64

  /// A list of whole numbers up to a closing bracket, the opening one being read.
  ///
  /// Python's may have a comma behind the last.
  package mutating func numbers(until end: StaticString, python: Bool = false)
    throws(ArrayFileError) -> [Int]
  {
    var numbers: [Int] = []
    if skip(end) { return numbers }
    repeat {
      if python, !numbers.isEmpty, skip(end) { return numbers }
      if numbers.count == Self.most {
        throw malformed(.expected("no more than \(Self.most) numbers"))
      }
      numbers.append(try number())
    } while skip(",")
    try require(end)
    return numbers
  }

  /// A text between quotes, whose escapes are JSON's.
  package mutating func text(quote: UInt8) throws(ArrayFileError) -> String {
    skipSpace()
    guard next < bytes.count, bytes[next] == quote else { throw malformed(.expected("a text")) }
    let first = place
    next += 1
    var scalars: [UInt8] = []
    while next < bytes.count, bytes[next] != quote {
      let byte = bytes[next]
      if byte < 0x20 { throw malformed(.expected("no control character")) }
      next += 1
      if byte == UInt8(ascii: "\\") { try scalars += escaped() } else { scalars.append(byte) }
    }
    guard next < bytes.count else { throw malformed(.expected("the end of a text")) }
    next += 1
    guard let text = String(validating: scalars, as: UTF8.self) else {
      throw malformed(.expected("text in UTF-8"), at: first)
    }
    return text
  }

  /// What an escape stands for, its backslash being read.
  private mutating func escaped() throws(ArrayFileError) -> [UInt8] {
    guard next < bytes.count else { throw malformed(.expected("the end of a text")) }
    let letter = bytes[next]
    next += 1
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "'"):
      return [letter]
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "f"): return [0x0C]
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "r"): return [0x0D]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "u"):
      let unit = try codeUnit()
      var units = [unit]
      if UTF16.isLeadSurrogate(unit) {
        guard bytes[next...].prefix(2).elementsEqual("\\u".utf8) else {
          throw malformed(.expected("the second half of a surrogate pair"))
        }
        next += 2
        units.append(try codeUnit())
      }
      guard let text = String(validating: units, as: UTF16.self) else {
        throw malformed(.expected("a surrogate pair"))
      }
      return Array(text.utf8)
    default: throw malformed(.expected("an escape of JSON"), at: place - 1)
    }
  }

  private mutating func codeUnit() throws(ArrayFileError) -> UInt16 {
    let digits = bytes[next...].prefix(4)
    guard digits.count == 4, digits.allSatisfy({ Character(UnicodeScalar($0)).isHexDigit }),
      let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw malformed(.expected("four hexadecimal digits")) }
    next += 4
    return unit
  }
}
