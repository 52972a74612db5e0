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

static _Thread_local void *recorder;

void *kernel_recorder(void) { return recorder; }

void kernel_set_recorder(void *new_recorder) { recorder = new_recorder; }

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

// The natural logarithm, as exact: x = m 2^n with m around 1, and log m = 2 artanh((m - 1)/(m +
// 1)).
static inline __attribute__((always_inline)) double log_for_float(double x) {
  uint64_t bits;
  __builtin_memcpy(&bits, &x, sizeof bits);
  // Counted from the root of 1/2.
  const uint64_t shifted = bits - 0x3fe6a09e667f3bcdull;
  const int64_t n = (int64_t)shifted >> 52;
  const uint64_t mantissa = bits - ((uint64_t)n << 52);
  double m;
  __builtin_memcpy(&m, &mantissa, sizeof m);
  const double s = (m - 1) / (m + 1), t = s * s;
  // clang-format off
  const double series =
      2 * s * (1 + t * (1.0 / 3 + t * (1.0 / 5 + t * (1.0 / 7 + t * (1.0 / 9 + t * (1.0 / 11 +
      t * (1.0 / 13 + t * (1.0 / 15))))))));
  // clang-format on
  const double result = (double)(int32_t)n * 0.6931471805599453 + series;
  const double edge = x == 0 ? -(double)INFINITY : x < 0 ? (double)NAN : x;
  return x > 0 && x < (double)INFINITY ? result : edge;
}

// A power, from a logarithm that is exact to more bits than its product with the exponent needs.
static inline __attribute__((always_inline)) double pow_for_float(double x, double y) {
  const double size = exp_for_float(y * log_for_float(x < 0 ? -x : x));
  const double half = y * 0.5;
  const int isWhole = __builtin_elementwise_trunc(y) == y;
  const int isOdd = isWhole && __builtin_elementwise_trunc(half) != half;
  const double power = isOdd ? __builtin_copysign(size, x) : size;
  const double result = x < 0 && x > -(double)INFINITY && !isWhole ? (double)NAN : power;
  const int isInfinite = y == (double)INFINITY || y == -(double)INFINITY;
  return y == 0 || x == 1 || (x == -1 && isInfinite) ? 1 : result;
}

// The sine of x + quarters * pi/2, for |x| up to 2^20: x = n pi/2 + r, pi/2 in two parts.
static inline __attribute__((always_inline)) double sin_for_float(double x, uint64_t quarters) {
  const double shifted = x * 0.6366197723675814 + 0x1.8p52;
  const double n = shifted - 0x1.8p52;
  const double r = (x - n * 0x1.921fb544p+0) - n * 0x1.0b4611a626331p-34, t = r * r;
  uint64_t bits;
  __builtin_memcpy(&bits, &shifted, sizeof bits);
  bits += quarters;
  // clang-format off
  const double sine = r * (1 - t * (1.0 / 6 - t * (1.0 / 120 - t * (1.0 / 5040 -
      t * (1.0 / 362880 - t * (1.0 / 39916800))))));
  const double cosine = 1 - t * (1.0 / 2 - t * (1.0 / 24 - t * (1.0 / 720 - t * (1.0 / 40320 -
      t * (1.0 / 3628800 - t * (1.0 / 479001600))))));
  // clang-format on
  const double result = bits & 1 ? cosine : sine;
  return bits & 2 ? -result : result;
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
      .subtract_scaled = subtract_scaled_##suffix,                                                 \
      .ramp = ramp_##suffix,                                                                       \
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
#define LOG(u) (float)log_for_float(u)
#define POW(u, v) (float)pow_for_float(u, v)
#define SIN(u) (float)sin_for_float(u, 0)
#define COS(u) (float)sin_for_float(u, 1)
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
#undef LOG
#undef POW
#undef SIN
#undef COS

#define Scalar double
#define NAME(name) name##_f64
#define MATH(name) name
#define VECTORIZED
#define EXP(u) exp(u)
#define TANH(u) tanh(u)
#define SIGMOID(u) (1 / (1 + exp(-(u))))
#define LOG(u) log(u)
#define POW(u, v) pow(u, v)
#define SIN(u) sin(u)
#define COS(u) cos(u)
#include "elementwise.h"
#include "optimizers.h"
#include "reductions.h"
TABLE(f64);
