import Foundation
import Tensors
import Testing

/// The functions that are computed without the C library.
struct FloatFunctionTests {
  static let numbers: [Double] = {
    let corners: [Double] = [
      0, -0.0, 1, -1, 2, -2, 0.5, -0.5, 3, .infinity, -.infinity, .nan, 1e-45, 3.4e38, 16_777_216,
    ]
    let sizes: [Double] = (-100..<100).map { Foundation.pow(1.37, Double($0)) }
    return corners + sizes + sizes.map { -$0 }
  }()

  typealias Function = (
    name: String, own: @Sendable (Tensor) -> Tensor, exact: @Sendable (Double) -> Double
  )

  static let functions: [Function] = [
    ("log", { $0.log() }, { Foundation.log($0) }),
    ("sin", { $0.sin() }, { Foundation.sin($0) }),
    ("cos", { $0.cos() }, { Foundation.cos($0) }),
    ("pow 1.7", { $0.pow(1.7) }, { Foundation.pow($0, Double(1.7 as Float)) }),
    ("pow 3", { $0.pow(3) }, { Foundation.pow($0, 3) }),
    ("pow -3", { $0.pow(-3) }, { Foundation.pow($0, -3) }),
    ("pow 0.5", { $0.pow(0.5) }, { $0.squareRoot() }),
    ("pow -0.5", { $0.pow(-0.5) }, { 1 / $0.squareRoot() }),
    ("pow -1", { $0.pow(-1) }, { 1 / $0 }),
    ("pow -2", { $0.pow(-2) }, { 1 / ($0 * $0) }),
    ("pow 1", { $0.pow(1) }, { $0 }),
    ("pow inf", { $0.pow(.infinity) }, { Foundation.pow($0, .infinity) }),
    ("powers", { Tensor.pow(-2, $0) }, { Foundation.pow(-2, $0) }),
    ("powers of -0", { Tensor.pow(-0.0, $0) }, { Foundation.pow(-0.0, $0) }),
  ]

  @Test(arguments: functions.indices)
  func `functions of float32 are rounded to nearly the last place`(_ index: Int) {
    let (name, own, exact) = Self.functions[index]
    let x = Tensor(Self.numbers)
    for (x, y) in zip(x.toArray(), own(x).toArray()) {
      let expected = Double(Float(exact(x)))
      let isNear =
        y == expected || y.isNaN && expected.isNaN
        || abs(y - expected) <= abs(expected) * 1.3e-7 + 1e-44
      #expect(
        isNear && (y.isNaN || y.sign == expected.sign), "\(name) of \(x): \(y), not \(expected)")
    }
  }

  static let smooth: [Function] = [
    ("exp", { $0.exp() }, { Foundation.exp($0) }),
    ("log", { $0.log() }, { Foundation.log($0) }),
    ("sin", { $0.sin() }, { Foundation.sin($0) }),
    ("cos", { $0.cos() }, { Foundation.cos($0) }),
    ("tanh", { $0.tanh() }, { Foundation.tanh($0) }),
    ("sigmoid", { $0.sigmoid() }, { 1 / (1 + Foundation.exp(-$0)) }),
    ("erf", { $0.erf() }, { Foundation.erf($0) }),
  ]

  @Test(arguments: smooth.indices)
  func `functions err by a few units in the last place`(_ index: Int) {
    let (name, own, exact) = Self.smooth[index]
    let dense =
      (-4000..<4000).map { Double($0) * 0.1234375 } + (-4000..<4000).map { Double($0) / 1000 }
    let x = Tensor(Self.numbers + dense + [-745.2, -745.1, -708.4, 709.7, 709.8], dtype: .float64)
    for (x, y) in zip(x.toArray(), own(x).toArray()) {
      let expected = exact(x)
      let isNear =
        y == expected || y.isNaN && expected.isNaN || abs(y - expected) <= 4 * expected.ulp
      #expect(
        isNear && (y.isNaN || y.sign == expected.sign), "\(name) of \(x): \(y), not \(expected)")
    }
    let singles = Tensor(x.toArray())
    for (x, y) in zip(singles.toArray(), own(singles).toArray()) {
      let expected = Float(exact(x))
      // What is too small for a normal number may be 0.
      let isNear =
        Float(y) == expected || y.isNaN && expected.isNaN
        || abs(Float(y) - expected) <= 3 * expected.ulp + .leastNormalMagnitude
      #expect(isNear, "\(name) of \(x) in float32: \(y), not \(expected)")
    }
  }

  @Test func `a function computes the same wherever an element stands, in place or not`() {
    let x = Tensor.cat([Tensor.linspace(-9, 9, steps: 37), Tensor([3e7, -4e8])])
    for function in Self.functions + Self.smooth {
      let whole = function.own(x).toArray()
      let alone = (0..<x.count).map { function.own(x[$0]).item() }
      #expect("\(whole)" == "\(alone)")
    }
  }
}
