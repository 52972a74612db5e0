import Tensors
import WorkbookArrays

/// The settings that Adam and AdamW have in common.
protocol AdamGroup: ParameterGroup {
  var betas: (Double, Double) { get }
  var eps: Double { get }
  var weightDecay: Double { get }
  var amsgrad: Bool { get }
}

extension AdamGroup {
  /// Traps if there are no parameters, or if a setting is out of bounds.
  func requireSettings(_ name: String) {
    requireLearnable(parameters, name)
    requireSetting(lr >= 0, name, "lr", lr)
    requireSetting(0 <= betas.0 && betas.0 < 1, name, "betas.0", betas.0)
    requireSetting(0 <= betas.1 && betas.1 < 1, name, "betas.1", betas.1)
    requireSetting(eps >= 0, name, "eps", eps)
    requireSetting(weightDecay >= 0, name, "weightDecay", weightDecay)
  }
}

/// What Adam and AdamW keep of a parameter from step to step.
struct AdamState {
  var t = 0
  let m: Tensor
  let v: Tensor
  let maximum: Tensor?
}

/// Adam or AdamW.
protocol AdamOptimizer: GroupedOptimizer where Group: AdamGroup {
  var states: [AdamState?] { get set }
}

extension AdamOptimizer {
  /// The update rule of Adam, or with decoupled weight decay of AdamW.
  func step(_ name: String, isDecoupled: Bool) {
    improveEach { [self] i, parameter, gradient, group in
      let (lr, betas, weightDecay) = (group.lr, group.betas, group.weightDecay)
      var state =
        states[i]
        ?? AdamState(
          m: .zerosLike(parameter), v: .zerosLike(parameter),
          maximum: group.amsgrad ? .zerosLike(parameter) : nil)
      state.t += 1
      states[i] = state
      // Everything in double, rounded once; 1 − 0.999 in float32 would be off by 1e-5 already.
      let settings = KernelAdam(
        step_size: lr / (1 - pow(betas.0, Double(state.t))), share1: 1 - betas.0, beta2: betas.1,
        share2: 1 - betas.1, epsilon: group.eps,
        root_correction: (1 - pow(betas.1, Double(state.t))).squareRoot(),
        weight_decay: isDecoupled ? 0 : weightDecay, shrink: isDecoupled ? 1 - lr * weightDecay : 1)
      parameter.update(name, gradient, state.m, state.v, state.maximum) {
        table, count, w, g, m, v, maximum in
        table.adam(settings, count, w, g, m!, v!, maximum)
      }
    }
  }
}
