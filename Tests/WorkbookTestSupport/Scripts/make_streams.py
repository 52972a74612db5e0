"""What NumPy, Python and PyTorch draw after a seed, as JSON for the tests of random streams.

usage: python make_streams.py > streams.json    (needs numpy and torch)
"""

import json
import random

import numpy as np
import torch


def drawn(seed):
    def after_seed(draw):
        random.seed(seed)
        np.random.seed(seed)
        torch.manual_seed(seed)
        return draw()

    def layer():
        linear = torch.nn.Linear(30, 5)
        return {"weight": linear.weight.flatten().tolist(), "bias": linear.bias.tolist()}

    calls = {
        "torch.randn(64)": lambda: torch.randn(64).tolist(),
        "torch.randn(100)": lambda: torch.randn(100).tolist(),
        "torch.randn(10) then torch.randn(3)": lambda: [
            torch.randn(10).tolist(),
            torch.randn(3).tolist(),
        ],
        "torch.rand(20)": lambda: torch.rand(20).tolist(),
        "torch.randint(0,10,(20,))": lambda: torch.randint(0, 10, (20,)).tolist(),
        "torch.randperm(12)": lambda: torch.randperm(12).tolist(),
        "torch.randn(40, dtype=float64)": lambda: torch.randn(40, dtype=torch.float64).tolist(),
        "nn.Linear(30,5)": layer,
        "np.random.randn(20)": lambda: np.random.randn(20).tolist(),
        "np.random.rand(20)": lambda: np.random.rand(20).tolist(),
        "random.randint(0,3) x 40": lambda: [random.randint(0, 3) for _ in range(40)],
    }
    return {name: after_seed(draw) for name, draw in calls.items()}


print(json.dumps({f"seed {seed}": drawn(seed) for seed in (0, 7)}, indent=1))
