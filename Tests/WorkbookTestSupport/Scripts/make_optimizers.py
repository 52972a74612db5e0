"""Parameters over 50 steps of each optimizer with each of its options, from PyTorch, as JSON.

usage: python make_optimizers.py > optimizers.json    (needs torch)

The parameters are w [3, 4] and b [3], the loss is sum((tanh(x wᵀ + b) - y)²) + sum(w⁴) / 4 with
fixed x [5, 4] and y [5, 3]; all start from the numbers given. Computed in float64, and in float32.
Then the same with w and b in groups of their own settings, and a scheduler for some.
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


def run(make, options, dtype, schedule=None):
    p = [t.to(dtype).clone().requires_grad_() for t in (w, b)]
    if isinstance(options, list):
        optimizer = make([{"params": [q], **o} for q, o in zip(p, options)])
    else:
        optimizer = make(p, **options)
    scheduler = schedule and schedule(optimizer)
    trajectory = []
    for _ in range(50):
        optimizer.zero_grad()
        loss = ((x.to(dtype) @ p[0].T + p[1]).tanh() - y.to(dtype)).pow(2).sum() + p[0].pow(4).sum() / 4
        loss.backward()
        optimizer.step()
        if scheduler:
            scheduler.step()
        trajectory.append([v for q in p for v in q.detach().flatten().tolist()])
    return trajectory


def flat(options):
    result = {k: float(v) for k, v in options.items() if k != "betas"}
    if "betas" in options:
        result["beta1"], result["beta2"] = options["betas"]
    return result


runs = []
for name, (make, variants) in optimizers.items():
    for options in variants:
        trajectory = run(make, options, torch.float64)
        # Every step is compared in float64; in float32 the last.
        runs.append({"optimizer": name, "options": flat(options), "trajectory": trajectory,
                     "last": run(make, options, torch.float32)[-1]})

schedules = {
    "StepLR": lambda o: torch.optim.lr_scheduler.StepLR(o, 10, 0.5),
    "CosineAnnealingLR": lambda o: torch.optim.lr_scheduler.CosineAnnealingLR(o, 40, 0.001),
}
groups = [
    ("SGD", [{"lr": 0.02, "momentum": 0.9}, {"lr": 0.005, "weight_decay": 0.1}], None),
    ("SGD", [{"lr": 0.02}, {"lr": 0.01, "momentum": 0.5, "nesterov": True}], "StepLR"),
    ("Adam", [{"lr": 0.01}, {"lr": 0.05, "betas": (0.7, 0.99), "amsgrad": True}], None),
    ("Adam", [{"lr": 0.01}, {"lr": 0.05}], "CosineAnnealingLR"),
    ("AdamW", [{"lr": 0.01, "weight_decay": 0.5}, {"lr": 0.02, "eps": 1e-2}], "StepLR"),
    ("RMSprop", [{"lr": 0.005, "centered": True}, {"lr": 0.01, "momentum": 0.5}], "CosineAnnealingLR"),
]
group_runs = [{"optimizer": name, "options": [flat(o) for o in options], "schedule": schedule,
               "trajectory": run(optimizers[name][0], options, torch.float64, schedules.get(schedule))}
              for name, options, schedule in groups]

print(json.dumps({"x": x.flatten().tolist(), "y": y.flatten().tolist(), "w": w.flatten().tolist(),
                  "b": b.tolist(), "runs": runs, "groups": group_runs}, separators=(",", ":")).replace('{"optimizer"', '\n{"optimizer"'))
