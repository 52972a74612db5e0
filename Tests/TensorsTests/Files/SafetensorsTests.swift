import Foundation
import Tensors
import Testing
import WorkbookTestSupport
import WorkbookTestTools

struct SafetensorsTests {
  @Test func `what the Python original wrote is read`() throws {
    let state = try loadFile(Fixtures.path("state.safetensors"))
    let odd = "a \"name\"\n\\ of é 水 😀 \u{1}"
    #expect(Set(state.keys) == ["0.weight", "0.bias", "double", "steps", "mask", "none", odd])
    let weight = try #require(state["0.weight"])
    #expect(weight.shape == [3, 2] && weight.dtype == .float32 && !weight.requiresGrad)
    #expect(weight.toArray() == [0, 0.25, 0.5, 0.75, 1, 1.25])
    let bias = try #require(state["0.bias"]).toArray()
    #expect(bias[0] == Double(Float(0.1)) && bias[2].isNaN)
    #expect(state["double"]?.dtype == .float64 && state["double"]?.toArray() == [1e300, -0.0])
    #expect("\(try #require(state["steps"]))" == "tensor(9007199254740993)")
    #expect("\(try #require(state["mask"]))" == "tensor([ true, false,  true])")
    #expect(state["none"]?.shape == [0, 4])
    #expect(state[odd]?.item() == 7)
    #expect(try loadFile(Fixtures.path("metadata.safetensors"))["w"]?.toArray() == [1, 1])
    #expect(try loadFile(Fixtures.path("nothing.safetensors")).isEmpty)
  }

  @Test func `what is written is the original's file, byte for byte`() throws {
    let folder = TemporaryFolder()
    for name in ["state.safetensors", "nothing.safetensors"] {
      try saveFile(loadFile(Fixtures.path(name)), folder[name])
      #expect(try folder.bytes(name) == Fixtures.bytes(name))
    }
    #expect(folder.names == ["nothing.safetensors", "state.safetensors"])
  }

  @Test func `views and recorded tensors are written as what they show`() throws {
    let folder = TemporaryFolder()
    let w = Tensor([[1, 2, 3], [4, 5, 6]], requiresGrad: true)
    try saveFile(["t": w.t(), "double": w * 2, "rows": w[1].expand(2, 3)], folder["x"])
    let state = try loadFile(folder["x"])
    #expect(state["t"]?.toArray() == [1, 4, 2, 5, 3, 6] && state["t"]?.shape == [3, 2])
    #expect(state["double"]?.toArray() == [2, 4, 6, 8, 10, 12])
    #expect(state["rows"]?.toArray() == [4, 5, 6, 4, 5, 6])
  }

  @Test func `names with control characters come back`() throws {
    let folder = TemporaryFolder()
    let names = ["", "\u{8}\u{c}\r\t\u{1f}/", "\u{7f}é", "a\0b"]
    try saveFile(Dictionary(uniqueKeysWithValues: names.map { ($0, Tensor([1])) }), folder["x"])
    #expect(try Set(loadFile(folder["x"]).keys) == Set(names))
  }

  private static func file(_ header: String, _ count: Int = 8, length: UInt64? = nil) -> [UInt8] {
    let length = length ?? UInt64(header.utf8.count)
    return withUnsafeBytes(of: length.littleEndian) { Array($0) } + Array(header.utf8)
      + [UInt8](repeating: 2, count: count)
  }

  private static func one(_ body: String) -> [UInt8] { file("{\"w\":{\(body)}}") }

  static let hostile: [(bytes: [UInt8], words: String)] = [
    ([], "byte 0: the file ends, 8 bytes should follow and 0 do"),
    ([1, 2, 3], "byte 0: the file ends, 8 bytes should follow and 3 do"),
    (file("{}", length: 1 << 63), "byte 0: a header of 9223372036854775808 bytes is longer"),
    (file("{}", length: .max), "byte 0: a header of 18446744073709551615 bytes is longer"),
    (file("{}", length: 11), "byte 0: a header of 11 bytes is longer than the file"),
    (file(""), "byte 8: the header should have { here"),
    (file("{}"), "byte 10: 8 bytes too many follow"),
    (file("[]"), "byte 8: the header should have { here"),
    (file("{\"w\":NaN}"), "byte 13: the header should have { here"),
    (file(String(repeating: "{\"a\":", count: 10_000)), "should have dtype, shape or data_offsets"),
    (file(String(repeating: "[", count: 10_000)), "byte 8: the header should have { here"),
    (file("{\"__metadata__\":{\"a\":{}}}"), "should have a text here"),
    (file("{\"__metadata__\":{\"a\":\"b\",\"a\":\"c\"}}"), "the header has 'a' twice"),
    (one("\"dtype\":\"F16\""), "byte 22: 'w' is F16, and tensors here are F32, F64, I64 or BOOL"),
    (one("\"dtype\":4"), "byte 22: the header should have a text here"),
    (one("\"dtype\":\"F32\",\"dtype\":\"F32\""), "byte 28: the header has 'dtype' twice"),
    (one("\"dtype\":\"F32\",\"shape\":[2]"), "the header does not say 'data_offsets'"),
    (one("\"dtype\":\"F32\",\"data_offsets\":[0,8]"), "the header does not say 'shape'"),
    (one("\"shape\":[2],\"data_offsets\":[0,8]"), "the header does not say 'dtype'"),
    (one("\"shape\":[2,]"), "should have a whole number here"),
    (one("\"shape\":[-2]"), "should have a whole number here"),
    (one("\"shape\":[NaN]"), "should have a whole number here"),
    (one("\"shape\":[2.0]"), "should have ] here"),
    (one("\"shape\":[1e3]"), "should have ] here"),
    (one("\"shape\":[18446744073709551616]"), "should have a whole number below 2⁶³ here"),
    (one("\"data_offsets\":[8,0]"), "should have a begin and an end not before it here"),
    (one("\"data_offsets\":[0,4,8]"), "should have a begin and an end not before it here"),
    (one("\"dtype\":\"F32\",\"more\":1"), "should have dtype, shape or data_offsets here"),
    (
      one("\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,7]"),
      "byte 9: 'w' needs 8 bytes and has 7"
    ),
    (
      one("\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,8]"),
      "byte 9: no array can have the shape [4294967296, 4294967296]"
    ),
    (
      one("\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]"),
      "byte 9: 'w' begins at 4 of the data, not at 0, where the one before ends"
    ),
    (
      one("\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,16]"),
      "the file ends, 16 bytes should follow and 8 do"
    ),
    (
      one("\"dtype\":\"F32\",\"shape\":[1099511627776],\"data_offsets\":[0,4398046511104]"),
      "the file ends, 4398046511104 bytes should follow and 8 do"
    ),
    (
      one("\"dtype\":\"BOOL\",\"shape\":[8],\"data_offsets\":[0,8]"),
      "byte 63: a truth value is 0 or 1, not 2"
    ),
    (
      file(
        "{\"v\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
          + "\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}"),
      "byte 62: 'w' begins at 0 of the data, not at 4, where the one before ends"
    ),
    (
      file(
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
          + "\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}"),
      "byte 62: the header has 'w' twice"
    ),
    (file("{} x"), "byte 11: the header should have nothing but space here"),
    (file("{\"w"), "should have the end of a text here"),
    (file("{\"\\x\":1}"), "byte 11: the header should have an escape of JSON here"),
    (file("{\"\\u12G4\":1}"), "should have four hexadecimal digits here"),
    (file("{\"\\ud800\":1}"), "should have the second half of a surrogate pair here"),
    (file("{\"\\ud800\\u0041\":1}"), "should have a surrogate pair here"),
    (file("{\"\\"), "should have the end of a text here"),
    (
      [3, 0, 0, 0, 0, 0, 0, 0, 0x7B, 0x22, 0xFF, 0x22, 0x3A],
      "the header should have the end of a text here"
    ),
    (
      [4, 0, 0, 0, 0, 0, 0, 0, 0x7B, 0x22, 0xFF, 0x22, 0x3A],
      "byte 9: the header should have text in UTF-8 here"
    ),
  ]

  @Test(arguments: hostile.indices)
  func `hostile files are refused with their place`(_ index: Int) throws {
    let folder = TemporaryFolder()
    let path = try folder.write("x", Self.hostile[index].bytes)
    let error = #expect(throws: ArrayFileError.self) { try loadFile(path) }
    let message = "\(try #require(error))"
    #expect(message.contains(Self.hostile[index].words), "\(message)")
  }

  @Test func `half precision is refused with the way out`() throws {
    let error = #expect(throws: ArrayFileError.self) {
      try loadFile(Fixtures.path("half.safetensors"))
    }
    #expect("\(try #require(error))".contains("in Python, to(torch.float32) before saving"))
  }

  @Test func `whatever byte is another, a file is read or refused`() throws {
    let (folder, bytes) = (TemporaryFolder(), try Fixtures.bytes("state.safetensors"))
    for place in 0..<470 {
      for byte in [0, 0x20, 0x22, 0x2C, 0x39, 0x5D, 0x7D, bytes[place] ^ 1] as [UInt8] {
        var changed = bytes
        changed[place] = byte
        let path = try folder.write("x", changed)
        do { _ = try loadFile(path) } catch { #expect("\(error)".hasPrefix(path)) }
      }
    }
    for count in 0..<bytes.count {
      let path = try folder.write("x", Array(bytes[..<count]))
      #expect(throws: ArrayFileError.self) { try loadFile(path) }
    }
  }

  @Test func `what is larger than memory is refused`() throws {
    // Of holes: it takes no room.
    let folder = TemporaryFolder()
    let count = 1 << 50
    let header =
      "{\"w\":{\"dtype\":\"BOOL\",\"shape\":[\(count)],\"data_offsets\":[0,\(count)]}}"
    let path = try folder.write("x", Self.file(header, 0))
    // Not every file system has room for the name of so many.
    guard truncate(path, off_t(8 + header.utf8.count + count)) == 0 else { return }
    let error = #expect(throws: ArrayFileError.self) { try loadFile(path) }
    #expect(error == .noMemory(path: path, byteCount: count))
  }

  @Test func `what could not be read again is not written`() throws {
    let folder = TemporaryFolder()
    let deep = Tensor.ones([Int](repeating: 1, count: 65))
    let errors = [
      #expect(throws: ArrayFileError.self) {
        try saveFile(["__metadata__": Tensor([1])], folder["x"])
      },
      #expect(throws: ArrayFileError.self) { try saveFile(["deep": deep], folder["x"]) },
      #expect(throws: ArrayFileError.self) { try deep.save(folder["x"]) },
    ].map { $0.map { "\($0)" } ?? "" }
    #expect(errors[0].contains("no tensor in a file can be called '__metadata__'"))
    #expect(errors[1].contains("no file holds an array of 65 dimensions, 64 at most; reshape it"))
    #expect(errors[2].contains("no file holds an array of 65 dimensions, 64 at most; reshape it"))
    #expect(folder.names.isEmpty)
    let most = deep.squeeze(0)
    try most.save(folder["x"])
    #expect(try Tensor.load(folder["x"]).shape == most.shape)
    try saveFile(["": most], folder["x"])
    #expect(try loadFile(folder["x"])[""]?.shape == most.shape)
  }

  @Test func `what is said beside the tensors may have names that differ in their bytes alone`()
    throws
  {
    let folder = TemporaryFolder()
    let header = "{\"__metadata__\":{\"\u{e9}\":\"a\",\"e\u{301}\":\"b\"}}"
    #expect(try loadFile(folder.write("x", Self.file(header, 0))).isEmpty)
  }
}
