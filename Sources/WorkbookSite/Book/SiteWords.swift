import Foundation
import WorkbookChapters
import WorkbookCore

/// What the site itself says, in the language of the page that it stands on.
enum SiteWords: Hashable {
  case english, chinese

  /// English for a language that the site does not speak.
  init(language: String) {
    self = language.prefix { $0 != "-" } == "zh" ? .chinese : .english
  }

  /// What a language calls itself: `中文`, `Deutsch`.
  static func name(of language: String) -> String {
    Locale(identifier: language).localizedString(forIdentifier: language) ?? language
  }

  func say(_ english: String, _ chinese: String) -> String {
    self == .english ? english : chinese
  }

  // MARK: - Contents

  var chapters: String { say("Chapters", "章节") }
  var library: String { say("Library", "程序库") }

  func size(chapters: Int, programs: Int) -> String {
    say(
      "\(counted(chapters, "chapter")) and \(counted(programs, "program")).",
      "共 \(chapters) 章、\(programs) 个程序。")
  }

  func outcome(failed: Int, date: String) -> String {
    failed == 0
      ? say(
        "All ran and printed what their pages say, as of \(date).",
        "全部运行过，输出与页面所写一致（\(date)）。")
      : say("\(counted(failed, "chapter")) failed, as of \(date).", "\(failed) 章未通过（\(date)）。")
  }

  func failure(date: String) -> String {
    say("This chapter failed on \(date).", "本章未通过（\(date)）。")
  }

  var noSiteOfThis: String {
    say("No site can be made of this page as it is:", "此页有以下问题，无法生成网站：")
  }

  // MARK: - Pages

  var contents: String { say("Contents", "目录") }
  var onThisPage: String { say("On this page", "本页内容") }
  var neighbours: String { say("Chapters before and after", "前后章节") }
  var inTheBook: String { say("In the book", "在书中") }
  var skip: String { say("Skip to the text", "跳到正文") }
  var search: String { say("Search", "搜索") }
  var foundNothing: String { say("Nothing found.", "没有找到。") }
  var foundNothingInChapters: String {
    say(
      "Nothing found in the chapters. The site that workbook docs makes has the library's reference, too.",
      "各章中没有找到。workbook docs 生成的网站里还有程序库的参考文档。")
  }
  var failed: String { say("failed", "未通过") }
  var startReading: String { say("Start reading", "开始阅读") }
  var wholeBook: String { say("The whole book on one page, for printing", "整本书单页版，供打印") }
  func link(to title: String) -> String { say("Link to “\(title)”", "“\(title)”的链接") }

  /// What GitHub's `[!NOTE]` says.
  func alert(_ line: String) -> String? {
    switch line.trimmingCharacters(in: .whitespaces).uppercased() {
    case "[!NOTE]": say("Note", "注意")
    case "[!TIP]": say("Tip", "提示")
    case "[!IMPORTANT]": say("Important", "重要")
    case "[!WARNING]": say("Warning", "警告")
    case "[!CAUTION]": say("Caution", "当心")
    default: nil
    }
  }

  // MARK: - Cells and outputs

  func name(ofProgram name: String) -> String {
    let prefix = Exercise.programName("")
    return name.hasPrefix(prefix)
      ? say("exercise ", "练习 ") + name.dropFirst(prefix.count) : name
  }
  func continues(_ program: String) -> String { say("continues \(program)", "接续 \(program)") }
  var previousCell: String { say("Previous cell of the program", "该程序的上一个单元") }
  var nextCell: String { say("Next cell of the program", "该程序的下一个单元") }
  var meantNotToCompile: String { say("meant not to compile", "本就不能编译") }
  var meantToTrap: String { say("meant to end in a runtime error", "本就以运行时错误终止") }
  var onlyCompiled: String { say("compiled, not run", "只编译，不运行") }
  var leftOut: String { say("not compiled", "不编译") }
  var expected: String { say("Expected", "预期") }
  var printed: String { say("Printed", "实际输出") }
  var nothing: String { say("nothing", "无") }
  var offByNothing: String { say("no number is off", "数值完全一致") }
  func off(by absolute: String, relative: String?) -> String {
    let share = relative.map { say(", relative \($0)", "，相对 \($0)") } ?? ""
    return say("off by at most \(absolute)\(share)", "最大误差 \(absolute)\(share)")
  }
  func commit(_ name: String) -> String { say("commit \(name)", "提交 \(name)") }
  func line(_ number: Int) -> String { say("line \(number)", "第 \(number) 行") }

  // MARK: - Comparison

  var comparison: String { say("The programs compared", "各程序的比较") }
  var comparisonText: String {
    say(
      "What the main program of each chapter printed, on one axis.",
      "各章主程序的输出，画在同一坐标系中。")
  }
  var comparisonHeader: [String] {
    self == .english ? ["chapter", "first", "last"] : ["章", "最初", "最后"]
  }
  var curves: CurveWords { self == .english ? .english : .chinese }

  // MARK: - Verification

  func notReached(_ gap: ProgramResult.Gap?) -> String {
    switch gap {
    case .doesNotCompile:
      say("✗ Not verified: its program does not compile.", "✗ 未验证：程序无法编译。")
    case .skipped:
      say("✗ Not verified: cells of its program were left out.", "✗ 未验证：程序有单元被略去。")
    case nil: say("✗ Not verified: its program did not get here.", "✗ 未验证：程序没有运行到这里。")
    }
  }
  func notPrinted(date: String) -> String {
    say(
      "✗ Not verified: this is not what was printed on \(date).",
      "✗ 未验证：\(date) 的输出与此不同。")
  }
  func refused(date: String) -> String {
    say("✓ Verified \(date): the compiler refuses it.", "✓ 已验证（\(date)）：编译器拒绝编译。")
  }
  func notRefused(date: String) -> String {
    say(
      "✗ Not verified: the compiler did not refuse it as it should on \(date).",
      "✗ 未验证：\(date) 编译器没有按预期拒绝编译。")
  }
  func notTrapped(date: String) -> String {
    say(
      "✗ Not verified: it did not end with the runtime error that it should on \(date).",
      "✗ 未验证：\(date) 程序没有以预期的运行时错误终止。")
  }
  func trapped(date: String) -> String {
    say(
      "✓ Verified \(date): it ends the program with a runtime error.",
      "✓ 已验证（\(date)）：程序以运行时错误终止。")
  }
  /// Of the examples of a page of the reference.
  func examples(date: String, haveFailed: Bool, haveRun: Bool) -> String {
    if haveFailed {
      return say("✗ The examples failed on \(date).", "✗ 示例未通过（\(date)）。")
    }
    return haveRun
      ? say(
        "✓ Verified \(date): the examples ran and print what is written here.",
        "✓ 已验证（\(date)）：示例运行过，输出与此处所写一致。")
      : say("✓ Verified \(date): the examples compile.", "✓ 已验证（\(date)）：示例可以编译。")
  }
  func verified(date: String, details: [String]) -> String {
    let details = details.isEmpty ? [say("word for word", "逐字相同")] : details
    return say(
      "✓ Verified \(date), \(details.joined(separator: ", ")).",
      "✓ 已验证（\(date)）：\(details.joined(separator: "，"))。")
  }

  var toTheDigits: String { say("to the digits written", "精确到所写的位数") }
  func within(relative: String) -> String {
    say("within a relative \(relative)", "相对误差不超过 \(relative)")
  }
  func within(absolute: String) -> String {
    say("within \(absolute)", "误差不超过 \(absolute)")
  }
  func within(absolute: String, relative: String) -> String {
    say(
      "within \(absolute) plus a relative \(relative)",
      "误差不超过 \(absolute) 加相对误差 \(relative)")
  }
  var falling: String { say("falling from line to line", "逐行下降") }
  func atMost(_ bound: String) -> String {
    say("the last number at most \(bound)", "最后一个数不超过 \(bound)")
  }
}
