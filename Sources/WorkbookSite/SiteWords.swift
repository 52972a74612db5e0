import Foundation
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

  private func say(_ english: String, _ chinese: String) -> String {
    self == .english ? english : chinese
  }

  // MARK: - Contents

  var chapters: String { say("Chapters", "章节") }
  var all: String { say("All programs", "全部程序") }
  var library: String { say("Library", "程序库") }
  func library(of book: String) -> String { say("A library of \(book).", "\(book) 的程序库。") }
  func used(in chapters: [String]) -> String {
    say("Used in \(chapters.joined(separator: " · "))", "用于 \(chapters.joined(separator: " · "))")
  }
  var translations: String { say("In other languages", "其他语言") }

  func outcome(chapters: Int, programs: Int, failed: Int, date: String) -> String {
    let count = say(
      "\(counted(chapters, "chapter")) and \(counted(programs, "program")).",
      "共 \(chapters) 章、\(programs) 个程序。")
    let outcome =
      failed == 0
      ? say(
        "All ran and printed what their pages say, as of \(date).",
        "全部运行过，输出与页面所写一致（\(date)）。")
      : say("\(counted(failed, "chapter")) failed, as of \(date).", "\(failed) 章未通过（\(date)）。")
    return self == .english ? "\(count) \(outcome)" : count + outcome
  }

  func failure(date: String) -> String {
    say("**This chapter failed** on \(date).", "**本章未通过**（\(date)）。")
  }

  // MARK: - Comparison

  var comparison: String { say("The programs compared", "各程序的比较") }
  var comparisonText: String {
    say(
      "What the main program of each chapter printed, on one axis.",
      "各章主程序的输出，画在同一坐标系中。")
  }
  var comparisonHeader: String {
    say("| chapter | first | last |", "| 章 | 最初 | 最后 |")
  }
  func value(_ value: String, at step: Int) -> String {
    say("\(value) at \(step)", "\(value)（第 \(step) 步）")
  }

  // MARK: - Curves

  var loss: String { say("loss", "损失") }
  var numberPrinted: String { say("number printed", "输出值") }
  var step: String { say("step", "步数") }

  /// The curves in words, each a name with its points.
  func picture(of quantity: String, isLogarithmic: Bool, curves: [String]) -> String {
    let scale = isLogarithmic ? say(", on a logarithmic axis", "，对数坐标") : ""
    return say(
      "The \(quantity) by step\(scale). \(curves.joined(separator: "; ")).",
      "\(quantity)随步数的变化\(scale)。\(curves.joined(separator: "；"))。")
  }

  func curve(_ name: String, points: [(step: Int, value: String)], isWhole: Bool) -> String {
    let points = points.map { step, value in
      say("\(value) at step \(step)", "第 \(step) 步 \(value)")
    }
    let separator = isWhole ? say(", ", "，") : say(", … ", "，……，")
    return name + say(": ", "：") + points.joined(separator: separator)
  }

  // MARK: - Verification

  func notReached() -> String {
    say("✗ Not verified: its program did not get here.", "✗ 未验证：程序没有运行到这里。")
  }
  func notPrinted(date: String) -> String {
    say(
      "✗ Not verified: this is not what was printed on \(date).",
      "✗ 未验证：\(date) 的输出与此不同。")
  }
  func refused(date: String) -> String {
    say("✓ Verified \(date): the compiler refuses it.", "✓ 已验证（\(date)）：编译器拒绝编译。")
  }
  func trapped(date: String) -> String {
    say(
      "✓ Verified \(date): it ends the program with a runtime error.",
      "✓ 已验证（\(date)）：程序以运行时错误终止。")
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
