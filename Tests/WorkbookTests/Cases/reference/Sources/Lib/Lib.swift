/// Twice the number; see ``quadruple(_:)``.
///
/// - Parameter numbre: Any number.
public func double(_ number: Int) -> Int { 2 * number }

// swift-format-ignore
public func triple(_ number: Int) -> Int { 3 * number }
