/// Twice the number.
public func doubled(_ x: Int) -> Int { 2 * x }
