import Testing

@testable import WorkbookChapters

@Suite struct AxisTests {
  @Test func `an axis is logarithmic where its values are positive and span two decades`() {
    #expect(Axis(values: [1, 100], mayBeLogarithmic: true).isLogarithmic)
    #expect(!Axis(values: [1, 99], mayBeLogarithmic: true).isLogarithmic)
    #expect(!Axis(values: [0, 99], mayBeLogarithmic: true).isLogarithmic)
    #expect(!Axis(values: [1, 1000], mayBeLogarithmic: false).isLogarithmic)
  }

  @Test func `decades are labelled, not too many of them`() {
    let axis = Axis(values: [6.9e-5, 876], mayBeLogarithmic: true)
    #expect(axis.ticks.map(\.label) == ["10⁻⁴", "0.01", "1", "100"])
    #expect(Axis(values: [2e7, 3e177], mayBeLogarithmic: true).ticks.count < 9)
    #expect(Axis(values: [1e-305, 1e308], mayBeLogarithmic: true).ticks.count < 9)
  }

  @Test func `round numbers are labelled`() {
    #expect(
      Axis(values: [0.13, 0.91], mayBeLogarithmic: true).ticks.map(\.label)
        == ["0", "0.2", "0.4", "0.6", "0.8", "1"])
    #expect(
      Axis(values: [99, 499], mayBeLogarithmic: false, isWhole: true).ticks.map(\.label)
        == ["0", "100", "200", "300", "400", "500"])
    #expect(
      Axis(values: [0, 2], mayBeLogarithmic: false, isWhole: true).ticks.map(\.label)
        == ["0", "1", "2"])
  }

  @Test func `steps that no integer counts are labelled all the same`() {
    let axis = Axis(values: [0, 9.3e18], mayBeLogarithmic: false, isWhole: true)
    #expect(axis.ticks.last?.label == "1e+19" || axis.ticks.last?.label == "1e19")
  }

  @Test(arguments: [
    [1.0, 1], [0, 0], [-5, 12.5], [1e-300, 1e300], [-1e308, 1e308], [.leastNonzeroMagnitude, 1],
    [99, 100.5],
  ])
  func `every value has a place on the axis`(values: [Double]) {
    let axis = Axis(values: values, mayBeLogarithmic: true)
    for value in values {
      #expect((0...1).contains(axis.place(of: value)), "\(value) in \(axis)")
    }
    for tick in axis.ticks { #expect((0...1).contains(tick.place)) }
    #expect((1...9).contains(axis.ticks.count))
  }
}
