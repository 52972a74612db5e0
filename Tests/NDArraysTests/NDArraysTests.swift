import Testing

@testable import NDArrays
