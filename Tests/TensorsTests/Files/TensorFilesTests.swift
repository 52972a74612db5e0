import Tensors
import Testing
import WorkbookTestSupport
import WorkbookTestTools

struct TensorFilesTests {
  @Test func `a tensor has the type that NumPy wrote`() throws {
    let x = try Tensor.load(Fixtures.path("float64.npy"))
    #expect(x.dtype == .float64 && x.shape == [2, 3] && x[0, 2].item() == 1e300)
    let y = try Tensor.load(Fixtures.path("float32.npy"))
    #expect(y.dtype == .float32 && y.shape == [2, 3, 4] && y[1, 2, 3].item() == 23.0 / 8)
    let n = try Tensor.load(Fixtures.path("int64.npy"))
    #expect("\(n)" == "tensor([-9223372036854775808,     9007199254740993,                    7])")
    let mask = try Tensor.load(Fixtures.path("bool.npy"))
    #expect(mask.dtype == .bool && mask.toArray() == [1, 0, 0, 1])
  }

  @Test func `what is written is NumPy's file, byte for byte`() throws {
    let folder = TemporaryFolder()
    for name in ["float64", "float32", "int64", "bool", "scalar", "empty"].map({ $0 + ".npy" }) {
      try Tensor.load(Fixtures.path(name)).save(folder[name])
      #expect(try folder.bytes(name) == Fixtures.bytes(name), "\(name)")
    }
  }

  @Test func `views are written as what they show`() throws {
    let folder = TemporaryFolder()
    try Tensor([[1, 2], [3, 4]], requiresGrad: true).t().save(folder["x.npy"])
    #expect(try Tensor.load(folder["x.npy"]).toArray() == [1, 3, 2, 4])
  }

  @Test func `a truth value that is none is refused`() throws {
    let folder = TemporaryFolder()
    var bytes = try Fixtures.bytes("bool.npy")
    bytes[129] = 7
    let path = try folder.write("x", bytes)
    let error = #expect(throws: ArrayFileError.self) { try Tensor.load(path) }
    #expect(error == .malformed(path: path, byte: 129, .truth(7)))
  }
}
