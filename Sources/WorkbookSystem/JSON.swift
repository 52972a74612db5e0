import Foundation

/// The value as JSON with the keys in a fixed order: readable, or on one line.
///
/// - Precondition: the value has no NaN and no infinity, which JSON cannot write.
package func encodedJSON(_ value: some Encodable, isPretty: Bool = true) -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  if isPretty { encoder.outputFormatting.insert(.prettyPrinted) }
  guard let data = try? encoder.encode(value) else {
    preconditionFailure("encodedJSON: a number in the report is not finite")
  }
  return String(decoding: data, as: UTF8.self) + "\n"
}
