/// `@main` in a cell: the program ends with a call of that type.
package struct EntryPoint: Hashable, Sendable {
  /// Of the cell's lines the one that it stands on, and the bytes of it there.
  package var line: Int
  package var range: Range<Int>
  package var type: String
  /// `try await`, as far as its `main` needs that; both where it does not stand in the cell.
  package var effects: String
  /// Whether the type gets its `main` from elsewhere.
  package var isInherited = false
}
