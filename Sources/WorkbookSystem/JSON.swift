import Foundation

/// The value as JSON: readable, with the keys in a fixed order.
///
/// - Precondition: the value has no NaN and no infinity, which JSON cannot write.
package func encodedJSON(_ value: some Encodable) -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
  guard let data = try? encoder.encode(value) else {
    preconditionFailure("encodedJSON: a number in the report is not finite")
  }
  return String(decoding: data, as: UTF8.self) + "\n"
}
