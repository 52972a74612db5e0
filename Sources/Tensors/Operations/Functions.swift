import WorkbookArrays

// Functions of each element.
extension Tensor {
  /// Each element to a power.
  ///
  /// Integers stay integers with an `Int`, and are float32 with another number. Traps if integers are to
  /// have a negative `Int`.
  ///
  /// ```swift
  /// print(Tensor([-3, 0.5]).pow(2))
  /// print(Tensor([2, 3]).long().pow(4), Tensor([2, 3]).long().pow(-1.0))
  /// ```
  /// ```output
  /// tensor([9.0000, 0.2500])
  /// tensor([16, 81]) tensor([0.5000, 0.3333])
  /// ```
  public func pow(_ exponent: some Number) -> Tensor {
    if !dtype.isFloatingPoint {
      let (x, power) = beside(exponent)
      if x.dtype.isFloatingPoint { return x.pow(exponent._double) }
      require(
        exponent._double >= 0,
        "pow: integers have no integer power \(exponent); convert them with .to(.float32)")
      return x.pow(power)
    }
    let exponent = exponent._double
    if exponent == 2 {
      return Tensor(
        values.map(.square, "pow"), "pow", Edge(self, saving: values) { g, x in g * 2 * x })
    }
    return Tensor(
      values.power(exponent), "pow",
      Edge(self, saving: values) { g, x in
        if exponent == 0 { return Values(0, g.shape, g.dtype) }
        return g * (x.power(exponent - 1) * exponent)
      })
  }

  /// The square of each element.
  ///
  /// ```swift
  /// print(Tensor([-3, 0.5]).square())
  /// ```
  /// ```output
  /// tensor([9.0000, 0.2500])
  /// ```
  public func square() -> Tensor { pow(2) }

  /// Each element to the power of the other tensor's; shapes broadcast.
  ///
  /// Of integers with negative exponents, only 1 and -1 have a power other than 0. Traps if the shapes do
  /// not broadcast, or if the types of the elements differ.
  public func pow(_ exponent: Tensor) -> Tensor {
    let result = Values.binary(.power, values, exponent.values, "pow")
    return Tensor(
      result, "pow",
      Edge(self, saving: values, exponent.values) { g, x, p in
        let slope = p * Values.binary(.power, x, p - 1, "pow")
        let zero = Values(0, [], x.dtype)
        return g * Values.compare(.equal, p, zero, "pow").select(zero, slope)
      },
      Edge(exponent, saving: values, result) { g, x, result in
        let zero = Values(0, [], x.dtype)
        let slope = result * x.map(.log, "pow")
        // 0 to the power of 0 or more is 0 nearby, although its logarithm is infinite.
        let isFinite = Values.compare(.less, result, Values(.infinity, [], x.dtype), "pow")
        let isZero = Values.compare(.equal, x, zero, "pow")
        return g * isZero.select(isFinite.select(zero, slope), slope)
      })
  }

  /// A number to the power of each element.
  ///
  /// Of an `Int` and integers, an integer.
  public static func pow(_ base: some Number, _ exponent: Tensor) -> Tensor {
    let (exponent, base) = exponent.beside(base)
    return base.pow(exponent)
  }

  /// e to the power of each element.
  ///
  /// ```swift
  /// print(Tensor([0, 1, -1]).exp())
  /// ```
  /// ```output
  /// tensor([1.0000, 2.7183, 0.3679])
  /// ```
  public func exp() -> Tensor {
    let result = values.map(.exp, "exp")
    return Tensor(result, "exp", Edge(self, saving: result) { g, result in g * result })
  }

  /// The natural logarithm of each element.
  ///
  /// ```swift
  /// print(Tensor([1, 2, 10]).log())
  /// ```
  /// ```output
  /// tensor([0.0000, 0.6931, 2.3026])
  /// ```
  public func log() -> Tensor {
    Tensor(values.map(.log, "log"), "log", Edge(self, saving: values) { g, x in g / x })
  }

  /// The square root of each element.
  ///
  /// ```swift
  /// print(Tensor([4, 2]).sqrt())
  /// ```
  /// ```output
  /// tensor([2.0000, 1.4142])
  /// ```
  public func sqrt() -> Tensor {
    let result = values.map(.squareRoot, "sqrt")
    return Tensor(result, "sqrt", Edge(self, saving: result) { g, result in g / (result * 2) })
  }

  /// The absolute value of each element; its gradient at 0 is 0.
  ///
  /// ```swift
  /// print(Tensor([-3, 0.5]).abs())
  /// ```
  /// ```output
  /// tensor([3.0000, 0.5000])
  /// ```
  public func abs() -> Tensor {
    Tensor(
      values.map(.absolute, "abs"), "abs",
      Edge(self, saving: values) { g, x in Values.binary(.absoluteGradient, g, x, "abs") })
  }

  /// The sign of each element: 1, -1 or 0; its gradient is 0.
  ///
  /// ```swift
  /// print(Tensor([-3, 0, 0.5]).sign())
  /// ```
  /// ```output
  /// tensor([-1.,  0.,  1.])
  /// ```
  public func sign() -> Tensor {
    if dtype == .int64 { return clamp(min: -1, max: 1) }
    if dtype == .bool { return clone() }
    let ones = Values(1, shape, dtype)
    return Tensor(
      Values.binary(.absoluteGradient, ones, values, "sign"), "sign",
      Edge(self) { Values(0, $0.shape, $0.dtype) })
  }

  /// The sine of each element.
  ///
  /// ```swift
  /// print(Tensor([0, 1, 2]).sin())
  /// ```
  /// ```output
  /// tensor([0.0000, 0.8415, 0.9093])
  /// ```
  public func sin() -> Tensor {
    Tensor(
      values.map(.sin, "sin"), "sin", Edge(self, saving: values) { g, x in g * x.map(.cos, "sin") })
  }

  /// The cosine of each element.
  ///
  /// ```swift
  /// print(Tensor([0, 1, 2]).cos())
  /// ```
  /// ```output
  /// tensor([ 1.0000,  0.5403, -0.4161])
  /// ```
  public func cos() -> Tensor {
    Tensor(
      values.map(.cos, "cos"), "cos",
      Edge(self, saving: values) { g, x in -(g * x.map(.sin, "cos")) })
  }

  /// The hyperbolic tangent of each element.
  ///
  /// ```swift
  /// print(Tensor([-100, -1, 0, 1, 100]).tanh())
  /// ```
  /// ```output
  /// tensor([-1.0000, -0.7616,  0.0000,  0.7616,  1.0000])
  /// ```
  public func tanh() -> Tensor {
    let result = values.map(.tanh, "tanh")
    return Tensor(
      result, "tanh",
      Edge(self, saving: result) { g, y in Values.binary(.tanhGradient, g, y, "tanh") })
  }

  /// The error function 2/√π ∫₀ˣ e⁻ᵗ² dt of each element.
  ///
  /// ```swift
  /// print(Tensor([-1, 0, 2]).erf())
  /// ```
  /// ```output
  /// tensor([-0.8427,  0.0000,  0.9953])
  /// ```
  public func erf() -> Tensor {
    Tensor(
      values.map(.erf, "erf"), "erf",
      Edge(self, saving: values) { g, x in
        g * ((-x.map(.square, "erf")).map(.exp, "erf") * (2 / Double.pi.squareRoot()))
      })
  }

  /// The logistic function 1 / (1 + e⁻ˣ) of each element.
  ///
  /// ```swift
  /// print(Tensor([-2, 0, 2]).sigmoid())
  /// ```
  /// ```output
  /// tensor([0.1192, 0.5000, 0.8808])
  /// ```
  public func sigmoid() -> Tensor {
    let result = values.map(.sigmoid, "sigmoid")
    return Tensor(
      result, "sigmoid",
      Edge(self, saving: result) { g, y in Values.binary(.sigmoidGradient, g, y, "sigmoid") })
  }

  /// Each element, or 0 where it is negative; the gradient at 0 is 0.
  ///
  /// ```swift
  /// let x = Tensor([-1, 0, 2], requiresGrad: true)
  /// print(x.relu())
  /// x.relu().sum().backward()
  /// print(x.grad!)
  /// ```
  /// ```output
  /// tensor([0., 0., 2.], gradFn: relu)
  /// tensor([0., 0., 1.])
  /// ```
  public func relu() -> Tensor {
    let result = values.map(.relu, "relu")
    return Tensor(
      result, "relu",
      Edge(self, saving: result) { g, y in Values.binary(.reluGradient, g, y, "relu") })
  }

  /// Each element, limited to the given bounds; the gradient at a bound is 1.
  ///
  /// So it is in PyTorch 2.13; in 2.15 it is 0.
  /// Integers stay integers between whole bounds, and are float32 beside others.
  ///
  /// ```swift
  /// let x = Tensor([-1, 0, 2], requiresGrad: true)
  /// print(x.clamp(min: 0))
  /// x.clamp(min: 0).sum().backward()
  /// print(x.grad!)
  /// ```
  /// ```output
  /// tensor([0., 0., 2.], gradFn: clamp)
  /// tensor([0., 1., 1.])
  /// ```
  public func clamp(
    min low: some Number = -Double.infinity, max high: some Number = Double.infinity
  ) -> Tensor {
    if !dtype.isFloatingPoint {
      let raised = low._double == -.infinity ? clone() : maximum(low)
      return high._double == .infinity ? raised : raised.minimum(high)
    }
    let (low, high) = (low._double, high._double)
    let isNaN = low.isNaN || high.isNaN
    return Tensor(
      isNaN ? Values(filled: .nan, shape, dtype) : values.clamped(low, high), "clamp",
      Edge(self, saving: values) { g, x in g.masked(where: x, within: low, high) })
  }

  /// An independent copy, through which gradients flow back.
  ///
  /// ```swift
  /// let x: Tensor = [1, 2]
  /// let y = x.clone()
  /// y[0] = 10
  /// print(x, y)
  /// ```
  /// ```output
  /// tensor([1., 2.]) tensor([10.,  2.])
  /// ```
  public func clone() -> Tensor { Tensor(values.copy(), "clone", Edge(self) { $0 }) }

  /// The elements as another type; this tensor itself if it has that type already.
  ///
  /// ```swift
  /// print(Tensor([0.1]).to(.float64).item())
  /// ```
  /// ```output
  /// 0.10000000149011612
  /// ```
  public func to(_ type: DType) -> Tensor {
    if type == dtype { return self }
    let original = dtype
    return Tensor(
      values.converted(to: type), "to",
      type.isFloatingPoint ? Edge(self) { $0.converted(to: original) } : nil)
  }

  /// This tensor: there is one device.
  public func to(_ device: Device) -> Tensor { self }
}
