/// Has no example.
public struct Plain {}
