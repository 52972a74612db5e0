import Foundation
import Testing

/// The numbers of one fixture.
struct Streams: Decodable {
  private let bySeed: [String: [String: Numbers]]

  init(from decoder: any Decoder) throws {
    bySeed = try decoder.singleValueContainer().decode([String: [String: Numbers]].self)
  }

  /// What a call drew after a seed.
  static func drawn(seed: Int, _ call: String) throws -> [Double] {
    let all: Streams = try fixture("streams")
    return try #require(all.bySeed["seed \(seed)"]?[call]?.list)
  }

  private struct Numbers: Decodable {
    let list: [Double]?

    init(from decoder: any Decoder) throws {
      list = try? decoder.singleValueContainer().decode([Double].self)
    }
  }
}

/// A fixture, decoded. (JSONSerialization would not read every number exactly.)
func fixture<Content: Decodable>(_ name: String) throws -> Content {
  let url = try #require(
    Bundle.module.url(forResource: name, withExtension: "json", subdirectory: "Fixtures"))
  return try JSONDecoder().decode(Content.self, from: Data(contentsOf: url))
}

/// What a program printed before it trapped.
func message(_ result: ExitTest.Result?) -> String {
  String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
}
