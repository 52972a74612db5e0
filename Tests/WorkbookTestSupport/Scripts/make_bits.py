"""Prints the hashes that GeneratorTests and SGDTests hold: of the bits of PyTorch's normal numbers
and of weights after five steps of SGD, on an x86-64 processor with AVX2.

    python3 make_bits.py
"""
import torch


def bits_hash(tensor):
    word = torch.int32 if tensor.dtype == torch.float32 else torch.int64
    mask = 2 ** 32 - 1 if word == torch.int32 else 2 ** 64 - 1
    value = 0xCBF29CE484222325
    for bits in tensor.detach().view(word).tolist():
        value = (value ^ (bits & mask)) * 0x100000001B3 % 2 ** 64
    return f"{value:_}"


torch.set_num_threads(1)
print("PyTorch", torch.__version__)
for dtype in (torch.float32, torch.float64):
    for count in (8, 1003):
        for mean, std in ((0, 1), (10, 0.1)):
            torch.manual_seed(3)
            x = torch.empty(count, dtype=dtype).normal_(mean, std)
            print(dtype, count, mean, std, bits_hash(x))
for momentum, dampening, weight_decay, nesterov in (
        (0, 0, 0, False), (0, 0, 0.01, False), (0.9, 0, 0, False), (0.9, 0.1, 0.01, False),
        (0.9, 0, 0.01, True)):
    torch.manual_seed(3)
    w = torch.randn(1003, requires_grad=True)
    optimizer = torch.optim.SGD(
        [w], lr=0.1, momentum=momentum, dampening=dampening, weight_decay=weight_decay,
        nesterov=nesterov)
    for _ in range(5):
        w.grad = torch.randn(1003)
        optimizer.step()
    print("SGD", momentum, dampening, weight_decay, nesterov, bits_hash(w))
