import Testing

@testable import WorkbookArrays

struct MemoryTests {
  @Test(arguments: [
    0, 1, 63, 64, 65, 256, 257, 320, 511, 512, 513, 4097, 400_000, 1 << 20, (1 << 20) + 1,
  ])
  func `memory of any size is aligned and can be written to its end`(byteCount: Int) {
    for _ in 0..<3 {
      let buffer = Buffer(byteCount: byteCount)
      #expect(Int(bitPattern: buffer.base) % 64 == 0)
      buffer.base.initializeMemory(as: UInt8.self, repeating: 0xff, count: byteCount)
    }
  }

  @Test
  func `buffers in use never share memory`() {
    for size in [64, 300, 5000] {
      let buffers = (0..<50).map { _ in Buffer(byteCount: size) }
      for (i, buffer) in buffers.enumerated() {
        buffer.base.initializeMemory(as: UInt8.self, repeating: UInt8(i), count: size)
      }
      for (i, buffer) in buffers.enumerated() {
        let bytes = UnsafeRawBufferPointer(start: buffer.base, count: size)
        #expect(bytes.allSatisfy { $0 == UInt8(i) })
      }
    }
  }

  @Test
  func `a freed buffer serves the next request of its size`() {
    // A size that no other test asks for, since tests run side by side.
    let size = 7_654_321
    let first = Int(bitPattern: Buffer(byteCount: size).base)
    #expect(Int(bitPattern: Buffer(byteCount: size).base) == first)
  }
}
