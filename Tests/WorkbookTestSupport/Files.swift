import Foundation

extension Fixtures {
  /// The path of a file that `make_files.py` made.
  package static func path(_ name: String) -> String {
    Bundle.module.bundleURL.appending(path: "Fixtures/Files/" + name).path
  }

  /// The bytes of a file that `make_files.py` made.
  package static func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(filePath: path(name))))
  }
}
