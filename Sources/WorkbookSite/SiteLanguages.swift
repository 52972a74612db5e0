import Foundation
import WorkbookSystem

/// Says in each page's HTML what language it is in.
struct SiteLanguages {
  var first: String
  /// Of the pages in another language, by their names.
  var others: [String: String]

  /// The page with its language; DocC calls every page English, its scripts do so again as they load one.
  func mark(_ html: String, name: String) -> String {
    html.replacingOccurrences(
      of: "<html lang=\"en-US\"", with: "<html lang=\"\(others[name] ?? first)\""
    ).replacingOccurrences(of: "</head>", with: "<script>\(script)</script></head>")
  }

  /// Sets the language again whenever DocC's scripts have set it or shown another page.
  private var script: String {
    let names = others.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\"\($0.value)\"" }
    return """
      (()=>{const h=document.documentElement,o={\(names.joined(separator: ","))},\
      f=()=>{const n=location.pathname.split("/").filter(s=>s).pop(),\
      l=o[decodeURIComponent(n||"")]||"\(first)";if(h.lang!==l)h.lang=l};\
      new MutationObserver(f).observe(h,{attributes:true,attributeFilter:["lang"]});\
      new MutationObserver(f).observe(document.head,{childList:true,subtree:true,characterData:true})})()
      """
  }
}
