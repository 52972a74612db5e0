import Foundation
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

  @Test func `memory that was handed on stays when who had it goes`() {
    func handedOn() -> Buffer {
      var memory = Memory(byteCount: 5000)
      memory.base.initializeMemory(as: UInt8.self, repeating: 7, count: 5000)
      let shared = Memory(sharing: memory)
      #expect(shared.base == memory.base)
      return Buffer(memory.take())
    }
    let kept = handedOn()
    for byte in 0..<10 as Range<UInt8> {
      let other = Buffer(byteCount: 5000)
      #expect(other.base != kept.base)
      other.base.initializeMemory(as: UInt8.self, repeating: byte, count: 5000)
    }
    #expect(UnsafeRawBufferPointer(start: kept.base, count: 5000).allSatisfy { $0 == 7 })
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

  #if os(Linux)
    /// What of this process is in memory, in MB.
    private static var resident: Int {
      let text = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
      return text.split(separator: " ").dropFirst().first.flatMap { Int($0) }.map { $0 >> 8 } ?? -1
    }

    private static func touch(_ buffers: [Buffer], _ byteCount: Int) {
      for buffer in buffers {
        buffer.base.initializeMemory(as: UInt8.self, repeating: 1, count: byteCount)
      }
    }

    @Test func `what is released goes back to the system, but for 32 MB`() async {
      await #expect(processExitsWith: .success) {
        let before = Self.resident
        for (count, size) in [(1, 200 << 20), (50, 4 << 20)] {
          do {
            let buffers = (0..<count).map { _ in Buffer(byteCount: size) }
            Self.touch(buffers, size)
            precondition(Self.resident >= before + 190)
          }
          precondition(Self.resident <= before + 60, "\(Self.resident) of \(before)")
        }
      }
    }

    @Test func `what is needed again and again is kept, until it no longer is`() async {
      await #expect(processExitsWith: .success) {
        let before = Self.resident
        for _ in 0..<3 {
          let buffers = (0..<2).map { _ in Buffer(byteCount: 100 << 20) }
          Self.touch(buffers, 100 << 20)
        }
        precondition(Self.resident >= before + 190, "\(Self.resident) of \(before)")
        for _ in 0..<140_000 { _ = Buffer(byteCount: 64) }
        precondition(Self.resident <= before + 60, "\(Self.resident) of \(before)")
      }
    }
  #endif
}
