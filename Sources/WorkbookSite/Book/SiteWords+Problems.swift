import WorkbookSystem
import WorkbookChapters
import WorkbookCore

extension SiteWords {
  /// What is wrong, in the language of the page; the compiler and programs keep their own.
  func message(of failure: Failure) -> String {
    switch failure.problem {
    case .check(let problem): return self == .chinese ? chinese(problem) : english(problem)
    case .run(.ended(let end)) where self == .chinese: return chinese(end) ?? failure.message
    default: return failure.message
    }
  }

  /// The way out that a command's options are is none on a page.
  private func english(_ problem: CheckProblem) -> String {
    switch problem {
    case .missingLine(let expected): "the line '\(expected)' is not printed"
    case .extraLine(let actual): "the line '\(actual)' is printed here but not expected"
    case .otherNumber(let written, let printed, let line):
      "the text says \(written), but the program prints \(printed), in '\(line)'"
    case .missingPicture(let file): "there is no picture '\(file)' yet"
    case .otherPicture(let file):
      "the picture '\(file)' does not show what the program prints"
    case .startPasses:
      "the start of this exercise passes already; take the answer out, or let the solution's output tell "
        + "the two apart"
    default: problem.message
    }
  }

  private func chinese(_ problem: CheckProblem) -> String {
    switch problem {
    case .differs(let difference): chinese(difference)
    case .missingLine(let expected): "没有输出这一行：“\(expected)”"
    case .extraLine(let actual): "此处多输出了一行：“\(actual)”"
    case .tooManyWays: "输出与 “...” 行的匹配方式太多，无法一一尝试；请多写出几行"
    case .otherNumber(let written, let printed, let line):
      "正文写的是 \(written)，程序输出的是 \(printed)（“\(line)”）"
    case .noSuchLine(let label): "没有以“\(label)”开头且后面带有数字的输出行"
    case .noCurve: "程序没有输出三行以上的“步数 数值”，没有曲线可画"
    case .missingPicture(let file): "还没有图片“\(file)”"
    case .otherPicture(let file): "图片“\(file)”与程序的输出不符"
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

  /// Nil of a trap's own words.
  private func chinese(_ end: Transcript.End) -> String? {
    switch end {
    case .trapped: nil
    case .exited(let code): "程序以退出码 \(code) 结束"
    case .timedOut(let seconds):
      "程序运行超过了 \(short(seconds, digits: 15)) 秒；如果确实需要更久，请在单元上写 timeout=\(short(2 * seconds, digits: 15))s"
    case .exceeded(let excess): "程序\(chinese(excess))，被停止"
    case .killed(let signal): "程序被外界终止（信号 \(signal)）：可能是系统内存不足，也可能是有人终止了它；请再运行一次"
    case .interrupted: "运行被中断"
    }
  }

  private func chinese(_ excess: Excess) -> String {
    switch excess {
    case .memory(let bytes): "使用了超过 \(bytes >> 20) MB 内存"
    case .printed(let bytes) where bytes < 1 << 20: "输出超过了 \(bytes >> 10) KB"
    case .printed(let bytes): "输出超过了 \(bytes >> 20) MB"
    case .fileSize(let bytes): "写了一个超过 \(bytes >> 20) MB 的文件"
    case .files(let count): "写了超过 \(count) 个文件"
    case .folderSize(let bytes): "写了超过 \(bytes >> 20) MB 的文件"
    case .folderDepth: "写的文件夹层数太多，无法统计"
    case .threads(let count): "同时运行了超过 \(count) 个线程"
    case .inputs(let count): "查看了包里超过 \(count) 个文件"
    case .wroteOutside(let path): "写到了自己的文件夹之外（\(path)）"
    case .network(let address): "打开了网络连接（\(address)）"
    case .startedProcess: "启动了另一个进程"
    case .noLoopback: "需要自己的网络（allow=loopback），而本机不提供"
    case .signalledProcess(let id): "向另一个进程（\(id)）发了信号"
    }
  }

  /// What is done before a program runs.
  func message(of progress: BuildProgress) -> String {
    guard self == .chinese else { return progress.message }
    return switch progress {
    case .preparing: "准备中"
    case .building(let step): "正在构建库" + (step.map { " \($0)" } ?? "")
    case .waiting: "等待另一个运行器构建库"
    case .waitingForSite: "等待另一个进程生成网站"
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
