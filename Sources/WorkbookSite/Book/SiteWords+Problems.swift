import WorkbookSystem
import WorkbookChapters
import WorkbookCore

extension SiteWords {
  /// What is wrong, in the language of the page; the compiler and programs keep their own.
  func message(of failure: Failure) -> String {
    guard self == .chinese, case .check(let problem) = failure.problem else {
      return failure.message
    }
    return switch problem {
    case .differs(let difference): chinese(difference)
    case .missingLine(let expected): "没有输出这一行：“\(expected)”"
    case .extraLine(let actual): "此处多输出了一行：“\(actual)”"
    case .tooManyWays: "输出与 “...” 行的匹配方式太多，无法一一尝试；请多写出几行"
    case .otherNumber(let written, let printed, let line):
      "正文写的是 \(written)，程序输出的是 \(printed)（“\(line)”）"
    case .noSuchLine(let label): "没有以“\(label)”开头且后面带有数字的输出行"
    case .noCurve: "程序没有输出三行以上的“步数 数值”，没有曲线可画"
    case .missingPicture(let file): "还没有图片“\(file)”；用 --update 运行即可画出"
    case .otherPicture(let file): "图片“\(file)”与程序的输出不符；用 --update 运行即可重画"
    case .aboveBound(let last, let bound): "最后输出的数是 \(last)，大于 \(bound)：没有收敛"
    case .notDecreasing("", let next): "数值没有逐行下降：开头就是“\(next)”"
    case .notDecreasing(let previous, let next): "数值没有逐行下降：“\(previous)”之后是“\(next)”"
    case .noNumber(let option): "“\(option)”在输出中找不到数字"
    case .doesNotTrap: "这个单元应以运行时错误终止，但程序没有"
    case .otherTrap(let expected, let actual):
      "这个单元应以包含“\(expected)”的运行时错误终止，实际的错误是“\(shortened(actual.utf8))”"
    case .endedEarly: "程序在这个单元开始之前就退出了"
    case .startPasses: "练习的起始代码已经通过；请去掉答案，或让答案的输出能把两者区分开"
    }
  }

  private func chinese(_ difference: CheckProblem.Difference) -> String {
    var text = "预期“\(difference.expectedLine)”，实际输出“\(difference.actualLine)”"
    guard let absolute = difference.absoluteError else { return text }
    text += "\n“\(difference.actual)”的误差为 \(short(absolute))"
    if let relative = difference.relativeError { text += "（相对 \(short(relative))）" }
    if let step = difference.step { text += "，在第 \(step) 步" }
    if let option = difference.passingOption { text += "；容差取 \(option) 即可通过" }
    return text
  }
}
