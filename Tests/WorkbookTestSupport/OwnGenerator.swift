import Tensors
import Testing

/// A random generator of its own for each test, so that tests side by side do not share one.
package struct OwnGenerator: TestTrait, SuiteTrait, TestScoping {
  package var isRecursive: Bool { true }

  package func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    try await Generator.$current.withValue(Generator(seed: 0), operation: function)
  }
}

extension Trait where Self == OwnGenerator {
  package static var ownGenerator: Self { Self() }
}
