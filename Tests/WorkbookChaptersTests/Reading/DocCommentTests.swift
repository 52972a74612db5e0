import Testing

@testable import WorkbookChapters
@testable import WorkbookSystem

@Suite struct DocCommentTests {
  private static func texts(_ swift: String) -> [[String]] {
    let bytes = Array(swift.utf8)
    return DocComment.comments(in: bytes).map { comment in
      comment.lines.map { String(decoding: bytes[$0.start..<$0.end], as: UTF8.self) }
    }
  }

  @Test func `lines that begin with /// are a comment, without that and one space`() {
    #expect(
      Self.texts("/// a\n  ///  b\n\t///c\n///\nlet x = 1  /// no\n/// d\r\n\n//// e\n// f\n")
        == [["a", " b", "c", ""], ["d"], ["/ e"]])
  }

  @Test(arguments: [
    "let s = \"\"\"\n  /// no\n  \"\"\"\n/// yes\n",
    "let s = #\"\"\"\n/// no\n\"\"\"\n/// no\n\"\"\"#\n/// yes\n",
    "/* /* */\n/// no\n*/\n/// yes\n", "/**\n/// no\n*/\nfunc f(\n  /// yes\n",
  ])
  func `what looks like a comment in a literal or another comment is none`(swift: String) {
    #expect(Self.texts(swift) == [["yes"]])
  }

  @Test(arguments: [
    ("public func dot(_ other: A) -> A {", "func", "dot"),
    (
      "@inlinable @available(*, deprecated, message: \"(\\\"x\\\")\")\n  public static func + (a: A)",
      "func", "+"
    ),
    ("static prefix func .!(a: Mask)", "func", ".!"),
    ("prefix operator .!\n", "operator", ".!"),
    ("infix operator .<: Comparison", "operator", ".<"),
    ("// a note\n\n#if os(Linux)\npublic final class Adam: Optimizer {", "class", "Adam"),
    ("class func make() {}", "func", "make"),
    ("public private(set) var `var`: Int", "var", "var"),
    ("convenience init?(_ x: Int)", "init", "init"),
    ("public subscript(index: Int) -> Int {", "subscript", "subscript"),
    ("extension Foo.Bar: P {", "extension", "Foo.Bar"),
    ("indirect case leaf(Int)", "case", "leaf"),
    ("func größe<T>(_ x: T)", "func", "größe"), ("func <<T>(a: T)", "func", "<<T>"),
  ])
  func `the declaration below is known by its name`(swift: String, kind: String, name: String)
    throws
  {
    let bytes = Array("/// x\n\(swift)\n".utf8)
    let comment = try #require(DocComment.comments(in: bytes).first)
    let declaration = try #require(comment.declaration(in: bytes))
    #expect(declaration.kind == kind && declaration.name == name)
  }

  @Test func `a declaration belongs to the nearest comment above it`() {
    let bytes = Array("/// a\n\n/// b\nfunc f() {}\n".utf8)
    let names = DocComment.comments(in: bytes).map { $0.declaration(in: bytes)?.name }
    #expect(names == [nil, "f"])
  }

  @Test func `modifiers are kept`() {
    #expect(Declaration("public static func f()")?.modifiers == ["public", "static"])
  }

  @Test(arguments: ["", "}", "@a(", "func"])
  func `where nothing is declared there is no declaration`(swift: String) {
    #expect(Declaration(swift) == nil)
  }
}
