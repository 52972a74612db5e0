// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

public struct Heap<Element: Comparable> {
  public init() {}
  public var count: Int { 0 }
  public internal(set) var last: Element?
  @discardableResult
  public mutating func insert(_ element: Element, at index: Int? = nil) -> Bool { true }
  public func run(_ body: @escaping @Sendable (Int) async throws -> Void) async throws {}
  public enum Kind: String, CaseIterable { case a, b }
  public subscript(i: Int) -> Element { fatalError() }
}
extension Heap: Sequence {
  public func makeIterator() -> AnyIterator<Element> { fatalError() }
}
extension Collection where Element: Comparable {
  public func chunked(by count: Int = 2) -> [SubSequence] { [] }
}
public func total<S: Sequence>(_ numbers: S) -> Int where S.Element == Int { 0 }
