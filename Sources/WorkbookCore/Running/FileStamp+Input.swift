extension FileStamp {
  static func input(_ path: String) -> String { FileStamp(path)?.description ?? "" }
}
