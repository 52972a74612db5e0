/// The candidate that a misspelt word most likely means; nil where none is near.
///
/// Near is at most a third of the word's letters, by Levenshtein's distance with transpositions of
/// neighbours (Damerau 1964, restricted).
package func nearestWord(to word: String, among candidates: [String]) -> String? {
  // A word that long is no slip of the finger, and the distance costs the product of the lengths.
  guard word.count <= 64 else { return nil }
  let limit = max(1, word.count / 3)
  // The distance is no less than what one is longer by.
  let near = candidates.filter { abs($0.count - word.count) <= limit }.map {
    (word: $0, distance: editDistance(Array(word), Array($0)))
  }
  .min { $0.distance < $1.distance }
  guard let near, near.distance <= limit else { return nil }
  return near.word
}

private func editDistance(_ a: [Character], _ b: [Character]) -> Int {
  var beforeLast: [Int] = []
  var last = Array(0...b.count)
  for i in a.indices {
    var current = [i + 1]
    for j in b.indices {
      var distance = min(last[j] + (a[i] == b[j] ? 0 : 1), last[j + 1] + 1, current[j] + 1)
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
        distance = min(distance, beforeLast[j - 1] + 1)
      }
      current.append(distance)
    }
    (beforeLast, last) = (last, current)
  }
  return last[b.count]
}
