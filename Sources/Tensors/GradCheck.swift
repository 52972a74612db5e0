import WorkbookArrays

/// What `gradcheck` found.
///
/// ```swift
/// let check = gradcheck({ $0.pow(2) }, [1, 2, 3])
/// print(check.passed, check.count)
/// ```
/// ```output
/// true 3
/// ```
public struct GradCheck: CustomStringConvertible, Sendable {
  /// Whether every gradient agrees with its central difference.
  public let passed: Bool
  /// The element that is furthest off, if the function has any gradient at all.
  public let worst: Worst?
  /// How many elements were compared.
  public let count: Int

  /// One element of one input, with both of its gradients.
  ///
  /// ```swift
  /// // `detach` hides half of x · x from `backward`.
  /// let worst = gradcheck({ $0 * $0.detach() }, [2, 3]).worst!
  /// let share = worst.backward / worst.difference
  /// print(worst.input, worst.place, (share * 1000).rounded() / 1000)
  /// ```
  /// ```output
  /// 0 [1] 0.5
  /// ```
  public struct Worst: Sendable {
    /// The number of the input.
    public let input: Int
    /// The place of the element, an index a dimension.
    public let place: [Int]
    /// The gradient that `backward` computed.
    public let backward: Double
    /// The gradient by central differences.
    public let difference: Double
  }

  /// Passed or failed, and the worst element.
  public var description: String {
    let verdict = "gradcheck \(passed ? "passed" : "failed"): \(count) gradients"
    guard let worst else { return verdict }
    return verdict
      + "; worst at input \(worst.input) \(worst.place): backward \(worst.backward), "
      + "central difference \(worst.difference)"
  }
}

/// Compares the gradients that `backward` computes of a function with central differences
/// (f(x + ε) − f(x − ε)) / 2ε, element by element.
///
/// Everything is computed in float64, on copies of the inputs. A result of several elements is
/// weighted with fixed numbers before it is summed, so that errors do not cancel.
///
/// ```swift
/// let check = gradcheck({ a, b in a.mm(b).tanh() }, [[1, 2]], [[1], [-1]])
/// print(check.passed)
/// ```
/// ```output
/// true
/// ```
///
/// - Parameters:
///   - function: The function to check; it must give the same result for the same inputs.
///   - inputs: Where to check; floating-point inputs are varied, others passed as they are.
///   - eps: The step ε.
///   - atol: How far a gradient may be off.
///   - rtol: How far it may be off beyond that, relative to the difference.
/// - Complexity: two calls of `function` for every element of the inputs.
public func gradcheck(
  _ function: ([Tensor]) -> Tensor, _ inputs: [Tensor],
  eps: Double = 1e-6, atol: Double = 1e-5, rtol: Double = 1e-3
) -> GradCheck {
  let copies = inputs.map { input in
    input.dtype.isFloatingPoint
      ? Tensor(input.values.converted(to: .float64).copy(), requiresGrad: true) : input
  }
  func weighted() -> Tensor {
    let result = function(copies)
    let weights = Tensor(Values(result.shape, .float64))
    for i in 0..<weights.count { weights.values.setElement(i, 0.5 + Double((i * 7 + 3) % 11) / 11) }
    return (result * weights).sum()
  }
  let total = weighted()
  if total.requiresGrad { total.backward() }

  var (passed, count) = (true, 0)
  var worst: (excess: Double, GradCheck.Worst)?
  for (number, input) in copies.enumerated() where input.dtype == .float64 {
    let gradient = input.grad?.toArray()
    let strides = Layout.rowMajorStrides(input.shape)
    for i in 0..<input.count {
      func value(at x: Double) -> Double {
        let original = input.values.element(i)
        defer { input.values.setElement(i, original) }
        input.values.setElement(i, original + x)
        return noGrad { weighted().item() }
      }
      let difference = (value(at: eps) - value(at: -eps)) / (2 * eps)
      let backward = gradient?[i] ?? 0
      // Written so that NaN fails.
      let error = abs(backward - difference)
      let agrees = error <= atol + rtol * abs(difference)
      let excess = error.isNaN ? .infinity : error - rtol * abs(difference)
      passed = passed && agrees
      count += 1
      if worst == nil || excess > worst!.excess {
        let place = input.shape.indices.map { i / strides[$0] % input.shape[$0] }
        worst = (
          excess, .init(input: number, place: place, backward: backward, difference: difference)
        )
      }
    }
  }
  return GradCheck(passed: passed, worst: worst?.1, count: count)
}

/// Compares the gradients of a function of one tensor with central differences.
public func gradcheck(
  _ function: (Tensor) -> Tensor, _ input: Tensor,
  eps: Double = 1e-6, atol: Double = 1e-5, rtol: Double = 1e-3
) -> GradCheck {
  gradcheck({ function($0[0]) }, [input], eps: eps, atol: atol, rtol: rtol)
}

/// Compares the gradients of a function of two tensors with central differences.
public func gradcheck(
  _ function: (Tensor, Tensor) -> Tensor, _ first: Tensor, _ second: Tensor,
  eps: Double = 1e-6, atol: Double = 1e-5, rtol: Double = 1e-3
) -> GradCheck {
  gradcheck({ function($0[0], $0[1]) }, [first, second], eps: eps, atol: atol, rtol: rtol)
}
