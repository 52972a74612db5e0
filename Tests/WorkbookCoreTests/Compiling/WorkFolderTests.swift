import Foundation
import Testing
import WorkbookTestTools

@testable import WorkbookCore
@testable import WorkbookSystem

@Suite struct WorkFolderTests {
  private let folder = TemporaryFolder()
  private var package: String { folder.path + "/package" }
  private var caches: String { folder.path + "/caches" }
  private static let isRoot = geteuid() == 0
  private static let stranger: uid_t = 4242

  init() throws {
    chmod(folder.path, 0o755)
    try folder.write("package/Package.swift")
    // As a test that is stopped cannot: nothing stays in the home folder.
    mkdir(caches, 0o700)
  }

  private func workFolder(of package: String?, _ environment: [String: String]? = nil) throws
    -> String
  {
    try Library.workFolder(for: package, environment ?? ["XDG_CACHE_HOME": caches])
  }

  private func mode(_ path: String) -> UInt32? { FileStamp(path).map { $0.mode & 0o777 } }

  @Test func `a package has it in its own build folder, closed to others`() throws {
    let path = try workFolder(of: package)
    #expect(path == package + "/.build/workbook")
    #expect(mode(path) == 0o700)
    try folder.write("package/.build/workbook/library.json")
    #expect(try workFolder(of: package) == path)
    #expect(folder.names == ["caches", "package"])
    #expect(try folder.read("package/.build/workbook/library.json") == "# x\n")
  }

  @Test(arguments: [0o755, 0o777, 0o770])
  func `what others could have put there, or came with the package, goes`(mode: mode_t) throws {
    try folder.write("package/.build/workbook/library/x/commands.json")
    chmod(package + "/.build", 0o755)
    chmod(package + "/.build/workbook", mode)
    #expect(try workFolder(of: package) == package + "/.build/workbook")
    #expect(names(in: package + "/.build/workbook") == [])
  }

  @Test func `where others may write beside it, it is in the caches`() throws {
    try folder.write("package/.build/workbook/library.json")
    chmod(package + "/.build/workbook", 0o700)
    chmod(package + "/.build", 0o777)
    let path = try workFolder(of: package)
    #expect(path.hasPrefix(caches + "/workbook/"))
    #expect(try workFolder(of: folder.path + "/other") != path)
    #expect(mode(path) == 0o700)
    chmod(package + "/.build", 0o755)
    #expect(try workFolder(of: package) == package + "/.build/workbook")
  }

  @Test func `a percent sign in its path sends it to the next place`() throws {
    let package = folder.path + "/a%b"
    try folder.write("a%b/Package.swift")
    #expect(try workFolder(of: package).hasPrefix(caches + "/workbook/"))
    #expect(!FileManager.default.fileExists(atPath: package + "/.build/workbook"))
    let environment = ["XDG_CACHE_HOME": package, "HOME": folder.path]
    #expect(try workFolder(of: nil, environment) == folder.path + "/.cache/workbook/no-package")
  }

  @Test(arguments: [".build", ".build/workbook"])
  func `a link is not followed`(name: String) throws {
    try folder.write("elsewhere/workbook/library.json")
    try folder.write("package/.build/other")
    chmod(package + "/.build", 0o755)
    rename("\(package)/.build", "\(package)/was")
    if name != ".build" { rename("\(package)/was", "\(package)/.build") }
    try folder.link("package/\(name)", to: folder.path + "/elsewhere")
    #expect(try workFolder(of: package).hasPrefix(caches))
    #expect(try folder.read("elsewhere/workbook/library.json") == "# x\n")
  }

  @Test(.enabled(if: isRoot), arguments: [".build", ".build/workbook"])
  func `another user's is left alone`(name: String) throws {
    let planted = try folder.write("package/.build/workbook/library.json")
    chmod(package + "/.build", 0o755)
    chmod(package + "/.build/workbook", 0o700)
    chown("\(package)/\(name)", Self.stranger, Self.stranger)
    #expect(try workFolder(of: package).hasPrefix(caches))
    #expect(access(planted, F_OK) == 0)
  }

  @Test(.enabled(if: isRoot))
  func `in another user's package nothing is made`() throws {
    chown(package, Self.stranger, Self.stranger)
    #expect(try workFolder(of: package).hasPrefix(caches))
    #expect(names(in: package) == ["Package.swift"])
  }

  @Test func `without a package it is in the user's caches`() throws {
    let home = folder.path + "/home"
    #expect(try workFolder(of: nil) == caches + "/workbook/no-package")
    #expect(mode(caches + "/workbook") == 0o700)
    let path = try workFolder(of: nil, ["XDG_CACHE_HOME": "caches", "HOME": home])
    #expect(path == home + "/.cache/workbook/no-package")
    #expect(mode(home) == 0o700)
    #expect(!FileManager.default.fileExists(atPath: "caches"))
  }

  @Test func `caches that others could replace are passed over`() throws {
    let environment = ["XDG_CACHE_HOME": caches + "/x", "TMPDIR": folder.path]
    #expect(try workFolder(of: nil, environment) == caches + "/x/workbook/no-package")
    let other = "\(folder.path)/workbook-\(geteuid())/no-package"
    for name in ["", "/x", "/x/workbook"] {
      chmod(caches + name, 0o777)
      #expect(try workFolder(of: nil, environment) == other)
      chmod(caches + name, 0o700)
    }
    // As /tmp is.
    chmod(caches, 0o1777)
    #expect(try workFolder(of: nil, environment).hasPrefix(caches))
    chmod(caches, 0o700)
    unlink(caches + "/x/workbook")
    removeFolder(caches + "/x/workbook")
    try folder.link("caches/x/workbook", to: folder.path)
    #expect(try workFolder(of: nil, environment) == other)
  }

  @Test(.enabled(if: isRoot))
  func `where no place is the user's, that is said, and the way out`() throws {
    let planted = "\(folder.path)/workbook-0"
    mkdir(planted, 0o700)
    chown(planted, Self.stranger, Self.stranger)
    chown(caches, Self.stranger, Self.stranger)
    #expect {
      try workFolder(of: nil, ["XDG_CACHE_HOME": caches, "TMPDIR": folder.path])
    } throws: { error in
      (error as? Fault)?.message == """
        cannot make a folder that is yours alone: \(caches)/workbook is in \(caches), which is another \
        user's; \(planted) is not a folder of yours; name a folder that only you may write to in \
        XDG_CACHE_HOME
        """
    }
  }

  @Test func `who is no user here has no folder of anybody's`() throws {
    let environment = ["XDG_CACHE_HOME": caches, "TMPDIR": folder.path]
    #expect(throws: Fault.self) {
      try Library.workFolder(for: package, environment, user: geteuid() + 1)
    }
  }
}
