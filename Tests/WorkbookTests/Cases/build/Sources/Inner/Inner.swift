/// A number.
public let inner = 1
