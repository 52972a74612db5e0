/// Of the package.
public var traits: String {
  #if Extra
    "with the trait"
  #else
    "without it"
  #endif
}

/// Of the compiler.
public var flags: String {
  #if FLAG
    "with the flag"
  #else
    "without it"
  #endif
}

/// The file that calls it.
public func caller(_ file: String = #filePath) -> String { file }
