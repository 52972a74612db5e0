/// A number.
public let hidden = 1
