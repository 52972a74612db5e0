import Foundation
import PackagePlugin

/// `swift package workbook …`: the command, for a package that depends on this one.
@main struct WorkbookPlugin: CommandPlugin {
  func performCommand(context: PluginContext, arguments: [String]) async throws {
    let command = try context.tool(named: "workbook").url.path
    // In this process, so that what ends it, Control-C too, ends the command.
    let words = ([command] + arguments).map { strdup($0) } + [nil]
    if chdir(context.package.directoryURL.path) == 0 { execv(command, words) }
    throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
  }
}
