import Tensors
import Testing

struct IntegerTests {
  let x = Tensor([[1, 2], [3, -7]], dtype: .int64)

  @Test func `arithmetic of integers is exact and stays int64`() {
    let results = [
      x + x, x - Tensor([10, 20]).long(), 3 * x, x * Tensor(2, dtype: .int64), 1 - x, x + 1,
    ]
    #expect(results.allSatisfy { $0.dtype == .int64 })
    #expect(
      results.map { $0.toArray() } == [
        [2, 4, 6, -14], [-9, -18, -7, -27], [3, 6, 9, -21], [2, 4, 6, -14], [0, -1, -2, 8],
        [2, 3, 4, -6],
      ])
    let big = Tensor([1 << 62, 3], dtype: .int64)
    #expect("\(big + 1)" == "tensor([4611686018427387905,                   4])")
    #expect((big * 4).toArray() == [0, 12])
    #expect("\(big.sum())" == "tensor(4611686018427387907)")
  }

  @Test func `a number that is none and a division make integers float32`() {
    let results = [x + 0.5, x * 0.5, x / 2, x / x, 6 / x, 0.5 - x]
    #expect(results.allSatisfy { $0.dtype == .float32 })
    #expect(results[2].toArray() == [0.5, 1, 1.5, -3.5])
    #expect(results[3].toArray() == [1, 1, 1, 1])
  }

  @Test func `integers change in place`() {
    let y = x.clone()
    y += x
    y *= 2
    y[0] -= 1
    y[0..., 1] += Tensor([1, 2]).long()
    #expect(y.toArray() == [3, 8, 12, -26])
  }

  @Test func `integers and truth values are summed and chosen from`() {
    #expect(
      "\(x.sum()) \(x.sum(dim: 0)) \(x.sum(dim: 1, keepDim: true).shape)"
        == "tensor(-1) tensor([ 4, -5]) [2, 1]")
    #expect(
      "\(x.max()) \(x.amin(dim: 1)) \(x.max(dim: 0).indices)"
        == "tensor(3) tensor([ 1, -7]) tensor([1, 0])")
    let mask = x .> 1
    #expect(
      "\(mask.sum()) \(mask.sum(dim: 0)) \(mask + 1) \((mask * x).sum())"
        == "tensor(2) tensor([1, 1]) tensor([[1, 2],\n        [2, 1]]) tensor(5)")
    #expect(mask.float().mean().item() == 0.5)
    #expect("\(Tensor.zeros(0, dtype: .int64).sum())" == "tensor(0)")
    #expect("\(Tensor([true]).expand(3).bool().sum())" == "tensor(3)")
  }

  @Test func `masks are joined`() {
    let (a, b) = (Tensor([0, 0, 1, 1]).bool(), Tensor([0, 1, 0, 1]).bool())
    #expect((a .& b).toArray() == [0, 0, 0, 1])
    #expect((a .| b).toArray() == [0, 1, 1, 1])
    #expect((a .^ b).toArray() == [0, 1, 1, 0])
    #expect((.!a).toArray() == [1, 1, 0, 0])
    #expect((a .& b).any() && !(a .& b).all() && (a .| .!a).all() && !Tensor.zeros(0).bool().any())
    let pairs = Tensor.stack([a, b])
    #expect(pairs.any(dim: 0).toArray() == [0, 1, 1, 1] && pairs.all(dim: 0).dtype == .bool)
    #expect(pairs.all(dim: 0).toArray() == [0, 0, 0, 1])
    #expect(pairs.all(dim: 1, keepDim: true).shape == [2, 1])
    #expect((pairs .& b).toArray() == [0, 0, 0, 1, 0, 1, 0, 1])
    #expect((b .| pairs.t()[..., 0].reshape(1, 4)).toArray() == [0, 1, 1, 1])
    #expect((pairs.t() .^ pairs.t()).any() == false)
    #expect((pairs.t() .^ a[3]).toArray() == [1, 1, 1, 0, 0, 1, 0, 0])
    #expect((a[..<0] .& a[0]).shape == [0])
    let many = Tensor.rand(100_003) .< 0.5
    #expect((many .^ .!many).all() && !(many .& .!many).any() && (many .| .!many).all())
  }

  @Test func `a number that is none beside integers is not cut off`() {
    let ints = Tensor([0, 1], dtype: .int64)
    #expect("\(ints.maximum(0.5))" == "tensor([0.5000, 1.0000])")
    #expect("\(ints.minimum(0.5))" == "tensor([0.0000, 0.5000])")
    #expect("\(Tensor.where(ints .> 0, ints, 0.5))" == "tensor([0.5000, 1.0000])")
    #expect("\(Tensor.where(ints .> 0, 0.5, ints))" == "tensor([0.0000, 0.5000])")
    #expect("\(ints.maximum(1)) \(ints.bool().maximum(2))" == "tensor([1, 1]) tensor([2, 2])")
    #expect("\(Tensor.where(ints .> 0, ints, 7))" == "tensor([7, 1])")
  }

  @Test func `whole numbers beyond 2⁵³ beside integers stay exact`() {
    let odd = 9_007_199_254_740_993
    let x = Tensor([0, 1], dtype: .int64)
    let (first, second) = (
      "tensor([9007199254740993, 9007199254740994])",
      "tensor([9007199254740993, 9007199254740992])"
    )
    #expect("\(x + odd)" == first && "\(odd - x)" == second)
    #expect("\((x - -odd))" == first)
    #expect("\((x + 1)[..<1] * odd)" == "tensor([9007199254740993])")
    let y = x.clone()
    y += odd
    #expect("\(y)" == first)
    #expect((y .== odd).toArray() == [1, 0] && (y .> odd).toArray() == [0, 1])
    #expect("\(x.maximum(odd)[0]) \((0 - y).minimum(-odd)[0])".contains("-9007199254740993"))
    y[1] = odd
    #expect("\(y[1])" == "tensor(9007199254740993)")
    y[y .== odd] = odd + 2
    #expect("\(y[1])" == "tensor(9007199254740995)")
    y.fill(odd)
    #expect("\(y[1])" == "tensor(9007199254740993)")
    #expect("\(Tensor.full([1], odd, dtype: .int64))" == "tensor([9007199254740993])")
    #expect("\(Tensor.where(x .> 0, odd, x))" == "tensor([               0, 9007199254740993])")
  }

  @Test func `the places of the largest and smallest integers are exact`() {
    let x = Tensor([(1 << 53) + 1, 1 << 53, .min, .min, .max - 1, .max], dtype: .int64)
    #expect(x[..<2].argmin().item() == 1 && x[..<2].argmax().item() == 0)
    #expect(x.argmin().item() == 2 && x.argmax().item() == 5)
    let (values, places) = x.reshape(3, 2).min(dim: 1)
    #expect("\(places) \(values[0])" == "tensor([1, 0, 0]) tensor(9007199254740992)")
    #expect(Tensor([0, 1, 1]).bool().argmax().item() == 1)
  }

  @Test func `integers are negated, limited and squared, and have a sign and a distance from 0`() {
    #expect((-x).toArray() == [-1, -2, -3, 7] && (-x).dtype == .int64)
    #expect(x.abs().toArray() == [1, 2, 3, 7] && x.sign().toArray() == [1, 1, 1, -1])
    #expect(x.square().toArray() == [1, 4, 9, 49] && x.pow(3).toArray() == [1, 8, 27, -343])
    #expect(x.clamp(min: 2).toArray() == [2, 2, 3, 2] && x.clamp(min: 2).dtype == .int64)
    #expect(x.clamp(min: -2, max: 2).toArray() == [1, 2, 2, -2])
    #expect(x.clamp(min: 2, max: -1).toArray() == [-1, -1, -1, -1])
    #expect(x.clamp(max: 1.5).toArray() == [1, 1.5, 1.5, -7])
    #expect(x.clamp(max: 1.5).dtype == .float32 && x.clamp() !== x)
    #expect(x.t().expand(3, 2, 2).abs().sum().item() == 39)
    #expect("\(-Tensor([9_007_199_254_740_993], dtype: .int64))" == "tensor([-9007199254740993])")
  }

  /// As PyTorch.
  @Test func `the largest and smallest of truth values are truth values, as is a sign`() {
    let mask = x .> 1
    #expect(
      "\(mask.max()) \(mask.min()) \(mask.sign())"
        == "tensor(true) tensor(false) tensor([[false,  true],\n        [ true, false]])")
    #expect(
      "\(mask.amax(dim: 1)) \(mask.amin(dim: 0))" == "tensor([true, true]) tensor([false, false])")
    #expect(
      "\(Tensor(1).bool().amax(dim: 0)) \(mask.prod(dim: 0))" == "tensor(true) tensor([0, 0])")
  }

  /// As PyTorch.
  @Test func `powers of integers are exact, and float32 where the other number is none`() {
    for (exponent, expected) in [
      (0, [1, 1, 1, 1]), (1, [1, 2, 3, -7]), (2, [1, 4, 9, 49]), (4, [1, 16, 81, 2401]),
    ] as [(Int, [Double])] {
      let power = x.pow(exponent)
      #expect(power.toArray() == expected && power.dtype == .int64)
      let whole = x.pow(Tensor(exponent, dtype: .int64))
      #expect(whole.toArray() == expected && whole.dtype == .int64)
      #expect(x.pow(Double(exponent)).toArray() == expected)
      #expect(x.pow(Double(exponent)).dtype == .float32)
    }
    #expect("\(Tensor([3_037_000_499], dtype: .int64).pow(2))" == "tensor([9223372030926249001])")
    let mask = x .> 1
    #expect(mask.pow(2).toArray() == [0, 1, 1, 0] && mask.pow(2).dtype == .int64)
    let two = Tensor.pow(2, x.abs())
    #expect(two.toArray() == [2, 4, 8, 128] && two.dtype == .int64)
    #expect("\(Tensor.pow(2.5, x[0]))" == "tensor([2.5000, 6.2500])")
    let (bases, exponents) = (Tensor([0, 1, -2, 3, -1, -1]), Tensor([-1, -1, -3, -2, -1, -2]))
    #expect(bases.long().pow(exponents.long()).toArray() == [0, 1, 0, 0, -1, 1])
  }

  @Test func `a truth value without dimensions is summed to an integer`() {
    let yes = Tensor(1).bool()
    #expect(yes.sum(dim: 0).dtype == .int64 && yes.sum(dim: 0).item() == 1)
    #expect(yes.prod(dim: 0).dtype == .int64 && yes.sum().dtype == .int64)
  }
}
