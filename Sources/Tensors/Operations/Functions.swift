import Kernels

// Functions of each element.
extension Tensor {
  /// Each element to a power.
  public func pow(_ exponent: Double) -> Tensor {
    if exponent == 2 {
      return Tensor(
        values.map(.square, "pow"), "pow", Edge(self, saving: values) { g, x in g * 2 * x })
    }
    return Tensor(
      Values.binary(.power, values, exponent, "pow"), "pow",
      Edge(self, saving: values) { g, x in
        if exponent == 0 { return g * 0 }
        let power = Values.binary(.power, x, exponent - 1, "pow")
        return g * (power * exponent)
      })
  }

  /// Each element to the power of the other tensor's; shapes broadcast.
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
        // 0 to any power is 0 nearby, although its logarithm is infinite.
        let zero = Values(0, [], x.dtype)
        let slope = result * x.map(.log, "pow")
        return g * Values.compare(.equal, x, zero, "pow").select(zero, slope)
      })
  }

  /// A number to the power of each element.
  public static func pow(_ base: Double, _ exponent: Tensor) -> Tensor {
    Tensor(Values(base, [], exponent.dtype)).pow(exponent)
  }

  /// e to the power of each element.
  public func exp() -> Tensor {
    let result = values.map(.exp, "exp")
    return Tensor(result, "exp", Edge(self, saving: result) { g, result in g * result })
  }

  /// The natural logarithm of each element.
  public func log() -> Tensor {
    Tensor(values.map(.log, "log"), "log", Edge(self, saving: values) { g, x in g / x })
  }

  /// The square root of each element.
  public func sqrt() -> Tensor {
    let result = values.map(.squareRoot, "sqrt")
    return Tensor(result, "sqrt", Edge(self, saving: result) { g, result in g / (result * 2) })
  }

  /// The absolute value of each element; its gradient at 0 is 0.
  public func abs() -> Tensor {
    Tensor(
      values.map(.absolute, "abs"), "abs",
      Edge(self, saving: values) { g, x in g * x.map(.sign, "abs") })
  }

  /// The sine of each element.
  public func sin() -> Tensor {
    Tensor(
      values.map(.sin, "sin"), "sin", Edge(self, saving: values) { g, x in g * x.map(.cos, "sin") })
  }

  /// The cosine of each element.
  public func cos() -> Tensor {
    Tensor(
      values.map(.cos, "cos"), "cos",
      Edge(self, saving: values) { g, x in -(g * x.map(.sin, "cos")) })
  }

  /// The hyperbolic tangent of each element.
  public func tanh() -> Tensor {
    let result = values.map(.tanh, "tanh")
    return Tensor(
      result, "tanh",
      Edge(self, saving: result) { g, y in Values.binary(.tanhGradient, g, y, "tanh") })
  }

  /// The logistic function 1 / (1 + e⁻ˣ) of each element.
  public func sigmoid() -> Tensor {
    let result = values.map(.sigmoid, "sigmoid")
    return Tensor(
      result, "sigmoid",
      Edge(self, saving: result) { g, y in Values.binary(.sigmoidGradient, g, y, "sigmoid") })
  }

  /// Each element, or 0 where it is negative; the gradient at 0 is 0.
  public func relu() -> Tensor {
    let result = values.map(.relu, "relu")
    return Tensor(
      result, "relu",
      Edge(self, saving: result) { g, y in Values.binary(.reluGradient, g, y, "relu") })
  }

  /// Each element, limited to the given bounds; the gradient at a bound is 1.
  public func clamp(min low: Double = -.infinity, max high: Double = .infinity) -> Tensor {
    Tensor(
      values.clamped(low, high), "clamp",
      Edge(self, saving: values) { g, x in g.masked(where: x, within: low, high) })
  }

  /// An independent copy, through which gradients flow back.
  public func clone() -> Tensor { Tensor(values.copy(), "clone", Edge(self) { $0 }) }

  /// The elements as another type; this tensor itself if it has that type already.
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
