/// Twice the number.
///
///     let four = double(2)
///
///     print(four)  // Prints "5"
///
/// - Parameter x: A number.
public func double(_ x: Int) -> Int { 2 * x }
