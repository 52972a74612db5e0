import Testing
import WorkbookArrays

struct CaptureTests {
  private final class Recorder {}
  private struct Stop: Error {}

  @Test func `a thread is recorded as long as a closure runs`() {
    let (outer, inner) = (Recorder(), Recorder())
    #expect(!Capture.isOn && Capture.recorder == nil)
    let result = Capture.with(outer) {
      #expect(Capture.isOn && Capture.recorder === outer)
      Capture.with(inner) { #expect(Capture.recorder === inner) }
      Capture.with(nil) { #expect(!Capture.isOn) }
      #expect(Capture.recorder === outer)
      return 7
    }
    #expect(result == 7 && !Capture.isOn)
  }

  @Test func `an error ends it, too`() {
    #expect(throws: Stop.self) { try Capture.with(Recorder()) { throw Stop() } }
    #expect(!Capture.isOn)
  }

  @Test func `other threads are not recorded`() {
    let before = threadCount
    defer { threadCount = before }
    threadCount = 2
    let thread = pthread_self()
    Capture.with(Recorder()) {
      inParallel(pieces: 64) { _ in
        #expect(Capture.isOn == (pthread_equal(thread, pthread_self()) != 0))
      }
    }
  }

  @Test func `reads, changes and draws are refused while one is recorded`() async {
    Capture.refuseRead("read")
    Capture.refuseChange("change")
    Capture.refuseDraw("draw")
    await #expect(processExitsWith: .failure) {
      Capture.with(Recorder()) { Capture.refuseRead("read") }
    }
    await #expect(processExitsWith: .failure) {
      Capture.with(Recorder()) { Capture.refuseChange("change") }
    }
    await #expect(processExitsWith: .failure) {
      Capture.with(Recorder()) { Capture.refuseDraw("draw") }
    }
  }
}
