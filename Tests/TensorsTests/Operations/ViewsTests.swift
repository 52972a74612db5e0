import Tensors
import Testing

struct ViewsTests {
  /// Whether a change of the result is seen in `x`.
  func isView(_ result: Tensor, of x: Tensor) -> Bool {
    let before = x.toArray()
    result += 1
    return x.toArray() != before
  }

  @Test func `reshaped is a view where strides allow`() {
    let x = Tensor.arange(24).reshape(2, 3, 4)
    #expect(isView(x[0..., 0..., 0].reshape(3, 2), of: x))
    #expect(isView(x[0..., 1].reshape(2, 2, 2), of: x))
    #expect(isView(x[0..., 1].reshape(2, 1, 4, 1), of: x))
    #expect(isView(x.transpose(0, 2).reshape(2, 2, 3, 2), of: x))
    #expect(!isView(x[0..., ..<2].reshape(16), of: x))
    #expect(!isView(x[0..., ..<2].reshape(4, 4), of: x))
    #expect(!isView(x.transpose(0, 1).reshape(24), of: x))
  }

  /// As PyTorch, where 0 and -1 stand for no dimension.
  @Test func `a scalar is squeezed along dimension 0 or -1`() {
    let x = Tensor(3, requiresGrad: true)
    for y in [x.squeeze(), x.squeeze(0), x.squeeze(-1)] {
      #expect(y.shape == [] && y.item() == 3)
      y.backward()
    }
    #expect(x.grad?.item() == 3 && Tensor.zeros(2, 1).squeeze(0).shape == [2, 1])
  }

  @Test func `the transpose of a vector is a view of it`() {
    let x: Tensor = [1, 2]
    #expect(x.t() !== x && isView(x.t(), of: x))
    let w = Tensor([1, 2], requiresGrad: true)
    (w.t() * 3).sum().backward()
    #expect(!w.t().isLeaf && w.grad?.toArray() == [3, 3])
  }

  @Test func `reshaped has the elements in order`() {
    let x = Tensor.arange(24).reshape(2, 3, 4)
    for view in [
      x, x.transpose(0, 2), x.transpose(1, 2), x[0..., 1...], x[0..., 0..., ..<2],
      x.unsqueeze(1).expand(2, 2, 3, 4), x[0..., 1].unsqueeze(1).expand(2, 3, 4), x[1..., ..<0],
    ] {
      let (elements, count) = (view.toArray(), view.count)
      for shape in [[-1], [count, 1], [1, count], view.shape + [1], view.shape.reversed()]
      where count > 0 || shape != [-1] {
        let reshaped = view.reshape(shape)
        #expect(
          reshaped.toArray() == elements && (reshaped * 2).sum().item() == view.sum().item() * 2)
      }
    }
  }

  @Test func `what is computed of an expanded tensor has its own elements`() {
    let x = Tensor(1).expand(3)
    for y in [x * 2, x + x, x.exp(), -x] {
      y[0] = 9
      #expect(y[0].item() == 9 && y[1].item() != 9)
    }
    #expect(x.toArray() == [1, 1, 1])
    let empty = Tensor.zeros(2, 0).unsqueeze(0).expand(3, 2, 0) * 2
    empty += 1
    #expect(empty.shape == [3, 2, 0])
  }

  @Test func `a view taken before a recorded change can be read in noGrad`() {
    let base = Tensor.zeros(3)
    let view: Tensor = base[0..<2]
    base[1] = Tensor(2, requiresGrad: true) * 2
    #expect(noGrad { view + 1 }.toArray() == [1, 5])
    noGrad { view += 1 }
    #expect(base.toArray() == [1, 5, 0])
  }

  @Test func `products by way of views are no views`() {
    let w = Tensor([[1, 2], [3, 4]], requiresGrad: true)
    let (v, b): (Tensor, Tensor) = ([1, 1], [1, 10])
    let results = [w.matmul(v), v.matmul(w), Tensor.ones(1, 2, 2).linear(w), v.linear(w)]
    for y in results {
      let before = y.toArray()
      y += b
      y *= 2
      #expect(y.toArray() == zip(before, [1, 10, 1, 10]).map { ($0 + $1) * 2 })
      w.grad = nil
      y.sum().backward()
      #expect(w.grad?.sum().item() == (before.count == 2 ? 8 : 16))
    }
    let dot = v.matmul(w[0])
    dot += 1
    #expect(dot.item() == 4)
  }
}
