/// Something in which a translation departs from its original.
package struct Drift: Error, Hashable {
  package enum Problem: Hashable {
    case missingChapter, extraChapter
    case missingFence(Fence.Role)
    case extraFence(Fence.Role)
    /// The line of the original, where the translation has another.
    case line(original: String)
    case missingLine(String)
    case extraLine(String)
    case option(OptionName, original: String, translation: String)
    case missingOption(OptionName, value: String)
    case extraOption(OptionName)
    case missingNumber(label: String)
    case extraNumber(label: String)
    case missingImage(program: String)
    case extraImage(program: String)
  }

  package var problem: Problem
  /// In the translation.
  package var location: Location
  /// The place of the original that it belongs to; of an extra chapter, where its original would be.
  package var original: Location

  package init(problem: Problem, location: Location, original: Location) {
    self.problem = problem
    self.location = location
    self.original = original
  }
}
