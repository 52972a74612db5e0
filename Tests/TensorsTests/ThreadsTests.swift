import Tensors
import Testing

struct ThreadsTests {
  @Test func `threads are set without another import`() {
    // Not called, since tests beside this one set theirs.
    let set: (Int) -> Void = setNumThreads
    _ = set
    #expect(getNumThreads() >= 1)
  }
}
