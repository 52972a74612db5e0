import Foundation

/// The figures of NumPy, Python and PyTorch that tests compare with; `Scripts` has what made them.
package enum Fixtures {
  /// A JSON file, decoded. (JSONSerialization would not read every number exactly.)
  package static func load<Value: Decodable>(_ name: String, as: Value.Type) throws -> Value {
    let folder = Bundle.module.bundleURL.appending(path: "Fixtures")
    let data = try Data(contentsOf: folder.appending(path: name + ".json"))
    return try JSONDecoder().decode(Value.self, from: data)
  }

  /// What a call drew after a seed, in the words of `make_streams.py`.
  package static func drawn(seed: Int, _ call: String) throws -> [Double] {
    let streams = try load("streams", as: [String: [String: Stream]].self)
    guard let stream = streams["seed \(seed)"]?[call] else { throw NoSuchCall(call: call) }
    return stream.numbers
  }

  private struct NoSuchCall: Error { let call: String }

  /// A list of numbers, lists one after another, or the weights and biases of a layer.
  private struct Stream: Decodable {
    let numbers: [Double]

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let list = try? container.decode([Double].self) {
        numbers = list
      } else if let lists = try? container.decode([[Double]].self) {
        numbers = lists.flatMap { $0 }
      } else {
        let layer = try container.decode([String: [Double]].self)
        numbers = (layer["weight"] ?? []) + (layer["bias"] ?? [])
      }
    }
  }
}
