/// What a program has printed so far for each of its output blocks, by their lines, as far as it has come;
/// what no block covers is its last cell's.
package func printedSoFar(_ program: Program, _ transcript: Transcript) -> [Int: Range<Int>] {
  var parts: [Int: Range<Int>] = [:]
  var start = 0
  for expectation in program.expectations {
    let next = program.cells.indices.dropFirst(expectation.cellCount).first {
      program.cells[$0].compiles
    }
    let end = next.flatMap { $0 < transcript.cellStarts.count ? transcript.cellStarts[$0] : nil }
    // Behind the last block's cells, the rest of a program that goes on there is its own.
    if next == nil, program.expectations.last?.line != expectation.line { return parts }
    // A start that a program forged is none.
    let known = end.flatMap { (start...transcript.output.count).contains($0) ? $0 : nil }
    parts[expectation.line] = start..<(known ?? transcript.output.count)
    guard let known else { return parts }
    start = known
  }
  if start < transcript.output.count, let last = program.cells.last(where: \.compiles) {
    parts[last.line] = start..<transcript.output.count
  }
  return parts
}
