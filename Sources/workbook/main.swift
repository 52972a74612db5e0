import WorkbookCore

let arguments = Array(CommandLine.arguments.dropFirst())
if arguments.first == Confinement.launcherArgument {
  confinedMain(arguments: Array(arguments.dropFirst()))
}
print("usage: workbook run PATH…")
