/// Why a file of arrays could not be read or written: npy, or safetensors.
///
/// ```swift
/// do {
///   _ = try NDArray<Double>.load("weights.npy")
/// } catch {
///   print(error)
/// }
/// ```
/// ```output
/// weights.npy: cannot be opened: No such file or directory
/// ```
public enum ArrayFileError: Error, Equatable {
  /// What was done when the system said no.
  ///
  /// ```swift
  /// do {
  ///   try NDArray([1.0]).save("no/folder/x.npy")
  /// } catch .system(let path, .opening, _) {
  ///   print("there is no room for", path)
  /// }
  /// ```
  /// ```output
  /// there is no room for no/folder/x.npy
  /// ```
  public enum Doing: Sendable {
    /// Opening a file to read it, or a new one beside it to write.
    case opening
    /// Reading what is in it.
    case reading
    /// Writing, or putting what is written at its path.
    case writing
  }

  /// The system said no, with its `errno`; 0 where the path leads to something else than a file.
  case system(path: String, Doing, number: Int32)
  /// The file does not hold what its format says from a byte on.
  case malformed(path: String, byte: Int, Problem)
  /// The file holds elements that this library has no arrays of.
  case unsupported(path: String, byte: Int, Unsupported)
  /// The file holds elements of one type, and was to be read as an array of another.
  case mismatch(path: String, there: String, here: String)
  /// What was to be written, files of the format do not hold.
  case unwritable(path: String, Unwritable)
  /// The system has no memory for so many bytes.
  case noMemory(path: String, byteCount: Int)

  /// What is wrong at a place of a file.
  ///
  /// ```swift
  /// print(ArrayFileError.malformed(path: "x.npy", byte: 0, .noMagic))
  /// ```
  /// ```output
  /// x.npy, byte 0: this is no npy file; numpy.save writes one
  /// ```
  public enum Problem: Equatable, Sendable {
    /// The file ends where this many bytes should follow; how many do.
    case ends(needed: Int, found: Int)
    /// It goes on behind its arrays.
    case goesOn(byteCount: Int)
    /// It does not begin as files of its format do.
    case noMagic
    /// A version of the format that nobody wrote down.
    case version(Int, Int)
    /// A header that is longer than the file, or than headers may be.
    case headerLength(UInt64)
    /// The header reads otherwise than it may.
    case expected(String)
    /// The header has a name twice.
    case duplicate(String)
    /// The header of an array does not say this.
    case missing(String)
    /// More elements than can be counted.
    case size([Int])
    /// The bytes of an array are not as many as its shape needs.
    case extent(name: String, needed: Int, found: Int)
    /// The bytes of an array do not begin where those before them end.
    case gap(name: String, expected: Int, found: Int)
    /// A truth value that is neither 0 nor 1.
    case truth(UInt8)
  }

  /// What a file may hold, and this library does not.
  ///
  /// ```swift
  /// let problem = ArrayFileError.Unsupported.type("F16", name: "w")
  /// print(ArrayFileError.unsupported(path: "x", byte: 20, problem))
  /// ```
  /// ```output
  /// x, byte 20: 'w' is F16, and tensors here are F32, F64, I64 or BOOL; in Python, to(torch.float32) before saving
  /// ```
  public enum Unsupported: Equatable, Sendable {
    /// Elements of a type that there are no arrays of; of an array with a name, or of the only one.
    case type(String, name: String?)
    /// Pickled objects, which could run any program.
    case objects
    /// Columns one after another.
    case fortranOrder
  }

  /// What a file of arrays cannot hold.
  ///
  /// ```swift
  /// print(ArrayFileError.unwritable(path: "x", .dimensions(65)))
  /// ```
  /// ```output
  /// x: no file holds an array of 65 dimensions, 64 at most; reshape it before
  /// ```
  public enum Unwritable: Equatable, Sendable {
    /// A name that means something else there.
    case name(String)
    /// More dimensions than NumPy's arrays have.
    case dimensions(Int)
  }
}
