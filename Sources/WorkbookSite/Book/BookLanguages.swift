import WorkbookSystem

/// The languages of a book.
///
/// A `translation` is the code of a language, or nil for the original chapters.
extension SiteBook {
  /// The original first, then the others in the order of their first pages.
  var translations: [String?] {
    var found: [String?] = []
    for page in pages where !found.contains(page.translation?.language) {
      found.append(page.translation?.language)
    }
    return found.filter { $0 == nil } + found.filter { $0 != nil }
  }

  func language(of translation: String?) -> String { translation ?? language }

  func words(of translation: String?) -> SiteWords {
    SiteWords(language: language(of: translation))
  }

  /// The same page in the other languages.
  func translations(of page: SitePage) -> [SitePage] {
    let original = page.originalPath
    return translations.filter { $0 != page.translation?.language }.compactMap { translation in
      pages.first { $0.translation?.language == translation && $0.originalPath == original }
    }
  }
}

extension SitePage {
  /// The path that a chapter shares with its translations.
  var originalPath: String { translation?.original(of: path) ?? path }
}
