import NDArrays
import Testing
import WorkbookTestSupport
import WorkbookTestTools

struct NPYTests {
  @Test func `what NumPy wrote is read`() throws {
    let x = try NDArray<Double>.load(Fixtures.path("float64.npy"))
    #expect(x == [[1.5, -2, 1e300], [0.1, NDArray.Literal(floatLiteral: .infinity), -0.0]])
    #expect(x[1, 2].sign == .minus)
    let y = try NDArray<Float>.load(Fixtures.path("float32.npy"))
    #expect(y.shape == [2, 3, 4] && y.scalars == (0..<24).map { Float($0) / 8 })
    #expect(try NDArray<Double>.load(Fixtures.path("scalar.npy")) == NDArray(2.5))
    #expect(try NDArray<Float>.load(Fixtures.path("empty.npy")).shape == [0, 3])
    for name in ["version2.npy", "version3.npy"] {
      #expect(try NDArray<Double>.load(Fixtures.path(name)) == [1, 2])
    }
  }

  @Test func `what is written is NumPy's file, byte for byte`() throws {
    let folder = TemporaryFolder()
    for name in ["float64.npy", "scalar.npy"] {
      try NDArray<Double>.load(Fixtures.path(name)).save(folder[name])
      #expect(try folder.bytes(name) == Fixtures.bytes(name))
    }
    for name in ["float32.npy", "empty.npy"] {
      try NDArray<Float>.load(Fixtures.path(name)).save(folder[name])
      #expect(try folder.bytes(name) == Fixtures.bytes(name))
    }
    #expect(folder.names == ["empty.npy", "float32.npy", "float64.npy", "scalar.npy"])
  }

  @Test func `a view is written as the array that it shows`() throws {
    let folder = TemporaryFolder()
    let x: NDArray<Double> = [[1, 2, 3], [4, 5, 6]]
    try x.T[1...].save(folder["x.npy"])
    #expect(try NDArray<Double>.load(folder["x.npy"]) == [[2, 5], [3, 6]])
  }

  @Test(arguments: [
    ("float32.npy", "holds float32, not float64; load it as an array of float32"),
    ("int64.npy", "holds int64, not float64; load it as an array of int64"),
    ("columns.npy", "its columns stand one after another; in Python, numpy.ascontiguousarray(x)"),
    ("half.npy", "byte 20: elements of the type '<f2' have no arrays here; in Python, astype"),
    ("big-endian.npy", "byte 20: elements of the type '>f8' have no arrays here"),
    ("text.npy", "elements of the type '<U2' have no arrays here"),
    ("records.npy", "elements of the type 'record' have no arrays here"),
    ("objects.npy", "byte 20: pickled objects are not read, since they could run any program"),
    ("state.safetensors", "byte 0: this is no npy file; numpy.save writes one"),
    ("no.npy", "no.npy: cannot be opened: No such file or directory"),
    ("", "cannot be opened, it is no regular file"),
  ])
  func `other files are refused with a word`(_ name: String, _ words: String) throws {
    let path = Fixtures.path(name)
    let error = #expect(throws: ArrayFileError.self) { try NDArray<Double>.load(path) }
    let message = "\(try #require(error))"
    #expect(message.hasPrefix(path) && message.contains(words), "\(message)")
  }

  /// A file of version 1.0 with a header, and so many bytes behind it.
  private static func file(_ header: String, _ count: Int = 16) -> [UInt8] {
    let length = header.utf8.count
    return [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(length & 0xFF), UInt8(length >> 8)]
      + Array(header.utf8) + [UInt8](repeating: 0, count: count)
  }

  private static let good = "{'descr': '<f8', 'fortran_order': False, 'shape': (2,), }\n"

  static let hostile: [(bytes: [UInt8], words: String)] = [
    ([], "byte 0: the file ends, 8 bytes should follow and 0 do"),
    (Array(file(good).prefix(9)), "byte 8: the file ends, 2 bytes should follow and 1 do"),
    (Array(file(good).prefix(30)), "byte 8: a header of 58 bytes is longer than the file"),
    (file(good, 15), "byte 68: the file ends, 16 bytes should follow and 15 do"),
    (file(good, 17), "byte 84: 1 bytes too many follow"),
    ([0x93] + Array("NUMPY".utf8) + [9, 1, 0, 0], "byte 6: version 9.1 of npy is not known"),
    (
      [0x93] + Array("NUMPY".utf8) + [2, 0, 255, 255, 255, 255],
      "byte 8: a header of 4294967295 bytes is longer than the file or than allowed"
    ),
    (
      [0x93] + Array("NUMPY".utf8) + [3, 0, 1, 0, 16, 0]
        + [UInt8](repeating: 0x20, count: (1 << 20) + 1),
      "byte 8: a header of 1048577 bytes is longer than the file or than allowed"
    ),
    (
      file("{'shape': (" + String(repeating: "1,", count: 65) + ")}"),
      "should have no more than 64 numbers here"
    ),
    (file("[]"), "byte 10: the header should have { here"),
    (file("{"), "byte 11: the header should have a text here"),
    (file("{'descr': '<f8"), "byte 24: the header should have the end of a text here"),
    (file("{'descr': '\u{1}f8'}"), "should have no control character here"),
    (file("{}"), "byte 10: the header does not say 'descr'"),
    (file("{'descr': '<f8', 'shape': ()}"), "the header does not say 'fortran_order'"),
    (file("{'descr': '<f8', 'fortran_order': False}"), "the header does not say 'shape'"),
    (file("{'descr': '<f8', 'descr': '<f8'}"), "byte 27: the header has 'descr' twice"),
    (file("{'order': 1}"), "byte 11: the header should have 'descr', 'fortran_order' or 'shape'"),
    (file("{'fortran_order': None}"), "byte 28: the header should have False here"),
    (file("{'descr': '<f8', 'fortran_order': False, 'shape': (-2,)}"), "have a whole number here"),
    (file("{'shape': (2 3)}"), "byte 23: the header should have ) here"),
    (file("{'shape': (2.5,)}"), "should have ) here"),
    (file("{'shape': (nan,)}"), "should have a whole number here"),
    (file("{'shape': (02,)}"), "should have a whole number below 2⁶³ here"),
    (file("{'shape': (9223372036854775808,)}"), "should have a whole number below 2⁶³ here"),
    (file(good + "x"), "byte 68: the header should have nothing but space here"),
    (
      file("{'descr': '<f8', 'fortran_order': False, 'shape': (4294967296, 4294967296, 16)}"),
      "no array can have the shape [4294967296, 4294967296, 16]"
    ),
    (
      file("{'descr': '<f8', 'fortran_order': False, 'shape': (0, 9223372036854775807)}"),
      "no array can have the shape [0, 9223372036854775807]"
    ),
    (
      file("{'descr': '<f8', 'fortran_order': False, 'shape': (1125899906842624,)}"),
      "the file ends, 9007199254740992 bytes should follow and 16 do"
    ),
  ]

  @Test(arguments: hostile.indices)
  func `hostile files are refused with their place`(_ index: Int) throws {
    let folder = TemporaryFolder()
    let file = try folder.write("x", Self.hostile[index].bytes)
    let error = #expect(throws: ArrayFileError.self) { try NDArray<Double>.load(file) }
    let message = "\(try #require(error))"
    #expect(message.contains(Self.hostile[index].words), "\(message)")
  }

  @Test func `whatever byte is another, a file is read or refused`() throws {
    let (folder, bytes) = (TemporaryFolder(), try Fixtures.bytes("float64.npy"))
    for place in 0..<128 {
      for byte in [0, 0x20, 0x27, 0x28, 0x2C, 0x39, 0x7B, 0x7D, 0xFF, bytes[place] ^ 1] as [UInt8] {
        var changed = bytes
        changed[place] = byte
        let path = try folder.write("x", changed)
        do { _ = try NDArray<Double>.load(path) } catch { #expect("\(error)".hasPrefix(path)) }
      }
      let path = try folder.write("x", Array(bytes[..<place]))
      #expect(throws: ArrayFileError.self) { try NDArray<Double>.load(path) }
    }
  }

  @Test func `a file that cannot be written says why`() throws {
    let folder = TemporaryFolder()
    let path = folder["no/x.npy"]
    #expect(throws: ArrayFileError.system(path: path, .opening, number: 2)) {
      try NDArray([1.0]).save(path)
    }
    #expect(throws: ArrayFileError.system(path: "/dev/null", .opening, number: 0)) {
      try NDArray([1.0]).save("/dev/null")
    }
  }
}
