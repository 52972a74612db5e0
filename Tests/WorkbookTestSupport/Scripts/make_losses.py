"""Losses and their gradients, from PyTorch, as JSON for LossTests.

usage: python make_losses.py > losses.json    (needs torch)
"""

import json

import torch
from torch import nn

torch.manual_seed(3)
cases = []


def case(loss, input, target):
    for reduction in ("none", "mean", "sum"):
        x = input.clone().requires_grad_()
        y = target.clone()
        y.requires_grad_(y.dtype.is_floating_point)
        result = getattr(nn, loss)(reduction=reduction)(x, y)
        result.sum().backward()
        cases.append({
            "loss": loss, "reduction": reduction, "shape": list(x.shape), "input": x.flatten().tolist(),
            "targetShape": list(y.shape), "target": y.flatten().to(torch.float64).tolist(),
            "hasClasses": not y.dtype.is_floating_point,
            "result": result.flatten().tolist(), "gradient": x.grad.flatten().tolist(),
            "targetGradient": y.grad.flatten().tolist() if y.grad is not None else None,
        })


random = lambda *shape: torch.randn(*shape, dtype=torch.float64)
for shape in ([4, 3], [5], [2, 3, 2], [1, 1]):
    case("MSELoss", random(*shape), random(*shape))
    case("L1Loss", random(*shape), random(*shape))
case("L1Loss", torch.zeros(2, dtype=torch.float64), torch.tensor([0.0, 1.0], dtype=torch.float64))
case("CrossEntropyLoss", random(4, 3), torch.tensor([2, 0, 0, 1]))
case("CrossEntropyLoss", random(3), torch.tensor(1))
case("CrossEntropyLoss", random(1, 1), torch.tensor([0]))
case("CrossEntropyLoss", random(4, 3) * 1000, torch.tensor([2, 0, 0, 1]))
case("CrossEntropyLoss", random(4, 3), random(4, 3).softmax(1))
case("CrossEntropyLoss", random(3), random(3).softmax(0))
for shape in ([4, 3], [5]):
    case("BCEWithLogitsLoss", random(*shape) * 5, torch.rand(*shape, dtype=torch.float64))
    case("HuberLoss", random(*shape), random(*shape))
case("BCEWithLogitsLoss", torch.tensor([0.0, 800.0, -800.0], dtype=torch.float64),
     torch.tensor([1.0, 0.0, 0.5], dtype=torch.float64))
case("NLLLoss", random(4, 3), torch.tensor([2, 0, 0, 1]))
case("NLLLoss", random(3), torch.tensor(1))
print("[" + ",\n".join(json.dumps(c, separators=(",", ":")) for c in cases) + "]")
