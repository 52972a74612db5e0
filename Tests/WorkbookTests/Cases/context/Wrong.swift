let three: String = 3
