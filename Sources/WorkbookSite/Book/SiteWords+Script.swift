import Foundation

extension SiteWords {
  /// `const words = {…}`, what the script of a served page says.
  var ofTheScript: String {
    let words = Self.scriptWords.mapValues { self == .english ? $0.english : $0.chinese }
    let data = (try? JSONSerialization.data(withJSONObject: words, options: .sortedKeys)) ?? Data()
    return "const words = \(String(decoding: data, as: UTF8.self))\n"
  }

  private static let scriptWords: [String: (english: String, chinese: String)] = [
    "run": ("Run", "运行"), "check": ("Check", "检查"), "stop": ("Stop", "停止"),
    "reset": ("Reset", "还原"),
    "write": ("Write back", "写回文件"), "cancel": ("Cancel", "取消"), "edit": ("edit", "编辑"),
    "hint": ("Ctrl-Enter runs; Escape leaves the cell", "Ctrl-Enter 运行；Escape 离开单元"),
    "waiting": ("waiting", "等待中"), "compiling": ("compiling", "编译中"), "running": ("running", "运行中"),
    "stopped": ("stopped", "已停止"), "passed": ("passed", "通过"), "failed": ("failed", "未通过"),
    "compiled": ("compiled, not run", "已编译，未运行"), "skipped": ("skipped", "已跳过"),
    "cached": ("cached", "来自缓存"), "seconds": ("s", "秒"), "unverified": ("not verified", "未验证"),
    "busy": ("four programs run; stop one, or wait", "已有四个程序在运行；请停止一个，或稍候"),
    "quoted": ("numbers in the text that this run does not print: ", "正文中与本次运行不符的数字："),
    "lost": ("edits whose cells are not in the chapter now, kept: ", "所在单元已不在本章的编辑，仍保留："),
    "changed": ("this cell was changed in the file since you edited it", "你编辑之后，文件中的这个单元已被改动"),
    "missing": ("this chapter is no longer there", "本章已不存在"),
    "gone": ("the server has ended; start it again and reload", "服务器已停止；请重新启动后刷新页面"),
    "show": ("What would be written", "将要写入的内容"),
    "same": ("Nothing differs from the file.", "与文件没有差别。"),
  ]
}
