#ifndef Scalar

#include "variants.h"

#pragma STDC FP_CONTRACT OFF

#define Scalar float
#define NAME(name) kernel_##name##_f32
#include "updates.c"
#undef Scalar
#undef NAME

#define Scalar double
#define NAME(name) kernel_##name##_f64
#include "updates.c"

#else

CLONES void NAME(sgd)(long count, Scalar *w, const Scalar *gradient, Scalar *velocity, Scalar rate,
                      Scalar weight_decay, Scalar momentum, Scalar dampening, int32_t nesterov,
                      int32_t first) {
  if (!velocity) {
    INDEPENDENT for (long i = 0; i < count; i++) {
      w[i] -= rate * (gradient[i] + weight_decay * w[i]);
    }
    return;
  }
  // The first velocity is the gradient itself, whatever was in the buffer.
  const Scalar kept = first ? 0 : momentum, added = first ? 1 : 1 - dampening;
  INDEPENDENT for (long i = 0; i < count; i++) {
    const Scalar g = gradient[i] + weight_decay * w[i];
    const Scalar v = (first ? 0 : kept * velocity[i]) + added * g;
    velocity[i] = v;
    w[i] -= rate * (nesterov ? g + momentum * v : v);
  }
}

CLONES void NAME(adam)(long count, Scalar *w, const Scalar *gradient, Scalar *m, Scalar *v,
                       Scalar step_size, Scalar beta1, Scalar beta2, Scalar epsilon,
                       Scalar root_correction, Scalar weight_decay) {
  const Scalar share1 = 1 - beta1, share2 = 1 - beta2;
  INDEPENDENT for (long i = 0; i < count; i++) {
    const Scalar g = gradient[i] + weight_decay * w[i];
    m[i] += share1 * (g - m[i]);
    v[i] = beta2 * v[i] + share2 * g * g;
    w[i] -= step_size * m[i] / (__builtin_elementwise_sqrt(v[i]) / root_correction + epsilon);
  }
}

#endif
