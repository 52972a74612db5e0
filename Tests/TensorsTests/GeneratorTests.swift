import Tensors
import Testing
import WorkbookTestSupport

@Suite(.ownGenerator)
struct GeneratorTests {
  @Test(arguments: [0, 7], [64, 100])
  func `normals of 16 or more bit for bit`(seed: Int, count: Int) throws {
    manualSeed(seed)
    let expected = try Fixtures.drawn(seed: seed, "torch.randn(\(count))")
    #expect(Tensor.randn(count).toArray() == expected)
  }

  @Test(arguments: [0, 7])
  func `normals of fewer than 16 keep their spare`(seed: Int) throws {
    manualSeed(seed)
    let actual = Tensor.randn(10).toArray() + Tensor.randn(3).toArray()
    let expected = try Fixtures.drawn(seed: seed, "torch.randn(10) then torch.randn(3)")
    #expect(actual == expected)
  }

  /// From `make_bits.py`: `torch.randn` or `normal_` after `manual_seed(3)`.
  @Test(
    arguments: [
      (.float32, 8, 0, 1, 2_842_749_266_958_370_309),
      (.float32, 8, 10, 0.1, 13_707_684_064_826_795_028),
      (.float32, 1003, 0, 1, 10_997_702_148_438_572_294),
      (.float32, 1003, 10, 0.1, 12_943_784_285_358_019_586),
      (.float64, 8, 0, 1, 15_417_666_283_495_657_181),
      (.float64, 8, 10, 0.1, 5_305_140_795_410_080_932),
      (.float64, 1003, 0, 1, 8_591_594_857_714_971_999),
      (.float64, 1003, 10, 0.1, 13_085_025_849_133_057_239),
    ] as [(DType, Int, Double, Double, UInt64)])
  func `normals of a mean and a deviation bit for bit`(
    dtype: DType, count: Int, mean: Double, std: Double, expected: UInt64
  ) {
    manualSeed(3)
    let x = Tensor.zeros(count, dtype: dtype)
    x.normal(mean, std)
    #expect(bitsHash(x) == expected)
  }

  @Test(arguments: [0, 7])
  func `double normals bit for bit`(seed: Int) throws {
    manualSeed(seed)
    let expected = try Fixtures.drawn(seed: seed, "torch.randn(40, dtype=float64)")
    #expect(Tensor.randn(40, dtype: .float64).toArray() == expected)
  }

  @Test(arguments: [0, 7])
  func `uniforms bit for bit`(seed: Int) throws {
    manualSeed(seed)
    #expect(try Tensor.rand(20).toArray() == Fixtures.drawn(seed: seed, "torch.rand(20)"))
  }

  @Test(arguments: [0, 7])
  func `integers and permutations are PyTorch's`(seed: Int) throws {
    manualSeed(seed)
    #expect(
      try Tensor.randint(0, 10, [20]).toArray()
        == Fixtures.drawn(seed: seed, "torch.randint(0,10,(20,))"))
    manualSeed(seed)
    #expect(try Tensor.randperm(12).toArray() == Fixtures.drawn(seed: seed, "torch.randperm(12)"))
  }

  @Test func `integers of many bits`() {
    manualSeed(0)
    // torch.randint(2**b, (3,)) for b in 27, 28, 33, one after the other.
    let integers = [27, 28, 33].flatMap { Tensor.randint(1 << $0, [3]).toArray() }
    #expect(
      integers == [
        75434668, 130329135, 118924917,
        172929859, 192771779, 208970761,
        7069061397, 1879422756, 8125103174,
      ])
  }

  @Test func `the same seed gives the same numbers, another seed others`() {
    manualSeed(3)
    let first = Tensor.randn(40).toArray()
    manualSeed(3)
    #expect(Tensor.randn(40).toArray() == first)
    manualSeed(4)
    #expect(Tensor.randn(40).toArray() != first)
  }

  @Test func `uniform fills within its bounds`() {
    let x = Tensor.zeros(1000)
    x.uniform(-0.25, 0.5)
    #expect(x.min().item() >= -0.25 && x.min().item() < -0.2)
    #expect(x.max().item() < 0.5 && x.max().item() > 0.45)
  }

  @Test func `integers from all there are are PyTorch's`() {
    manualSeed(0)
    #expect(
      "\(Tensor.randint(.min, .max, [4]))".filter { !$0.isWhitespace }
        == "tensor([900450186894289455,3969543146641149120,1895649597198586619,827948490035658087])"
    )
    #expect(
      "\(Tensor.randint(-(1 << 62), 1 << 62 + 5, [4]))".filter { !$0.isWhitespace }
        == "tensor([3203365596207111891,-1920414613809735955,3460373255228701271,2615250280207662547])"
    )
  }
}
