import Foundation
import WorkbookSystem
import WorkbookChapters
import WorkbookCore

/// Where links lead, which pictures are shown, and what HTML stays.
extension ChapterHTML {
  private func absolute(_ target: String) -> String {
    if target.hasPrefix("/") { return absolutePath((book.packageFolder ?? "") + target) }
    return absolutePath((page.path as NSString).deletingLastPathComponent + "/" + target)
  }

  /// Where a link leads; nil where the page may not have it, or the book has no such page.
  mutating func address(_ written: String, at offset: Int) -> String? {
    switch LinkTarget(written) {
    case .address where written.lowercased().hasPrefix("doc:"), .refused:
      report(.error, .refused(target: written), at: offset)
      return nil
    case .address: return written
    case .file(let file, let fragment):
      let path = absolute(file)
      if let target = file.isEmpty ? page : pages[path] {
        return address(of: target, fragment, at: offset)
      }
      if PagePictures.isPicture(path) {
        do throws(PublishingProblem) {
          return try pictures.add(path, written: written).light.address
        } catch {
          report(.error, error, at: offset)
          return nil
        }
      }
      switch pictures.kind(of: path) {
      case .missing: report(.error, .noSuchFile(target: written), at: offset)
      case .outside: report(.error, .leadsOut(target: written), at: offset)
      case .file, .other, .tooLarge, .scripted:
        report(.warning, .outsideSite(target: written), at: offset)
      }
      return nil
    }
  }

  /// What stands behind a link to another chapter, where that failed.
  func markOfChapter(_ written: String) -> String {
    guard case .file(let file, _) = LinkTarget(written), !file.isEmpty,
      let target = pages[absolute(file)], target.name != page.name
    else { return "" }
    return words.mark(target)
  }

  private mutating func address(
    of target: SitePage, _ fragment: String?, at offset: Int
  ) -> String? {
    // The whole book on one page is that of one language.
    let isOnThisPage =
      target.name == page.name && !isExcerpt
      || !idPrefix.isEmpty && target.translation?.language == page.translation?.language
    let start =
      isOnThisPage && idPrefix.isEmpty ? "" : book.address(of: target, isOnThisPage ? idPrefix : "")
    guard let fragment, !fragment.isEmpty else { return start.isEmpty ? "#main" : start }
    guard let anchor = target.anchor(for: fragment) else {
      // Beyond these nobody reads on.
      let names = problems.count < 100 ? target.anchors.map(\.gitHost) : []
      let nearest = nearestWord(to: fragment, among: names)
      report(
        .error, .noSuchHeading(anchor: fragment, in: target.chapter.path, nearest: nearest),
        at: offset)
      return nil
    }
    return isOnThisPage && !idPrefix.isEmpty
      ? "#\(target.name)--\(anchor.id)" : "\(start)#\(anchor.id)"
  }

  /// Whether an address leads on from paper, where no other page of the site is.
  func isReached(_ address: String) -> Bool {
    idPrefix.isEmpty || address.hasPrefix("#") || LinkTarget(address) == .address
  }

  /// - Parameter sizes: the width and height that were written, in whole pixels.
  mutating func image(
    _ written: String, _ title: String?, _ alternative: String, sizes: [String: String] = [:],
    at offset: Int
  ) -> String {
    switch LinkTarget(written) {
    case .refused:
      report(.error, .refused(target: written), at: offset)
      return htmlEscaped(alternative)
    case .address:
      // A page asks for nothing elsewhere.
      let text = htmlEscaped(alternative.isEmpty ? written : alternative)
      return isInLink ? text : "<a href=\"\(htmlAddress(written))\">\(text)</a>"
    case .file(let file, _):
      do throws(PublishingProblem) {
        let (light, dark) = try pictures.add(absolute(file), written: written)
        var size = light.size.map { " width=\"\($0.width)\" height=\"\($0.height)\"" } ?? ""
        if !sizes.isEmpty {
          size = ["width", "height"].compactMap { name in
            sizes[name].map { " \(name)=\"\($0)\"" }
          }.joined()
        }
        let note = title.map { " title=\"\(htmlEscaped($0))\"" } ?? ""
        let image =
          "<img src=\"\(htmlAddress(light.address))\" alt=\"\(htmlEscaped(alternative))\"\(size)\(note)>"
        guard let dark else { return image }
        return "<picture><source media=\"(prefers-color-scheme: dark)\" "
          + "srcset=\"\(htmlAddress(dark.address))\">\(image)</picture>"
      } catch {
        report(.error, error, at: offset)
        return htmlEscaped(alternative)
      }
    }
  }

  // MARK: - Tags

  /// HTML as the page takes it; what it refuses is shown as text.
  mutating func tags(_ html: String, at offset: Int) -> String {
    var result = ""
    for piece in HTMLTag.pieces(of: html) {
      switch piece {
      case .comment: break
      case .text(let text):
        note(text)
        // References such as `&amp;` mean in HTML what they mean in Markdown.
        result += htmlEscaped(InfoString.unescape(Array(text.utf8)[...]))
      case .refused(let text):
        report(.warning, .htmlIsNotShown, at: offset)
        result += htmlEscaped(text)
      case .tag(let tag): result += self.tag(tag, at: offset)
      }
    }
    return result
  }

  private mutating func tag(_ tag: HTMLTag.Allowed, at offset: Int) -> String {
    if tag.isClosing {
      // An end without a start ends nothing.
      guard let start = openTags.lastIndex(of: tag.name) else { return "" }
      let ends = openTags[start...].reversed().map { "</\($0)>" }.joined()
      openTags.removeSubrange(start...)
      return ends
    }
    switch tag.name {
    case "img":
      let sizes = tag.attributes.filter { name, value in
        ["width", "height"].contains(name) && value.wholeMatch(of: #/[0-9]{1,5}/#) != nil
      }
      return image(
        tag.attributes["src"] ?? "", nil, tag.attributes["alt"] ?? "", sizes: sizes, at: offset)
    case "source":
      guard let source = tag.attributes["srcset"], case .file(let file, _) = LinkTarget(source)
      else {
        report(.error, .refused(target: tag.attributes["srcset"] ?? ""), at: offset)
        return ""
      }
      do throws(PublishingProblem) {
        let picture = try pictures.add(absolute(file), written: source).light
        let media = tag.attributes["media"].map { " media=\"\(htmlEscaped($0))\"" } ?? ""
        return "<source\(media) srcset=\"\(htmlAddress(picture.address))\">"
      } catch {
        report(.error, error, at: offset)
        return ""
      }
    case "br": return "<br>"
    default:
      openTags.append(tag.name)
      // What is folded on a screen cannot be unfolded on paper.
      let isOpen = tag.attributes["open"] != nil || tag.name == "details" && !idPrefix.isEmpty
      return "<\(tag.name)\(isOpen ? " open" : "")>"
    }
  }
}
