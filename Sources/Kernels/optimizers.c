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

CLONES void NAME(adam)(long count, Scalar *w, const Scalar *gradient, Scalar *m, Scalar *v,
                       Scalar *maximum, Scalar step_size, Scalar share1, Scalar beta2,
                       Scalar share2, Scalar epsilon, Scalar root_correction, Scalar weight_decay,
                       Scalar shrink) {
  INDEPENDENT for (long i = 0; i < count; i++) {
    const Scalar old = shrink * w[i];
    const Scalar g = gradient[i] + weight_decay * old;
    m[i] += share1 * (g - m[i]);
    v[i] = beta2 * v[i] + share2 * g * g;
    Scalar second = v[i];
    if (maximum) second = maximum[i] = maximum[i] > second ? maximum[i] : second;
    w[i] = old - step_size * m[i] / (__builtin_elementwise_sqrt(second) / root_correction + epsilon);
  }
}

CLONES void NAME(rmsprop)(long count, Scalar *w, const Scalar *gradient, Scalar *square,
                          Scalar *mean, Scalar *velocity, Scalar rate, Scalar alpha, Scalar share,
                          Scalar epsilon, Scalar weight_decay, Scalar momentum) {
  INDEPENDENT for (long i = 0; i < count; i++) {
    const Scalar g = gradient[i] + weight_decay * w[i];
    square[i] = alpha * square[i] + share * g * g;
    Scalar variance = square[i];
    if (mean) {
      mean[i] += share * (g - mean[i]);
      variance -= mean[i] * mean[i];
    }
    Scalar step = g / (__builtin_elementwise_sqrt(variance) + epsilon);
    if (velocity) step = velocity[i] = momentum * velocity[i] + step;
    w[i] -= rate * step;
  }
}

#endif
