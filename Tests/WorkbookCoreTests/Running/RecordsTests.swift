import Foundation
import Testing

@testable import WorkbookCore

@Suite struct RecordsTests {
  private func records(_ words: [Int], cells: Int = 2) -> Records {
    Records(words.withUnsafeBytes(Array.init), cellCount: cells)
  }

  @Test func `when cells began is read in order`() {
    #expect(records([1, 0, 0, 1, 1, 7]).cellStarts == [0, 7])
  }

  @Test func `frames are counted from where the executable lies`() {
    #expect(records([3, 1, 105, 2, 100, 2, 101, 102]).frames == [1, 2])
    #expect(records([3, 1, 105, 2, 100, 2, 101, 102]).thrown == [5])
  }

  @Test func `no more frames of an error are read than are noted`() {
    let words = [3, 1 << 60] + Array(repeating: 7, count: 100_000)
    #expect(records(words).thrown.count == ProgramRuntime.Record.frames)
  }

  @Test func `no words of a program's can break the reading`() {
    let values = [-1, 0, 1, 2, 3, 1 << 40, .max, .min]
    for count in 0...5 {
      for number in 0..<Int(pow(8.0, Double(count))) {
        let words = (0..<count).map { values[number >> (3 * $0) & 7] }
        let records = records(words)
        #expect(records.cellStarts.count == 2)
        #expect(records.cellStarts.allSatisfy { $0 == nil || $0! >= 0 })
        #expect(records.frames.count <= 256 && records.thrown.count <= 256)
      }
    }
  }

  @Test func `half a word at the end is none`() {
    #expect(Records([1, 0, 0], cellCount: 1).cellStarts == [nil])
  }
}
