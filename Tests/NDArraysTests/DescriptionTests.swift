import Testing
import WorkbookTestSupport

@testable import NDArrays

/// What NumPy 2.4 prints for the same arrays.
struct DescriptionTests {
  /// A case of `make_printing.py`.
  private struct Printed: Decodable {
    let type: String
    let bits: [String]
    let text: String
  }

  @Test func `arrays of every magnitude are printed as NumPy prints them`() throws {
    let cases = try Fixtures.load("printing", as: [Printed].self)
    #expect(cases.count > 300)
    for sample in cases {
      let text =
        sample.type == "float32"
        ? "\(NDArray(sample.bits.map { Float(bitPattern: UInt32($0)!) }))"
        : "\(NDArray(sample.bits.map { Double(bitPattern: UInt64($0)!) }))"
      #expect(text == sample.text)
    }
  }

  static let printed: [(array: NDArray<Double>, text: String)] = [
    (NDArray([[1, 2], [3, 4.5]]), "[[1.  2. ]\n [3.  4.5]]"),
    (NDArray([1e-5, 1, 1e10]), "[1.e-05 1.e+00 1.e+10]"),
    (NDArray([0, .nan, .infinity, -.infinity]), "[  0.  nan  inf -inf]"),
    (NDArray([1.25, 100, -3]), "[  1.25 100.    -3.  ]"),
    (NDArray([1.0 / 3, 2.0 / 3, 1e-3]), "[0.33333333 0.66666667 0.001     ]"),
    (NDArray([99_999_999, 1e5]), "[99999999.   100000.]"),
    (NDArray([-0.0, .leastNonzeroMagnitude, 1e300]), "[-0.e+000  5.e-324  1.e+300]"),
    (NDArray([[.nan, 1]]), "[[nan  1.]]"),
    (NDArray([0.99999999999, 1]), "[1. 1.]"),
    (NDArray([]), "[]"),
    (NDArray.zeros(0, 3), "[]"),
    (NDArray.zeros(2, 0), "[]"),
    (NDArray(3.5), "3.5"),
    (NDArray.zeros(2, 2, 1), "[[[0.]\n  [0.]]\n\n [[0.]\n  [0.]]]"),
    (NDArray.arange(1001), "[   0.    1.    2. ...  998.  999. 1000.]"),
    (
      NDArray.arange(30),
      """
      [ 0.  1.  2.  3.  4.  5.  6.  7.  8.  9. 10. 11. 12. 13. 14. 15. 16. 17.
       18. 19. 20. 21. 22. 23. 24. 25. 26. 27. 28. 29.]
      """
    ),
    (
      NDArray((0..<15).map { $0 == 13 ? 0.5 : 0.25 }),
      "[0.25 0.25 0.25 0.25 0.25 0.25 0.25 0.25 0.25 0.25 0.25 0.25 0.25 0.5\n 0.25]"
    ),
    (
      NDArray.arange(2000).reshape(20, 100),
      """
      [[0.000e+00 1.000e+00 2.000e+00 ... 9.700e+01 9.800e+01 9.900e+01]
       [1.000e+02 1.010e+02 1.020e+02 ... 1.970e+02 1.980e+02 1.990e+02]
       [2.000e+02 2.010e+02 2.020e+02 ... 2.970e+02 2.980e+02 2.990e+02]
       ...
       [1.700e+03 1.701e+03 1.702e+03 ... 1.797e+03 1.798e+03 1.799e+03]
       [1.800e+03 1.801e+03 1.802e+03 ... 1.897e+03 1.898e+03 1.899e+03]
       [1.900e+03 1.901e+03 1.902e+03 ... 1.997e+03 1.998e+03 1.999e+03]]
      """
    ),
  ]

  @Test(arguments: printed)
  func `arrays read as NumPy prints them`(array: NDArray<Double>, text: String) {
    #expect(array.description == text)
  }

  @Test
  func `Float has fewer digits and turns to exponents earlier`() {
    #expect("\(NDArray<Float>([0.1, 1.0 / 3, 12.5]))" == "[ 0.1         0.33333334 12.5       ]")
    #expect("\(NDArray<Float>([123456.7, 100000]))" == "[123456.7 100000. ]")
    #expect("\(NDArray<Float>([1_234_567, 1.1e6]))" == "[1.234567e+06 1.100000e+06]")
  }

  @Test
  func `a transpose prints its own rows`() {
    #expect("\(NDArray<Double>([[1, 2], [3, 4]]).T)" == "[[1. 3.]\n [2. 4.]]")
  }
}
