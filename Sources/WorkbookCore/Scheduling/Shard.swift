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

/// The indices of the weights in `count` parts of nearly the same sum.
///
/// The heaviest goes first to the lightest part (Graham 1969, LPT: at most 4/3 of the best split).
func evenParts(of weights: [Double], count: Int) -> [[Int]] {
  var parts = [[Int]](repeating: [], count: count)
  var sums = [Double](repeating: 0, count: count)
  for index in weights.indices.sorted(by: { (weights[$1], $0) < (weights[$0], $1) }) {
    let lightest = sums.indices.min { (sums[$0], $0) < (sums[$1], $1) } ?? 0
    parts[lightest].append(index)
    sums[lightest] += weights[index]
  }
  return parts.map { $0.sorted() }
}
