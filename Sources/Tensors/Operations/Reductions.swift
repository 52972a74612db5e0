import WorkbookArrays

extension Tensor {
  /// The sum of all elements, a scalar; of integers and truth values, int64.
  ///
  /// ```swift
  /// let x: Tensor = [[1, 2], [3, 4]]
  /// print(x.sum(), x.sum().shape, (x .> 1).sum())
  /// ```
  /// ```output
  /// tensor(10.) [] tensor(3)
  /// ```
  public func sum() -> Tensor {
    let original = shape
    return Tensor(values.total(), "sum", Edge(self) { $0.broadcast(to: original, "sum") })
  }

  /// The sums along dimensions, which go, or stay with size 1 if `keepDim` is true.
  ///
  /// Negative dimensions count from the end; none stand for all. Traps if there is no such dimension.
  ///
  /// ```swift
  /// let x: Tensor = [[1, 2], [3, 4]]
  /// print(x.sum(dim: 0), x.sum(dim: -1), x.sum(dim: 0, 1))
  /// print(x.sum(dim: 1, keepDim: true))
  /// ```
  /// ```output
  /// tensor([4., 6.]) tensor([3., 7.]) tensor(10.)
  /// tensor([[3.],
  ///         [7.]])
  /// ```
  public func sum(dim: Int..., keepDim: Bool = false) -> Tensor { sum(dim: dim, keepDim: keepDim) }

  /// The sums along dimensions, which go, or stay with size 1 if `keepDim` is true.
  public func sum(dim: [Int], keepDim: Bool = false) -> Tensor {
    let (dims, original) = (dimensions(dim, "sum"), shape)
    let result = values.reduced(.sum, dims, "sum")
    return Tensor(
      keepDim ? result : result.squeezed(dims), "sum",
      Edge(self) { (keepDim ? $0 : $0.unsqueezed(dims)).broadcast(to: original, "sum") })
  }

  /// The mean of all elements, a scalar; NaN if there are none.
  ///
  /// ```swift
  /// print(Tensor([[1, 2], [3, 4]]).mean())
  /// ```
  /// ```output
  /// tensor(2.5000)
  /// ```
  public func mean() -> Tensor {
    requireFloatingPoint("mean")
    return sum() / Double(count)
  }

  func requireFloatingPoint(_ operation: String) {
    if !dtype.isFloatingPoint { failOnIntegers(operation, dtype) }
  }

  /// The means along dimensions, which go, or stay with size 1 if `keepDim` is true.
  public func mean(dim: Int..., keepDim: Bool = false) -> Tensor {
    mean(dim: dim, keepDim: keepDim)
  }

  /// The means along dimensions, which go, or stay with size 1 if `keepDim` is true.
  public func mean(dim: [Int], keepDim: Bool = false) -> Tensor {
    requireFloatingPoint("mean")
    let length = dimensions(dim, "mean").reduce(1) { $0 * shape[$1] }
    return sum(dim: dim, keepDim: keepDim) / Double(length)
  }

  /// The largest element, a scalar; if several are, they share the gradient evenly.
  ///
  /// ```swift
  /// let x = Tensor([1, 5, 5], requiresGrad: true)
  /// x.max().backward()
  /// print(x.max(), x.grad!)
  /// ```
  /// ```output
  /// tensor(5., gradFn: max) tensor([0.0000, 0.5000, 0.5000])
  /// ```
  public func max() -> Tensor { extreme(.maximum, [], false, "max") }

  /// The smallest element, a scalar; if several are, they share the gradient evenly.
  ///
  /// ```swift
  /// print(Tensor([[1, 5], [7, 3]]).min())
  /// ```
  /// ```output
  /// tensor(1.)
  /// ```
  public func min() -> Tensor { extreme(.minimum, [], false, "min") }

  /// The largest elements along dimensions; equal ones share the gradient evenly.
  ///
  /// ```swift
  /// print(Tensor([[1, 5], [7, 3]]).amax(dim: 0))
  /// ```
  /// ```output
  /// tensor([7., 5.])
  /// ```
  public func amax(dim: Int..., keepDim: Bool = false) -> Tensor {
    amax(dim: dim, keepDim: keepDim)
  }

  /// The largest elements along dimensions; equal ones share the gradient evenly.
  public func amax(dim: [Int], keepDim: Bool = false) -> Tensor {
    extreme(.maximum, dim, keepDim, "amax")
  }

  /// The smallest elements along dimensions; equal ones share the gradient evenly.
  ///
  /// ```swift
  /// print(Tensor([[1, 5], [7, 3]]).amin(dim: 1, keepDim: true))
  /// ```
  /// ```output
  /// tensor([[1.],
  ///         [3.]])
  /// ```
  public func amin(dim: Int..., keepDim: Bool = false) -> Tensor {
    amin(dim: dim, keepDim: keepDim)
  }

  /// The smallest elements along dimensions; equal ones share the gradient evenly.
  public func amin(dim: [Int], keepDim: Bool = false) -> Tensor {
    extreme(.minimum, dim, keepDim, "amin")
  }

  /// The largest elements along a dimension and their places, int64; the first of equal ones.
  ///
  /// ```swift
  /// let (values, indices) = Tensor([[1, 5], [7, 3]]).max(dim: 1)
  /// print(values, indices)
  /// ```
  /// ```output
  /// tensor([5., 7.]) tensor([1, 0])
  /// ```
  public func max(dim: Int, keepDim: Bool = false) -> (values: Tensor, indices: Tensor) {
    chosen(1, dim, keepDim, "max")
  }

  /// The smallest elements along a dimension and their places, int64; the first of equal ones.
  public func min(dim: Int, keepDim: Bool = false) -> (values: Tensor, indices: Tensor) {
    chosen(-1, dim, keepDim, "min")
  }

  /// The place of the largest element in row-major order, an int64 scalar.
  ///
  /// ```swift
  /// print(Tensor([[1, 5], [7, 3]]).argmax())
  /// ```
  /// ```output
  /// tensor(2)
  /// ```
  public func argmax() -> Tensor { reshape(-1).argmax(dim: 0) }

  /// The place of the smallest element in row-major order, an int64 scalar.
  ///
  /// ```swift
  /// print(Tensor([[1, 5], [7, 3]]).argmin())
  /// ```
  /// ```output
  /// tensor(0)
  /// ```
  public func argmin() -> Tensor { reshape(-1).argmin(dim: 0) }

  /// The places of the largest elements along a dimension, int64.
  ///
  /// ```swift
  /// print(Tensor([[1, 5], [7, 3]]).argmax(dim: 1))
  /// ```
  /// ```output
  /// tensor([1, 0])
  /// ```
  public func argmax(dim: Int, keepDim: Bool = false) -> Tensor {
    chosen(1, dim, keepDim, "argmax").indices
  }

  /// The places of the smallest elements along a dimension, int64.
  public func argmin(dim: Int, keepDim: Bool = false) -> Tensor {
    chosen(-1, dim, keepDim, "argmin").indices
  }

  private func extreme(
    _ kernel: KernelReduction, _ dim: [Int], _ keepDim: Bool, _ operation: String
  ) -> Tensor {
    let dims = dimensions(dim, operation)
    let kept = values.reduced(kernel, dims, operation)
    return Tensor(
      keepDim ? kept : kept.squeezed(dims), operation,
      Edge(self, saving: values, kept) { g, x, kept in
        var mask = Values.compare(.equal, x, kept, operation).converted(to: x.dtype)
        // Without one NaN there is none, so what cannot be read while a graph is captured may be added.
        if dim.isEmpty, Capture.isOn || kept.single.element(0).isNaN {
          mask = mask + Values.compare(.notEqual, x, x, operation).converted(to: x.dtype)
        }
        let share = mask / mask.reduced(.sum, dims, operation)
        return share * g.reshaped(kept.shape)
      })
  }

  private func chosen(_ sign: Int32, _ dim: Int, _ keepDim: Bool, _ operation: String)
    -> (values: Tensor, indices: Tensor)
  {
    if ndim == 0, dim == 0 || dim == -1 {
      return (Tensor(values.copy(), operation, Edge(self) { $0 }), Tensor(0, dtype: .int64))
    }
    let d = dimension(dim, operation)
    let places = values.argExtreme(sign, d, operation)
    let (result, shape) = (values.gathered(d, places, operation), shape)
    return (
      Tensor(
        keepDim ? result : result.squeezed([d]), operation,
        Edge(self, saving: places) { g, places in
          g.reshaped(places.shape).scattered(d, places, into: shape)
        }),
      Tensor(keepDim ? places : places.squeezed([d]))
    )
  }
}
