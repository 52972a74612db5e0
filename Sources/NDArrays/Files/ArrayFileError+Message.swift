internal import WorkbookArrays

extension ArrayFileError: CustomStringConvertible {
  /// The problem, its place and the way out.
  public var description: String {
    switch self {
    case .system(let path, let doing, number: 0):
      "\(path): cannot be \(doing.past), it is no regular file"
    case .system(let path, let doing, let number):
      "\(path): cannot be \(doing.past): \(String(cString: strerror(number)))"
    case .malformed(let path, let byte, let problem): "\(path), byte \(byte): \(problem.words)"
    case .unsupported(let path, let byte, let what): "\(path), byte \(byte): \(what.words)"
    case .mismatch(let path, let there, let here):
      "\(path): holds \(there), not \(here); load it as an array of \(there)"
    case .unwritable(let path, .name(let name)):
      "\(path): no tensor in a file can be called '\(name)'; call it otherwise"
    case .unwritable(let path, .dimensions(let count)):
      "\(path): no file holds an array of \(count) dimensions, 64 at most; reshape it before"
    case .noMemory(let path, let byteCount):
      "\(path): needs \(byteCount) bytes of memory, which the system does not give"
    }
  }
}

extension ArrayFileError.Doing {
  fileprivate var past: String {
    switch self {
    case .opening: "opened"
    case .reading: "read"
    case .writing: "written"
    }
  }
}

extension ArrayFileError.Problem {
  fileprivate var words: String {
    switch self {
    case .ends(let needed, let found):
      "the file ends, \(needed) bytes should follow and \(found) do; was it copied whole?"
    case .goesOn(let byteCount): "\(byteCount) bytes too many follow; write the file anew"
    case .noMagic: "this is no npy file; numpy.save writes one"
    case .version(let major, let minor):
      "version \(major).\(minor) of npy is not known; numpy.save writes 1.0 to 3.0"
    case .headerLength(let length):
      "a header of \(length) bytes is longer than the file or than allowed; write the file anew"
    case .expected(let what): "the header should have \(what) here; write the file anew"
    case .duplicate(let name): "the header has '\(name)' twice; write the file anew"
    case .missing(let name): "the header does not say '\(name)'; write the file anew"
    case .size(let shape): "no array can have the shape \(shape); write the file anew"
    case .extent(let name, let needed, let found):
      "'\(name)' needs \(needed) bytes and has \(found); write the file anew"
    case .gap(let name, let expected, let found):
      "'\(name)' begins at \(found) of the data, not at \(expected), where the one before ends; "
        + "write the file anew"
    case .truth(let byte): "a truth value is 0 or 1, not \(byte); write the file anew"
    }
  }
}

extension ArrayFileError.Unsupported {
  fileprivate var words: String {
    switch self {
    case .type(let type, name: nil):
      "elements of the type '\(type)' have no arrays here; "
        + "in Python, astype('<f4'), '<f8', '<i8' or '?' before saving"
    case .type(let type, let name?):
      "'\(name)' is \(type), and tensors here are F32, F64, I64 or BOOL; "
        + "in Python, to(torch.float32) before saving"
    case .objects:
      "pickled objects are not read, since they could run any program; "
        + "in Python, save an array of numbers"
    case .fortranOrder:
      "its columns stand one after another; in Python, numpy.ascontiguousarray(x) before saving"
    }
  }
}
