extension BuildProgress {
  /// What is being done.
  package var message: String {
    switch self {
    case .preparing: "Preparing"
    case .building(nil): "Building the library"
    case .building(let step?): "Building the library \(step)"
    case .waiting: "Waiting for another runner to build the library"
    case .waitingForSite: "Waiting for another run to make its site"
    }
  }
}
