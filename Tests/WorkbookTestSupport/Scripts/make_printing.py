"""What NumPy prints of arrays of random bits and of sums, as JSON for DescriptionTests.

usage: python make_printing.py > printing.json    (needs numpy)

Each case: the type, the elements as integers of their bits, the text.
"""

import json

import numpy as np

random = np.random.RandomState(0)
cases = []


def case(x):
    bits = x.view(np.uint32 if x.dtype == np.float32 else np.uint64)
    cases.append({"type": str(x.dtype), "bits": [str(b) for b in bits], "text": str(x)})


for kind in (np.float32, np.float64):
    for count in (1, 2, 3, 5):
        for spread in (0, 1, 3, 8, 30):
            for _ in range(8):
                case((random.randn(count) * 10.0 ** (random.rand(count) * spread - spread / 2)).astype(kind))
    for _ in range(30):
        case(random.randint(0, 1 << 32, 3).astype(np.uint32).view(np.float32).astype(kind))
    tiny = np.finfo(kind).smallest_subnormal
    case(np.array([tiny, 3 * tiny, 12345 * tiny], kind))
    case(np.array([1, tiny], kind))
    case(np.array([0.5, 1.5, 1e-9], kind) / 3)
    case(np.array([0.000123456785, 0.1], kind))
    case(np.array([2.5e-8, 0.5e-8, 1.5e-8, 1], kind) + 0)
    case(np.array([123456.789, 999999.99999, 1], kind))

print("[" + ",\n".join(json.dumps(c) for c in cases) + "]")
