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

  /// The name of the page of contents; the first language's is the root of the site.
  func contentsName(of translation: String?) -> String {
    guard let translation, translation != translations.first else { return "book" }
    return translation.lowercased()
  }

  func comparisonName(of translation: String?) -> String {
    guard let translation, translation != translations.first else { return "comparison" }
    return translation.lowercased() + "-comparison"
  }

  /// Links with the names of languages, such as `中文 · Deutsch`.
  func languageLinks(_ targets: [(translation: String?, name: String)]) -> String {
    targets.map { translation, name in
      "[\(escapedMarkdown(SiteWords.name(of: language(of: translation))))](<doc:\(name)>)"
    }.joined(separator: " · ")
  }

  /// The language of each page that is not in the site's first one, by the page's name.
  var foreignPages: [String: String] {
    var languages: [String: String] = [:]
    let first = language(of: translations.first ?? nil)
    for page in pages { languages[page.name] = language(of: page.translation?.language) }
    for translation in translations {
      languages[contentsName(of: translation)] = language(of: translation)
      languages[comparisonName(of: translation)] = language(of: translation)
    }
    return languages.filter { $0.value != first }
  }
}

extension SitePage {
  /// The path that a chapter shares with its translations.
  var originalPath: String { translation?.original(of: path) ?? path }
}
