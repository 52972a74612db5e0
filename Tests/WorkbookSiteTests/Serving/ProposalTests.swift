import Testing

@testable import WorkbookSite

@Suite struct ProposalTests {
  static func difference(_ old: String, _ new: String) -> [String] {
    let marks: [Proposal.Line.Kind: String] = [.same: " ", .old: "-", .new: "+"]
    return Proposal(path: "c.md", old: Array(old.utf8), new: Array(new.utf8)).difference
      .map { "\(marks[$0.kind] ?? "?")\($0.number) \($0.text)" }
  }

  @Test func `a difference shows the lines that change and three beside them`() {
    #expect(
      Self.difference("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nx\ny\n6\n7\n8\n9\n") == [
        " 2 2", " 3 3", " 4 4", "-5 5", "+6 x", "+6 y", " 6 6", " 7 7", " 8 8",
      ])
  }

  @Test func `what Markdown takes for one line is one`() {
    #expect(
      Self.difference("a\u{2028}b\nc\n", "a\u{2028}b\nd\n") == [
        " 1 a\u{2028}b", "-2 c", "+3 d",
      ])
  }

  @Test func `equal files do not differ`() {
    #expect(Self.difference("a\nb\n", "a\nb\n") == [])
  }

  @Test func `a proposal is taken once, and the oldest are given up`() {
    let proposals = Proposals()
    let names = (0..<40).map { number in
      proposals.keep(Proposal(path: "\(number)", old: [], new: []))
    }
    #expect(proposals.take(names[39])?.path == "39")
    #expect(proposals.take(names[39]) == nil)
    #expect(proposals.take(names[0]) == nil)
    #expect(proposals.take("") == nil)
  }
}
