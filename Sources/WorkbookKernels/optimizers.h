// The update rules of optimizers for `Scalar`.

// A product and a sum are rounded once where PyTorch adds a multiple.
#define FUSED(a, b, c) MATH(__builtin_fma)(a, b, c)

// One loop for each combination of settings and state that there may be: with the branches inside,
// none of the loops would be vectorised. Without decay, no multiple of a weight is added: that of
// an infinite one would be NaN.
#define SGD(decayed)                                                                               \
  if (!velocity) {                                                                                 \
    INDEPENDENT                                                                                    \
    for (long i = 0; i < count; i++) w[i] = FUSED(-rate, decayed, w[i]);                           \
  } else {                                                                                         \
    INDEPENDENT                                                                                    \
    for (long i = 0; i < count; i++) {                                                             \
      const Scalar g = decayed;                                                                    \
      const Scalar v = first ? g : FUSED(share, g, momentum * velocity[i]);                        \
      velocity[i] = v;                                                                             \
      w[i] = FUSED(-rate, nesterov ? FUSED(momentum, v, g) : v, w[i]);                             \
    }                                                                                              \
  }

CLONES static void NAME(sgd)(KernelSGD settings, long count, void *weights, const void *gradients,
                             void *velocities) {
  Scalar *w = weights, *velocity = velocities;
  const Scalar *gradient = gradients;
  const Scalar rate = (Scalar)settings.rate, weight_decay = (Scalar)settings.weight_decay,
               momentum = (Scalar)settings.momentum, share = (Scalar)settings.share;
  const bool first = settings.first, nesterov = settings.nesterov;
  if (weight_decay != 0) {
    SGD(FUSED(weight_decay, w[i], gradient[i]))
  } else {
    SGD(gradient[i])
  }
}

#define ADAM(decayed, second)                                                                      \
  INDEPENDENT                                                                                      \
  for (long i = 0; i < count; i++) {                                                               \
    const Scalar old = shrink * w[i];                                                              \
    const Scalar g = decayed;                                                                      \
    m[i] += share1 * (g - m[i]);                                                                   \
    v[i] = beta2 * v[i] + share2 * g * g;                                                          \
    w[i] =                                                                                         \
        old - step_size * m[i] / (__builtin_elementwise_sqrt(second) / root_correction + epsilon); \
  }
#define LARGEST(a) (a = a > v[i] ? a : v[i])

CLONES static void NAME(adam)(KernelAdam settings, long count, void *weights, const void *gradients,
                              void *means, void *variances, void *maxima) {
  Scalar *w = weights, *m = means, *v = variances, *maximum = maxima;
  const Scalar *gradient = gradients;
  const Scalar step_size = (Scalar)settings.step_size, share1 = (Scalar)settings.share1,
               beta2 = (Scalar)settings.beta2, share2 = (Scalar)settings.share2,
               epsilon = (Scalar)settings.epsilon,
               root_correction = (Scalar)settings.root_correction,
               weight_decay = (Scalar)settings.weight_decay, shrink = (Scalar)settings.shrink;
  if (maximum && weight_decay != 0) {
    ADAM(gradient[i] + weight_decay * old, LARGEST(maximum[i]))
  } else if (maximum) {
    ADAM(gradient[i], LARGEST(maximum[i]))
  } else if (weight_decay != 0) {
    ADAM(gradient[i] + weight_decay * old, v[i])
  } else {
    ADAM(gradient[i], v[i])
  }
}

#define RMSPROP(decayed, variance, step)                                                           \
  INDEPENDENT                                                                                      \
  for (long i = 0; i < count; i++) {                                                               \
    const Scalar g = decayed;                                                                      \
    const Scalar s = square[i] = alpha * square[i] + share * g * g;                                \
    const Scalar d = g / (__builtin_elementwise_sqrt(variance) + epsilon);                         \
    w[i] -= rate * (step);                                                                         \
  }
#define CENTERED(a) (a += share * (g - a), s - a * a)
#define MOVING(b) (b = momentum * b + d)
#define RMSPROPS(decayed)                                                                          \
  if (mean && velocity) {                                                                          \
    RMSPROP(decayed, CENTERED(mean[i]), MOVING(velocity[i]))                                       \
  } else if (mean) {                                                                               \
    RMSPROP(decayed, CENTERED(mean[i]), d)                                                         \
  } else if (velocity) {                                                                           \
    RMSPROP(decayed, s, MOVING(velocity[i]))                                                       \
  } else {                                                                                         \
    RMSPROP(decayed, s, d)                                                                         \
  }

CLONES static void NAME(rmsprop)(KernelRMSprop settings, long count, void *weights,
                                 const void *gradients, void *squares, void *means,
                                 void *velocities) {
  Scalar *w = weights, *square = squares, *mean = means, *velocity = velocities;
  const Scalar *gradient = gradients;
  const Scalar rate = (Scalar)settings.rate, alpha = (Scalar)settings.alpha,
               share = (Scalar)settings.share, epsilon = (Scalar)settings.epsilon,
               weight_decay = (Scalar)settings.weight_decay, momentum = (Scalar)settings.momentum;
  if (weight_decay != 0) {
    RMSPROPS(gradient[i] + weight_decay * w[i])
  } else {
    RMSPROPS(gradient[i])
  }
}

#undef SGD
#undef ADAM
#undef LARGEST
#undef RMSPROP
#undef RMSPROPS
#undef CENTERED
#undef MOVING
#undef FUSED
