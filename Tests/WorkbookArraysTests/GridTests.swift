import Testing

@testable import WorkbookArrays

struct GridTests {
  /// Copies 0, 1, … from one layout to another and says where each number came to lie.
  private func copied(_ from: Layout, _ to: Layout) -> [Int] {
    let (source, target) = (Buffer(byteCount: 8 * 100_000), Buffer(byteCount: 8 * 100_000))
    let (x, y) = (
      source.base.bindMemory(to: Int.self, capacity: 100_000),
      target.base.bindMemory(to: Int.self, capacity: 100_000)
    )
    for i in 0..<100_000 { (x[i], y[i]) = (i, -1) }
    copyElements(
      from.shape, from: Operand(source.base, from.strides, size: 8),
      to: Operand(target.base, to.strides, size: 8))
    return withExtendedLifetime((source, target)) { (0..<to.count).map { y[$0] } }
  }

  @Test
  func `every element of any number of axes is met once, wherever it lies`() {
    let wide = Layout([3, 4, 5, 6])
    #expect(copied(wide, wide) == Array(0..<360))
    let turned = wide.reversed()
    var places: [Int] = []
    for i in 0..<6 {
      for j in 0..<5 {
        for k in 0..<4 {
          for l in 0..<3 { places.append(((l * 4 + k) * 5 + j) * 6 + i) }
        }
      }
    }
    #expect(copied(turned, Layout(turned.shape)) == places)
    #expect(copied(.scalar, .scalar) == [0])
    #expect(copied(Layout([2, 0, 3]), Layout([2, 0, 3])) == [])
  }

  @Test(arguments: [1, 2, 3])
  func `long rows and many rows are shared out without a gap`(count: Int) {
    let before = threadCount
    defer { threadCount = before }
    threadCount = count
    #expect(copied(Layout([90_000]), Layout([90_000])) == Array(0..<90_000))
    let turned = Layout([300, 300]).transposed(0, 1)
    let places = (0..<90_000).map { $0 % 300 * 300 + $0 / 300 }
    #expect(copied(turned, Layout([300, 300])) == places)
  }
}
