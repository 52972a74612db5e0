import Testing

@testable import WorkbookArrays

struct LayoutTests {
  static let broadcasts: [([Int], [Int], [Int]?)] = [
    ([2, 3], [3], [2, 3]), ([3], [2, 3], [2, 3]), ([2, 1], [1, 3], [2, 3]), ([], [2], [2]),
    ([4, 1, 3], [2, 1], [4, 2, 3]), ([0, 3], [1], [0, 3]), ([1], [0], [0]), ([], [], []),
    ([2, 3], [2], nil), ([3, 1], [2, 3], nil), ([0], [2], nil),
  ]

  @Test(arguments: broadcasts)
  func `shapes broadcast as NumPy's do`(a: [Int], b: [Int], expected: [Int]?) {
    #expect(broadcastShape(a, b) == expected)
    guard let expected else { return }
    for shape in [a, b] { #expect(Layout(shape).broadcast(to: expected)?.shape == expected) }
  }

  @Test
  func `a layout repeats what it lacks and nothing else`() {
    #expect(Layout([2, 1]).broadcast(to: [4, 2, 3])?.strides == [0, 1, 0])
    #expect(Layout([2, 1]).broadcast(to: [3, 3]) == nil)
    #expect(Layout([2, 1]).broadcast(to: [1]) == nil)
  }

  @Test
  func `elements are contiguous where strides of axes of one place do not matter`() {
    #expect(Layout([2, 3]).isContiguous && Layout([2, 3]).isRowMajor)
    let turned = Layout([3, 1]).reversed()
    #expect(turned.isContiguous && !turned.isRowMajor)
    #expect(!Layout([2, 3]).transposed(0, 1).isContiguous)
    #expect(Layout([2, 0], strides: [7, 7]).isContiguous)
    #expect(
      Layout([2, 3], strides: [0, 0]).isSingle && !Layout([2, 0], strides: [0, 0]).isSingle)
  }

  @Test
  func `other shapes of the same elements are views where strides allow`() {
    let layout = Layout([4, 6])
    #expect(layout.reshaped([2, 12])?.strides == [12, 1])
    #expect(layout.transposed(0, 1).reshaped([24]) == nil)
    #expect(layout.transposed(0, 1).reshaped([2, 3, 4])?.strides == [3, 1, 6])
    #expect(layout.resized(1, to: 2).reshaped([2, 2, 2])?.strides == [12, 6, 1])
    #expect(layout.unsqueezed([0, 2]).shape == [1, 4, 1, 6])
    #expect(layout.unsqueezed([0, 2]).squeezed([0, 2]).strides == [6, 1])
  }

  @Test
  func `a count beyond all numbers is said to be so`() {
    #expect(elementCount([2, 0, 3]) == 0 && elementCount([]) == 1)
    #expect(elementCount([1 << 40, 1 << 40]) == .max)
  }
}
