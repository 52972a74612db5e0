"""Parameters over 50 steps of each optimizer with each of its options, from PyTorch, as JSON.

usage: python make_optimizers.py > optimizers.json    (needs torch)

The parameters are w [3, 4] and b [3], the loss is sum((tanh(x wᵀ + b) - y)²) + sum(w⁴) / 4 with
fixed x [5, 4] and y [5, 3]; all start from the numbers given. Computed in float64, and in float32.
"""

import json

import torch

torch.manual_seed(2)
x, y = torch.randn(5, 4, dtype=torch.float64), torch.randn(5, 3, dtype=torch.float64)
w, b = torch.randn(3, 4, dtype=torch.float64), torch.randn(3, dtype=torch.float64)

optimizers = {
    "SGD": (torch.optim.SGD, [
        {"lr": 0.02}, {"lr": 0.02, "momentum": 0.9}, {"lr": 0.02, "weight_decay": 0.1},
        {"lr": 0.02, "momentum": 0.9, "dampening": 0.5},
        {"lr": 0.02, "momentum": 0.9, "nesterov": True},
        {"lr": 0.02, "momentum": 0.8, "nesterov": True, "weight_decay": 0.05},
        {"lr": 0.02, "momentum": 0.8, "dampening": 0.2, "weight_decay": 0.05},
    ]),
    "Adam": (torch.optim.Adam, [
        {"lr": 0.01}, {"lr": 0.01, "betas": (0.8, 0.9)}, {"lr": 0.01, "eps": 1e-2},
        {"lr": 0.01, "weight_decay": 0.1}, {"lr": 0.1, "amsgrad": True},
        {"lr": 0.05, "betas": (0.7, 0.99), "eps": 1e-4, "weight_decay": 0.05, "amsgrad": True},
    ]),
    "AdamW": (torch.optim.AdamW, [
        {"lr": 0.01}, {"lr": 0.01, "weight_decay": 0.5}, {"lr": 0.01, "betas": (0.8, 0.9)},
        {"lr": 0.01, "eps": 1e-2}, {"lr": 0.1, "amsgrad": True, "weight_decay": 0.2},
    ]),
    "RMSprop": (torch.optim.RMSprop, [
        {"lr": 0.005}, {"lr": 0.005, "alpha": 0.9}, {"lr": 0.005, "eps": 1e-2},
        {"lr": 0.005, "weight_decay": 0.1}, {"lr": 0.005, "momentum": 0.5},
        {"lr": 0.005, "centered": True},
        {"lr": 0.005, "alpha": 0.9, "momentum": 0.5, "centered": True, "weight_decay": 0.05},
    ]),
}


def run(make, options, dtype):
    p = [t.to(dtype).clone().requires_grad_() for t in (w, b)]
    optimizer = make(p, **options)
    trajectory = []
    for _ in range(50):
        optimizer.zero_grad()
        loss = ((x.to(dtype) @ p[0].T + p[1]).tanh() - y.to(dtype)).pow(2).sum() + p[0].pow(4).sum() / 4
        loss.backward()
        optimizer.step()
        trajectory.append([v for q in p for v in q.detach().flatten().tolist()])
    return trajectory


runs = []
for name, (make, variants) in optimizers.items():
    for options in variants:
        flat = {k: v for k, v in options.items() if k != "betas"}
        flat = {k: float(v) for k, v in flat.items()}
        if "betas" in options:
            flat["beta1"], flat["beta2"] = options["betas"]
        trajectory = run(make, options, torch.float64)
        # Every step is compared in float64; in float32 the last.
        runs.append({"optimizer": name, "options": flat, "trajectory": trajectory,
                     "last": run(make, options, torch.float32)[-1]})

print(json.dumps({"x": x.flatten().tolist(), "y": y.flatten().tolist(), "w": w.flatten().tolist(),
                  "b": b.tolist(), "runs": runs}, separators=(",", ":")).replace('{"optimizer"', '\n{"optimizer"'))
