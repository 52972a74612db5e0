// All kernels but products, and the tables. The headers beside it are templates: each is included
// once for each type, and on x86-64 Linux compiled for three generations of processors, of which
// the loader picks the one at hand.

#include <math.h>
#include <stddef.h>
#include <stdint.h>

#include "products.h"

#if defined(__x86_64__) && defined(__GLIBC__)
#define CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define CLONES
#endif

// A product and a sum are rounded apart, on every processor.
#pragma STDC FP_CONTRACT OFF

// Iterations are independent even where `out` is one of the inputs.
#define INDEPENDENT _Pragma("clang loop vectorize(assume_safety)")

// MARK: elements of any type

#define Bits uint8_t
#define NAME(name) name##_1
#include "moving.h"
#undef Bits
#undef NAME

#define Bits uint32_t
#define NAME(name) name##_4
#include "moving.h"
#undef Bits
#undef NAME

#define Bits uint64_t
#define NAME(name) name##_8
#include "moving.h"
#undef Bits
#undef NAME

#define BY_SIZE(name, ...)                                                                         \
  (size == 1 ? name##_1(__VA_ARGS__) : size == 4 ? name##_4(__VA_ARGS__) : name##_8(__VA_ARGS__))

void kernel_copy(long size, long rows, long columns, KernelGrid x, KernelGrid out) {
  BY_SIZE(copy, rows, columns, x, out);
}

void kernel_fill(long size, long count, const void *value, void *out) {
  BY_SIZE(fill, count, value, out);
}

void kernel_select(long size, long rows, long columns, KernelGrid mask, KernelGrid a, KernelGrid b,
                   KernelGrid out) {
  BY_SIZE(select, rows, columns, mask, a, b, out);
}

bool kernel_gather(long size, long outer, long length, long inner, long count, const long *places,
                   const void *x, void *out) {
  return BY_SIZE(gather, outer, length, inner, count, places, x, out);
}

void kernel_rows(long size, long count, long width, const long *places, const void *x, void *out) {
  BY_SIZE(rows, count, width, places, x, out);
}

void kernel_put_rows(long size, long count, long width, const long *places, const void *x,
                     void *out) {
  BY_SIZE(put_rows, count, width, places, x, out);
}

CLONES long kernel_count(long count, const uint8_t *mask) {
  long result = 0;
  for (long i = 0; i < count; i++) result += mask[i] != 0;
  return result;
}

void kernel_compress(long size, long total, const uint8_t *mask, const void *x, void *out) {
  BY_SIZE(compress, total, mask, x, out);
}

void kernel_expand(long size, long count, long total, const uint8_t *mask, const void *x,
                   void *out) {
  BY_SIZE(expand, count, total, mask, x, out);
}

#include "integers.h"

// MARK: numbers

// e to the power of x, exact to some 30 bits: enough for a result that is rounded to float, and
// free of calls and branches, so that loops over it are vectorised. x = n ln 2 + r; the last bits
// of a number near 1.5 * 2^52 are n, and go where a double has its exponent.
static inline __attribute__((always_inline)) double exp_for_float(double x) {
  const double limited = x < -200 ? -200 : x > 200 ? 200 : x;
  const double shifted = limited * 1.4426950408889634 + 0x1.8p52;
  const double r = limited - (shifted - 0x1.8p52) * 0.6931471805599453;
  // clang-format off
  const double power =
      1 + r * (1 + r * (1.0 / 2 + r * (1.0 / 6 + r * (1.0 / 24 + r * (1.0 / 120 +
      r * (1.0 / 720 + r * (1.0 / 5040 + r * (1.0 / 40320))))))));
  // clang-format on
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
  return x * x < 1e-8 ? x * (1 - x * x / 3) : 1 - 2 / (exp_for_float(2 * x) + 1);
}

#define TABLE(suffix)                                                                              \
  const KernelTable kernel_table_##suffix = {                                                      \
      .size = sizeof(Scalar),                                                                      \
      .binary = binary_##suffix,                                                                   \
      .compare = compare_##suffix,                                                                 \
      .unary = unary_##suffix,                                                                     \
      .clamp = clamp_##suffix,                                                                     \
      .clamp_gradient = clamp_gradient_##suffix,                                                   \
      .scaled_difference = scaled_difference_##suffix,                                             \
      .reduce = reduce_##suffix,                                                                   \
      .squared_distance = squared_distance_##suffix,                                               \
      .arg_extreme = arg_extreme_##suffix,                                                         \
      .scatter_add = scatter_add_##suffix,                                                         \
      .add_rows = add_rows_##suffix,                                                               \
      .sgd = sgd_##suffix,                                                                         \
      .adam = adam_##suffix,                                                                       \
      .rmsprop = rmsprop_##suffix,                                                                 \
      .product = kernel_product_##suffix,                                                          \
      .peak = kernel_peak_##suffix,                                                                \
  }

#define Scalar float
#define NAME(name) name##_f32
#define MATH(name) name##f
#define VECTORIZED INDEPENDENT
#define EXP(u) (float)exp_for_float(u)
#define TANH(u) (float)tanh_for_float(u)
#define SIGMOID(u) (float)(1 / (1 + exp_for_float(-(double)(u))))
#include "elementwise.h"
#include "optimizers.h"
#include "reductions.h"
TABLE(f32);
#undef Scalar
#undef NAME
#undef MATH
#undef VECTORIZED
#undef EXP
#undef TANH
#undef SIGMOID

#define Scalar double
#define NAME(name) name##_f64
#define MATH(name) name
#define VECTORIZED
#define EXP(u) exp(u)
#define TANH(u) tanh(u)
#define SIGMOID(u) (1 / (1 + exp(-(u))))
#include "elementwise.h"
#include "optimizers.h"
#include "reductions.h"
TABLE(f64);
