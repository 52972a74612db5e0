import Tensors
import Testing
import WorkbookTestSupport

/// A case of `make_operations.py`: an operation's result and gradients as PyTorch computes them.
struct OperationCase: Decodable, Sendable, CustomTestStringConvertible {
  struct Array: Decodable, Sendable {
    let shape: [Int]
    let elements: [Double]
  }

  let operation: String
  let arguments: [Double]
  let inputs: [Array]
  let types: [String]
  let result: Array
  let smooth: Bool
  let gradient: Array
  let gradients: [Array?]

  var testDescription: String { "\(operation) \(inputs.map(\.shape)) \(arguments)" }

  /// The inputs, those of floating point as `dtype` and requiring gradients.
  func tensors(_ dtype: DType) -> [Tensor] {
    zip(inputs, types).map { input, type in
      let isFloat = type == "float64"
      let type: DType = isFloat ? dtype : type == "bool" ? .bool : .int64
      let tensor = Tensor(input.elements, dtype: type).reshape(input.shape)
      return tensor.to(type).detach().clone().requiringGrad(isFloat)
    }
  }

  static let all: [OperationCase] = {
    do { return try Fixtures.load("operations", as: [OperationCase].self) } catch { return [] }
  }()

  /// What each operation of the cases is in Swift, given its inputs and its numeric arguments.
  static let operations: [String: @Sendable ([Tensor], [Double]) -> Tensor] = [
    "add": { x, _ in x[0] + x[1] }, "sub": { x, _ in x[0] - x[1] },
    "mul": { x, _ in x[0] * x[1] }, "div": { x, _ in x[0] / x[1] },
    "powTensor": { x, _ in x[0].pow(x[1]) },
    "addNumber": { x, a in x[0] + a[0] }, "numberAdd": { x, a in a[0] + x[0] },
    "subNumber": { x, a in x[0] - a[0] }, "numberSub": { x, a in a[0] - x[0] },
    "mulNumber": { x, a in x[0] * a[0] }, "numberMul": { x, a in a[0] * x[0] },
    "divNumber": { x, a in x[0] / a[0] }, "numberDiv": { x, a in a[0] / x[0] },
    "numberPow": { x, a in Tensor.pow(a[0], x[0]) },
    "neg": { x, _ in -x[0] }, "exp": { x, _ in x[0].exp() }, "log": { x, _ in x[0].log() },
    "sqrt": { x, _ in x[0].sqrt() }, "abs": { x, _ in x[0].abs() },
    "sin": { x, _ in x[0].sin() }, "cos": { x, _ in x[0].cos() },
    "tanh": { x, _ in x[0].tanh() }, "sigmoid": { x, _ in x[0].sigmoid() },
    "relu": { x, _ in x[0].relu() }, "clone": { x, _ in x[0].clone() },
    "pow": { x, a in x[0].pow(a[0]) },
    "clamp": { x, a in x[0].clamp(min: a[0], max: a[1]) },
    "clampMin": { x, a in x[0].clamp(min: a[0]) }, "clampMax": { x, a in x[0].clamp(max: a[0]) },
    "softmax": { x, a in x[0].softmax(dim: Int(a[0])) },
    "logSoftmax": { x, a in x[0].logSoftmax(dim: Int(a[0])) },
    "mm": { x, _ in x[0].mm(x[1]) }, "mmTransposed": { x, _ in x[0].t().mm(x[1].t()) },
    "matmul": { x, _ in x[0].matmul(x[1]) },
    "linear": { x, _ in x[0].linear(x[1], x.count > 2 ? x[2] : nil) },
    "t": { x, _ in x[0].t() },
    "transpose": { x, a in x[0].transpose(Int(a[0]), Int(a[1])) },
    "transposeClone": { x, a in x[0].transpose(Int(a[0]), Int(a[1])).clone() * 2 },
    "reshape": { x, a in x[0].reshape(a.map { Int($0) }) },
    "reshapeTransposed": { x, _ in x[0].t().reshape(6) * 3 },
    "expand": { x, a in x[0].expand(a.map { Int($0) }) },
    "squeeze": { x, _ in x[0].squeeze() }, "squeezeDim": { x, a in x[0].squeeze(Int(a[0])) },
    "unsqueeze": { x, a in x[0].unsqueeze(Int(a[0])) },
    "cat": { x, a in .cat(x, dim: Int(a[0])) }, "stack": { x, a in .stack(x, dim: Int(a[0])) },
    "index": { x, a in a.count == 1 ? x[0][Int(a[0])] : x[0][Int(a[0]), Int(a[1])] },
    "slice": { x, a in x[0][Int(a[0])..<Int(a[1])] },
    "sliceColumns": { x, a in x[0][0..., Int(a[0])..<Int(a[1])] },
    "sliceColumn": { x, a in x[0][..<2, Int(a[0])] },
    "masked": { x, _ in x[0][x[1]] }, "where": { x, _ in .where(x[0], x[1], x[2]) },
    "rows": { x, _ in x[0][x[1]] }, "gather": { x, a in x[0].gather(dim: Int(a[0]), x[1]) },
    "addInPlace": { x, _ in change(x[0]) { $0 += x[1] } },
    "subInPlace": { x, _ in change(x[0]) { $0 -= x[1] } },
    "divInPlace": { x, _ in change(x[0]) { $0 /= x[1] } },
    "mulTensorInPlace": { x, _ in change(x[0]) { $0 *= x[1] } },
    "mulInPlace": { x, _ in change(x[0]) { $0 *= 3 } },
    "maskAssignNumber": { x, a in change(x[0]) { $0[x[1]] = a[0] } },
    "maskAssign": { x, _ in change(x[0]) { $0[x[1]] = x[2] } },
    "rowAssign": { x, _ in change(x[0]) { $0[1] = x[1] } },
    "columnsAssign": { x, _ in change(x[0]) { $0[0..., 1..<3] = x[1] } },
    "copyInPlace": { x, _ in change(x[0]) { $0.copy(from: x[1]) } },
    "fillInPlace": { x, a in change(x[0]) { $0.fill(a[0]) } },
    "sum": { x, _ in x[0].sum() }, "mean": { x, _ in x[0].mean() },
    "max": { x, _ in x[0].max() }, "min": { x, _ in x[0].min() },
    "sumTransposed": { x, _ in x[0].t().sum(dim: 0) * 2 },
    "sumDims": { x, a in x[0].sum(dim: a.map { Int($0) }) },
    "sumDimsKeep": { x, a in x[0].sum(dim: a.map { Int($0) }, keepDim: true) },
    "meanDims": { x, a in x[0].mean(dim: a.map { Int($0) }) },
    "meanDimsKeep": { x, a in x[0].mean(dim: a.map { Int($0) }, keepDim: true) },
    "amax": { x, a in x[0].amax(dim: a.map { Int($0) }) },
    "amin": { x, a in x[0].amin(dim: a.map { Int($0) }, keepDim: true) },
    "maxDim": { x, a in x[0].max(dim: Int(a[0])).values },
    "minDim": { x, a in x[0].min(dim: Int(a[0]), keepDim: true).values },
    "argmax": { x, a in x[0].argmax(dim: Int(a[0])) },
    "argmin": { x, a in x[0].argmin(dim: Int(a[0]), keepDim: true) },
    "less": { x, _ in x[0] .< x[1] }, "lessOrEqual": { x, _ in x[0] .<= x[1] },
    "greater": { x, _ in x[0] .> x[1] }, "greaterOrEqual": { x, _ in x[0] .>= x[1] },
    "equal": { x, _ in x[0] .== x[1] }, "notEqual": { x, _ in x[0] .!= x[1] },
    "lessNumber": { x, a in x[0] .< a[0] }, "lessOrEqualNumber": { x, a in x[0] .<= a[0] },
    "greaterNumber": { x, a in x[0] .> a[0] },
    "greaterOrEqualNumber": { x, a in x[0] .>= a[0] },
    "equalNumber": { x, a in x[0] .== a[0] }, "notEqualNumber": { x, a in x[0] .!= a[0] },
    "chain": { x, _ in (x[0].matmul(x[1]) + x[2]).clamp(min: 0).matmul(x[3]).pow(2).sum() },
    "shared": { x, _ in x[0] * x[0] + x[0].exp() * x[0].sum() - x[0] / 2 },
    "varDims": { x, a in a.count == 1 ? x[0].var(dim: Int(a[0])) : x[0].var(dim: 0, 2) },
    "stdDims": { x, a in
      a.count == 1 ? x[0].std(dim: Int(a[0]), keepDim: true) : x[0].std(dim: 0, 2, keepDim: true)
    },
    "normDims": { x, a in a.count == 1 ? x[0].norm(dim: Int(a[0])) : x[0].norm(dim: 0, 2) },
    "prodDim": { x, a in x[0].prod(dim: Int(a[0])) },
    "varBiased": { x, _ in x[0].var(correction: 0) }, "std": { x, _ in x[0].std() },
    "norm": { x, _ in x[0].norm() }, "normMax": { x, _ in x[0].norm(.infinity) },
    "erf": { x, _ in x[0].erf() }, "normP": { x, a in x[0].norm(a[0]) },
    "prod": { x, _ in x[0].prod() }, "square": { x, _ in x[0].square() },
    "sign": { x, _ in x[0].sign() }, "maximum": { x, _ in x[0].maximum(x[1]) },
    "minimum": { x, _ in x[0].minimum(x[1]) },
    "permute": { x, a in x[0].permute(Int(a[0]), Int(a[1]), Int(a[2])) },
    "T": { x, _ in x[0].T }, "flatten": { x, a in x[0].flatten(Int(a[0]), Int(a[1])) },
    "view": { x, a in x[0].view(Int(a[0]), Int(a[1])) },
    "last": { x, a in x[0][..., Int(a[0])] },
    "lastTwo": { x, a in x[0][..., Int(a[0]), Int(a[1])...] },
    "stepped": { x, a in x[0][.stride(from: Int(a[0]), by: Int(a[1]))] },
    "steppedTo": { x, a in x[0][..., .stride(from: Int(a[0]), to: Int(a[1]), by: Int(a[2]))] },
    "steppedTwice": { x, _ in x[0][.stride(by: 2)][.stride(by: 2), .stride(by: 3)] },
    "newAxisFirst": { x, _ in x[0][.newAxis] }, "newAxisSecond": { x, _ in x[0][0..., .newAxis] },
    "newAxisLast": { x, _ in x[0][..., .newAxis] },
    "newAxes": { x, _ in x[0][.newAxis, 1, .newAxis, 0..., .newAxis, 0] },
    "outer": { x, _ in x[0][0..., .newAxis] * x[1] },
    "rowsOfRows": { x, _ in x[0][x[1]] }, "pairs": { x, _ in x[0][x[1], x[2]] },
    "unbind": { x, a in .stack(x[0].unbind(dim: Int(a[0])).reversed()) },
    "someRows": { x, _ in
      let rows = x[0].unbind()
      return rows[1] * rows[2] + rows[1]
    },
    "eachRow": { x, _ in .stack(x[0].map { $0.sum() * $0 }) },
    "lastAssign": { x, _ in change(x[0]) { $0[..., 0] = x[1] } },
    "steppedAssign": { x, _ in change(x[0]) { $0[.stride(from: 1, by: 2)] = x[1] } },
    "newAxisAssign": { x, _ in change(x[0]) { $0[0..., .newAxis] = x[1] } },
    "assignEach": { x, _ in
      change(x[0]) { y in for i in 0..<4 { y[i] = x[1] * y[i - 1].clone() } }
    },
    "attention": { x, _ in
      (x[0].matmul(x[1].transpose(-1, -2)) / 2).softmax(dim: -1).matmul(x[2])
    },
  ]

  /// A computed tensor after a change in place.
  private static func change(_ x: Tensor, _ change: (Tensor) -> Void) -> Tensor {
    let y = x * 1
    change(y)
    return y
  }
}

extension Tensor {
  func requiringGrad(_ requires: Bool) -> Tensor {
    requiresGrad = requires
    return self
  }
}

/// Whether all elements are within a tolerance, relative to the largest expected.
func isNear(_ actual: Tensor, _ expected: OperationCase.Array, _ tolerance: Double) -> Bool {
  let scale = max(1, expected.elements.map(abs).max() ?? 0)
  return actual.shape == expected.shape
    && zip(actual.toArray(), expected.elements).allSatisfy { abs($0 - $1) <= tolerance * scale }
}

struct OperationTests {
  @Test func `the cases are many and cover every operation`() {
    #expect(OperationCase.all.count > 400)
    #expect(Set(OperationCase.all.map(\.operation)) == Set(OperationCase.operations.keys))
  }

  @Test(arguments: OperationCase.all)
  func `values and gradients are PyTorch's`(of sample: OperationCase) throws {
    let function = try #require(OperationCase.operations[sample.operation])
    for (dtype, tolerance) in [(DType.float64, 1e-12), (.float32, 2e-6)] {
      let inputs = sample.tensors(dtype)
      let result = function(inputs, sample.arguments)
      #expect(isNear(result, sample.result, tolerance), "\(dtype): \(result)")
      guard result.requiresGrad else { continue }
      #expect(result.dtype == dtype)
      let gradient = Tensor(sample.gradient.elements, dtype: dtype).reshape(sample.gradient.shape)
      result.backward(gradient: gradient)
      for (input, expected) in zip(inputs, sample.gradients) {
        guard let expected else { continue }
        let actual = input.grad ?? .zerosLike(input)
        #expect(actual.dtype == dtype)
        #expect(isNear(actual, expected, tolerance), "\(dtype) gradient: \(actual)")
      }
    }
  }

  @Test(arguments: OperationCase.all.filter(\.smooth))
  func `gradients are limits of differences`(of sample: OperationCase) throws {
    let function = try #require(OperationCase.operations[sample.operation])
    let check = gradcheck({ function($0, sample.arguments) }, sample.tensors(.float64))
    #expect(check.passed, "\(check)")
  }
}
