import Testing

@testable import WorkbookCore

@Suite struct TrajectoryTests {
  @Test func `it is the longest run of lines of a growing step and a number`() throws {
    let text = "shape [64, 10]\n99 2.5\n199 1.25\n...\n499 0.5\ndone\n3 1.0\n"
    let found = try #require(Trajectory(Array(text.utf8)))
    #expect(found.points.map(\.step) == [99, 199, 499])
    #expect(found.points.map(\.value) == [2.5, 1.25, 0.5])
  }

  @Test(arguments: ["", "1 2.0", "a b\nc d"])
  func `a program that prints no two such lines has none`(text: String) {
    #expect(Trajectory(Array(text.utf8)) == nil)
  }

  @Test(
    arguments: [
      ("1 0.5\n2 0.25", [1, 2]), ("1 0.5\n...\n\n9 0.25", [1, 9]),
      ("1 3\n2 2\n1 9\n2 8\n3 7", [1, 2, 3]),
      ("5 1\n6 1\nend\n7 1\n8 1", [5, 6]), ("1 0.5\n1 0.4", nil), ("1 0.5 x\n2 0.4", nil),
      ("", nil),
      ("  1   0.5  \n\t2 inf\t", [1, 2]),
    ] as [(String, [Int]?)])
  func `the longest run of growing steps is the trajectory, the first of equal ones`(
    text: String, steps: [Int]?
  ) {
    #expect(Trajectory(Array(text.utf8))?.points.map(\.step) == steps)
  }

  @Test(.timeLimit(.minutes(1)))
  func `very many lines take no longer each than a few`() {
    let text = (0..<300_000).map { "\($0) 0.5\n" }.joined()
    #expect(Trajectory(Array(text.utf8))?.points.count == 300_000)
  }
}
