/// Reads lines such as `500 loop warm-up`, does that work in NumPy or PyTorch, and answers each with
/// the seconds that it took once.
let peerProgram = #"""
  import importlib.metadata, importlib.util, random, sys, time
  import numpy as np
  import torch

  N, D_IN, H, D_OUT = 64, 1000, 100, 10

  def warm_up():
      np.random.seed(0)
      x, y = np.random.randn(N, D_IN), np.random.randn(N, D_OUT)
      w1, w2 = np.random.randn(D_IN, H), np.random.randn(H, D_OUT)
      def step():
          h = x.dot(w1)
          h_relu = np.maximum(h, 0)
          y_pred = h_relu.dot(w2)
          loss = np.square(y_pred - y).sum()
          grad_y_pred = 2.0 * (y_pred - y)
          grad_w2 = h_relu.T.dot(grad_y_pred)
          grad_h = grad_y_pred.dot(w2.T)
          grad_h[h < 0] = 0
          grad_w1 = x.T.dot(grad_h)
          np.subtract(w1, 1e-6 * grad_w1, out=w1)
          np.subtract(w2, 1e-6 * grad_w2, out=w2)
          return loss
      return step

  def data():
      torch.manual_seed(0)
      return torch.randn(N, D_IN), torch.randn(N, D_OUT)

  def tensors():
      x, y = data()
      w1, w2 = torch.randn(D_IN, H), torch.randn(H, D_OUT)
      def step():
          h = x.mm(w1)
          h_relu = h.clamp(min=0)
          y_pred = h_relu.mm(w2)
          loss = (y_pred - y).pow(2).sum().item()
          grad_y_pred = 2.0 * (y_pred - y)
          grad_w2 = h_relu.t().mm(grad_y_pred)
          grad_h = grad_y_pred.mm(w2.t()).clone()
          grad_h[h < 0] = 0
          grad_w1 = x.t().mm(grad_h)
          w1.sub_(1e-6 * grad_w1)
          w2.sub_(1e-6 * grad_w2)
          return loss
      return step

  class MyReLU(torch.autograd.Function):
      @staticmethod
      def forward(ctx, input):
          ctx.save_for_backward(input)
          return input.clamp(min=0)
      @staticmethod
      def backward(ctx, grad_output):
          input, = ctx.saved_tensors
          grad_input = grad_output.clone()
          grad_input[input < 0] = 0
          return grad_input

  def by_hand(activation):
      x, y = data()
      w1 = torch.randn(D_IN, H, requires_grad=True)
      w2 = torch.randn(H, D_OUT, requires_grad=True)
      def step():
          loss = (activation(x.mm(w1)).mm(w2) - y).pow(2).sum()
          loss.backward()
          with torch.no_grad():
              w1.sub_(1e-6 * w1.grad)
              w2.sub_(1e-6 * w2.grad)
              w1.grad.zero_()
              w2.grad.zero_()
          return loss.item()
      return step

  def sequential():
      return torch.nn.Sequential(torch.nn.Linear(D_IN, H), torch.nn.ReLU(), torch.nn.Linear(H, D_OUT))

  def nn():
      x, y = data()
      model, loss_fn = sequential(), torch.nn.MSELoss(reduction="sum")
      def step():
          loss = loss_fn(model(x), y)
          model.zero_grad()
          loss.backward()
          with torch.no_grad():
              for p in model.parameters():
                  p -= 1e-4 * p.grad
          return loss.item()
      return step

  class TwoLayerNet(torch.nn.Module):
      def __init__(self):
          super().__init__()
          self.linear1, self.linear2 = torch.nn.Linear(D_IN, H), torch.nn.Linear(H, D_OUT)
      def forward(self, x):
          return self.linear2(self.linear1(x).clamp(min=0))

  class DynamicNet(torch.nn.Module):
      def __init__(self):
          super().__init__()
          self.input_linear = torch.nn.Linear(D_IN, H)
          self.middle_linear = torch.nn.Linear(H, H)
          self.output_linear = torch.nn.Linear(H, D_OUT)
      def forward(self, x):
          h = self.input_linear(x).clamp(min=0)
          for _ in range(random.randint(0, 3)):
              h = self.middle_linear(h).clamp(min=0)
          return self.output_linear(h)

  def optimized(make_model, make_optimizer):
      x, y = data()
      random.seed(0)
      model, loss_fn = make_model(), torch.nn.MSELoss(reduction="sum")
      optimizer = make_optimizer(model.parameters(), lr=1e-4)
      def step():
          loss = loss_fn(model(x), y)
          optimizer.zero_grad()
          loss.backward()
          optimizer.step()
          return loss.item()
      return step

  LOOPS = {
      "warm-up": warm_up,
      "tensors": tensors,
      "autograd": lambda: by_hand(lambda h: h.clamp(min=0)),
      "custom-functions": lambda: by_hand(MyReLU.apply),
      "nn": nn,
      "optim": lambda: optimized(sequential, torch.optim.Adam),
      "custom-modules": lambda: optimized(TwoLayerNet, torch.optim.SGD),
      "control-flow": lambda: optimized(DynamicNet, torch.optim.SGD),
  }

  def loop(name):
      return LOOPS[name]()

  has_jax = importlib.util.find_spec("jax") is not None

  def compiled(name):
      if not has_jax:
          return loop(name)
      import jax
      import jax.numpy as jnp
      x, y = data()
      if name in ("tensors", "autograd", "custom-functions"):
          rate, params = 1e-6, [torch.randn(D_IN, H), torch.randn(H, D_OUT)]
          def predict(params, x):
              w1, w2 = params
              return jnp.maximum(x @ w1, 0) @ w2
      else:
          rate, params = 1e-4, [p.detach() for p in sequential().parameters()]
          def predict(params, x):
              w1, b1, w2, b2 = params
              return jnp.maximum(x @ w1.T + b1, 0) @ w2.T + b2
      def loss(params, x, y):
          return ((predict(params, x) - y) ** 2).sum()
      def sgd(params, state, x, y):
          value, grads = jax.value_and_grad(loss)(params, x, y)
          return value, [p - rate * g for p, g in zip(params, grads)], state
      def adam(params, state, x, y):
          value, grads = jax.value_and_grad(loss)(params, x, y)
          t, ms, vs = state
          t = t + 1
          ms = [0.9 * m + 0.1 * g for m, g in zip(ms, grads)]
          vs = [0.999 * v + 0.001 * g * g for v, g in zip(vs, grads)]
          size, root = rate / (1 - 0.9 ** t), jnp.sqrt(1 - 0.999 ** t)
          params = [p - size * m / (jnp.sqrt(v) / root + 1e-8) for p, m, v in zip(params, ms, vs)]
          return value, params, (t, ms, vs)
      x, y, *params = [jnp.asarray(a.numpy()) for a in (x, y, *params)]
      zeros = [jnp.zeros_like(p) for p in params]
      state = (jnp.float32(0), zeros, [z + 0 for z in zeros]) if name == "optim" else ()
      update = jax.jit(adam if name == "optim" else sgd, donate_argnums=(0, 1))
      def step():
          nonlocal params, state
          value, params, state = update(params, state, x, y)
          return float(value)
      return step

  def product(type, m, k, n, a, b):
      m, k, n = int(m), int(k), int(n)
      if type == "float32":
          x = torch.randn(k, m).t() if a == "t" else torch.randn(m, k)
          y = torch.randn(n, k).t() if b == "t" else torch.randn(k, n)
          return lambda: x.mm(y)
      x = np.random.randn(k, m).T if a == "t" else np.random.randn(m, k)
      y = np.random.randn(n, k).T if b == "t" else np.random.randn(k, n)
      return lambda: x.dot(y)

  def operation(name, count):
      count = int(count)
      x, y = torch.rand(count), torch.rand(count)
      def update(make, **options):
          w = torch.rand(count, requires_grad=True)
          w.grad = torch.rand(count)
          return make([w], lr=1e-4, **options).step
      return {
          "add": lambda: lambda: x + x,
          "scale": lambda: lambda: 2 * x,
          "clamp": lambda: lambda: x.clamp(min=0),
          "compare": lambda: lambda: x < 0,
          "exp": lambda: x.exp,
          "tanh": lambda: x.tanh,
          "sum": lambda: x.sum,
          "sum-rows": lambda: lambda: x.view(100, -1).sum(0),
          "sum-columns": lambda: lambda: x.view(-1, 100).sum(1),
          "add-in-place": lambda: lambda: x.add_(y),
          "sgd": lambda: update(torch.optim.SGD),
          "sgd-momentum": lambda: update(torch.optim.SGD, momentum=0.9),
          "adam": lambda: update(torch.optim.Adam),
      }[name]()

  def expression(type, rows, columns, mode, *code):
      rows, columns, dtype = int(rows), int(columns), getattr(torch, type)
      leaves = [torch.rand(*shape, dtype=dtype) + 0.1
                for shape in ((rows, columns), (rows, columns), (columns,), (columns, columns))]
      x, y, v, w = leaves
      mask = x > 0.6
      names = {
          "torch": torch, "F": torch.nn.functional, "rows": rows, "columns": columns, "dtype": dtype,
          "x": x, "y": y, "v": v, "w": w, "mask": mask,
          "index": torch.randint(rows, (rows,)), "places": torch.randint(columns, (rows, 4)),
          "classes": torch.randint(columns, (rows,)), "targets": torch.rand(rows, columns, dtype=dtype),
      }
      run = eval("lambda: " + " ".join(code), names)
      if mode == "forward":
          return run
      for leaf in leaves:
          leaf.requires_grad_()
      gradient = torch.ones_like(run())
      def step():
          for leaf in leaves:
              leaf.grad = None
          run().backward(gradient)
      return step

  def step(batch, width, depth, name):
      batch, width, depth = int(batch), int(width), int(depth)
      torch.manual_seed(0)
      x, y = torch.randn(batch, width), torch.randn(batch, width)
      layers = [torch.nn.Linear(width, width)]
      for _ in range(depth - 1):
          layers += [torch.nn.ReLU(), torch.nn.Linear(width, width)]
      model, loss_fn = torch.nn.Sequential(*layers), torch.nn.MSELoss()
      optimizer = (torch.optim.Adam if name == "adam" else torch.optim.SGD)(model.parameters(), lr=1e-4)
      def step():
          loss = loss_fn(model(x), y)
          optimizer.zero_grad()
          loss.backward()
          optimizer.step()
          return loss.item()
      return step

  print("Python %s, NumPy %s, PyTorch %s, %d threads%s" % (
      sys.version.split()[0], np.__version__, torch.__version__, torch.get_num_threads(),
      "; of replays, JAX %s, compiled" % importlib.metadata.version("jax") if has_jax else ""))
  clock = time.process_time if torch.get_num_threads() == 1 else time.perf_counter
  for line in sys.stdin:
      repetitions, kind, *arguments = line.split()
      repetitions = int(repetitions)
      run = {"loop": loop, "compiled": compiled, "product": product, "operation": operation,
             "expression": expression, "step": step}[kind](*arguments)
      run()
      start = clock()
      for _ in range(repetitions):
          run()
      print((clock() - start) / repetitions)
      del run
  """#
