internal import WorkbookArrays

/// How many threads the library computes with; at first as many as the process has cores.
///
/// Results are the same, bit for bit, for every number.
///
/// ```swift
/// setNumThreads(2)
/// print(getNumThreads())
/// ```
/// ```output
/// 2
/// ```
public func getNumThreads() -> Int { threadCount }

/// Sets how many threads the library computes with; more than 256 count as 256.
///
/// Traps unless `count` is 1 or more.
///
/// ```swift
/// let x = NumPyRandom(seed: 0).randn(300, 300)
/// setNumThreads(1)
/// let alone = x.dot(x)
/// setNumThreads(2)
/// print(x.dot(x) == alone)
/// ```
/// ```output
/// true
/// ```
public func setNumThreads(_ count: Int) {
  require(count >= 1, "setNumThreads: \(count) threads cannot compute; 1 or more can")
  threadCount = count
}
