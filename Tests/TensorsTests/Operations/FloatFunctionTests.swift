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

  @Test func `powers of float64 err by about one unit in the last place`() {
    let corners: [Double] = [
      0, -0.0, 1, -1, 2, -2, 0.5, -0.5, 3, 2.5, .infinity, -.infinity, .nan, 1 + .ulpOfOne,
      .greatestFiniteMagnitude, .leastNormalMagnitude, .leastNonzeroMagnitude,
      .leastNormalMagnitude / 3,
      0x1p53, 0x1p53 - 1, 0x1p52 + 0.5, -1075, 1024, 1e16, -1e300,
    ]
    let bases = corners + Self.numbers
    let exponents = corners + (-60..<60).map { Double($0) * 0.73 } + (-20..<20).map(Double.init)
    let pairs = bases.flatMap { base in exponents.map { (base, $0) } }
    let powers = Tensor(pairs.map(\.0), dtype: .float64)
      .pow(Tensor(pairs.map(\.1), dtype: .float64)).toArray()
    for ((base, exponent), power) in zip(pairs, powers) {
      let expected = Foundation.pow(base, exponent)
      let isNear =
        power == expected || power.isNaN && expected.isNaN
        || abs(power - expected) <= 1.5 * expected.ulp
      #expect(
        isNear && (power.isNaN || power.sign == expected.sign),
        "\(base) to the power of \(exponent): \(power), not \(expected)")
    }
  }

  @Test(arguments: [DType.float32, .float64])
  func `a row's softmax is the same, bit for bit, among others and alone`(dtype: DType) {
    for columns in [1, 2, 7, 8, 10, 16, 17, 100, 128, 129] {
      for rows in [1, 3, 4, 9, 16, 20, 33] {
        let x = (Tensor.linspace(-9, 8, steps: rows * columns, dtype: dtype) * 7).sin()
          .reshape(rows, columns)
        let upstream = x.cos()
        func results(_ x: Tensor, _ upstream: Tensor) -> [Double] {
          let leaf = x.clone().requiringGrad(true)
          let (shares, logarithms) = (leaf.softmax(dim: 1), leaf.logSoftmax(dim: 1))
          let slopes = [shares, logarithms].flatMap { result in
            grad(of: (result * upstream).sum(), for: [leaf])[0]!.toArray()
          }
          return shares.toArray() + logarithms.toArray() + slopes
        }
        let whole = Tensor(results(x, upstream), dtype: .float64).reshape(4, rows, columns)
        for i in 0..<rows {
          let alone = results(x[i..<(i + 1)], upstream[i..<(i + 1)])
          #expect(whole[0..., i, 0...].toArray() == alone, "row \(i) of [\(rows), \(columns)]")
        }
      }
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
