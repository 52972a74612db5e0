/// PyTorch's commonest names, and what is written here for each: nothing but this page.
///
/// `x`, `y` and `z` are matrices, `v` is a vector, `b` a batch of matrices, `m` a mask, `w` a leaf that
/// requires a gradient. What reads `try` throws. Whole numbers, as those of `Tensor.arange(3)`, are float32
/// here unless `dtype: .int64` says otherwise, where PyTorch makes int64.
///
/// ```swift
/// import Tensors
/// let x = Tensor([[1, 2, 3], [4, 5, 6]])
/// print(x[..., 0], x.sum(dim: 0))
/// ```
/// ```output
/// tensor([1., 4.]) tensor([5., 7., 9.])
/// ```
///
/// ## Making tensors
///
/// | PyTorch | here |
/// | --- | --- |
/// | `torch.tensor` | `Tensor([[1, 2], [3, 4]])` |
/// | `torch.zeros` | `Tensor.zeros(2, 3)` |
/// | `torch.ones` | `Tensor.ones(2, 3)` |
/// | `torch.full` | `Tensor.full([2, 3], 0.5)` |
/// | `torch.empty` | `Tensor.zeros(2, 3)` |
/// | `torch.eye` | `Tensor.eye(3)` |
/// | `torch.arange` | `Tensor.arange(0, 10, 2)` |
/// | `torch.linspace` | `Tensor.linspace(0, 1, steps: 5)` |
/// | `torch.zeros_like` | `Tensor.zerosLike(x)` |
/// | `torch.ones_like` | `Tensor.onesLike(x)` |
/// | `torch.rand` | `Tensor.rand(2, 3)` |
/// | `torch.randn` | `Tensor.randn(2, 3)` |
/// | `torch.randint` | `Tensor.randint(0, 10, [2, 3])` |
/// | `torch.randperm` | `Tensor.randperm(10)` |
/// | `torch.rand_like` | `Tensor.rand(x.shape)` |
/// | `torch.randn_like` | `Tensor.randn(x.shape)` |
/// | `torch.manual_seed` | `manualSeed(0)` |
/// | `torch.from_numpy` | `Tensor(NDArray([1.0, 2.0]))` |
/// | `torch.normal` | `Tensor.randn(2, 3) * 0.5 + 1` |
/// | `torch.bernoulli` | `Tensor.rand(2, 3) .< 0.5` |
/// | `torch.multinomial` | not here: draws with weights are not here |
///
/// ## What a tensor is
///
/// | PyTorch | here |
/// | --- | --- |
/// | `x.shape`, `x.size()` | `x.shape` |
/// | `x.dtype` | `x.dtype` |
/// | `x.device` | `x.device` |
/// | `x.ndim`, `x.dim()` | `x.ndim` |
/// | `x.numel()` | `x.count` |
/// | `len(x)` | `x.shape[0]` |
/// | `x.item()` | `x[0, 0].item()` |
/// | `x.tolist()` | `x.toArray()` |
/// | `x.numpy()` | `NDArray<Double>(x)` |
/// | `x.to` | `x.to(.float64)` |
/// | `x.float()` | `x.float()` |
/// | `x.double()` | `x.double()` |
/// | `x.long()` | `x.long()` |
/// | `x.bool()` | `x.bool()` |
/// | `x.int()` | `x.long()` |
/// | `x.half()`, `torch.bfloat16` | not here: elements are float32, float64, int64 or bool |
/// | `x.cuda()` | not here: there is one device, the CPU |
/// | `x.stride()` | `x.strides` |
/// | `x.is_contiguous()` | `x.isContiguous` |
/// | `x.contiguous()` | `x.clone()` |
/// | `x.clone()` | `x.clone()` |
/// | `torch.allclose` | `x.allClose(y)` |
/// | `torch.equal` | `x.shape == y.shape && (x .== y).all()` |
/// | `torch.is_tensor` | `x as Any is Tensor` |
///
/// ## Arithmetic
///
/// | PyTorch | here |
/// | --- | --- |
/// | `torch.add`, `x + y` | `x + y` |
/// | `torch.sub`, `x - y` | `x - y` |
/// | `torch.mul`, `x * y` | `x * y` |
/// | `torch.div`, `x / y` | `x / y` |
/// | `torch.neg` | `-x` |
/// | `torch.pow`, `x ** 2` | `x.pow(2)` |
/// | `torch.square` | `x.square()` |
/// | `torch.sqrt` | `x.sqrt()` |
/// | `torch.rsqrt` | `x.pow(-0.5)` |
/// | `torch.reciprocal` | `1 / x` |
/// | `torch.exp` | `x.exp()` |
/// | `torch.log` | `x.log()` |
/// | `torch.log1p` | not here: log(1 + x) rounds 1 + x first |
/// | `torch.log2` | `x.log() * (1 / 0.6931471805599453)` |
/// | `torch.abs` | `x.abs()` |
/// | `torch.sign` | `x.sign()` |
/// | `torch.sin` | `x.sin()` |
/// | `torch.cos` | `x.cos()` |
/// | `torch.tan` | `x.sin() / x.cos()` |
/// | `torch.erf` | `x.erf()` |
/// | `torch.floor`, `torch.ceil`, `torch.round` | not here: no gradient would flow; x.long() cuts off |
/// | `torch.remainder`, `x % y` | not here: no remainder |
/// | `torch.clamp` | `x.clamp(min: 0, max: 1)` |
/// | `torch.maximum` | `x.maximum(y)` |
/// | `torch.minimum` | `x.minimum(y)` |
/// | `torch.lerp` | `x + 0.5 * (y - x)` |
/// | `torch.addcmul` | `x + 0.5 * y * z` |
/// | `x.add_` | `x += y` |
/// | `x.sub_` | `x -= y` |
/// | `x.mul_` | `x *= y` |
/// | `x.div_` | `x /= y` |
/// | `x.zero_` | `x.zero()` |
/// | `x.fill_` | `x.fill(1)` |
/// | `x.copy_` | `x.copy(from: y)` |
/// | `x.clamp_` | `x.copy(from: x.clamp(min: 0))` |
/// | `x.normal_` | `x.normal(0, 0.5)` |
/// | `x.uniform_` | `x.uniform(-1, 1)` |
///
/// ## Products
///
/// | PyTorch | here |
/// | --- | --- |
/// | `torch.mm` | `x.mm(y)` |
/// | `torch.matmul`, `x @ y` | `x.matmul(y)` |
/// | `torch.bmm` | `b.matmul(b)` |
/// | `torch.mv` | `x.matmul(v)` |
/// | `torch.dot` | `v.matmul(v)` |
/// | `torch.outer` | `v[0..., .newAxis] * v` |
/// | `torch.addmm` | `x.mm(y) + z` |
/// | `torch.einsum` | not here: write the products and sums that it stands for |
/// | `torch.linalg.norm`, `x.norm()` | `x.norm()` |
/// | `torch.linalg.inv`, `torch.linalg.solve` | not here: no linear algebra but products and norms |
///
/// ## Sums and choices
///
/// | PyTorch | here |
/// | --- | --- |
/// | `torch.sum` | `x.sum(dim: 0)` |
/// | `torch.mean` | `x.mean(dim: 1, keepDim: true)` |
/// | `torch.prod` | `x.prod(dim: 0)` |
/// | `torch.std` | `x.std()` |
/// | `torch.var` | `x.var(dim: 0)` |
/// | `torch.max` | `x.max(dim: 1).values` |
/// | `torch.min` | `x.min()` |
/// | `torch.amax` | `x.amax(dim: 0, 1)` |
/// | `torch.amin` | `x.amin(dim: 0)` |
/// | `torch.argmax` | `x.argmax(dim: 1)` |
/// | `torch.argmin` | `x.argmin()` |
/// | `torch.any` | `(x .> 0).any()` |
/// | `torch.all` | `(x .> 0).all(dim: 1)` |
/// | `torch.cumsum` | not here: no running sums; sum the parts |
/// | `torch.median`, `torch.quantile` | not here: nothing here sorts |
/// | `torch.sort`, `torch.argsort` | not here: nothing here sorts; sort x.toArray() |
/// | `torch.topk` | not here: nothing here sorts; max(dim:) gives the first |
/// | `torch.unique`, `torch.bincount` | not here: count with (x .== i).sum() |
/// | `torch.logsumexp` | `x.amax(dim: 1) + (x - x.amax(dim: 1, keepDim: true)).exp().sum(dim: 1).log()` |
/// | `torch.softmax` | `x.softmax(dim: 1)` |
/// | `torch.log_softmax` | `x.logSoftmax(dim: 1)` |
///
/// ## Shapes
///
/// | PyTorch | here |
/// | --- | --- |
/// | `x.view` | `x.view(3, 2)` |
/// | `x.reshape` | `x.reshape(3, -1)` |
/// | `x.flatten` | `x.flatten()` |
/// | `x.t()` | `x.t()` |
/// | `x.T` | `x.T` |
/// | `x.transpose` | `x.transpose(0, 1)` |
/// | `x.permute` | `b.permute(2, 0, 1)` |
/// | `x.squeeze` | `x.squeeze()` |
/// | `x.unsqueeze` | `x.unsqueeze(0)` |
/// | `x.expand` | `v.expand(2, 3)` |
/// | `x.repeat` | `Tensor.cat([x, x])` |
/// | `torch.cat` | `Tensor.cat([x, y], dim: 1)` |
/// | `torch.stack` | `Tensor.stack([x, y])` |
/// | `torch.unbind` | `x.unbind(dim: 1)` |
/// | `torch.split`, `torch.chunk` | `[x[..<1], x[1...]]` |
/// | `torch.flip`, `torch.roll` | `x[[1, 0]]` |
/// | `torch.broadcast_to` | `v.expand(2, 3)` |
/// | `torch.meshgrid` | `(v[0..., .newAxis].expand(3, 3), v.expand(3, 3))` |
///
/// ## Places
///
/// | PyTorch | here |
/// | --- | --- |
/// | `x[0]`, `x[1:3]`, `x[:, 0]` | `(x[0], x[0..<2], x[0..., 0])` |
/// | `x[..., 0]` | `x[..., 0]` |
/// | `x[::2]` | `x[.stride(by: 2)]` |
/// | `x[:, None]` | `x[0..., .newAxis]` |
/// | `x[[0, 1]]` | `x[[0, 1]]` |
/// | `x[rows, columns]` | `x[[0, 1], [2, 0]]` |
/// | `x[mask]` | `x[x .> 0]` |
/// | `torch.index_select` | `x[[1, 0]]` |
/// | `torch.masked_select` | `x[x .> 0]` |
/// | `x.masked_fill` | `Tensor.where(x .> 0, 0, x)` |
/// | `torch.gather` | `x.gather(dim: 1, x.argmax(dim: 1, keepDim: true))` |
/// | `x.scatter_`, `x.index_add_` | not here: assign to x[…]; gradients of gather and x[rows] add up |
/// | `torch.where` | `Tensor.where(x .> 0, x, y)` |
/// | `torch.nonzero` | not here: ask for masks: x[x .!= 0] |
/// | `torch.triu`, `torch.tril` | not here: make a mask by comparing arange with its .newAxis |
/// | `for row in x` | `x.map { $0 }` |
///
/// ## Comparisons
///
/// | PyTorch | here |
/// | --- | --- |
/// | `x == y`, `x != y` | `(x .== y, x .!= y)` |
/// | `x < y`, `x <= y`, `x > y`, `x >= y` | `(x .< y, x .<= y, x .> y, x .>= y)` |
/// | `~m, m & n, m \| n, m ^ n` | `(.!m, m .& m, m .\| m, m .^ m)` |
/// | `torch.isnan` | `x .!= x` |
/// | `torch.isclose` | `x .== y .\| (x - y).abs() / (y.abs() * 1e-5 + 1e-8) .<= 1` |
///
/// ## Gradients
///
/// | PyTorch | here |
/// | --- | --- |
/// | `requires_grad=True` | `Tensor([1], requiresGrad: true)` |
/// | `x.requires_grad` | `x.requiresGrad` |
/// | `x.requires_grad_()` | `x.requiresGrad = true` |
/// | `x.backward()` | `w.sum().backward()` |
/// | `x.grad` | `w.grad` |
/// | `x.grad.zero_()` | `w.grad?.zero()` |
/// | `x.retain_grad()` | `(w * 1).retainGrad()` |
/// | `x.is_leaf` | `w.isLeaf` |
/// | `x.grad_fn` | `"\(w * 1)"` |
/// | `x.detach()` | `w.detach()` |
/// | `torch.no_grad` | `noGrad { w -= 0.1 * w }` |
/// | `torch.is_grad_enabled` | `isGradEnabled()` |
/// | `torch.autograd.grad` | `grad(of: w.sum(), for: [w])` |
/// | `torch.autograd.Function` | `any Function` |
/// | `torch.autograd.gradcheck` | `gradcheck({ $0 * 2 }, [1, 2])` |
/// | `create_graph=True` | not here: gradients have no graph of their own |
/// | `x.register_hook` | not here: a Function of one's own sees the gradient |
/// | `torch.compile`, `torch.jit` | not here: programs are compiled as they are |
/// | `torch.cuda.CUDAGraph`, `torch.cuda.graph` | `Graph { x * 2 }` |
/// | `g.replay()` | `Graph { x * 2 }.replay()` |
///
/// ## torch.nn
///
/// | PyTorch | here |
/// | --- | --- |
/// | `nn.Module` | `any Module` |
/// | `nn.Parameter` | `Tensor.zeros(3, requiresGrad: true)` |
/// | `nn.Sequential` | `Sequential(Linear(3, 4), ReLU(), Linear(4, 2))` |
/// | `nn.ModuleList` | `[Linear(3, 4), Linear(4, 2)]` |
/// | `nn.Linear` | `Linear(3, 2)` |
/// | `nn.Embedding` | `Embedding(10, 3)` |
/// | `nn.LayerNorm` | `LayerNorm([3])` |
/// | `nn.Dropout` | `Dropout(0.5)` |
/// | `nn.Flatten` | `Flatten()` |
/// | `nn.ReLU`, `F.relu` | `ReLU()` |
/// | `nn.LeakyReLU` | `LeakyReLU(0.1)` |
/// | `nn.GELU` | `GELU()` |
/// | `nn.Sigmoid` | `Sigmoid()` |
/// | `nn.Tanh` | `Tanh()` |
/// | `nn.Softmax` | `Softmax(dim: 1)` |
/// | `F.linear` | `x.linear(.zeros(2, 3))` |
/// | `F.one_hot` | `(Tensor.arange(3)[0..., .newAxis] .== Tensor.arange(3)).float()` |
/// | `nn.MSELoss` | `MSELoss(reduction: .sum)` |
/// | `nn.L1Loss` | `L1Loss()` |
/// | `nn.HuberLoss`, `nn.SmoothL1Loss` | `HuberLoss(delta: 1)` |
/// | `nn.CrossEntropyLoss` | `CrossEntropyLoss()` |
/// | `nn.NLLLoss` | `NLLLoss()` |
/// | `nn.BCEWithLogitsLoss` | `BCEWithLogitsLoss()` |
/// | `nn.BCELoss` | not here: BCEWithLogitsLoss is exact where this is not |
/// | `nn.Conv2d`, `nn.MaxPool2d` | not here: no convolutions |
/// | `nn.BatchNorm1d` | not here: LayerNorm needs no running means |
/// | `nn.LSTM`, `nn.GRU`, `nn.MultiheadAttention` | not here: write them as modules |
/// | `nn.init.uniform_` | `noGrad { w.uniform(-1, 1) }` |
/// | `model(x)` | `model(x)` |
/// | `model.parameters()` | `model.parameters()` |
/// | `model.named_parameters()` | `model.namedParameters()` |
/// | `model.named_modules()` | `model.namedModules()` |
/// | `model.train()`, `model.eval()` | `model.eval()` |
/// | `model.training` | `model.training` |
/// | `model.zero_grad()` | `model.zeroGrad()` |
/// | `model.state_dict()` | `model.stateDict()` |
/// | `model.load_state_dict` | `try model.load(model.stateDict())` |
/// | `nn.utils.clip_grad_norm_` | `clipGradNorm(model.parameters(), maxNorm: 1)` |
///
/// ## torch.optim
///
/// | PyTorch | here |
/// | --- | --- |
/// | `optim.SGD` | `SGD([w], lr: 0.1, momentum: 0.9)` |
/// | `optim.Adam` | `Adam([w], lr: 1e-3)` |
/// | `optim.AdamW` | `AdamW([w])` |
/// | `optim.RMSprop` | `RMSprop([w])` |
/// | `optim.Adagrad`, `optim.LBFGS` | not here: write a class that conforms to Optimizer |
/// | `optimizer.step()` | `optimizer.step()` |
/// | `optimizer.zero_grad()` | `optimizer.zeroGrad()` |
/// | `optimizer.param_groups` | `optimizer.paramGroups[0].lr = 0.1` |
/// | `lr_scheduler.StepLR` | `StepLR(optimizer, stepSize: 10)` |
/// | `lr_scheduler.CosineAnnealingLR` | `CosineAnnealingLR(optimizer, tMax: 10)` |
///
/// ## Files and the machine
///
/// | PyTorch | here |
/// | --- | --- |
/// | `torch.save`, `torch.load` | `try saveFile(model.stateDict(), "model.safetensors")` |
/// | `safetensors.torch.load_file` | `try loadFile("model.safetensors")` |
/// | `np.save`, `np.load` | `try x.save("x.npy")` |
/// | `torch.set_num_threads` | `setNumThreads(2)` |
/// | `torch.get_num_threads` | `getNumThreads()` |
/// | `torch.device` | `Device("cpu")` |
/// | `torch.set_default_dtype` | not here: say dtype: .float64 where a tensor is made |
/// | `torch.utils.data.DataLoader` | not here: x[indices] of a randperm makes a batch |
/// | `torch.distributed` | not here: one process, with threads |
public enum PyTorchNames {}
