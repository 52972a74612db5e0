// What takes several operations, in one pass over `Scalar`; `kernels.c` says what the other macros
// are.

#include "reductions.h"

CLONES static void NAME(activation)(KernelActivation op, long count, const void *from,
                                    double number, void *to) {
  const Scalar *x = from;
  Scalar *out = to;
  const Scalar slope = (Scalar)number;
  switch (op) {
    case KernelActivationLeakyRelu:
      INDEPENDENT
      for (long i = 0; i < count; i++) {
        const Scalar u = x[i];
        out[i] = u > 0 ? u : u * slope;
      }
      break;
    case KernelActivationGelu:
      INDEPENDENT
      for (long i = 0; i < count; i++) {
        const Scalar u = x[i];
        out[i] = GELU(u);
      }
      break;
  }
}

// A gradient is as long as what it is of, or with a step of 0 one number for all.
#define GRADIENT(pragma, factor)                                                                   \
  if (step == 0) {                                                                                 \
    const Scalar g = *gradient;                                                                    \
    pragma for (long i = 0; i < count; i++) {                                                      \
      const Scalar u = x[i];                                                                       \
      out[i] = factor;                                                                             \
    }                                                                                              \
  } else {                                                                                         \
    pragma for (long i = 0; i < count; i++) {                                                      \
      const Scalar u = x[i], g = gradient[i];                                                      \
      out[i] = factor;                                                                             \
    }                                                                                              \
  }

CLONES static void NAME(activation_gradient)(KernelActivation op, long count, const void *gradients,
                                             long step, const void *from, double number, void *to) {
  const Scalar *gradient = gradients, *x = from;
  Scalar *out = to;
  const Scalar slope = (Scalar)number;
  switch (op) {
    case KernelActivationLeakyRelu: GRADIENT(INDEPENDENT, u > 0 ? g : g * slope) break;
    case KernelActivationGelu: GRADIENT(INDEPENDENT, g * (NORMAL(u) + u * DENSITY(u))) break;
  }
}

#undef GRADIENT

#define DISTANCE(d, limit) ((d) > limit || (d) < -limit)
#define HUBER(d)                                                                                   \
  (DISTANCE(d, delta) ? delta * (MATH(fabs)(d) - (Scalar)0.5 * delta) : (Scalar)0.5 * (d) * (d))
#define HUBER_SLOPE(d) ((d) > delta ? delta : (d) < -delta ? -delta : (d))
#define SIGN(d) (Scalar)(((d) > 0) - ((d) < 0))

CLONES static void NAME(loss)(KernelLoss op, long count, const void *inputs, const void *targets,
                              double number, void *to) {
  const Scalar *a = inputs, *b = targets;
  Scalar *out = to;
  const Scalar delta = (Scalar)number;
  switch (op) {
    case KernelLossAbsolute:
      INDEPENDENT
      for (long i = 0; i < count; i++) out[i] = MATH(fabs)(a[i] - b[i]);
      break;
    case KernelLossHuber:
      INDEPENDENT
      for (long i = 0; i < count; i++) {
        const Scalar d = a[i] - b[i];
        out[i] = HUBER(d);
      }
      break;
  }
}

#define GRADIENT(slope)                                                                            \
  if (step == 0) {                                                                                 \
    const Scalar g = *gradient;                                                                    \
    INDEPENDENT                                                                                    \
    for (long i = 0; i < count; i++) {                                                             \
      const Scalar d = a[i] - b[i];                                                                \
      out[i] = g * slope(d);                                                                       \
    }                                                                                              \
  } else {                                                                                         \
    INDEPENDENT                                                                                    \
    for (long i = 0; i < count; i++) {                                                             \
      const Scalar d = a[i] - b[i];                                                                \
      out[i] = gradient[i] * slope(d);                                                             \
    }                                                                                              \
  }

CLONES static void NAME(loss_gradient)(KernelLoss op, long count, const void *gradients, long step,
                                       const void *inputs, const void *targets, double number,
                                       void *to) {
  const Scalar *gradient = gradients, *a = inputs, *b = targets;
  Scalar *out = to;
  const Scalar delta = (Scalar)number;
  switch (op) {
    case KernelLossAbsolute: GRADIENT(SIGN) break;
    case KernelLossHuber: GRADIENT(HUBER_SLOPE) break;
  }
}

#undef GRADIENT
#undef DISTANCE
#undef HUBER
#undef HUBER_SLOPE
#undef SIGN

// MARK: rows

#define x_at(i) x[i]
#define out_at(i) out[i]
#define g_at(i) g[i]
#define product_at(i) (g[i] * y[i])
#define square_at(i) ((x[i] - mean) * (x[i] - mean))
#define weighted_at(i) (g[i] * weight[i])
#define slope_at(i) (g[i] * weight[i] * ((x[i] - mean) * factor))

// Rows so short that loops over each would hardly be loops are taken as many at once as a vector
// has lanes, in the trees of FOLD.
#define SHORT 128

// Each number as often as there are columns, and a vector's length of the last.
FUNCTION void NAME(repeat)(long rows, long columns, const Scalar *numbers, Scalar *to) {
  for (long i = 0; i < rows; i++, to += columns) {
    for (long j = 0; j < columns; j += WIDE) WIDE_AT(to + j) = (Wide)numbers[i];
  }
}

FUNCTION void NAME(softmax_abreast)(bool isLog, long rows, long columns, const Scalar *x,
                                    Scalar *exponentials, Scalar *out) {
  Scalar folds[WIDE], repeated[WIDE * SHORT + WIDE];
  const long count = rows * columns;
  NAME(reduce)(KernelReductionMaximum, rows, columns, 1, x, 1, folds);
  NAME(repeat)(rows, columns, folds, repeated);
  INDEPENDENT
  for (long i = 0; i < count; i++) {
    const Scalar u = x[i] - repeated[i];
    out[i] = u;
    exponentials[i] = FAST_EXP(u);
  }
  NAME(reduce)(KernelReductionSum, rows, columns, 1, exponentials, 1, folds);
  for (long i = 0; i < rows && isLog; i++) folds[i] = (Scalar)LOG(folds[i]);
  NAME(repeat)(rows, columns, folds, repeated);
  if (isLog) {
    INDEPENDENT
    for (long i = 0; i < count; i++) out[i] = out[i] - repeated[i];
  } else {
    INDEPENDENT
    for (long i = 0; i < count; i++) out[i] = exponentials[i] / repeated[i];
  }
}

CLONES static void NAME(softmax)(bool isLog, long rows, long columns, const void *from, void *to) {
  const Scalar *x = from;
  Scalar *out = to;
  long i = 0;
  for (; rows - i > 3 && columns <= SHORT; i += WIDE) {
    Scalar exponentials[WIDE * SHORT];
    NAME(softmax_abreast)(isLog, rows - i < WIDE ? rows - i : WIDE, columns, x, exponentials, out);
    x += WIDE * columns, out += WIDE * columns;
  }
  for (; i < rows; i++, x += columns, out += columns) {
    FOLD(largest, LARGER, -(Scalar)INFINITY, columns, x_at)
    INDEPENDENT
    for (long j = 0; j < columns; j++) {
      const Scalar u = x[j] - largest;
      out[j] = FAST_EXP(u);
    }
    FOLD(sum, SUM, 0, columns, out_at)
    if (isLog) {
      const Scalar logarithm = (Scalar)LOG(sum);
      INDEPENDENT
      for (long j = 0; j < columns; j++) out[j] = (x[j] - largest) - logarithm;
    } else {
      INDEPENDENT
      for (long j = 0; j < columns; j++) out[j] = out[j] / sum;
    }
  }
}

FUNCTION void NAME(softmax_gradient_abreast)(bool isLog, long rows, long columns, const Scalar *g,
                                             const Scalar *y, Scalar *out) {
  Scalar folds[WIDE], repeated[WIDE * SHORT + WIDE], products[WIDE * SHORT];
  const long count = rows * columns;
  INDEPENDENT
  for (long i = 0; i < count; i++) products[i] = g[i] * y[i];
  NAME(reduce)(KernelReductionSum, rows, columns, 1, isLog ? g : products, 1, folds);
  NAME(repeat)(rows, columns, folds, repeated);
  if (isLog) {
    INDEPENDENT
    for (long i = 0; i < count; i++) {
      const Scalar u = y[i];
      out[i] = g[i] - FAST_EXP(u) * repeated[i];
    }
  } else {
    INDEPENDENT
    for (long i = 0; i < count; i++) out[i] = y[i] * (g[i] - repeated[i]);
  }
}

CLONES static void NAME(softmax_gradient)(bool isLog, long rows, long columns,
                                          const void *gradients, const void *results, void *to) {
  const Scalar *g = gradients, *y = results;
  Scalar *out = to;
  long i = 0;
  for (; rows - i > 3 && columns <= SHORT; i += WIDE) {
    NAME(softmax_gradient_abreast)(isLog, rows - i < WIDE ? rows - i : WIDE, columns, g, y, out);
    g += WIDE * columns, y += WIDE * columns, out += WIDE * columns;
  }
  for (; i < rows; i++, g += columns, y += columns, out += columns) {
    if (isLog) {
      FOLD(sum, SUM, 0, columns, g_at)
      INDEPENDENT
      for (long j = 0; j < columns; j++) {
        const Scalar u = y[j];
        out[j] = g[j] - FAST_EXP(u) * sum;
      }
    } else {
      FOLD(sum, SUM, 0, columns, product_at)
      INDEPENDENT
      for (long j = 0; j < columns; j++) out[j] = y[j] * (g[j] - sum);
    }
  }
}

#undef SHORT

// The mean of a row, and the root of its variance plus epsilon.
#define MOMENTS                                                                                    \
  FOLD(sum, SUM, 0, columns, x_at)                                                                 \
  const Scalar mean = sum / (Scalar)columns;                                                       \
  FOLD(squares, SUM, 0, columns, square_at)                                                        \
  const Scalar factor = 1 / __builtin_elementwise_sqrt(squares / (Scalar)columns + (Scalar)epsilon);

CLONES static void NAME(layer_norm)(long rows, long columns, const void *from, const void *weights,
                                    const void *biases, double epsilon, void *to) {
  const Scalar *x = from, *weight = weights, *bias = biases;
  Scalar *out = to;
  for (long i = 0; i < rows; i++, x += columns, out += columns) {
    MOMENTS
    INDEPENDENT
    for (long j = 0; j < columns; j++) out[j] = (x[j] - mean) * factor * weight[j] + bias[j];
  }
}

CLONES static void NAME(layer_norm_gradient)(long rows, long columns, const void *gradients,
                                             const void *from, const void *weights, double epsilon,
                                             void *to) {
  const Scalar *g = gradients, *x = from, *weight = weights;
  Scalar *out = to;
  for (long i = 0; i < rows; i++, g += columns, x += columns, out += columns) {
    MOMENTS
    FOLD(along, SUM, 0, columns, weighted_at)
    FOLD(across, SUM, 0, columns, slope_at)
    const Scalar shift = along / (Scalar)columns, tilt = across / (Scalar)columns;
    INDEPENDENT
    for (long j = 0; j < columns; j++) {
      out[j] = (g[j] * weight[j] - shift - (x[j] - mean) * factor * tilt) * factor;
    }
  }
}

CLONES static void NAME(layer_norm_weight_gradient)(long rows, long columns, const void *gradients,
                                                    const void *from, double epsilon, void *to) {
  const Scalar *g = gradients, *x = from;
  Scalar *out = to;
  for (long j = 0; j < columns; j++) out[j] = 0;
  for (long i = 0; i < rows; i++, g += columns, x += columns) {
    MOMENTS
    INDEPENDENT
    for (long j = 0; j < columns; j++) out[j] += g[j] * ((x[j] - mean) * factor);
  }
}

#undef MOMENTS
#undef x_at
#undef out_at
#undef g_at
#undef product_at
#undef square_at
#undef weighted_at
#undef slope_at
