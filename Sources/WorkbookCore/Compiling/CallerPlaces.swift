import Foundation

/// Whether a function in a Swift source may learn where it is called from: by `#line` and its like as a default,
/// or by a macro as one, which may ask for its place.
///
/// Only bytes are looked at: a mention in a comment counts too, and none is missed.
func asksForCaller(_ source: Data) -> Bool {
  let bytes = [UInt8](source)
  return bytes.indices.contains { index in
    guard bytes[index] == UInt8(ascii: "#") else { return false }
    let name = bytes[(index + 1)...].prefix(while: \.isWordByte)
    guard let first = name.first, !(0x30...0x39).contains(first) else { return false }
    return !blindNames.contains(String(decoding: name, as: UTF8.self))
  }
}

/// What has nothing to do with places.
private let blindNames: Set = [
  "available", "dsohandle", "else", "elseif", "endif", "error", "externalMacro", "function", "if",
  "isolation", "keyPath", "selector", "sourceLocation", "unavailable", "warning",
]
