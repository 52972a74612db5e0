"""Files of arrays as NumPy and safetensors write them, for the tests of files.

usage: python make_files.py FOLDER    (needs numpy, torch and safetensors)
"""

import sys

import numpy as np
import torch
from safetensors.torch import save_file

folder = sys.argv[1]


def npy(name, array):
    np.save(f"{folder}/{name}.npy", array)


npy("float64", np.array([[1.5, -2.0, 1e300], [0.1, np.inf, -0.0]]))
npy("float32", np.arange(24, dtype=np.float32).reshape(2, 3, 4) / 8)
npy("int64", np.array([-(2**63), 2**53 + 1, 7]))
npy("bool", np.array([[True, False], [False, True]]))
npy("scalar", np.array(2.5))
npy("empty", np.zeros((0, 3), np.float32))
# What is refused.
npy("columns", np.asfortranarray(np.arange(6.0).reshape(2, 3)))
npy("half", np.array([1.0, 2.0], np.float16))
npy("big-endian", np.array([1.0, 2.0], ">f8"))
npy("text", np.array(["a", "bc"]))
npy("records", np.array([(1, 2.0)], [("a", "i8"), ("b", "f8")]))
np.save(f"{folder}/objects.npy", np.array([{"a": 1}, None], object), allow_pickle=True)
# The second version of the format, for headers of more than 65535 bytes, and its third, for UTF-8.
with open(f"{folder}/version2.npy", "wb") as f:
    np.lib.format.write_array(f, np.array([1.0, 2.0]), version=(2, 0))
with open(f"{folder}/version3.npy", "wb") as f:
    np.lib.format.write_array(f, np.array([1.0, 2.0]), version=(3, 0))

state = {
    "0.weight": torch.arange(6, dtype=torch.float32).reshape(3, 2) / 4,
    "0.bias": torch.tensor([0.1, -0.2, float("nan")]),
    "double": torch.tensor([[1e300, -0.0]], dtype=torch.float64),
    "steps": torch.tensor(2**53 + 1),
    "mask": torch.tensor([True, False, True]),
    "none": torch.zeros(0, 4),
    'a "name"\n\\ of é 水 😀 \x01': torch.tensor([7.0]),
}
save_file(state, f"{folder}/state.safetensors")
save_file({"w": torch.ones(2)}, f"{folder}/metadata.safetensors", metadata={"format": "pt", "é": "\n"})
save_file({"w": torch.ones(2, dtype=torch.float16)}, f"{folder}/half.safetensors")
save_file({}, f"{folder}/nothing.safetensors")
