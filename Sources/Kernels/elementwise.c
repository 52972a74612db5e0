#ifndef Scalar

#include "variants.h"

// A product and a sum are rounded apart, on every processor.
#pragma STDC FP_CONTRACT OFF

// e to the power of x, exact to some 30 bits: enough for a result that is rounded to float, and free
// of calls and branches, so that loops over it are vectorised. x = n ln 2 + r; the last bits of a
// number near 1.5 * 2^52 are n, and go where a double has its exponent.
static inline __attribute__((always_inline)) double exp_for_float(double x) {
  const double limited = x < -200 ? -200 : x > 200 ? 200 : x;
  const double shifted = limited * 1.4426950408889634 + 0x1.8p52;
  const double r = limited - (shifted - 0x1.8p52) * 0.6931471805599453;
  const double power =
      1 + r * (1 + r * (1.0 / 2 + r * (1.0 / 6 + r * (1.0 / 24 + r * (1.0 / 120 +
      r * (1.0 / 720 + r * (1.0 / 5040 + r * (1.0 / 40320))))))));
  uint64_t n, bits;
  __builtin_memcpy(&n, &shifted, sizeof n);
  __builtin_memcpy(&bits, &power, sizeof bits);
  bits += n << 52;
  double result;
  __builtin_memcpy(&result, &bits, sizeof result);
  return x != x ? x : result;
}

static inline __attribute__((always_inline)) double tanh_for_float(double x) {
  // Near 0 the difference would lose its digits.
  return x * x < 1e-8 ? x - x * x * x / 3 : 1 - 2 / (exp_for_float(2 * x) + 1);
}

#define Scalar float
#define NAME(name) kernel_##name##_f32
#define MATH(name) name##f
#define VECTORIZED INDEPENDENT
#define EXP(u) (float)exp_for_float(u)
#define TANH(u) (float)tanh_for_float(u)
#define SIGMOID(u) (float)(1 / (1 + exp_for_float(-(double)(u))))
#include "elementwise.c"
#undef Scalar
#undef NAME
#undef MATH
#undef VECTORIZED
#undef EXP
#undef TANH
#undef SIGMOID

#define Scalar double
#define NAME(name) kernel_##name##_f64
#define MATH(name) name
#define VECTORIZED
#define EXP(u) exp(u)
#define TANH(u) tanh(u)
#define SIGMOID(u) (1 / (1 + exp(-(u))))
#include "elementwise.c"

CLONES void kernel_convert_f32_f64(long count, const float *x, double *out) {
  for (long i = 0; i < count; i++) out[i] = x[i];
}

CLONES void kernel_convert_f64_f32(long count, const double *x, float *out) {
  for (long i = 0; i < count; i++) out[i] = (float)x[i];
}

#else

// The loops a grid needs: those with neighbours or one value for a whole row are vectorised.
#define GRID_ROW(pragma, expression, p, q)                                                         \
  pragma for (long j = 0; j < columns; j++) {                                                 \
    const Scalar u = p, v = q;                                                                     \
    z[j] = (expression);                                                                           \
  }
#define GRID(case_label, expression, pragma)                                                               \
  case case_label:                                                                                 \
    for (long i = 0; i < rows; i++) {                                                              \
      const Scalar *x = a + i * a_row, *y = b + i * b_row;                                         \
      z = out + i * out_row;                                                                       \
      if (a_column == 1 && b_column == 1) {                                                        \
        GRID_ROW(pragma, expression, x[j], y[j])                                                           \
      } else if (a_column == 1 && b_column == 0) {                                                 \
        const Scalar right = *y;                                                                   \
        GRID_ROW(pragma, expression, x[j], right)                                                          \
      } else if (a_column == 0 && b_column == 1) {                                                 \
        const Scalar left = *x;                                                                    \
        GRID_ROW(pragma, expression, left, y[j])                                                           \
      } else {                                                                                     \
        GRID_ROW(pragma, expression, x[j * a_column], y[j * b_column])                                     \
      }                                                                                            \
    }                                                                                              \
    break;

CLONES void NAME(binary)(KernelBinary op, long rows, long columns, const Scalar *a, long a_row,
                         long a_column, const Scalar *b, long b_row, long b_column, Scalar *out,
                         long out_row) {
  Scalar *z;
  switch (op) {
    GRID(KernelBinaryAdd, u + v, INDEPENDENT)
    GRID(KernelBinarySubtract, u - v, INDEPENDENT)
    GRID(KernelBinaryMultiply, u *v, INDEPENDENT)
    GRID(KernelBinaryDivide, u / v, INDEPENDENT)
    GRID(KernelBinaryMaximum, u > v || u != u ? u : v, INDEPENDENT)
    GRID(KernelBinaryMinimum, u < v || u != u ? u : v, INDEPENDENT)
    GRID(KernelBinaryPower, MATH(pow)(u, v), )
    GRID(KernelBinaryReluGradient, v <= 0 ? 0 : u, INDEPENDENT)
    GRID(KernelBinarySigmoidGradient, u *(v * (1 - v)), INDEPENDENT)
    GRID(KernelBinaryTanhGradient, u *(1 - v * v), INDEPENDENT)
  }
}

CLONES void NAME(compare)(KernelComparison op, long rows, long columns, const Scalar *a, long a_row,
                          long a_column, const Scalar *b, long b_row, long b_column, uint8_t *out) {
  const long out_row = columns;
  uint8_t *z;
  switch (op) {
    GRID(KernelComparisonLess, u < v, INDEPENDENT)
    GRID(KernelComparisonLessOrEqual, u <= v, INDEPENDENT)
    GRID(KernelComparisonGreater, u > v, INDEPENDENT)
    GRID(KernelComparisonGreaterOrEqual, u >= v, INDEPENDENT)
    GRID(KernelComparisonEqual, u == v, INDEPENDENT)
    GRID(KernelComparisonNotEqual, u != v, INDEPENDENT)
  }
}

#undef GRID
#undef GRID_ROW

CLONES void NAME(select)(long rows, long columns, const uint8_t *mask, long mask_row,
                         long mask_column, const Scalar *a, long a_row, long a_column,
                         const Scalar *b, long b_row, long b_column, Scalar *out, long out_row) {
  for (long i = 0; i < rows; i++) {
    const uint8_t *m = mask + i * mask_row;
    const Scalar *x = a + i * a_row, *y = b + i * b_row;
    Scalar *z = out + i * out_row;
    if (mask_column == 1 && a_column == 1 && b_column == 1) {
      INDEPENDENT for (long j = 0; j < columns; j++) z[j] = m[j] ? x[j] : y[j];
    } else if (mask_column == 1 && a_column == 0 && b_column == 1) {
      const Scalar value = *x;
      INDEPENDENT for (long j = 0; j < columns; j++) z[j] = m[j] ? value : y[j];
    } else {
      for (long j = 0; j < columns; j++) {
        z[j] = m[j * mask_column] ? x[j * a_column] : y[j * b_column];
      }
    }
  }
}

#define EACH(case_label, expression, pragma)                                                       \
  case case_label:                                                                                 \
    pragma for (long i = 0; i < count; i++) {                                                 \
      const Scalar u = x[i];                                                                       \
      out[i] = (expression);                                                                       \
    }                                                                                              \
    break;

CLONES void NAME(unary)(KernelUnary op, long count, const Scalar *x, Scalar *out) {
  switch (op) {
    EACH(KernelUnaryNegate, -u, INDEPENDENT)
    EACH(KernelUnaryAbsolute, MATH(fabs)(u), INDEPENDENT)
    EACH(KernelUnarySign, u != u ? u : (u > 0) - (u < 0), INDEPENDENT)
    EACH(KernelUnarySquare, u *u, INDEPENDENT)
    EACH(KernelUnarySquareRoot, __builtin_elementwise_sqrt(u), INDEPENDENT)
    EACH(KernelUnaryExp, EXP(u), VECTORIZED)
    EACH(KernelUnaryLog, MATH(log)(u), )
    EACH(KernelUnarySin, MATH(sin)(u), )
    EACH(KernelUnaryCos, MATH(cos)(u), )
    EACH(KernelUnaryTanh, TANH(u), VECTORIZED)
    EACH(KernelUnarySigmoid, SIGMOID(u), VECTORIZED)
    EACH(KernelUnaryRelu, u > 0 || u != u ? u : 0, INDEPENDENT)
  }
}

#undef EACH

CLONES void NAME(clamp)(long count, const Scalar *x, Scalar low, Scalar high, Scalar *out) {
  INDEPENDENT for (long i = 0; i < count; i++) {
    const Scalar u = x[i] < low ? low : x[i];
    out[i] = u > high ? high : u;
  }
}

CLONES void NAME(clamp_gradient)(long count, const Scalar *gradient, const Scalar *x, Scalar low,
                                 Scalar high, Scalar *out) {
  INDEPENDENT for (long i = 0; i < count; i++) {
    const int inside = (x[i] >= low) & (x[i] <= high);
    out[i] = inside ? gradient[i] : 0;
  }
}

CLONES void NAME(add_scaled)(long count, const Scalar *a, Scalar scale, const Scalar *b,
                             Scalar *out) {
  INDEPENDENT for (long i = 0; i < count; i++) out[i] = a[i] + scale * b[i];
}

CLONES void NAME(scaled_difference)(long count, Scalar scale, const Scalar *a, const Scalar *b,
                                    Scalar *out) {
  INDEPENDENT for (long i = 0; i < count; i++) out[i] = scale * (a[i] - b[i]);
}

CLONES void NAME(fill)(long count, Scalar value, Scalar *out) {
  for (long i = 0; i < count; i++) out[i] = value;
}

CLONES void NAME(copy)(long rows, long columns, const Scalar *x, long x_row, long x_column,
                       Scalar *out, long out_row, long out_column) {
  if (x_column == 1 && out_column == 1) {
    for (long i = 0; i < rows; i++) {
      __builtin_memmove(out + i * out_row, x + i * x_row, (size_t)columns * sizeof(Scalar));
    }
    return;
  }
  // In squares, so that a transpose reads and writes each cache line once.
  const long side = 16;
  for (long top = 0; top < rows; top += side) {
    const long bottom = top + side < rows ? top + side : rows;
    for (long left = 0; left < columns; left += side) {
      const long right = left + side < columns ? left + side : columns;
      for (long i = top; i < bottom; i++) {
        for (long j = left; j < right; j++) {
          out[i * out_row + j * out_column] = x[i * x_row + j * x_column];
        }
      }
    }
  }
}

#endif
