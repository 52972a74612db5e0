import WorkbookArrays

// What is computed of sums and products, over all elements or along dimensions. Without dimensions
// all elements are meant; negative ones count from the end; dimensions go, or stay with size 1 if
// `keepDim` is true.
extension Tensor {
  /// The variance around the mean, divided by the count less `correction`, as PyTorch's is by one
  /// less.
  ///
  /// Traps if there is no such dimension.
  ///
  /// ```swift
  /// let x: Tensor = [[1, 2, 3], [2, 4, 6]]
  /// print(x.var(dim: 1), x.var(dim: 1, correction: 0))
  /// ```
  /// ```output
  /// tensor([1., 4.]) tensor([0.6667, 2.6667])
  /// ```
  public func `var`(dim: Int..., correction: Int = 1, keepDim: Bool = false) -> Tensor {
    spread("var", dim, correction, keepDim) { variance in (variance, nil) }
  }

  /// The standard deviation, the square root of the variance; its gradient where it is 0 is 0.
  ///
  /// Traps if there is no such dimension.
  ///
  /// ```swift
  /// let x: Tensor = [[1, 2, 3], [2, 4, 6]]
  /// print(x.std(dim: 1), x.std())
  /// ```
  /// ```output
  /// tensor([1., 2.]) tensor(1.7889)
  /// ```
  public func std(dim: Int..., correction: Int = 1, keepDim: Bool = false) -> Tensor {
    spread("std", dim, correction, keepDim) { variance in
      let root = variance.map(.squareRoot, "std")
      return (root, root)
    }
  }

  /// What `finish` makes of the variance, and the root that divides its gradient.
  private func spread(
    _ name: String, _ dim: [Int], _ correction: Int, _ keepDim: Bool,
    _ finish: (Values) -> (result: Values, root: Values?)
  ) -> Tensor {
    requireFloatingPoint(name)
    let dims = dimensions(dim, name)
    let count = Double(dims.reduce(1) { $0 * shape[$1] })
    let divisor = Swift.max(0, count - Double(correction))
    let difference = values - values.reduced(.sum, dims, name) / count
    let variance = difference.map(.square, name).reduced(.sum, dims, name) / divisor
    let (result, root) = finish(variance)
    return Tensor(
      keepDim ? result : result.squeezed(dims), name,
      // The variance itself is not saved, so that it may be changed in place.
      Edge(self, saving: difference, root ?? difference) { g, difference, saved in
        var g = keepDim ? g : g.unsqueezed(dims)
        if root != nil { g = g.divided(by: saved * 2, name) }
        return difference * (g * (2 / divisor))
      })
  }

  /// The norm (Σ|x|ᵖ)¹ᐟᵖ of the elements, the Euclidean one at first; its gradient at 0 is 0.
  ///
  /// That of infinity is the largest |x|, that of -infinity the smallest, that of 0 how many are not 0.
  /// Traps if there is no such dimension.
  ///
  /// ```swift
  /// let x: Tensor = [[3, 4], [6, -8]]
  /// print(x.norm(), x.norm(dim: 1), x.norm(1), x.norm(.infinity))
  /// ```
  /// ```output
  /// tensor(11.1803) tensor([ 5., 10.]) tensor(21.) tensor(8.)
  /// ```
  public func norm(_ p: some Number = 2, dim: Int..., keepDim: Bool = false) -> Tensor {
    requireFloatingPoint("norm")
    let (p, dims) = (p._double, dimensions(dim, "norm"))
    switch p {
    case 0:
      let others = Values.compare(.notEqual, values, Values(0, [], dtype), "norm")
      return Tensor(
        others.converted(to: dtype), "norm", Edge(self) { Values(0, $0.shape, $0.dtype) }
      ).sum(dim: dim, keepDim: keepDim)
    case 1: return abs().sum(dim: dim, keepDim: keepDim)
    case .infinity: return abs().amax(dim: dim, keepDim: keepDim)
    case -.infinity: return abs().amin(dim: dim, keepDim: keepDim)
    default: break
    }
    let powers = p == 2 ? values.map(.square, "norm") : values.map(.absolute, "norm").power(p)
    let result = powers.reduced(.sum, dims, "norm").power(1 / p)
    return Tensor(
      keepDim ? result : result.squeezed(dims), "norm",
      Edge(self, saving: values, result) { g, x, result in
        let g = keepDim ? g : g.unsqueezed(dims)
        if p == 2 { return x * g.divided(by: result, "norm") }
        // x |x|^(p - 2) / norm^(p - 1), where either divisor may be 0.
        let slope = x.divided(by: x.map(.absolute, "norm").power(2 - p), "norm")
        return slope * g.divided(by: result.power(p - 1), "norm")
      })
  }

  /// The product of the elements.
  ///
  /// ```swift
  /// let x: Tensor = [[1, 2], [3, 4]]
  /// print(x.prod(), x.prod(dim: 0))
  /// ```
  /// ```output
  /// tensor(24.) tensor([3., 8.])
  /// ```
  public func prod() -> Tensor { reshape(-1).prod(dim: 0) }

  /// The products along a dimension.
  ///
  /// Traps if there is no such dimension.
  public func prod(dim: Int, keepDim: Bool = false) -> Tensor {
    let dims = dimensions([dim], "prod")
    let result = values.reduced(.product, dims, "prod")
    return Tensor(
      keepDim ? result : result.squeezed(dims), "prod",
      Edge(self, saving: values, result) { g, x, result in
        let g = keepDim ? g : g.unsqueezed(dims)
        guard let d = dims.first else { return g }
        Capture.refuseRead("prod")
        return g
          * (Values.compare(.equal, x, Values(0, [], x.dtype), "prod").trueCount == 0
            ? result / x : x.productsOfOthers(d))
      })
  }

  /// The larger of two elements, NaN where either is; shapes broadcast.
  ///
  /// Equal ones share the gradient evenly.
  /// Traps if the shapes do not broadcast, or if the types of the elements differ.
  ///
  /// ```swift
  /// print(Tensor([1, 5, 3]).maximum([4, 2, 3]))
  /// ```
  /// ```output
  /// tensor([4., 5., 3.])
  /// ```
  public func maximum(_ other: Tensor) -> Tensor { larger(.maximum, .greater, other, "maximum") }

  /// The larger of each element and a number.
  public func maximum(_ other: some Number) -> Tensor {
    let (x, other) = beside(other)
    return x.maximum(other)
  }

  /// The smaller of two elements, NaN where either is; shapes broadcast.
  ///
  /// Equal ones share the gradient evenly.
  /// Traps if the shapes do not broadcast, or if the types of the elements differ.
  ///
  /// ```swift
  /// print(Tensor([1, 5, 3]).minimum([4, 2, 3]))
  /// ```
  /// ```output
  /// tensor([1., 2., 3.])
  /// ```
  public func minimum(_ other: Tensor) -> Tensor { larger(.minimum, .less, other, "minimum") }

  /// The smaller of each element and a number.
  public func minimum(_ other: some Number) -> Tensor {
    let (x, other) = beside(other)
    return x.minimum(other)
  }

  private func larger(
    _ kernel: KernelBinary, _ wins: KernelComparison, _ other: Tensor, _ name: String
  ) -> Tensor {
    func share(_ g: Values, _ own: Values, _ other: Values) -> Values {
      let loses = Values.compare(wins, other, own, name)
      let isEqual = Values.compare(.equal, own, other, name)
      return loses.select(Values(0, [], g.dtype), isEqual.select(g / 2, g))
    }
    return Tensor(
      Values.binary(kernel, values, other.values, name), name,
      Edge(self, saving: values, other.values) { share($0, $1, $2) },
      Edge(other, saving: other.values, values) { share($0, $1, $2) })
  }
}

extension Values {
  /// These values, a gradient, by a divisor, and 0 where that is 0.
  fileprivate func divided(by divisor: Values, _ operation: String) -> Values {
    let zero = Values(0, [], dtype)
    return Values.compare(.equal, divisor, zero, operation).select(zero, self / divisor)
  }

  /// For each element along a dimension, the product of the others there.
  fileprivate func productsOfOthers(_ dim: Int) -> Values {
    let parts = (0..<shape[dim]).map { slice(dim, $0..<$0 + 1) }
    var (before, result) = (parts.map { _ in self }, Values(shape, dtype))
    var product = Values(filled: 1, parts[0].shape, dtype)
    for (i, part) in parts.enumerated() {
      before[i] = product
      product = product * part
    }
    product = Values(filled: 1, parts[0].shape, dtype)
    for (i, part) in parts.enumerated().reversed() {
      result.slice(dim, i..<i + 1).assign(before[i] * product)
      product = product * part
    }
    return result
  }
}
