/// Which part of the programs a run had: part `index` of `count`, counted from 1.
package struct Shard: Codable, Hashable, Sendable {
  package var index: Int
  package var count: Int
  /// Names the way in which the programs were divided: shards of one run have the same.
  var plan: String?

  /// How many parts there may be.
  package static let counts = 1...10_000

  package init(index: Int, count: Int, plan: String? = nil) {
    self.index = index
    self.count = count
    self.plan = plan
  }
}
