import WorkbookArrays

extension Step {
  /// Steps that do the same with fewer passes over memory: `w -= rate * g`, the update of a weight, is
  /// one kernel, if nothing else reads the product.
  ///
  /// That rounds as the two kernels do, so the numbers are the same, bit for bit.
  static func fused(_ steps: [Step], isOwn: (Storage) -> Bool) -> [Step] {
    var (result, i) = ([Step](), 0)
    while i < steps.count {
      let product = steps[i].target
      if i + 1 < steps.count, isOwn(product.storage), let both = update(steps[i], steps[i + 1]),
        !steps[(i + 2)...].contains(where: { $0.uses(product) })
      {
        result.append(both)
        i += 2
      } else {
        result.append(steps[i])
        i += 1
      }
    }
    return result
  }

  private func uses(_ values: Values) -> Bool {
    ([target] + sources).contains { $0.storage === values.storage }
  }

  /// Both steps as one, if the first scales what the second subtracts.
  private static func update(_ first: Step, _ second: Step) -> Step? {
    guard case .scaled(let factor) = first.kind, second.kind == .subtracted else { return nil }
    let (product, w, gradient) = (first.target, second.target, first.sources[0])
    guard second.sources[1].isSame(as: product), gradient.storage !== product.storage,
      w.storage !== product.storage, w.storage !== gradient.storage || w.isSame(as: gradient)
    else { return nil }
    return Step(target: w, sources: [w, gradient], kind: .other) {
      w.subtract(gradient, scaledBy: factor)
    }
  }
}

extension Values {
  /// Whether these values are others, and contiguous.
  func isSame(as other: Values) -> Bool {
    storage === other.storage && offset == other.offset && isInStep(with: other)
  }

  /// Whether these values are of the shape and the type of others, and as contiguous as they are.
  func isInStep(with other: Values) -> Bool {
    dtype == other.dtype && dtype.isFloatingPoint && isContiguous && other.isContiguous
      && shape == other.shape
  }

  /// Subtracts others times a number, all of which are in step.
  fileprivate func subtract(_ x: Values, scaledBy factor: Double) {
    compute("-=", from: self, x) { kernels in
      let (subtract, size) = (kernels.table.subtract_scaled, kernels.size)
      inParallel(count, grain: elementwiseGrain) { range in
        let first = range.lowerBound * size
        subtract(range.count, factor, start + first, x.start + first, start + first)
      }
    }
  }
}
