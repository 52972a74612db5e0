"""Values and gradients of every operation, from PyTorch, as JSON for OperationTests.

usage: python make_operations.py > operations.json    (needs torch)

Each case: an operation's name and numeric arguments, its inputs, its result, the gradient given to
the result and the gradients that arrive at the inputs. Everything is computed in float64.
"""

import json

import torch

torch.manual_seed(1)
cases = []


def tensor(shape, low=-2.0, high=2.0):
    return torch.rand(shape, dtype=torch.float64) * (high - low) + low


def array(t):
    return {"shape": list(t.shape), "elements": t.detach().flatten().tolist()}


def case(name, function, inputs, arguments=(), smooth=True):
    """`smooth`: whether differences near the inputs approach the gradient, as they do not at a bend."""
    inputs = [i if torch.is_tensor(i) else tensor(i) for i in inputs]
    inputs = [i.clone().requires_grad_(i.dtype.is_floating_point) for i in inputs]
    result = function(*inputs, *arguments)
    gradient = tensor(result.shape, -1.0, 1.0)
    if result.requires_grad:
        result.backward(gradient)
    cases.append(
        {
            "operation": name,
            "arguments": [float(a) for a in arguments],
            "inputs": [array(i.to(torch.float64)) for i in inputs],
            "types": [str(i.dtype).removeprefix("torch.") for i in inputs],
            "result": array(result.to(torch.float64)),
            "smooth": smooth and result.requires_grad,
            "gradient": array(gradient),
            "gradients": [
                array(i.grad if i.grad is not None else torch.zeros_like(i))
                if i.dtype.is_floating_point
                else None
                for i in inputs
            ],
        }
    )


positive = lambda shape: tensor(shape, 0.2, 3.0)
# Away from 0, where a divisor would make figures too large to compare.
nonzero = lambda shape: positive(shape) * torch.sign(tensor(shape))

# Two operands, in every broadcast form.
pairs = [
    ([2, 3], [2, 3]), ([2, 3], [3]), ([3], [2, 3]), ([2, 3], [2, 1]), ([2, 1], [1, 3]),
    ([], [2, 3]), ([2, 3], []), ([], []), ([4, 1, 3], [2, 1]), ([2, 3, 2], [3, 1]), ([1], [1]),
    ([0, 3], [3]), ([2, 0], [2, 1]), ([1, 1], [3]), ([2, 2, 3], [2, 2, 3]),
]
for a, b in pairs:
    case("add", lambda x, y: x + y, [a, b])
    case("sub", lambda x, y: x - y, [a, b])
    case("mul", lambda x, y: x * y, [a, b])
    case("div", lambda x, y: x / y, [tensor(a), nonzero(b)])
    case("powTensor", lambda x, y: x**y, [positive(a), b])
case("powTensor", lambda x, y: x**y, [torch.tensor([0.0, 0.0, 2.0], dtype=torch.float64),
                                      torch.tensor([2.0, 1.0, 0.0], dtype=torch.float64)], smooth=False)

# A number on either side.
for shape in ([2, 3], [], [0], [1], [2, 1, 3]):
    case("addNumber", lambda x, c: x + c, [shape], [1.5])
    case("numberAdd", lambda x, c: c + x, [shape], [1.5])
    case("subNumber", lambda x, c: x - c, [shape], [1.5])
    case("numberSub", lambda x, c: c - x, [shape], [1.5])
    case("mulNumber", lambda x, c: x * c, [shape], [-2.5])
    case("numberMul", lambda x, c: c * x, [shape], [-2.5])
    case("divNumber", lambda x, c: x / c, [shape], [-2.5])
    case("numberDiv", lambda x, c: c / x, [nonzero(shape)], [-2.5])
    case("numberPow", lambda x, c: c**x, [shape], [1.75])

# Functions of each element.
for shape in ([2, 3], [], [0, 2], [1], [2, 1, 3]):
    case("neg", lambda x: -x, [shape])
    case("exp", torch.exp, [shape])
    case("log", torch.log, [positive(shape)])
    case("sqrt", torch.sqrt, [positive(shape)])
    case("abs", torch.abs, [shape])
    case("sin", torch.sin, [shape])
    case("cos", torch.cos, [shape])
    case("tanh", torch.tanh, [shape])
    case("sigmoid", torch.sigmoid, [shape])
    case("relu", torch.relu, [shape])
    case("clone", torch.clone, [shape])
    case("pow", lambda x, p: x**p, [shape], [2])
    case("pow", lambda x, p: x**p, [shape], [3])
    case("pow", lambda x, p: x**p, [shape], [0])
    case("pow", lambda x, p: x**p, [positive(shape)], [-1.5])
    case("clamp", lambda x, a, b: x.clamp(a, b), [shape], [-0.5, 0.75])
    case("clampMin", lambda x, a: x.clamp(min=a), [shape], [0])
    case("clampMax", lambda x, a: x.clamp(max=a), [shape], [0.5])
edges = torch.tensor([-1.0, 0.0, 0.5, 1.0], dtype=torch.float64)
for name, function, arguments in (
    ("abs", torch.abs, []), ("relu", torch.relu, []), ("pow", lambda x, p: x**p, [2]),
    ("pow", lambda x, p: x**p, [1]), ("pow", lambda x, p: x**p, [0]),
    ("clamp", lambda x, a, b: x.clamp(a, b), [0, 0.5]),
):
    case(name, function, [edges], arguments, smooth=False)
extreme = torch.tensor([-800.0, -30.0, 30.0, 800.0], dtype=torch.float64)
case("sigmoid", torch.sigmoid, [extreme])
case("tanh", torch.tanh, [extreme])
case("softmax", lambda x, d: x.softmax(int(d)), [extreme], [0])
case("logSoftmax", lambda x, d: x.log_softmax(int(d)), [extreme], [0])

# Products.
for a, b in (([2, 3], [3, 4]), ([1, 1], [1, 1]), ([0, 3], [3, 2]), ([2, 0], [0, 3]), ([5, 7], [7, 1]),
             ([1, 9], [9, 17])):
    case("mm", torch.mm, [a, b])
    case("mmTransposed", lambda x, y: x.t().mm(y.t()), [a[::-1], b[::-1]])
for a, b in (([3], [3]), ([2, 3], [3]), ([3], [3, 2]), ([2, 3], [3, 4]), ([4, 2, 3], [3, 2]),
             ([4, 2, 3], [4, 3, 2]), ([2, 1, 2, 3], [4, 3, 2]), ([3], [4, 3, 2]), ([4, 2, 3], [3]),
             ([0, 2, 3], [3, 1]), ([2, 2, 0], [2, 0, 3])):
    case("matmul", torch.matmul, [a, b])
for x, w, b in (([4, 3], [2, 3], [2]), ([1, 3], [1, 3], [1]), ([0, 3], [2, 3], [2]), ([3], [2, 3], [2]),
                ([2, 2, 3], [4, 3], [4]), ([2, 0], [3, 0], [3])):
    case("linear", torch.nn.functional.linear, [x, w, b])
    case("linear", torch.nn.functional.linear, [x, w])

# Views.
case("t", torch.t, [[2, 3]])
case("t", torch.t, [[3]])
case("t", torch.t, [[]])
for shape, a, b in (([2, 3, 4], 0, 2), ([2, 3, 4], -1, 1), ([0, 3], 0, 1), ([3, 2], 1, 1)):
    case("transpose", lambda x, a, b: x.transpose(int(a), int(b)), [shape], [a, b])
    case("transposeClone", lambda x, a, b: (x.transpose(int(a), int(b)).clone() * 2), [shape], [a, b])
for shape, new in (([2, 3], [3, 2]), ([2, 3], [-1]), ([6], [1, 2, -1]), ([1], []), ([], [1, 1]), ([0, 3], [3, 0])):
    case("reshape", lambda x, *s: x.reshape([int(i) for i in s]), [shape], new)
case("reshapeTransposed", lambda x: x.t().reshape(6) * 3, [[2, 3]])
for shape, new in (([3], [2, 3]), ([2, 1], [2, 3]), ([1, 3], [2, 4, 3]), ([], [2, 2]), ([2, 1, 3], [-1, 4, -1]),
                   ([1], [0])):
    case("expand", lambda x, *s: x.expand([int(i) for i in s]), [shape], new)
case("squeeze", torch.squeeze, [[1, 2, 1, 3]])
for shape, dim in (([1, 2, 1], 0), ([1, 2, 1], -1), ([2, 3], 0)):
    case("squeezeDim", lambda x, d: x.squeeze(int(d)), [shape], [dim])
for shape, dim in (([2, 3], 0), ([2, 3], 1), ([2, 3], -1), ([], 0), ([0], 1)):
    case("unsqueeze", lambda x, d: x.unsqueeze(int(d)), [shape], [dim])

# Joining and indexing.
for shapes, dim in (([[2, 3], [1, 3]], 0), ([[2, 3], [2, 1], [2, 2]], 1), ([[2, 2], [2, 2]], -1), ([[0, 3], [2, 3]], 0),
                    ([[4]], 0)):
    case("cat", lambda *a: torch.cat(a[:-1], int(a[-1])), shapes, [dim])
for shapes, dim in (([[2, 3], [2, 3]], 0), ([[2], [2], [2]], 1), ([[], []], 0), ([[2, 3], [2, 3]], -1)):
    case("stack", lambda *a: torch.stack(a[:-1], int(a[-1])), shapes, [dim])
case("index", lambda x, i: x[int(i)], [[3, 2]], [1])
case("index", lambda x, i: x[int(i)], [[3, 2]], [-1])
case("index", lambda x, i, j: x[int(i), int(j)], [[3, 2]], [2, 0])
case("slice", lambda x, a, b: x[int(a):int(b)], [[4, 2]], [1, 3])
case("slice", lambda x, a, b: x[int(a):int(b)], [[4]], [2, 2])
case("sliceColumns", lambda x, a, b: x[:, int(a):int(b)], [[2, 5]], [1, 4])
case("sliceColumn", lambda x, a: x[0:2, int(a)], [[3, 5]], [-2])
mask = torch.tensor([[True, False, True], [False, False, True]])
none = torch.zeros(2, 3, dtype=torch.bool)
for m in (mask, none, ~none):
    case("masked", lambda x, m: x[m], [[2, 3], m])
    case("where", lambda m, a, b: torch.where(m, a, b), [m, [2, 3], [2, 3]])
case("where", lambda m, a, b: torch.where(m, a, b), [mask, [], [3]])
case("where", lambda m, a, b: torch.where(m, a, b), [mask[0], [2, 1], [1]])
case("rows", lambda x, i: x[i], [[4, 2], torch.tensor([3, 0, 3])])
case("gather", lambda x, i, d: x.gather(int(d), i), [[3, 4], torch.tensor([[0, 1], [3, 3], [2, 0]])], [1])
case("gather", lambda x, i, d: x.gather(int(d), i), [[3, 4], torch.tensor([[0, 1, 2, 0], [2, 2, 1, 0]])], [0])
case("gather", lambda x, i, d: x.gather(int(d), i), [[2, 3, 2], torch.tensor([[[0, 1]], [[2, 2]]])], [1])

# Changes in place, of a value on the way.
def change(function):
    def changed(x, *rest):
        y = x * 1
        return function(y, *rest)
    return changed


def put(y, place, value):
    y[place] = value
    return y


def put_columns(y, value):
    y[:, 1:3] = value
    return y


for a, b in (([2, 3], [2, 3]), ([2, 3], [3]), ([2, 3], []), ([0, 2], [2])):
    case("addInPlace", change(lambda y, b: y.add_(b)), [a, b])
    case("subInPlace", change(lambda y, b: y.sub_(b)), [a, b])
    case("mulTensorInPlace", change(lambda y, b: y.mul_(b)), [a, b])
    case("divInPlace", change(lambda y, b: y.div_(b)), [a, nonzero(b)])
case("mulInPlace", lambda x: (x * 1).mul_(3), [[2, 3]])
case("maskAssignNumber", change(lambda y, m, c: put(y, m, c)), [[2, 3], mask], [7])
case("maskAssign", change(lambda y, m, v: put(y, m, v)), [[2, 3], mask, [3]])
case("maskAssign", change(lambda y, m, v: put(y, m, v)), [[2, 3], mask, []])
case("rowAssign", change(lambda y, v: put(y, 1, v)), [[3, 2], [2]])
case("rowAssign", change(lambda y, v: put(y, 1, v)), [[3, 2], []])
case("columnsAssign", change(put_columns), [[2, 4], [2, 2]])
case("copyInPlace", change(lambda y, v: y.copy_(v)), [[2, 3], [3]])
case("fillInPlace", change(lambda y, c: y.fill_(c)), [[2, 3]], [4])

# Reductions.
for shape in ([2, 3], [], [1], [0, 3], [2, 1, 3]):
    case("sum", torch.sum, [shape])
    if 0 not in shape:
        case("mean", torch.mean, [shape])
        case("max", torch.max, [shape])
        case("min", torch.min, [shape])
case("sumTransposed", lambda x: x.t().sum(0) * 2, [[2, 3]])
for shape, dims in (([2, 3], [0]), ([2, 3], [-1]), ([2, 3, 4], [1]), ([2, 3, 4], [0, 2]), ([2, 3, 4], [0, 1]),
                    ([2, 3, 4], [0, 1, 2]), ([2, 0], [1]), ([0, 2], [1]), ([1, 3], [0])):
    integers = lambda d: [int(i) for i in d]
    case("sumDims", lambda x, *d: x.sum(integers(d)), [shape], dims)
    case("sumDimsKeep", lambda x, *d: x.sum(integers(d), keepdim=True), [shape], dims)
    if not (0 in shape and shape != [0, 2]):
        case("meanDims", lambda x, *d: x.mean(integers(d)), [shape], dims)
        case("meanDimsKeep", lambda x, *d: x.mean(integers(d), keepdim=True), [shape], dims)
        case("amax", lambda x, *d: x.amax(integers(d)), [shape], dims)
        case("amin", lambda x, *d: x.amin(integers(d), keepdim=True), [shape], dims)
equal = torch.tensor([[1.0, 3.0, 3.0], [3.0, 0.0, 0.0]], dtype=torch.float64)
case("max", torch.max, [equal], smooth=False)
case("min", torch.min, [equal], smooth=False)
case("amax", lambda x, d: x.amax(int(d)), [equal], [1], smooth=False)
for x in (tensor([2, 3]), equal, tensor([1, 3])):
    for dim in (0, 1):
        case("maxDim", lambda x, d: x.max(int(d)).values, [x], [dim], smooth=x is not equal)
        case("minDim", lambda x, d: x.min(int(d), keepdim=True).values, [x], [dim], smooth=x is not equal)
        case("argmax", lambda x, d: x.argmax(int(d)), [x], [dim])
        case("argmin", lambda x, d: x.argmin(int(d), keepdim=True), [x], [dim])
case("maxDim", lambda x, d: x.max(int(d)).values, [[2, 3, 4]], [1])
for shape, dim in (([2, 3], 1), ([2, 3], 0), ([4], 0), ([2, 3, 2], -2), ([0, 3], 1), ([1, 1], 1)):
    case("softmax", lambda x, d: x.softmax(int(d)), [shape], [dim])
    case("logSoftmax", lambda x, d: x.log_softmax(int(d)), [shape], [dim])

# Comparisons.
left = torch.tensor([1.0, 2.0, 3.0], dtype=torch.float64)
right = torch.tensor([[2.0], [float("nan")]], dtype=torch.float64).nan_to_num(5.0)
for name, function in (("less", torch.lt), ("lessOrEqual", torch.le), ("greater", torch.gt),
                       ("greaterOrEqual", torch.ge), ("equal", torch.eq), ("notEqual", torch.ne)):
    case(name, lambda a, b: function(a, b), [left, right])
    case(name + "Number", lambda a, c: function(a, c), [left], [2])

# What several operations make together.
case("chain", lambda x, w, b, v: ((x @ w + b).clamp(min=0) @ v).pow(2).sum(), [[4, 3], [3, 5], [5], [5, 2]])
case("shared", lambda x: x * x + x.exp() * x.sum() - x / 2, [[2, 3]])
case("attention", lambda q, k, v: (q @ k.transpose(-1, -2) / 2).softmax(-1) @ v,
     [[2, 3, 4], [2, 5, 4], [2, 5, 2]])

# Statistics, and other shapes.
torch.manual_seed(2)
for shape, dims in (([2, 3], [0]), ([2, 3], [-1]), ([2, 3, 4], [0, 2]), ([4], [0]), ([3, 1], [0])):
    integers = lambda d: [int(i) for i in d]
    case("varDims", lambda x, *d: x.var(integers(d)), [shape], dims)
    case("stdDims", lambda x, *d: x.std(integers(d), keepdim=True), [shape], dims)
    case("normDims", lambda x, *d: x.norm(2, integers(d)), [shape], dims)
    case("prodDim", lambda x, d, *e: x.prod(int(d)), [shape], dims)
for shape in ([2, 3], [5], [2, 1, 3]):
    case("varBiased", lambda x: x.var(correction=0), [shape])
    case("std", lambda x: x.std(), [shape])
    case("norm", lambda x: x.norm(), [shape])
    case("normP", lambda x, p: x.norm(p), [shape], [1])
    case("normP", lambda x, p: x.norm(p), [shape], [3])
    case("normMax", lambda x: x.norm(float("inf")), [shape])
    case("erf", lambda x: x.erf(), [shape])
    case("prod", lambda x: x.prod(), [shape])
    case("square", lambda x: x.square(), [shape])
    case("sign", lambda x: x.sign(), [shape])
zeros = torch.tensor([[0.0, 2.0, 3.0], [0.0, 0.0, 4.0]], dtype=torch.float64)
case("prod", lambda x: x.prod(), [zeros])
case("prodDim", lambda x, d: x.prod(int(d)), [zeros], [0])
case("prodDim", lambda x, d: x.prod(int(d)), [zeros], [1])
case("std", lambda x: x.std(), [torch.zeros(3, dtype=torch.float64)], smooth=False)
case("norm", lambda x: x.norm(), [torch.zeros(3, dtype=torch.float64)], smooth=False)
for a, b in (([2, 3], [2, 3]), ([2, 3], [3]), ([], [2, 1]), ([2, 1], [1, 3])):
    case("maximum", torch.maximum, [a, b])
    case("minimum", torch.minimum, [a, b])
case("maximum", torch.maximum, [equal, equal[0]], smooth=False)
case("minimum", torch.minimum, [equal, equal[0]], smooth=False)
case("permute", lambda x, *d: x.permute([int(i) for i in d]), [[2, 3, 4]], [2, 0, 1])
case("permute", lambda x, *d: x.permute([int(i) for i in d]), [[2, 3, 4]], [-1, 1, 0])
case("T", lambda x: x.T, [[2, 3]])
case("flatten", lambda x, a, b: x.flatten(int(a), int(b)), [[2, 3, 4]], [0, -1])
case("flatten", lambda x, a, b: x.flatten(int(a), int(b)), [[2, 3, 4]], [1, 2])
case("flatten", lambda x, a, b: x.flatten(int(a), int(b)), [[]], [0, -1])
case("view", lambda x, *s: x.view([int(i) for i in s]), [[2, 3, 4]], [4, -1])

# Places: at the end, at steps, along new axes, by lists, one after another.
torch.manual_seed(3)


def assign(place):
    return change(lambda y, v: put(y, place, v))


for shape in ([2, 3], [4], [2, 2, 3]):
    case("last", lambda x, i: x[..., int(i)], [shape], [-1])
case("lastTwo", lambda x, i, j: x[..., int(i), int(j):], [[2, 3, 4]], [1, 2])
for shape, a, b in (([7], 0, 3), ([7], 1, 2), ([7, 2], 2, 9), ([5], 5, 2), ([0, 2], 0, 2)):
    case("stepped", lambda x, a, b: x[int(a) :: int(b)], [shape], [a, b])
case("steppedTo", lambda x, a, b, c: x[..., int(a) : int(b) : int(c)], [[2, 8]], [1, -1, 3])
case("steppedTwice", lambda x: x[::2][::2, ::3], [[7, 7]])
for shape in ([2, 3], [3], [0, 2]):
    case("newAxisFirst", lambda x: x[None], [shape])
    case("newAxisSecond", lambda x: x[:, None], [shape])
    case("newAxisLast", lambda x: x[..., None], [shape])
case("newAxes", lambda x: x[None, 1, None, :, None, 0], [[2, 3, 4]])
case("outer", lambda x, y: x[:, None] * y, [[3], [4]])
case("rowsOfRows", lambda x, i: x[i], [[4, 2], torch.tensor([[3, 0], [3, 3], [1, 0]])])
case("rowsOfRows", lambda x, i: x[i], [[4], torch.tensor([[[3, -1]]])])
case("rowsOfRows", lambda x, i: x[i], [[4, 2, 2], torch.tensor(2)])
case("pairs", lambda x, i, j: x[i, j], [[3, 4], torch.arange(3), torch.tensor([3, 0, -1])])
case("pairs", lambda x, i, j: x[i, j], [[3, 4, 2], torch.tensor([[0], [2]]), torch.tensor([3, 3, 1])])
case("unbind", lambda x, d: torch.stack(x.unbind(int(d))[::-1]), [[3, 2]], [0])
case("unbind", lambda x, d: torch.stack(x.unbind(int(d))[::-1]), [[2, 3, 2]], [-1])
case("someRows", lambda x: x.unbind()[1] * x.unbind()[-1] + x.unbind()[1], [[3, 2]])
case("eachRow", lambda x: torch.stack([row.sum() * row for row in x]), [[3, 2]])
case("lastAssign", assign((..., 0)), [[2, 3], [2]])
case("lastAssign", assign((..., 0)), [[2, 3], []])
case("steppedAssign", assign(slice(1, None, 2)), [[5, 2], [2, 2]])
case("steppedAssign", assign(slice(1, None, 2)), [[5, 2], [2]])
case("newAxisAssign", assign((slice(None), None)), [[2, 3], [2, 1, 3]])


def put_each(y, v):
    for i in range(len(y)):
        y[i] = v * y[i - 1].clone()
    return y


case("assignEach", change(put_each), [[4, 2], [2]])

print("[" + ",\n".join(json.dumps(c, separators=(",", ":")) for c in cases) + "]")
