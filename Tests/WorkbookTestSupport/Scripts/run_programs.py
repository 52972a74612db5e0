"""Runs random programs of operations in PyTorch, for ProgramFuzzTests.

usage: python run_programs.py < programs > answers    (needs torch; a line of JSON each)

A program has inputs, in float64, and steps; a step applies an operation to values before it, which are
the inputs and the results of earlier steps. The loss is the sum of every value that no step uses, each
element times a weight that depends on its number. An answer has all values and the inputs' gradients,
or is null where a gradient is not finite.

WORKBOOK_FUZZ_RECORD=programs.json WORKBOOK_PYTHON=python swift test --filter ProgramFuzzTests
writes the figures that are compared where there is no PyTorch.
"""

import json
import sys

import torch


def change(x, place, value):
    y = x.clone()
    y[place] = value
    return y


def integers(a):
    return [int(i) for i in a]


OPERATIONS = {
    "neg": lambda x: -x,
    "tanh": torch.tanh,
    "sigmoid": torch.sigmoid,
    "sin": torch.sin,
    "cos": torch.cos,
    "erf": torch.erf,
    "relu": torch.relu,
    "abs": torch.abs,
    "square": torch.square,
    "cube": lambda x: x**3,
    "exp": torch.exp,
    "logOfAbs": lambda x: (x.abs() + 0.5).log(),
    "rootOfAbs": lambda x: (x.abs() + 0.5).sqrt(),
    "powOfAbs": lambda x, p: (x.abs() + 0.5) ** p,
    "softmax": lambda x, d: x.softmax(int(d)),
    "logSoftmax": lambda x, d: x.log_softmax(int(d)),
    "clamp": lambda x, a, b: x.clamp(a, b),
    "addNumber": lambda x, c: x + c,
    "mulNumber": lambda x, c: x * c,
    "numberSub": lambda x, c: c - x,
    "numberDiv": lambda x, c: c / (x.abs() + 1),
    "add": lambda x, y: x + y,
    "sub": lambda x, y: x - y,
    "mul": lambda x, y: x * y,
    "div": lambda x, y: x / (y.abs() + 1),
    "maximum": torch.maximum,
    "minimum": torch.minimum,
    "where": lambda x, y: torch.where(x > y, x * 2, y),
    "matmul": torch.matmul,
    "gram": lambda x: x.matmul(x.transpose(-1, -2)),
    "linear": lambda x, w: torch.nn.functional.linear(x, w),
    "sum": torch.sum,
    "mean": torch.mean,
    "norm": lambda x: x.norm(),
    "sumDim": lambda x, d: x.sum(int(d)),
    "meanKeep": lambda x, d: x.mean(int(d), keepdim=True),
    "amax": lambda x, d: x.amax(int(d)),
    "amin": lambda x, d: x.amin(int(d), keepdim=True),
    "prod": lambda x, d: x.prod(int(d)),
    "std": lambda x, d: x.std(int(d)),
    "variance": lambda x, d: x.var(int(d), keepdim=True, correction=0),
    "normDim": lambda x, d: x.norm(2, int(d)),
    "transpose": lambda x, a, b: x.transpose(int(a), int(b)),
    "T": lambda x: x.permute(list(reversed(range(x.ndim)))),
    "flatten": lambda x: x.flatten(),
    "column": lambda x: x.reshape(-1, 1),
    "unsqueeze": lambda x, d: x.unsqueeze(int(d)),
    "squeeze": torch.squeeze,
    "expand": lambda x, n: x.expand(int(n), *x.shape),
    "select": lambda x, i: x[int(i)],
    "last": lambda x, i: x[..., int(i)],
    "slice": lambda x, a, b: x[int(a) : int(b)],
    "stepped": lambda x, a, s: x[..., int(a) :: int(s)],
    "newAxis": lambda x: x[:, None],
    "rows": lambda x, *i: x[integers(i)],
    "rowsOfRows": lambda x, *i: x[torch.tensor(integers(i)).reshape(2, -1)],
    "pairs": lambda x, *i: x[integers(i[: len(i) // 2]), integers(i[len(i) // 2 :])],
    "gather": lambda x, *i: x.gather(-1, torch.tensor(integers(i)).reshape(*x.shape[:-1], -1)),
    "positive": lambda x: x[x > 0],
    "cat": lambda x, y: torch.cat([x, y, x]),
    "stack": lambda x, y: torch.stack([x, y], -1),
    "unbind": lambda x: torch.stack(x.unbind()[::-1]),
    "assignRow": lambda x, y, i: change(x, int(i), y),
    "assignSteps": lambda x, y: change(x, (..., slice(None, None, 2)), y),
    "assignMask": lambda x, c: change(x, x < 0, c),
}


def array(t):
    return {"shape": list(t.shape), "elements": t.detach().flatten().tolist()}


for line in sys.stdin:
    program = json.loads(line)
    inputs = [torch.tensor(i["elements"], dtype=torch.float64).reshape(i["shape"]).requires_grad_()
              for i in program["inputs"]]
    values, used = list(inputs), set()
    for step in program["steps"]:
        values.append(OPERATIONS[step["name"]](*(values[i] for i in step["of"]), *step["arguments"]))
        used.update(step["of"])
    loss = 0
    for i, value in enumerate(values):
        if i not in used:
            loss = loss + (value.flatten() * (torch.arange(value.numel()) % 7 - 2.5)).sum()
    loss.backward()
    gradients = [i.grad if i.grad is not None else torch.zeros_like(i) for i in inputs]
    isFinite = all(g.isfinite().all() for g in gradients)
    answer = {"values": [array(v) for v in values[len(inputs):]], "gradients": [array(g) for g in gradients]}
    print(json.dumps(answer if isFinite else None))
