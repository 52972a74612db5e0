import Tensors
import Testing

/// What a caller can do wrong, and words of the message that it ends the program with.
struct Mistake: Sendable, CustomTestStringConvertible {
  let words: String
  let make: @Sendable () -> Void

  init(_ words: String, _ make: @escaping @Sendable () -> Void) {
    self.words = words
    self.make = make
  }

  var testDescription: String { words }

  static let all: [Mistake] = [
    // Devices, types and shapes.
    Mistake(#"Device: no device "cuda:0" here; available: "cpu""#) { _ = Device("cuda:0") },
    Mistake("mm: cannot multiply [64, 1000] by [100, 10]; the inner sizes 1000 and 100 differ") {
      _ = Tensor.zeros(64, 1000).mm(.zeros(100, 10))
    },
    Mistake("mm: needs two matrices, not [3] and [3, 2]") {
      _ = Tensor.zeros(3).mm(.zeros(3, 2))
    },
    Mistake("mm: cannot mix float32 and float64; convert one with .to(.float32)") {
      _ = Tensor.zeros(2, 2).mm(.zeros(2, 2, dtype: .float64))
    },
    Mistake("matmul: cannot multiply [4, 2, 3] by [2, 3]; the inner sizes 3 and 2 differ") {
      _ = Tensor.zeros(4, 2, 3).matmul(.zeros(2, 3))
    },
    Mistake("matmul: cannot multiply [3] by [4]; the inner sizes 3 and 4 differ") {
      _ = Tensor.zeros(3).matmul(.zeros(4))
    },
    Mistake("matmul: cannot multiply [2, 3] by [4]; the inner sizes 3 and 4 differ") {
      _ = Tensor.zeros(2, 3).matmul(.zeros(4))
    },
    Mistake("matmul: cannot multiply [3] by [2, 3]; the inner sizes 3 and 2 differ") {
      _ = Tensor.zeros(3).matmul(.zeros(2, 3))
    },
    Mistake("copy: cannot broadcast [1, 3] to [3]") {
      Tensor.zeros(3).copy(from: [[1, 2, 3]])
    },
    Mistake("linear: cannot multiply [4, 3] by [5, 2]") {
      _ = Tensor.zeros(4, 3).linear(.zeros(2, 5))
    },
    Mistake("linear: cannot mix float64 and float32") {
      _ = Tensor.zeros(4, 3, dtype: .float64).linear(.zeros(2, 3), .zeros(2))
    },
    Mistake("a shape of [1099511627776, 1099511627776] has more elements than any memory") {
      _ = Tensor.zeros(1 << 40, 1 << 40)
    },
    Mistake("reshape: [2] has 2 elements, which do not fit into [1099511627776, 1099511627776]") {
      _ = Tensor.zeros(2).reshape(1 << 40, 1 << 40)
    },
    Mistake("a shape of [0, 4611686018427387904, 4] has more elements than any memory") {
      _ = Tensor.zeros(0).reshape(0, 1 << 62, 4)
    },
    Mistake("a shape of [1099511627776, 1099511627776] has more elements than any memory") {
      let x = Tensor.zeros(1).expand(1 << 40)
      _ = x[0..., .newAxis] + x
    },
    Mistake("a shape of [1099511627776, 1099511627776] has more elements than any memory") {
      _ = Tensor.zeros(1, 1).expand(1 << 40, 1).mm(Tensor.zeros(1, 1).expand(1, 1 << 40))
    },
    Mistake("arange: steps of 1.0 do not lead from 0.0 to inf") {
      _ = Tensor.arange(.infinity)
    },
    Mistake("linear: a weight is [out, in], not [3]") {
      _ = Tensor.zeros(4, 3).linear(.zeros(3))
    },
    Mistake("where: cannot mix int64 and float32") {
      _ = Tensor.where(Tensor([1]) .> 0, Tensor([1], dtype: .int64), Tensor([0.5]))
    },
    Mistake("where: cannot mix float32 and int64") {
      let x = Tensor([1, 2, 3], dtype: .int64)
      x[x .> 1] = Tensor([0.5, 1.5])
    },
    Mistake("to: nan has no int64") { _ = Tensor.full([2], .nan, dtype: .int64) },
    Mistake("add: cannot broadcast [2, 3] with [2]; the sizes 2 and 3 differ and neither is 1") {
      _ = Tensor.zeros(2, 3) + Tensor.zeros(2)
    },
    Mistake("mul: cannot mix float32 and float64") {
      _ = Tensor.zeros(2) * Tensor.zeros(2, dtype: .float64)
    },
    Mistake("add: cannot mix int64 and float32; convert one with .to(.int64) or .to(.float32)") {
      _ = Tensor.randperm(3) + Tensor.ones(3)
    },
    Mistake("mean: not defined for int64; convert with .to(.float32)") {
      _ = Tensor.randperm(3).mean()
    },
    Mistake("std: not defined for int64; convert with .to(.float32)") {
      _ = Tensor.randperm(3).std()
    },
    Mistake("var: not defined for int64; convert with .to(.float32)") {
      _ = Tensor.randperm(3).var(dim: 0)
    },
    Mistake("linear: a bias [3] does not fit a result [4, 2]") {
      _ = Tensor.zeros(4, 3).linear(.zeros(2, 3), .zeros(3))
    },
    Mistake("/=: not defined for int64; convert with .to(.float32)") {
      let x = Tensor.randperm(3)
      x /= 2
    },
    Mistake("+=: the result is float32, not int64; convert this one with .to(.float32)") {
      let x = Tensor.randperm(3)
      x += 0.5
    },
    Mistake("pow: integers have no integer power -1; convert them with .to(.float32)") {
      _ = Tensor.randperm(3).pow(-1)
    },
    Mistake("exp: not defined for int64; convert with .to(.float32)") {
      _ = Tensor.randperm(3).exp()
    },
    Mistake("add: masks are joined by .& and .|; convert one with .to(.int64) to count") {
      _ = (Tensor.ones(3) .> 0) + (Tensor.ones(3) .> 0)
    },
    Mistake(".&: needs masks, not bool and float32; compare, as in x .< 0") {
      _ = (Tensor.ones(3) .> 0) .& Tensor.ones(3)
    },
    Mistake("-=: the result of shape [2, 3] does not fit in place into [3]") {
      let x = Tensor.zeros(3)
      x -= Tensor.zeros(2, 3)
    },
    Mistake("+=: this view of shape [2, 3] shows elements several times") {
      let x = Tensor.zeros(3).expand(2, 3)
      x += 1
    },
    Mistake("item: a tensor of shape [2, 3] has 6 elements, not one") {
      _ = Tensor.zeros(2, 3).item()
    },
    Mistake("Tensor: rows of different shapes, [2] and [1]") { _ = Tensor([[1, 2], [3]]) },
    Mistake("a shape of [2, -1] has a negative size") { _ = Tensor.zeros(2, -1) },
    Mistake("arange: steps of -1.0 do not lead from 0.0 to 3.0") { _ = Tensor.arange(0, 3, -1) },
    Mistake("randint: no whole number is in 3..<3") { _ = Tensor.randint(3, 3, [2]) },
    Mistake("to: nan has no int64") { _ = Tensor([Double.nan]).to(.int64) },

    // Views, indices and masks.
    Mistake("t: needs a matrix, not [2, 3, 4]") { _ = Tensor.zeros(2, 3, 4).t() },
    Mistake("permute: [0, 0] does not name each of the 2 dimensions of [2, 3] once") {
      _ = Tensor.zeros(2, 3).permute(0, 0)
    },
    Mistake("view: strides [1, 3] cannot show [3, 2] as [6]; reshape(_:) copies then") {
      _ = Tensor.zeros(2, 3).t().view(6)
    },
    Mistake("flatten: dimension 1 is behind 0 in [2, 3]") { _ = Tensor.zeros(2, 3).flatten(1, 0) },
    Mistake("normal: a standard deviation cannot be -1") { Tensor.zeros(2).normal(0, -1) },
    Mistake("uniform: no number is in 1..<-1") { Tensor.zeros(2).uniform(1, -1) },
    Mistake("expand: a shape of [9223372036854775807, 2] has more elements than any memory") {
      _ = Tensor.zeros(1).expand(.max, 2)
    },
    Mistake("transpose: no dimension 2 in [2, 3]; dimensions are -2...1") {
      _ = Tensor.zeros(2, 3).transpose(0, 2)
    },
    Mistake("reshape: [2, 3] has 6 elements, which do not fit into [4, -1]") {
      _ = Tensor.zeros(2, 3).reshape(4, -1)
    },
    Mistake("expand: cannot broadcast [2, 3] to [4, 3]") { _ = Tensor.zeros(2, 3).expand(4, 3) },
    Mistake("unsqueeze: no place 4 for a dimension in [2, 3]; places are -3...2") {
      _ = Tensor.zeros(2, 3).unsqueeze(4)
    },
    Mistake("cat: cannot put [2, 3] after [2, 2] along dimension 0") {
      _ = Tensor.cat([.zeros(2, 2), .zeros(2, 3)])
    },
    Mistake("cat: needs at least one tensor") { _ = Tensor.cat([]) },
    Mistake("stack: no place 3 for a dimension in [2]; places are -2...1") {
      _ = Tensor.stack([.zeros(2)], dim: 3)
    },
    Mistake("stack: cannot mix float32 and float64") {
      _ = Tensor.stack([.zeros(2), .zeros(2, dtype: .float64)])
    },
    Mistake("stack: cannot put [3] beside [2]") { _ = Tensor.stack([.zeros(2), .zeros(3)]) },
    Mistake("index: 3 is outside dimension 0, of size 3, of [3, 2]") {
      _ = Tensor.zeros(3, 2)[3] as Tensor
    },
    Mistake("index: .stride(from: 0, by: 0) selects nothing; steps are 1 or more") {
      _ = Tensor.zeros(3)[.stride(by: 0)].shape
    },
    Mistake("index: 3 indices for a tensor of shape [3, 2]") {
      _ = Tensor.zeros(3, 2)[..., 0, 0, 0].shape
    },
    Mistake("index: 3 is outside dimension 0, of size 3, of [3, 2]") {
      _ = Tensor.zeros(3, 2)[Tensor([[0, 3]], dtype: .int64)]
    },
    Mistake("index: float32 [1, 1] cannot choose rows of [3, 2]; rows are chosen by int64 indices")
    {
      _ = Tensor.zeros(3, 2)[Tensor([[0]])]
    },
    Mistake("index: int64 and int64 indices cannot choose from [3]; pairs of places are int64") {
      _ = Tensor.zeros(3)[[0], [0]]
    },
    Mistake("index: 2 is outside dimension 1, of size 2, of [3, 2]") {
      _ = Tensor.zeros(3, 2)[[0], [2]]
    },
    Mistake("index: cannot broadcast [2] with [3]; the sizes 3 and 2 differ and neither is 1") {
      _ = Tensor.zeros(3, 3)[[0, 1], [0, 1, 2]]
    },
    Mistake("assigning by lists of places has no gradient; use ranges or a mask") {
      let x = Tensor.zeros(3, 2)
      x[[0, 1]] = Tensor.ones(2, 2, requiresGrad: true)
    },
    Mistake("index assignment: cannot mix float32 and float64") {
      let x = Tensor.zeros(3, 2)
      x[[0, 1]] = Tensor.ones(2, 2, dtype: .float64)
    },
    Mistake("index: cannot broadcast [2, 2] to [2]") { Tensor.zeros(3, 2)[0] = Tensor.ones(2, 2) },
    Mistake("for: a tensor without dimensions has no rows; item() reads it") {
      for row in Tensor(1) { print(row) }
    },
    Mistake("unbind: ") { _ = Tensor.zeros(2).unbind(dim: 1) },
    Mistake("index: 3 indices for a tensor of shape [3, 2]") {
      _ = Tensor.zeros(3, 2)[0, 0, 0] as Tensor
    },
    Mistake("mask: bool [2] cannot choose from [3]") {
      let x = Tensor.zeros(3)
      x[Tensor.zeros(2) .< 1] = 0
    },
    Mistake("mask assignment: [3] does not fit the 2 places chosen") {
      let x = Tensor([1, 0, 1])
      x[x .> 0] = Tensor.zeros(3)
    },
    Mistake("+=: x[mask] is a copy, the change would be lost; write x[mask] = … instead") {
      let x = Tensor([1, 0, 1])
      x[x .> 0] += 1
    },
    Mistake("-=: x[rows] is a copy, the change would be lost; write x[rows] = … instead, or") {
      let batch = Tensor.zeros(3, 2)[[0, 1]]
      batch -= 1
    },
    Mistake("*=: x[rows, columns] is a copy, the change would be lost; write x[rows, columns]") {
      Tensor.zeros(3, 2)[[0, 1], [1, 0]] *= 1
    },
    Mistake("gather: the index 4 is not in 0..<3, the size of dimension 0") {
      _ = Tensor.zeros(3).gather(dim: 0, Tensor([4], dtype: .int64))
    },
    Mistake("sum: a dimension twice in [0, -2]") { _ = Tensor.zeros(2, 3).sum(dim: 0, -2) },
    Mistake("max: no elements to choose from in [0, 3]") { _ = Tensor.zeros(0, 3).max() },
    Mistake("argmax: no dimension 1 in [3]") { _ = Tensor.zeros(3).argmax(dim: 1) },

    // Gradients.
    Mistake("requiresGrad: only float32 and float64 have gradients, not int64") {
      _ = Tensor([1, 2], dtype: .int64, requiresGrad: true)
    },
    Mistake("requiresGrad: only a leaf's can be unset; detach() a computed tensor instead") {
      let y = Tensor.ones(2, requiresGrad: true) * 2
      y.requiresGrad = false
    },
    Mistake("backward: a tensor of shape [2] is not a scalar; sum() it, or give gradient:") {
      (Tensor.ones(2, requiresGrad: true) * 2).backward()
    },
    Mistake("backward: this tensor was not computed from one that requires a gradient") {
      Tensor.ones(2).sum().backward()
    },
    Mistake("backward: a gradient of shape [3] for a tensor of shape [2]") {
      (Tensor.ones(2, requiresGrad: true) * 2).backward(gradient: .ones(3))
    },
    Mistake("backward: a gradient of float64 for a float32 tensor") {
      (Tensor.ones(2, requiresGrad: true) * 2).backward(gradient: .ones(2, dtype: .float64))
    },
    Mistake("backward: this graph (at exp) was already consumed by an earlier backward") {
      let loss = Tensor.ones(2, requiresGrad: true).exp().sum()
      loss.backward()
      loss.backward()
    },
    Mistake("backward: this graph (at exp) was already consumed by an earlier backward") {
      let shared = Tensor.ones(2, requiresGrad: true).exp()
      shared.sum().backward()
      (shared * 2).sum().backward()
    },
    Mistake("-=: a leaf that requires a gradient cannot be changed in place here; wrap") {
      let w = Tensor.ones(2, requiresGrad: true)
      w -= 0.1
    },
    Mistake("zero: a leaf that requires a gradient cannot be changed in place here") {
      Tensor.ones(2, requiresGrad: true).zero()
    },
    Mistake("backward: exp needs the values [2] that it saved, but += changed them in place") {
      let y = Tensor.ones(2, requiresGrad: true).exp()
      y += 1
      y.sum().backward()
    },
    Mistake("backward: max needs the values [1] that it saved, but fill changed them in place") {
      let (values, indices) = Tensor.ones(2, requiresGrad: true).max(dim: 0)
      indices.fill(0)
      values.backward()
    },
    Mistake("backward: mm needs the values [2, 2] that it saved, but -= changed them in place") {
      let w = Tensor.ones(2, 2, requiresGrad: true)
      let loss = w.mm(w).sum()
      noGrad { w -= 1 }
      loss.backward()
    },
    Mistake("but mask assignment changed them in place since (version 1, saved at 0)") {
      let x = Tensor.ones(2, requiresGrad: true)
      let y = x * 1
      let loss = y.log().sum()
      y[y .> 0] = 2
      loss.backward()
    },
    Mistake("+=: a change of a view cannot be recorded; assign to base[…], or clone() the view") {
      let y = Tensor.ones(2, 2, requiresGrad: true) * 1
      y[0] += 1
    },
    Mistake("*=: this view was taken in noGrad, so the change would not be recorded; take it") {
      let y = Tensor.ones(2, 2, requiresGrad: true) * 1
      let view = noGrad { y[0...] }
      view *= 3
    },
    Mistake("+=: this view was taken in noGrad, so the change would not be recorded") {
      let y = Tensor.ones(2, 2, requiresGrad: true) * 1
      let view = noGrad { y.unbind()[0] }
      view.t() += 3
    },
    Mistake("fill: this view was taken in noGrad, so the change would not be recorded") {
      let w = Tensor.ones(2, 2, requiresGrad: true)
      noGrad { w.t() }.fill(1)
    },
    Mistake("this view was taken before += changed its base in place") {
      let y = Tensor.ones(2, 2, requiresGrad: true) * 1
      let row: Tensor = y[0]
      y += 1
      row.sum().backward()
    },
    Mistake("this view was taken before += changed its base in place") {
      let (w, x) = (Tensor([1, 2], requiresGrad: true), Tensor.zeros(2))
      let view = x[0..<1]
      x += w
      view *= 10
    },
    Mistake("this view was taken before += changed its base in place") {
      let (w, x) = (Tensor([1, 2], requiresGrad: true), Tensor.zeros(2))
      let rows = Array(x)
      x += w
      for row in rows { row *= 2 }
    },
    Mistake("this view was taken before += changed its base in place") {
      let (w, x, z) = (Tensor([1, 2], requiresGrad: true), Tensor.zeros(2), Tensor.zeros(1))
      let view = x[0..<1]
      x += w
      z += view
    },
    Mistake("this view was taken before += changed its base in place") {
      let (w, x, z) = (Tensor([1, 2], requiresGrad: true), Tensor.zeros(2), Tensor.zeros(1))
      let view = x[0..<1]
      x += w
      z.copy(from: view)
    },
    Mistake("this view was taken before += changed its base in place") {
      let (w, x, z) = (Tensor([1, 2], requiresGrad: true), Tensor.zeros(2), Tensor.zeros(1))
      let view = x[0..<1]
      x += w
      z[0..<1] = view
    },
    Mistake("this view was taken before *= changed its base in place") {
      let y = Tensor([1, 2], requiresGrad: true) * 2
      let first: Tensor = y[0]
      y *= 3
      first.backward()
    },
    Mistake("grad: mul made this tensor, and backward keeps the gradients of leaves only; call") {
      let y = Tensor.ones(2, requiresGrad: true) * 2
      y.sum().backward()
      print(y.grad!)
    },
    Mistake("grad: input 0, [2], is not a leaf that requires a gradient") {
      let w = Tensor.ones(2, requiresGrad: true)
      _ = grad(of: w.sum(), for: [w * 2])
    },
    Mistake("retainGrad: this tensor requires no gradient") { Tensor.ones(2).retainGrad() },
    Mistake("grad: float32 [3] cannot be the gradient of float32 [2]") {
      Tensor.ones(2, requiresGrad: true).grad = .ones(3)
    },

    // Functions of one's own.
    Mistake("Short: backward returned 1 gradients for 2 inputs") {
      let x = Tensor.ones(2, requiresGrad: true)
      Short.apply(x, x).sum().backward()
    },
    Mistake("Misshapen: backward returned a gradient float32 [] for input 0, which is float32 [2]")
    {
      Misshapen.apply(Tensor.ones(2, requiresGrad: true)).sum().backward()
    },
    Mistake("+=: a change of a view cannot be recorded; assign to base[…], or clone() the view") {
      let y = FunctionTests.Reverse.apply(Tensor.ones(2, requiresGrad: true))
      y += 10
    },
    Mistake("this view was taken before *= changed its base in place") {
      let h = Tensor.ones(2, requiresGrad: true) * 1
      let y = FunctionTests.Reverse.apply(h)
      h *= 3
      y.sum().backward()
    },
    Mistake("+=: a change of a view cannot be recorded; assign to base[…], or clone() the view") {
      let twins = FunctionTests.Twins.apply(Tensor.ones(2, requiresGrad: true))
      twins[0] += 10
    },
    Mistake("+=: a change of a view cannot be recorded; assign to base[…], or clone() the view") {
      let y = FunctionTests.Reverse.apply(Tensor.ones(2))
      y += Tensor.ones(2, requiresGrad: true)
    },
    Mistake("backward: savedTensors needs the values [2] that it saved, but fill changed them") {
      let x = Tensor.ones(2, requiresGrad: true) * 1
      let y = Squares.apply(x)
      noGrad { x.fill(3) }
      y.sum().backward()
    },
  ]

  enum Short: Function {
    static func forward(_ ctx: Context, _ inputs: [Tensor]) -> Tensor { inputs[0] + inputs[1] }
    static func backward(_ ctx: Context, _ gradOutput: Tensor) -> [Tensor?] { [gradOutput] }
  }

  enum Misshapen: Function {
    static func forward(_ ctx: Context, _ input: Tensor) -> Tensor { input * 2 }
    static func backward(_ ctx: Context, _ gradOutput: Tensor) -> Tensor { gradOutput.sum() }
  }

  enum Squares: Function {
    static func forward(_ ctx: Context, _ input: Tensor) -> Tensor {
      ctx.saveForBackward(input)
      return input * input
    }

    static func backward(_ ctx: Context, _ gradOutput: Tensor) -> Tensor {
      2 * ctx.savedTensors[0] * gradOutput
    }
  }
}

struct MistakeTests {
  @Test(arguments: Mistake.all.indices)
  func `a mistake ends the program with its words`(_ index: Int) async throws {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { [index = index as Int] in
      Mistake.all[index].make()
    }
    let message = String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
    #expect(message.contains(Mistake.all[index].words), "\(message)")
  }
}
