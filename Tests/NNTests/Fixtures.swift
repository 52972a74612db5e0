import Foundation
import Tensors
import Testing

/// The JSON files beside these tests.
enum Fixtures {
  static func load<Value: Decodable>(_ name: String, as: Value.Type) throws -> Value {
    let url = try #require(
      Bundle.module.url(forResource: name, withExtension: "json", subdirectory: "Fixtures"))
    return try JSONDecoder().decode(Value.self, from: Data(contentsOf: url))
  }
}

/// A random generator of its own for each test, so that tests side by side do not share one.
struct OwnGenerator: TestTrait, SuiteTrait, TestScoping {
  var isRecursive: Bool { true }

  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    try await Generator.$current.withValue(Generator(seed: 0), operation: function)
  }
}

extension Trait where Self == OwnGenerator {
  static var ownGenerator: Self { Self() }
}
