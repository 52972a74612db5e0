// All kernels but products, and the tables. Most headers beside it are templates: each is included
// once for each type, and on x86-64 Linux compiled for three generations of processors, of which
// the loader picks the one at hand. `folds.h` and `functions.h` are what these share.

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
#define UNROLL _Pragma("clang loop unroll(full)")

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

// MARK: random numbers

#define TWIST(i) ((state[i] & 0x80000000) | (state[i + 1] & 0x7fffffff))
#define MIX(mixed) (((mixed) >> 1) ^ (-((mixed) & 1) & 0x9908b0df))

CLONES void kernel_twist(uint32_t *state) {
  INDEPENDENT
  for (long i = 0; i < 624 - 397; i++) {
    const uint32_t mixed = TWIST(i);
    state[i] = state[i + 397] ^ MIX(mixed);
  }
  // Each reads what was written 227 places before, farther back than any vector reaches.
  INDEPENDENT
  for (long i = 624 - 397; i < 623; i++) {
    const uint32_t mixed = TWIST(i);
    state[i] = state[i + 397 - 624] ^ MIX(mixed);
  }
  const uint32_t mixed = (state[623] & 0x80000000) | (state[0] & 0x7fffffff);
  state[623] = state[396] ^ MIX(mixed);
}

#undef TWIST
#undef MIX

CLONES void kernel_temper(long count, const uint32_t *state, uint32_t *out) {
  INDEPENDENT
  for (long i = 0; i < count; i++) {
    uint32_t bits = state[i];
    bits ^= bits >> 11;
    bits ^= (bits << 7) & 0x9d2c5680;
    bits ^= (bits << 15) & 0xefc60000;
    out[i] = bits ^ (bits >> 18);
  }
}

// A product and a sum are rounded once here, as PyTorch does.

CLONES static void uniform_f32(long count, const uint32_t *bits, double low, double width,
                               void *to) {
  float *out = to;
  const float first = (float)low, length = (float)width;
  INDEPENDENT
  for (long i = 0; i < count; i++) {
    const float share = (float)(int32_t)(bits[i] & 0xffffff) * 0x1p-24f;
    out[i] = __builtin_fmaf(share, length, first);
  }
}

CLONES static void uniform_f64(long count, const uint32_t *bits, double low, double width,
                               void *to) {
  double *out = to;
  INDEPENDENT
  for (long i = 0; i < count; i++) {
    // The upper 21 of 53 bits and the lower 32.
    const double high = (double)(int32_t)(bits[2 * i] & 0x1fffff);
    const double share = (high * 0x1p32 + (double)bits[2 * i + 1]) * 0x1p-53;
    out[i] = __builtin_fma(share, width, low);
  }
}

// MARK: numbers

#include "folds.h"
#include "functions.h"

CLONES static void normal_f32(long blocks, double mean, double std, void *to) {
  float *out = to;
  const float center = (float)mean, scale = (float)std;
  for (long block = 0; block < blocks; block++, out += 16) {
    INDEPENDENT
    for (long j = 0; j < 8; j++) {
      const float radius = __builtin_elementwise_sqrt(-2 * drawn_log(1 - out[j]));
      const float angle = 0x1.921fb6p+2f * out[j + 8];
      out[j] = __builtin_fmaf(radius * drawn_sin(angle, 1), scale, center);
      out[j + 8] = __builtin_fmaf(radius * drawn_sin(angle, 0), scale, center);
    }
  }
}

static void normal_f64(long blocks, double mean, double std, void *to) {
  double *out = to;
  for (long block = 0; block < blocks; block++, out += 16) {
    for (long j = 0; j < 8; j++) {
      const double radius = sqrt(-2 * log(1 - out[j])), angle = 0x1.921fb54442d18p+2 * out[j + 8];
      out[j] = __builtin_fma(radius * cos(angle), std, mean);
      out[j + 8] = __builtin_fma(radius * sin(angle), std, mean);
    }
  }
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
      .uniform = uniform_##suffix,                                                                 \
      .normal = normal_##suffix,                                                                   \
      .activation = activation_##suffix,                                                           \
      .activation_gradient = activation_gradient_##suffix,                                         \
      .loss = loss_##suffix,                                                                       \
      .loss_gradient = loss_gradient_##suffix,                                                     \
      .softmax = softmax_##suffix,                                                                 \
      .softmax_gradient = softmax_gradient_##suffix,                                               \
      .layer_norm = layer_norm_##suffix,                                                           \
      .layer_norm_weight_gradient = layer_norm_weight_gradient_##suffix,                           \
      .layer_norm_gradient = layer_norm_gradient_##suffix,                                         \
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

// Vectors of numbers, which stand anywhere, and of what comparing these makes.
typedef float Wide_f32 __attribute__((ext_vector_type(16), aligned(sizeof(float))));
typedef double Wide_f64 __attribute__((ext_vector_type(8), aligned(sizeof(double))));
typedef int32_t WideMask_f32 __attribute__((ext_vector_type(16)));
typedef int64_t WideMask_f64 __attribute__((ext_vector_type(8)));

#define Scalar float
#define NAME(name) name##_f32
#define MATH(name) name##f
#define EXP(u) (float)exp_for_float(u)
#define FAST_EXP(u) fast_exp(u)
#define TANH(u) (float)tanh_for_float(u)
#define SIGMOID(u) fast_sigmoid(u)
#define ERF(u) fast_erf(u)
#define NORMAL(u) fast_normal(u)
#define GELU(u) fast_gelu(u)
#define DENSITY(u) (0.3989422804014327f * fast_exp(-0.5f * (u) * (u)))
#define LOG(u) (float)log_for_float(u)
#define SOFTPLUS_TAIL(u) (float)softplus_tail_for_float(u)
#define POW(u, v) (float)pow_for_float(u, v)
#define SIN(u) (float)sin_for_float(u, 0)
#define COS(u) (float)sin_for_float(u, 1)
#define VECTORS 4
#define EACH_HALF EACH_HALF_OF_16
#define FOLD_LANES FOLD_LANES_OF_16
#include "elementwise.h"
#include "fused.h"
#include "optimizers.h"
TABLE(f32);
#undef Scalar
#undef NAME
#undef MATH
#undef EXP
#undef FAST_EXP
#undef TANH
#undef SIGMOID
#undef ERF
#undef NORMAL
#undef GELU
#undef DENSITY
#undef LOG
#undef SOFTPLUS_TAIL
#undef POW
#undef SIN
#undef COS
#undef VECTORS
#undef EACH_HALF
#undef FOLD_LANES

#define Scalar double
#define NAME(name) name##_f64
#define MATH(name) name
#define EXP(u) exp_for_double(u)
#define FAST_EXP(u) fast_exp_for_double(u)
#define TANH(u) tanh_for_double(u)
#define SIGMOID(u) sigmoid_for_double(u)
#define ERF(u) erf_for_double(u)
#define NORMAL(u) normal_for_double(u)
#define GELU(u) (u * normal_for_double(u))
#define DENSITY(u) (0.3989422804014327 * fast_exp_for_double(-0.5 * (u) * (u)))
#define LOG(u) log_for_double(u)
#define SOFTPLUS_TAIL(u) softplus_tail_for_double(u)
#define POW(u, v) pow_for_double(u, v)
#define SIN(u) sin_for_double(u, 0)
#define COS(u) sin_for_double(u, 1)
#define VECTORS 8
#define EACH_HALF EACH_HALF_OF_8
#define FOLD_LANES FOLD_LANES_OF_8
#include "elementwise.h"
#include "fused.h"
#include "optimizers.h"
TABLE(f64);
