/// What a program or a chapter wrote, for a message: all of it, or its beginning and how much was left out.
package func shortened(_ bytes: some BidirectionalCollection<UInt8>, to limit: Int = 200) -> String
{
  let count = bytes.count
  guard count > limit else { return String(decoding: bytes, as: UTF8.self) }
  var shown = bytes.prefix(limit)
  // No character in parts: at most three bytes go on with one.
  for _ in 0..<3 where bytes[shown.endIndex] & 0xC0 == 0x80 { shown.removeLast() }
  return String(decoding: shown, as: UTF8.self) + "… (\(count - shown.count) bytes more)"
}
