/// What is done before anything runs.
package enum BuildProgress: Hashable, Sendable {
  /// Outside of any package: what the runner adds to every program is compiled.
  case preparing
  /// The library is built; SwiftPM's own words for the step, `[3/10] Compiling NDArrays`.
  case building(step: String?)
  /// Another runner builds it.
  case waiting
  /// Another makes a site in the same folder.
  case waitingForSite
}
