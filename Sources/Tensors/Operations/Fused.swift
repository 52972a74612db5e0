import WorkbookArrays

// What NN and Optim compute in one pass.
extension Tensor {
  /// The sum of the squared differences from a tensor of the same shape, a scalar.
  package func squaredDistance(_ other: Tensor) -> Tensor {
    Tensor(
      Values.squaredDistance(values, other.values), "mse",
      Edge(self, saving: values, other.values) { g, a, b in
        Values.scaledDifference(g * 2, a, b)
      },
      Edge(other, saving: values, other.values) { g, a, b in
        Values.scaledDifference(g * 2, b, a)
      })
  }

  /// The cross entropies between probabilities and the logistic function of these elements, without
  /// its overflow and cancellation; shapes are the same.
  package func binaryCrossEntropy(_ target: Tensor) -> Tensor {
    let (x, y) = (values, target.values)
    // Added up so that infinite scores have PyTorch's losses.
    let result =
      Values.binary(.subtract, 1, y, "BCEWithLogitsLoss") * x - x.clamped(-.infinity, 0)
      + x.map(.softplusTail, "BCEWithLogitsLoss")
    return Tensor(
      result, "bceWithLogits",
      Edge(self, saving: x, y) { g, x, y in g * (x.map(.sigmoid, "BCEWithLogitsLoss") - y) },
      Edge(target, saving: x) { g, x in -(g * x) })
  }

  /// Each element, or a slope times it where it is not positive.
  package func leakyRelu(_ slope: Double) -> Tensor { activated(.leakyRelu, slope, "leakyRelu") }

  /// Each element times the probability that a standard normal number is smaller.
  package func gelu() -> Tensor { activated(.gelu, 0, "gelu") }

  private func activated(_ op: KernelActivation, _ number: Double, _ name: String) -> Tensor {
    Tensor(
      values.activated(op, number, name), name,
      Edge(self, saving: values) { g, x in g.activationGradient(op, number, x, name) })
  }

  /// The absolute differences from a tensor of the same shape.
  package func absoluteLoss(_ target: Tensor) -> Tensor { loss(.absolute, 0, target, "L1Loss") }

  /// Half the squared differences from a tensor of the same shape up to `delta`, and straight lines
  /// from there on.
  package func huberLoss(_ target: Tensor, _ delta: Double) -> Tensor {
    loss(.huber, delta, target, "HuberLoss")
  }

  private func loss(_ op: KernelLoss, _ number: Double, _ target: Tensor, _ name: String) -> Tensor
  {
    Tensor(
      Values.loss(op, number, values, target.values, name), name,
      Edge(self, saving: values, target.values) { g, x, y in
        g.lossGradient(op, number, x, y, name)
      },
      Edge(target, saving: target.values, values) { g, y, x in
        g.lossGradient(op, number, y, x, name)
      })
  }

  /// Each sample, of the shape of the weights, less its mean and divided by its deviation, times
  /// weights, plus biases.
  package func layerNorm(_ weight: Tensor, _ bias: Tensor, _ epsilon: Double) -> Tensor {
    let (saved, shape) = (Saved(weight.values), weight.shape)
    return Tensor(
      values.layerNorm(weight.values, bias.values, epsilon), "layerNorm",
      [
        Edge(self, saving: values) { g, x in
          g.layerNormGradient(x, saved.unpacked(for: "layerNorm"), epsilon)
        },
        Edge(weight, saving: values) { g, x in g.layerNormParts(x, shape, epsilon) },
        Edge(bias) { $0 },
      ])
  }

  /// Has a graph that is being captured do what changes this tensor by its gradient, now and in each
  /// replay: what an optimizer's settings are then counts.
  package func recordUpdate(by gradient: Tensor, _ change: @escaping () -> Void) {
    values.record(gradient.values) { _, _ in change() }
  }

  /// Changes this tensor and state of its shape in place, in one pass over all elements, on as many
  /// threads as pay.
  ///
  /// A kernel is given a count and pointers to the elements from some place on: this tensor's, the
  /// gradient's and those of the states, null where there is none.
  package func update(
    _ operation: String, _ gradient: Tensor, _ a: Tensor? = nil, _ b: Tensor? = nil,
    _ c: Tensor? = nil, _ kernel: Kernel
  ) {
    guard isContiguous else {
      let flat = Tensor(values.copy())
      flat.update(operation, gradient, a, b, c, kernel)
      values.assign(flat.values)
      return values.storage.noteChange(by: operation)
    }
    let g = gradient.values.contiguous()
    let (a, b, c) = (a?.values, b?.values, c?.values)
    // All are of one shape, contiguous and kept alive.
    withExtendedLifetime((a?.storage, b?.storage, c?.storage)) {
      values.compute(operation, from: g) { kernels in
        inParallel(count, grain: 1 << 14) { range in
          let start = range.lowerBound * kernels.size
          kernel(
            kernels.table, range.count, values.start + start, g.start + start,
            a.map { $0.start + start }, b.map { $0.start + start }, c.map { $0.start + start })
        }
      }
    }
    values.storage.noteChange(by: operation)
  }

  /// A kernel that updates some elements: count, parameter, gradient and up to three states.
  package typealias Kernel = (
    KernelTable, Int, UnsafeMutableRawPointer, UnsafeRawPointer, UnsafeMutableRawPointer?,
    UnsafeMutableRawPointer?, UnsafeMutableRawPointer?
  ) -> Void
}
