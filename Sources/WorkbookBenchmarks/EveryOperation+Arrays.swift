import NN
import Optim
import Tensors

let reductions = [
  OperationRow("sum", "x.sum()", moves: 1) { $0.x.sum() },
  OperationRow("sum-columns", "x.sum(1)", moves: 1) { $0.x.sum(dim: 1) },
  OperationRow("sum-rows", "x.sum(0)", moves: 1) { $0.x.sum(dim: 0) },
  OperationRow("sum-short-rows", "x.view(-1, 10).sum(1)", moves: 1) {
    $0.x.view(-1, 10).sum(dim: 1)
  },
  OperationRow("sum-narrow-columns", "x.view(-1, 10).sum(0)", moves: 1) {
    $0.x.view(-1, 10).sum(dim: 0)
  },
  OperationRow("mean", "x.mean(1)", moves: 1) { $0.x.mean(dim: 1) },
  OperationRow("prod", "x.prod(1)", moves: 1) { $0.x.prod(dim: 1) },
  OperationRow("max", "x.max()", moves: 1) { $0.x.max() },
  OperationRow("min", "x.min(1).values", moves: 1) { $0.x.min(dim: 1).values },
  OperationRow("amax", "x.amax(0)", moves: 1) { $0.x.amax(dim: 0) },
  OperationRow("amin", "x.amin(1)", moves: 1) { $0.x.amin(dim: 1) },
  OperationRow("argmax", "x.argmax(1)", moves: 1, hasGradient: false) { $0.x.argmax(dim: 1) },
  OperationRow("argmin", "x.argmin(0)", moves: 1, hasGradient: false) { $0.x.argmin(dim: 0) },
  OperationRow("var", "x.var(1)", moves: 1) { $0.x.var(dim: 1) },
  OperationRow("std", "x.std()", moves: 1) { $0.x.std() },
  OperationRow("norm", "x.norm()", moves: 1) { $0.x.norm() },
]

let matrixProducts = [
  OperationRow("mm", "x.mm(w)", moves: 2, products: 1000) { $0.x.mm($0.w) },
  OperationRow("matmul-vector", "x.matmul(v)", moves: 1) { $0.x.matmul($0.v) },
  OperationRow("matmul-batch", "x.view(5, -1, columns).matmul(w)", moves: 2, products: 1000) {
    $0.x.view(5, -1, $0.columns).matmul($0.w)
  },
  OperationRow("linear", "F.linear(x, w, v)", moves: 2, products: 1000) { $0.x.linear($0.w, $0.v) },
]

let shapes = [
  OperationRow("t", "x.t()", moves: 0) { $0.x.t() },
  OperationRow("T", "x.T", moves: 0) { $0.x.T },
  OperationRow("transpose-clone", "x.transpose(0, 1).clone()", moves: 2) {
    $0.x.transpose(0, 1).clone()
  },
  OperationRow("permute", "x.permute(1, 0)", moves: 0) { $0.x.permute(1, 0) },
  OperationRow("view", "x.view(-1, 5)", moves: 0) { $0.x.view(-1, 5) },
  OperationRow("reshape", "x.t().reshape(-1)", moves: 2) { $0.x.t().reshape(-1) },
  OperationRow("flatten", "x.flatten()", moves: 0) { $0.x.flatten() },
  OperationRow("squeeze", "x[None].squeeze(0)", moves: 0) { $0.x[.newAxis].squeeze(0) },
  OperationRow("unsqueeze", "x.unsqueeze(0)", moves: 0) { $0.x.unsqueeze(0) },
  OperationRow("expand", "v.expand(rows, columns)", moves: 0) { $0.v.expand($0.rows, $0.columns) },
  OperationRow("cat", "torch.cat([x, y])", moves: 4) { .cat([$0.x, $0.y]) },
  OperationRow("cat-columns", "torch.cat([x, y], 1)", moves: 4) { .cat([$0.x, $0.y], dim: 1) },
  OperationRow("stack", "torch.stack([x, y])", moves: 4) { .stack([$0.x, $0.y]) },
  OperationRow("unbind", "torch.stack(x.unbind())", moves: 2) { .stack($0.x.unbind()) },
]

let choices = [
  OperationRow("index-row", "x[3]", moves: 0) { $0.x[3] },
  OperationRow("index-column", "x[..., 3].clone()", moves: 0) { $0.x[..., 3].clone() },
  OperationRow("index-steps", "x[::2].clone()", moves: 1) { $0.x[.stride(by: 2)].clone() },
  OperationRow("index-mask", "x[mask]", moves: 1.5) { $0.x[$0.mask] },
  OperationRow("index-rows", "x[index]", moves: 2) { $0.x[$0.index] },
  OperationRow("index-pairs", "x[index, classes]", moves: 0) { $0.x[$0.index, $0.classes] },
  OperationRow("gather", "x.gather(1, places)", moves: 0) { $0.x.gather(dim: 1, $0.places) },
]

let layers = [
  OperationRow("leaky-relu", "F.leaky_relu(x)", moves: 2) { LeakyReLU()($0.x) },
  OperationRow("gelu", "F.gelu(x)", moves: 2) { GELU()($0.x) },
  OperationRow("layer-norm", "F.layer_norm(x, (columns,), v, v)", moves: 2) { operands in
    let layer = LayerNorm([operands.columns], dtype: operands.dtype)
    return layer(operands.x)
  },
  OperationRow("embedding", "F.embedding(index, x)", moves: 2) { $0.x[$0.index] },
  OperationRow("dropout", "F.dropout(x)", moves: 2) { Dropout()($0.x) },
  OperationRow("mse-loss", "F.mse_loss(x, y)", moves: 2) { MSELoss()($0.x, $0.y) },
  OperationRow("l1-loss", "F.l1_loss(x, y)", moves: 2) { L1Loss()($0.x, $0.y) },
  OperationRow("huber-loss", "F.huber_loss(x, y)", moves: 2) { HuberLoss()($0.x, $0.y) },
  OperationRow("bce-with-logits-loss", "F.binary_cross_entropy_with_logits(x, targets)", moves: 2) {
    BCEWithLogitsLoss()($0.x, $0.targets)
  },
  OperationRow("nll-loss", "F.nll_loss(x, classes)", moves: 0) { NLLLoss()($0.x, $0.classes) },
  OperationRow("cross-entropy-loss", "F.cross_entropy(x, classes)", moves: 1) {
    CrossEntropyLoss()($0.x, $0.classes)
  },
]
