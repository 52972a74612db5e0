import WorkbookArrays

// What a layer or a loss computes in one pass, and its gradient.
extension Values {
  /// An activation of each element, given a number.
  func activated(_ op: KernelActivation, _ number: Double, _ operation: String) -> Values {
    let x = contiguous()
    let result = Values(like: x)
    result.activate(op, number, x, operation)
    return result
  }

  private func activate(
    _ op: KernelActivation, _ number: Double, _ x: Values, _ operation: String
  ) {
    if Capture.isOn { return record(x) { $0.activate(op, number, $1, operation) } }
    compute(operation, from: x) { kernels in
      let (activation, size) = (kernels.table.activation, kernels.size)
      inParallel(count, grain: elementwiseGrain) { range in
        let first = range.lowerBound * size
        activation(op, range.count, x.start + first, number, start + first)
      }
    }
  }

  /// The gradient of an activation of `x`, given that of its result.
  func activationGradient(
    _ op: KernelActivation, _ number: Double, _ x: Values, _ operation: String
  ) -> Values {
    let x = x.contiguous()
    let result = Values(like: x)
    result.slope(op, number, isSingle ? single : contiguous(), x, operation)
    return result
  }

  private func slope(
    _ op: KernelActivation, _ number: Double, _ gradient: Values, _ x: Values, _ operation: String
  ) {
    if Capture.isOn {
      return record(gradient, x) { $0.slope(op, number, $1, $2, operation) }
    }
    compute(operation, from: gradient, x) { kernels in
      let (slope, size) = (kernels.table.activation_gradient, kernels.size)
      let step = gradient.count == count ? 1 : 0
      inParallel(count, grain: elementwiseGrain) { range in
        let first = range.lowerBound * size
        slope(
          op, range.count, gradient.start + first * step, step, x.start + first, number,
          start + first)
      }
    }
  }

  /// The loss of each element of `a` beside that of `b`, which is of its shape, given a number.
  static func loss(
    _ op: KernelLoss, _ number: Double, _ a: Values, _ b: Values, _ operation: String
  ) -> Values {
    let x = a.contiguous()
    let result = Values(like: x)
    result.compareLoss(op, number, x, b.contiguous(), operation)
    return result
  }

  private func compareLoss(
    _ op: KernelLoss, _ number: Double, _ a: Values, _ b: Values, _ operation: String
  ) {
    if Capture.isOn { return record(a, b) { $0.compareLoss(op, number, $1, $2, operation) } }
    compute(operation, from: a, b) { kernels in
      let (loss, size) = (kernels.table.loss, kernels.size)
      inParallel(count, grain: elementwiseGrain) { range in
        let first = range.lowerBound * size
        loss(op, range.count, a.start + first, b.start + first, number, start + first)
      }
    }
  }

  /// The gradient of a loss by `a`, given that of its result; by `b`, it is that with both exchanged.
  func lossGradient(
    _ op: KernelLoss, _ number: Double, _ a: Values, _ b: Values, _ operation: String
  ) -> Values {
    let x = a.contiguous()
    let result = Values(like: x)
    result.slope(op, number, isSingle ? single : contiguous(), x, b.contiguous(), operation)
    return result
  }

  private func slope(
    _ op: KernelLoss, _ number: Double, _ gradient: Values, _ a: Values, _ b: Values,
    _ operation: String
  ) {
    if Capture.isOn {
      return record(gradient, a, b) { $0.slope(op, number, $1, $2, $3, operation) }
    }
    if gradient.dtype != dtype { failOnMixing(operation, gradient.dtype, dtype) }
    withExtendedLifetime(gradient.storage) {
      compute(operation, from: a, b) { kernels in
        let (slope, size) = (kernels.table.loss_gradient, kernels.size)
        let step = gradient.count == count ? 1 : 0
        inParallel(count, grain: elementwiseGrain) { range in
          let first = range.lowerBound * size
          slope(
            op, range.count, gradient.start + first * step, step, a.start + first,
            b.start + first, number, start + first)
        }
      }
    }
  }
}

// What is computed of each row, the elements along the last dimension.
extension Values {
  /// The softmax along a dimension, or its logarithm.
  func softmax(_ dim: Int?, isLog: Bool, _ operation: String) -> Values {
    let x = exchanged(dim)
    let result = Values(like: x)
    result.normalize(x, isLog, operation)
    return result.exchanged(dim)
  }

  private func normalize(_ x: Values, _ isLog: Bool, _ operation: String) {
    if Capture.isOn { return record(x) { $0.normalize($1, isLog, operation) } }
    compute(operation, from: x) { kernels in
      let softmax = kernels.table.softmax
      eachRows(kernels, shape.last ?? 1) { rows, columns, offset in
        softmax(isLog, rows, columns, x.start + offset, start + offset)
      }
    }
  }

  /// The gradient of a softmax along a dimension, given that of its result and the result.
  func softmaxGradient(_ result: Values, _ dim: Int?, isLog: Bool, _ operation: String) -> Values {
    let (gradient, y) = (exchanged(dim), result.exchanged(dim))
    let slopes = Values(like: y)
    slopes.denormalize(gradient, y, isLog, operation)
    return slopes.exchanged(dim)
  }

  private func denormalize(_ gradient: Values, _ y: Values, _ isLog: Bool, _ operation: String) {
    if Capture.isOn { return record(gradient, y) { $0.denormalize($1, $2, isLog, operation) } }
    compute(operation, from: gradient, y) { kernels in
      let slopes = kernels.table.softmax_gradient
      eachRows(kernels, shape.last ?? 1) { rows, columns, offset in
        slopes(isLog, rows, columns, gradient.start + offset, y.start + offset, start + offset)
      }
    }
  }

  /// Each sample, of the shape of the weights, less its mean and divided by its deviation, times
  /// weights, plus biases.
  func layerNorm(_ weight: Values, _ bias: Values, _ epsilon: Double) -> Values {
    let x = contiguous()
    let result = Values(like: x)
    result.normalize(x, weight.contiguous(), bias.contiguous(), epsilon)
    return result
  }

  private func normalize(_ x: Values, _ weight: Values, _ bias: Values, _ epsilon: Double) {
    if Capture.isOn { return record(x, weight, bias) { $0.normalize($1, $2, $3, epsilon) } }
    if bias.dtype != dtype { failOnMixing("LayerNorm", bias.dtype, dtype) }
    withExtendedLifetime(bias.storage) {
      compute("LayerNorm", from: x, weight) { kernels in
        let norm = kernels.table.layer_norm
        eachRows(kernels, weight.count) { rows, columns, offset in
          norm(
            rows, columns, x.start + offset, weight.start, bias.start, epsilon, start + offset)
        }
      }
    }
  }

  /// The gradient of `layerNorm` by `x`, given that of its result.
  func layerNormGradient(_ x: Values, _ weight: Values, _ epsilon: Double) -> Values {
    let x = x.contiguous()
    let result = Values(like: x)
    result.denormalize(contiguous(), x, weight.contiguous(), epsilon)
    return result
  }

  private func denormalize(_ gradient: Values, _ x: Values, _ weight: Values, _ epsilon: Double) {
    if Capture.isOn {
      return record(gradient, x, weight) { $0.denormalize($1, $2, $3, epsilon) }
    }
    withExtendedLifetime(weight.storage) {
      compute("LayerNorm", from: gradient, x) { kernels in
        let slopes = kernels.table.layer_norm_gradient
        eachRows(kernels, weight.count) { rows, columns, offset in
          slopes(
            rows, columns, gradient.start + offset, x.start + offset, weight.start, epsilon,
            start + offset)
        }
      }
    }
  }

  /// What the gradient of `layerNorm` by the weights, of a shape, is the sum of: a part for each block
  /// of so many rows, whatever the number of threads.
  func layerNormParts(_ x: Values, _ shape: [Int], _ epsilon: Double) -> Values {
    let (x, columns) = (x.contiguous(), shape.reduce(1, *))
    let rows = columns == 0 ? 0 : count / columns
    let result = Values([(rows + Self.rowsOfPart - 1) / Self.rowsOfPart] + shape, dtype)
    result.addParts(contiguous(), x, rows, columns, epsilon)
    return result
  }

  private static let rowsOfPart = 64

  private func addParts(
    _ gradient: Values, _ x: Values, _ rows: Int, _ columns: Int, _ epsilon: Double
  ) {
    if Capture.isOn {
      return record(gradient, x) { $0.addParts($1, $2, rows, columns, epsilon) }
    }
    compute("LayerNorm", from: gradient, x) { kernels in
      let (sum, size) = (kernels.table.layer_norm_weight_gradient, kernels.size)
      inParallel(pieces: shape[0]) { part in
        let first = part * Self.rowsOfPart
        sum(
          min(Self.rowsOfPart, rows - first), columns, gradient.start + first * columns * size,
          x.start + first * columns * size, epsilon, start + part * columns * size)
      }
    }
  }

  /// Contiguous values, with a dimension and the last one exchanged.
  private func exchanged(_ dim: Int?) -> Values {
    guard let dim, dim != shape.count - 1 else { return contiguous() }
    return transposed(dim, shape.count - 1).contiguous()
  }

  /// Calls the body for some rows after the other, on as many threads as pay, with their offset in bytes.
  private func eachRows(
    _ kernels: Kernels, _ columns: Int, _ body: (_ rows: Int, _ columns: Int, _ offset: Int) -> Void
  ) {
    if count == 0 { return }
    inParallel(count / columns, grain: max(1, elementwiseGrain / 4 / columns)) { range in
      body(range.count, columns, range.lowerBound * columns * kernels.size)
    }
  }
}
