import NN
import Optim
import Tensors

/// A row for each public operation.
let everyOperation: [OperationRow] =
  making + elementwise + inPlace + comparisons + reductions + matrixProducts + shapes + choices
  + layers

private let making = [
  OperationRow("zeros", "torch.zeros(rows, columns, dtype=dtype)", moves: 1, hasGradient: false) {
    .zeros($0.rows, $0.columns, dtype: $0.dtype)
  },
  OperationRow("ones", "torch.ones(rows, columns, dtype=dtype)", moves: 1, hasGradient: false) {
    .ones($0.rows, $0.columns, dtype: $0.dtype)
  },
  OperationRow(
    "full", "torch.full((rows, columns), 0.5, dtype=dtype)", moves: 1, hasGradient: false
  ) { .full([$0.rows, $0.columns], 0.5, dtype: $0.dtype) },
  OperationRow("zeros-like", "torch.zeros_like(x)", moves: 1, hasGradient: false) {
    .zerosLike($0.x)
  },
  OperationRow("ones-like", "torch.ones_like(x)", moves: 1, hasGradient: false) {
    .onesLike($0.x)
  },
  OperationRow("eye", "torch.eye(columns, dtype=dtype)", moves: 1, hasGradient: false) {
    .eye($0.columns, dtype: $0.dtype)
  },
  OperationRow("arange", "torch.arange(rows * columns, dtype=dtype)", moves: 1, hasGradient: false)
  {
    .arange($0.rows * $0.columns, dtype: $0.dtype)
  },
  OperationRow(
    "linspace", "torch.linspace(0, 1, rows * columns, dtype=dtype)", moves: 1, hasGradient: false
  ) { .linspace(0, 1, steps: $0.rows * $0.columns, dtype: $0.dtype) },
  OperationRow("rand", "torch.rand(rows, columns, dtype=dtype)", moves: 1, hasGradient: false) {
    .rand($0.rows, $0.columns, dtype: $0.dtype)
  },
  OperationRow("randn", "torch.randn(rows, columns, dtype=dtype)", moves: 1, hasGradient: false) {
    .randn($0.rows, $0.columns, dtype: $0.dtype)
  },
  OperationRow("randint", "torch.randint(9, (rows, columns))", moves: 1, hasGradient: false) {
    .randint(9, [$0.rows, $0.columns])
  },
  OperationRow("randperm", "torch.randperm(rows * columns)", moves: 1, hasGradient: false) {
    .randperm($0.rows * $0.columns)
  },
]

private let elementwise = [
  OperationRow("add", "x + y", moves: 3) { $0.x + $0.y },
  OperationRow("add-vector", "x + v", moves: 2) { $0.x + $0.v },
  OperationRow("add-number", "x + 2.5", moves: 2) { $0.x + 2.5 },
  OperationRow("sub", "x - y", moves: 3) { $0.x - $0.y },
  OperationRow("mul", "x * y", moves: 3) { $0.x * $0.y },
  OperationRow("div", "x / y", moves: 3) { $0.x / $0.y },
  OperationRow("neg", "-x", moves: 2) { -$0.x },
  OperationRow("maximum", "torch.maximum(x, y)", moves: 3) { $0.x.maximum($0.y) },
  OperationRow("minimum", "torch.minimum(x, y)", moves: 3) { $0.x.minimum($0.y) },
  OperationRow("pow-2", "x ** 2", moves: 2) { $0.x.pow(2) },
  OperationRow("pow-3", "x ** 3", moves: 2) { $0.x.pow(3) },
  OperationRow("pow-half", "x ** 0.5", moves: 2) { $0.x.pow(0.5) },
  OperationRow("pow-1.7", "x ** 1.7", moves: 2) { $0.x.pow(1.7) },
  OperationRow("pow", "x ** y", moves: 3) { $0.x.pow($0.y) },
  OperationRow("square", "x.square()", moves: 2) { $0.x.square() },
  OperationRow("sqrt", "x.sqrt()", moves: 2) { $0.x.sqrt() },
  OperationRow("exp", "x.exp()", moves: 2) { $0.x.exp() },
  OperationRow("log", "x.log()", moves: 2) { $0.x.log() },
  OperationRow("abs", "x.abs()", moves: 2) { $0.x.abs() },
  OperationRow("sign", "x.sign()", moves: 2) { $0.x.sign() },
  OperationRow("sin", "x.sin()", moves: 2) { $0.x.sin() },
  OperationRow("cos", "x.cos()", moves: 2) { $0.x.cos() },
  OperationRow("tanh", "x.tanh()", moves: 2) { $0.x.tanh() },
  OperationRow("sigmoid", "x.sigmoid()", moves: 2) { $0.x.sigmoid() },
  OperationRow("erf", "x.erf()", moves: 2) { $0.x.erf() },
  OperationRow("relu", "x.relu()", moves: 2) { $0.x.relu() },
  OperationRow("clamp", "x.clamp(0.3, 0.8)", moves: 2) { $0.x.clamp(min: 0.3, max: 0.8) },
  OperationRow("clone", "x.clone()", moves: 2) { $0.x.clone() },
  OperationRow("where", "torch.where(mask, x, y)", moves: 3) { .where($0.mask, $0.x, $0.y) },
  OperationRow("softmax", "x.softmax(1)", moves: 2) { $0.x.softmax(dim: 1) },
  OperationRow("log-softmax", "x.log_softmax(1)", moves: 2) { $0.x.logSoftmax(dim: 1) },
]

private let inPlace = [
  OperationRow("add-in-place", "x.add_(y)", moves: 3, hasGradient: false) {
    $0.x += $0.y
    return nil
  },
  OperationRow("sub-in-place", "x.sub_(y)", moves: 3, hasGradient: false) {
    $0.x -= $0.y
    return nil
  },
  OperationRow("mul-in-place", "x.mul_(1.0)", moves: 2, hasGradient: false) {
    $0.x *= 1
    return nil
  },
  OperationRow("div-in-place", "x.div_(1.0)", moves: 2, hasGradient: false) {
    $0.x /= 1
    return nil
  },
  OperationRow("zero", "x.zero_()", moves: 1, hasGradient: false) {
    $0.x.zero()
    return nil
  },
  OperationRow("fill", "x.fill_(0.5)", moves: 1, hasGradient: false) {
    $0.x.fill(0.5)
    return nil
  },
  OperationRow("copy", "x.copy_(y)", moves: 2, hasGradient: false) {
    $0.x.copy(from: $0.y)
    return nil
  },
  OperationRow("normal", "x.normal_()", moves: 1, hasGradient: false) {
    $0.x.normal()
    return nil
  },
  OperationRow("uniform", "x.uniform_(0.1, 1)", moves: 1, hasGradient: false) {
    $0.x.uniform(0.1, 1)
    return nil
  },
  OperationRow("assign-column", "x[..., 0].copy_(y[..., 0])", moves: 0, hasGradient: false) {
    $0.x[..., 0] = $0.y[..., 0]
    return nil
  },
  OperationRow("assign-mask", "x.masked_fill_(mask, 0.5)", moves: 2, hasGradient: false) {
    $0.x[$0.mask] = 0.5
    return nil
  },
]

private let comparisons = [
  OperationRow("less", "x < y", moves: 2.25, hasGradient: false) { $0.x .< $0.y },
  OperationRow("less-or-equal", "x <= 0.5", moves: 1.25, hasGradient: false) { $0.x .<= 0.5 },
  OperationRow("greater", "x > y", moves: 2.25, hasGradient: false) { $0.x .> $0.y },
  OperationRow("greater-or-equal", "x >= 0.5", moves: 1.25, hasGradient: false) { $0.x .>= 0.5 },
  OperationRow("equal", "x == y", moves: 2.25, hasGradient: false) { $0.x .== $0.y },
  OperationRow("not-equal", "x != 0.5", moves: 1.25, hasGradient: false) { $0.x .!= 0.5 },
  OperationRow("not", "~mask", moves: 0.5, hasGradient: false) { .!$0.mask },
  OperationRow("and", "mask & mask", moves: 0.5, hasGradient: false) { $0.mask .& $0.mask },
  OperationRow("or", "mask | mask", moves: 0.5, hasGradient: false) { $0.mask .| $0.mask },
  OperationRow("xor", "mask ^ mask", moves: 0.5, hasGradient: false) { $0.mask .^ $0.mask },
  OperationRow("any", "mask.any(1)", moves: 0.25, hasGradient: false) { $0.mask.any(dim: 1) },
  OperationRow("all", "mask.all(1)", moves: 0.25, hasGradient: false) { $0.mask.all(dim: 1) },
  OperationRow("all-close", "torch.allclose(x, x)", moves: 2, hasGradient: false) {
    _ = $0.x.allClose($0.x)
    return nil
  },
  OperationRow("count", "mask.sum()", moves: 0.25, hasGradient: false) { $0.mask.sum() },
  OperationRow("float", "mask.float()", moves: 1.25, hasGradient: false) { $0.mask.float() },
  OperationRow("double", "x.double()", moves: 3, hasGradient: false) { $0.x.double() },
  OperationRow("long", "x.long()", moves: 3, hasGradient: false) { $0.x.long() },
  OperationRow("bool", "x.bool()", moves: 1.25, hasGradient: false) { $0.x.bool() },
  OperationRow("to", "places.to(torch.float32)", moves: 0, hasGradient: false) {
    $0.places.to(.float32)
  },
]
