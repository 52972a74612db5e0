/// Words by which rustdoc and mdoc mark a cell, for which there is an option here under another name.
package enum ForeignWord: String, CaseIterable, Sendable {
  // rustdoc's.
  case ignore
  case compileFail = "compile_fail"
  case shouldPanic = "should_panic"
  case noRun = "no_run"
  // mdoc's.
  case fail, crash, invisible, passthrough
  case compileOnly = "compile-only"
}
