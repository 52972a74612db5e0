#if os(Linux)
  import Foundation
  import WorkbookSystem

  /// Does something to what a path leads to below a folder, by a name that leads nowhere else meanwhile.
  ///
  /// Nil, with an error number, where it leads elsewhere or nowhere.
  func holding<Result>(
    _ path: [CChar], below folder: String, flags: Int32 = 0, _ body: (String) -> Result?
  ) -> Result? {
    // Held from here on, so that what is looked at is what is changed.
    let descriptor = open(path, SystemCall.pathOnly | O_CLOEXEC | flags)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    let link = "/proc/self/fd/\(descriptor)"
    guard let target = target(of: link), isInside(target, folder), target != folder else {
      errno = EPERM
      return nil
    }
    return body(link)
  }

  /// The absolute path that a link says.
  func target(of link: String) -> String? {
    var text = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink(link, &text, text.count)
    guard count > 0, text[0] == 47 else { return nil }
    return String(decoding: text.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
#endif
