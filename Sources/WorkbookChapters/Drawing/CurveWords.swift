/// What a picture of curves says, in the language of the page that it stands on.
package enum CurveWords: Hashable, Sendable {
  case english, chinese

  /// English for a language that pictures do not speak.
  package init(language: String) {
    self = language.prefix { $0 != "-" } == "zh" ? .chinese : .english
  }

  private func say(_ english: String, _ chinese: String) -> String {
    self == .english ? english : chinese
  }

  package var loss: String { say("loss", "损失") }
  package var numberPrinted: String { say("number printed", "输出值") }
  var step: String { say("step", "步数") }

  package func value(_ value: String, at step: Int) -> String {
    say("\(value) at \(step)", "\(value)（第 \(step) 步）")
  }

  func title(of quantity: String) -> String {
    say("The \(quantity) by step", "\(quantity)随步数的变化")
  }

  /// The curves in words, each a name with its points.
  func picture(of quantity: String, isLogarithmic: Bool, curves: [String]) -> String {
    let scale = isLogarithmic ? say(", on a logarithmic axis", "，对数坐标") : ""
    return title(of: quantity) + scale + say(". ", "。")
      + curves.joined(separator: say("; ", "；")) + say(".", "。")
  }

  func curve(_ name: String, points: [(step: Int, value: String)], isWhole: Bool) -> String {
    let points = points.map { step, value in
      say("\(value) at step \(step)", "第 \(step) 步 \(value)")
    }
    let separator = isWhole ? say(", ", "，") : say(", … ", "，……，")
    return name + say(": ", "：") + points.joined(separator: separator)
  }
}
