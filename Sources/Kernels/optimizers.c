#ifndef Scalar

#include "variants.h"

#pragma STDC FP_CONTRACT OFF

#define Scalar float
#define NAME(name) kernel_##name##_f32
#include "optimizers.c"
#undef Scalar
#undef NAME

#define Scalar double
#define NAME(name) kernel_##name##_f64
#include "optimizers.c"

#else

CLONES void NAME(sgd)(long count, Scalar *w, const Scalar *gradient, Scalar *velocity, Scalar rate,
                      Scalar weight_decay, Scalar momentum, Scalar share, int32_t nesterov,
                      int32_t first) {
  if (!velocity) {
    INDEPENDENT for (long i = 0; i < count; i++) {
      w[i] -= rate * (gradient[i] + weight_decay * w[i]);
    }
    return;
  }
  INDEPENDENT for (long i = 0; i < count; i++) {
    const Scalar g = gradient[i] + weight_decay * w[i];
    const Scalar v = first ? g : momentum * velocity[i] + share * g;
    velocity[i] = v;
    w[i] -= rate * (nesterov ? g + momentum * v : v);
  }
}

// One loop for each combination of state that there may be: with the branches inside, none of the
// loops would be vectorised.
#define ADAM(second)                                                                               \
  INDEPENDENT for (long i = 0; i < count; i++) {                                                   \
    const Scalar old = shrink * w[i];                                                              \
    const Scalar g = gradient[i] + weight_decay * old;                                             \
    m[i] += share1 * (g - m[i]);                                                                   \
    v[i] = beta2 * v[i] + share2 * g * g;                                                          \
    w[i] = old - step_size * m[i] / (__builtin_elementwise_sqrt(second) / root_correction + epsilon); \
  }

CLONES void NAME(adam)(long count, Scalar *w, const Scalar *gradient, Scalar *m, Scalar *v,
                       Scalar *maximum, Scalar step_size, Scalar share1, Scalar beta2,
                       Scalar share2, Scalar epsilon, Scalar root_correction, Scalar weight_decay,
                       Scalar shrink) {
  if (maximum) {
    ADAM((maximum[i] = maximum[i] > v[i] ? maximum[i] : v[i]))
  } else {
    ADAM(v[i])
  }
}

#define RMSPROP(variance, step)                                                                    \
  INDEPENDENT for (long i = 0; i < count; i++) {                                                   \
    const Scalar g = gradient[i] + weight_decay * w[i];                                            \
    const Scalar s = square[i] = alpha * square[i] + share * g * g;                                \
    const Scalar d = g / (__builtin_elementwise_sqrt(variance) + epsilon);                         \
    w[i] -= rate * (step);                                                                         \
  }
#define CENTERED(a) (a += share * (g - a), s - a * a)
#define MOVING(b) (b = momentum * b + d)

CLONES void NAME(rmsprop)(long count, Scalar *w, const Scalar *gradient, Scalar *square,
                          Scalar *mean, Scalar *velocity, Scalar rate, Scalar alpha, Scalar share,
                          Scalar epsilon, Scalar weight_decay, Scalar momentum) {
  if (mean && velocity) {
    RMSPROP(CENTERED(mean[i]), MOVING(velocity[i]))
  } else if (mean) {
    RMSPROP(CENTERED(mean[i]), d)
  } else if (velocity) {
    RMSPROP(s, MOVING(velocity[i]))
  } else {
    RMSPROP(s, d)
  }
}

#undef ADAM
#undef RMSPROP
#undef CENTERED
#undef MOVING

#endif
