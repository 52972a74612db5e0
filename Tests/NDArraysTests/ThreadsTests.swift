import Testing

@testable import NDArrays

@Suite(.serialized)
struct ThreadsTests {
  @Test func `the number of threads is the one set`() {
    let before = getNumThreads()
    defer { setNumThreads(before) }
    setNumThreads(3)
    #expect(getNumThreads() == 3)
    setNumThreads(1000)
    #expect(getNumThreads() == 256)
  }

  @Test func `no threads at all are refused in words`() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      setNumThreads(0)
    }
    #expect(message(result).contains("setNumThreads: 0 threads cannot compute; 1 or more can"))
  }
}
