import WorkbookSystem

/// What a served page says of runs.
extension SiteWords {
  var compiling: String { say("compiling", "编译中") }
  var running: String { say("running", "运行中") }
  var notVerified: String { say("not verified", "未验证") }

  /// How a run ended; one without a time is from the cache.
  func ended(_ status: LiveEvent.Status, after seconds: Double?) -> String {
    guard let seconds else { return "\(ended(status)), \(say("cached", "来自缓存"))" }
    return "\(ended(status)), \(fixed(seconds, digits: 2)) \(say("s", "秒"))"
  }

  func ended(_ status: LiveEvent.Status) -> String {
    switch status {
    case .passed: say("passed", "通过")
    case .failed: say("failed", "未通过")
    case .compiled: say("compiled, not run", "已编译，未运行")
    case .skipped: say("skipped", "已跳过")
    }
  }

  func quoted(_ count: Int) -> String {
    say("numbers in the text that this run does not print: ", "正文中与本次运行不符的数字：") + "\(count)"
  }
  func doesNotRun(_ program: String) -> String {
    say(
      "The program \(program) does not compile; its outputs stay as they are.",
      "程序 \(program) 无法编译；其输出保持不变。")
  }

  /// Behind the beginning of what was printed.
  func cut(after shown: Int, of all: Int) -> String {
    func megabytes(_ bytes: Int) -> String { fixed(Double(bytes) / Double(1 << 20), digits: 1) }
    return say(
      "… cut here: \(megabytes(shown)) of \(megabytes(all)) MB are shown",
      "……从此处截断：共 \(megabytes(all)) MB，只显示 \(megabytes(shown)) MB")
  }

  func willBeDrawn(_ path: String) -> String { say("Drawn anew: \(path)", "重画：\(path)") }

  // Refusals.

  var changedMeanwhile: String {
    say(
      "the chapter was changed meanwhile; the page shows it in a moment",
      "本章在此期间已被改动；页面马上会显示新的内容")
  }
  var cellWouldEnd: String {
    say(
      "this cannot stand in the file: a line would end the cell, as ``` does, or the cell's place in a "
        + "list or quote is not written as the others; take the line out, or edit the file itself",
      "文件里写不下这些内容：有一行会使单元结束（例如 ```），或单元在列表、引用中的写法与别处不同；请去掉那一行，"
        + "或直接编辑文件")
  }
  func noProgram(_ program: String) -> String {
    say("the cells make no program \(program) any more", "这些单元已不再组成程序 \(program)")
  }
  func nothingWritten(to path: String) -> String {
    say("\(path) was changed meanwhile; nothing was written", "\(path) 在此期间已被改动；没有写入任何内容")
  }
  func notDrawn(_ path: String) -> String {
    say("\(path) was changed meanwhile; all else was written", "\(path) 在此期间已被改动；其余内容都已写入")
  }

  var writeBack: String { say("Write back", "写回文件") }
  var cancel: String { say("Cancel", "取消") }
  var whatWouldBeWritten: String { say("What would be written", "将要写入的内容") }
  var nothingDiffers: String { say("Nothing differs from the file.", "与文件没有差别。") }
}
