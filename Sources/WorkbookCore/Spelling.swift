/// Guesses what a misspelt word was meant to be.
package enum Spelling {
  /// The candidate nearest to the word, if one is near enough to be worth a suggestion.
  package static func nearest(to word: String, in candidates: [String]) -> String? {
    let word = Array(word.lowercased().unicodeScalars.prefix(64))
    let limit = max(1, word.count / 3)
    let distances = candidates.map { candidate in
      distance(word, Array(candidate.lowercased().unicodeScalars))
    }
    guard let least = distances.min(), least <= limit else { return nil }
    return candidates[distances.firstIndex(of: least)!]
  }

  /// How many scalars must be inserted, removed, replaced or swapped with their neighbour
  /// (Damerau and Levenshtein's distance, no part edited twice); O(`a.count` · `b.count`).
  static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...b.count)
    for i in a.indices {
      var row = [i + 1]
      for j in b.indices {
        var least = min(last[j + 1], row[j]) + 1
        least = min(least, last[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
          least = min(least, beforeLast[j - 1] + 1)
        }
        row.append(least)
      }
      beforeLast = last
      last = row
    }
    return last[b.count]
  }
}
