import Foundation
import NDArrays

/// Times the library: see `Options.usage`.
@main
struct Benchmarks {
  static func main() {
    let arguments = Array(CommandLine.arguments.dropFirst())
    if arguments.contains("--help") || arguments.contains("-h") { return print(Options.usage) }
    do {
      try run(Options(arguments))
    } catch let error as UsageError {
      complain("\(error.message)\n\(Options.usage)")
      exit(64)
    } catch {
      complain("\(error)")
      exit(70)
    }
  }

  private static func run(_ options: Options) throws {
    if let threads = options.threads { setNumThreads(threads) }
    if let steps = options.untimedSteps {
      for work in loopsWork(.unknown)
      where options.names.isEmpty || options.names.contains(work.name) {
        let step = work.prepare()
        for _ in 0..<steps { step() }
      }
      return
    }
    let peer =
      options.withPeers ? try Peer(python: options.python, threads: options.threads) : nil
    let limits = Limits()
    if !options.isJSON {
      print(
        String(
          format: "%d threads; at best %.0f GFLOP/s in float32, %.0f in float64, %.1f GB/s",
          getNumThreads(), limits.float32 / 1e9, limits.float64 / 1e9, limits.memory / 1e9))
      if let peer { print("peers: \(peer.description)") }
    }
    var object: [String: Any] = [
      "threads": getNumThreads(),
      "limits": [
        "float32GFLOPs": limits.float32 / 1e9, "float64GFLOPs": limits.float64 / 1e9,
        "memoryGBs": limits.memory / 1e9,
      ],
    ]
    for group in options.groups {
      let works = group.works(limits).filter { options.includes($0.name) }
      let report = Report(
        group: group,
        measurements: works.map {
          measure($0, rounds: options.rounds, isBest: options.isBest, peer: peer)
        })
      if options.isJSON {
        object[group.rawValue] = report.json
      } else {
        print("\n" + report.table)
      }
    }
    if options.isJSON {
      let data = try JSONSerialization.data(
        withJSONObject: object, options: [.prettyPrinted, .sortedKeys])
      print(String(decoding: data, as: UTF8.self))
    }
  }

  private static func complain(_ message: String) {
    FileHandle.standardError.write(Data("WorkbookBenchmarks: \(message)\n".utf8))
  }
}

extension Group {
  fileprivate func works(_ limits: Limits) -> [Work] {
    switch self {
    case .loops: loopsWork(limits)
    case .products: productsWork(limits)
    case .operations: operationsWork(limits)
    case .scaling: scalingWork(limits)
    }
  }
}
