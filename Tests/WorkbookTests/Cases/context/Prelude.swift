let three = 3
func show(_ x: Int) { print("shown:", x) }
