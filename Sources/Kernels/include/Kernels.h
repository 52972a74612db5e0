// The inner numeric loops of the library, for `float` (`_f32`) and `double` (`_f64`).
//
// Everything here runs on one thread, allocates nothing and checks nothing: the Swift side has
// checked shapes already, and splits long work between threads. Grids are `rows` by `columns`
// elements; `x_row` and `x_column` are the distances, in elements, from one row or column of `x`
// to the next, 0 where it is broadcast. `out` may be one of the inputs, element for element.

#pragma once

#include <stdint.h>

#define KERNEL_ENUM(name) enum __attribute__((enum_extensibility(closed))) name : int32_t

/// What `kernel_binary` computes of `a` and `b`.
typedef KERNEL_ENUM(KernelBinary) {
  KernelBinaryAdd,
  KernelBinarySubtract,
  KernelBinaryMultiply,
  KernelBinaryDivide,
  KernelBinaryMaximum,  // a NaN on either side wins, as in NumPy
  KernelBinaryMinimum,
  KernelBinaryPower,
  KernelBinaryReluGradient,     // b <= 0 ? 0 : a; `b` is relu's input or its result
  KernelBinarySigmoidGradient,  // a * b * (1 - b); `b` is sigmoid's result
  KernelBinaryTanhGradient,     // a * (1 - b * b); `b` is tanh's result
} KernelBinary;

/// What `kernel_unary` computes of `x`.
typedef KERNEL_ENUM(KernelUnary) {
  KernelUnaryNegate,
  KernelUnaryAbsolute,
  KernelUnarySign,
  KernelUnarySquare,
  KernelUnarySquareRoot,
  KernelUnaryExp,
  KernelUnaryLog,
  KernelUnarySin,
  KernelUnaryCos,
  KernelUnaryTanh,
  KernelUnarySigmoid,
  KernelUnaryRelu,
} KernelUnary;

/// How `kernel_compare` compares `a` with `b`.
typedef KERNEL_ENUM(KernelComparison) {
  KernelComparisonLess,
  KernelComparisonLessOrEqual,
  KernelComparisonGreater,
  KernelComparisonGreaterOrEqual,
  KernelComparisonEqual,
  KernelComparisonNotEqual,
} KernelComparison;

/// What `kernel_reduce` makes of a row of values.
typedef KERNEL_ENUM(KernelReduction) {
  KernelReductionSum,
  KernelReductionProduct,
  KernelReductionMaximum,  // NaN if any is
  KernelReductionMinimum,
} KernelReduction;

/// How `kernel_product` goes about it.
typedef KERNEL_ENUM(KernelProduct) {
  KernelProductDirect,  // reads B where it is: its rows are contiguous
  KernelProductDots,    // reads A and B along k, along which both are contiguous
  KernelProductPacked,  // copies blocks of A and B first: any strides
} KernelProduct;

#define KERNELS(Scalar, suffix)                                                                    \
  /* out[i, j] = a[i, j] (op) b[i, j] */                                                           \
  void kernel_binary_##suffix(KernelBinary op, long rows, long columns, const Scalar *a,           \
                              long a_row, long a_column, const Scalar *b, long b_row,              \
                              long b_column, Scalar *out, long out_row);                           \
  /* out[i] = op(x[i]) */                                                                          \
  void kernel_unary_##suffix(KernelUnary op, long count, const Scalar *x, Scalar *out);            \
  /* out[i, j] = a[i, j] (op) b[i, j] ? 1 : 0; `out` is contiguous */                              \
  void kernel_compare_##suffix(KernelComparison op, long rows, long columns, const Scalar *a,      \
                               long a_row, long a_column, const Scalar *b, long b_row,             \
                               long b_column, uint8_t *out);                                       \
  /* out[i, j] = mask[i, j] ? a[i, j] : b[i, j] */                                                 \
  void kernel_select_##suffix(long rows, long columns, const uint8_t *mask, long mask_row,         \
                              long mask_column, const Scalar *a, long a_row, long a_column,        \
                              const Scalar *b, long b_row, long b_column, Scalar *out,             \
                              long out_row);                                                       \
  /* out[i] = x[i] limited to low...high; NaN stays NaN */                                         \
  void kernel_clamp_##suffix(long count, const Scalar *x, Scalar low, Scalar high, Scalar *out);   \
  /* out[i] = low <= x[i] <= high ? gradient[i] : 0 */                                             \
  void kernel_clamp_gradient_##suffix(long count, const Scalar *gradient, const Scalar *x,         \
                                      Scalar low, Scalar high, Scalar *out);                       \
  /* out[i] = a[i] + scale * b[i] */                                                               \
  void kernel_add_scaled_##suffix(long count, const Scalar *a, Scalar scale, const Scalar *b,      \
                                  Scalar *out);                                                    \
  /* out[i] = scale * (a[i] - b[i]) */                                                             \
  void kernel_scaled_difference_##suffix(long count, Scalar scale, const Scalar *a,                \
                                         const Scalar *b, Scalar *out);                            \
                                                                                                   \
  void kernel_fill_##suffix(long count, Scalar value, Scalar *out);                                \
  /* out[i, j] = x[i, j] */                                                                        \
  void kernel_copy_##suffix(long rows, long columns, const Scalar *x, long x_row, long x_column,   \
                            Scalar *out, long out_row, long out_column);                           \
                                                                                                   \
  /* `x` is [outer, count, inner], its inner parts contiguous and `row` apart (`inner`, if all is),  \
     `out` contiguous [outer, inner]. Sums run in a fixed tree. */                                 \
  void kernel_reduce_##suffix(KernelReduction op, long outer, long count, long inner,              \
                              const Scalar *x, long row, Scalar *out);                             \
  /* The sum of (a[i] - b[i]) squared, in the tree of `kernel_reduce`. */                          \
  Scalar kernel_squared_distance_##suffix(long count, const Scalar *a, const Scalar *b);           \
  /* The first place of the largest (`sign` 1) or the smallest (-1) value; a NaN counts as both.   \
     `x` is contiguous [outer, count, inner], `out` [outer, inner]. */                             \
  void kernel_arg_extreme_##suffix(long outer, long count, long inner, Scalar sign,                \
                                   const Scalar *x, long *out);                                    \
                                                                                                   \
  /* Stochastic gradient descent with decay and momentum as PyTorch defines them, one pass:        \
       g = gradient + weight_decay * w;  v = first ? g : momentum * v + share * g;                 \
       g = nesterov ? g + momentum * v : v;  w -= rate * g                                         \
     where share = 1 - dampening. Without momentum `velocity` is null. */                          \
  void kernel_sgd_##suffix(long count, Scalar *w, const Scalar *gradient, Scalar *velocity,        \
                           Scalar rate, Scalar weight_decay, Scalar momentum, Scalar share,        \
                           int32_t nesterov, int32_t first);                                       \
  /* Adam (Kingma and Ba 2015) as PyTorch computes it, one pass:                                   \
       w *= shrink;  g = gradient + weight_decay * w;                                              \
       m += share1 * (g - m);  v = beta2 * v + share2 * g * g;                                     \
       w -= step_size * m / (sqrt(v) / root_correction + epsilon)                                  \
     where share = 1 - beta, step_size = rate / (1 - beta1^t), root_correction =                   \
     sqrt(1 - beta2^t); all rounded once, from double. With `maximum`, its running maximum         \
     stands for v in the last line (AMSGrad). */                                                   \
  void kernel_adam_##suffix(long count, Scalar *w, const Scalar *gradient, Scalar *m, Scalar *v,   \
                            Scalar *maximum, Scalar step_size, Scalar share1, Scalar beta2,        \
                            Scalar share2, Scalar epsilon, Scalar root_correction,                 \
                            Scalar weight_decay, Scalar shrink);                                   \
  /* RMSprop (Hinton 2012) as PyTorch computes it, one pass:                                       \
       g = gradient + weight_decay * w;  square = alpha * square + share * g * g;                  \
       mean += share * (g - mean);  step = g / (sqrt(square - mean * mean) + epsilon);             \
       velocity = momentum * velocity + step;  w -= rate * velocity                                \
     where share = 1 - alpha. `mean` and `velocity` may be null, and then count as 0. */           \
  void kernel_rmsprop_##suffix(long count, Scalar *w, const Scalar *gradient, Scalar *square,      \
                               Scalar *mean, Scalar *velocity, Scalar rate, Scalar alpha,          \
                               Scalar share, Scalar epsilon, Scalar weight_decay,                  \
                               Scalar momentum);                                                   \
                                                                                                   \
  /* C = A B, or C += A B if `accumulate`: A is m by k, B k by n, both of any strides, C m by n    \
     with contiguous rows. Each element of C is summed over k in an order that depends on the plan \
     and k alone, so a product may be cut between rows or columns without changing a bit. */       \
  void kernel_product_##suffix(KernelProduct plan, long m, long n, long k, const Scalar *a,        \
                               long a_row, long a_column, const Scalar *b, long b_row,             \
                               long b_column, Scalar *c, long c_row, int32_t accumulate);          \
  /* The same as a processor of a generation computes it, this one's at most. */                   \
  void kernel_product_of_generation_##suffix(                                                      \
      long generation, KernelProduct plan, long m, long n, long k, const Scalar *a, long a_row,    \
      long a_column, const Scalar *b, long b_row, long b_column, Scalar *c, long c_row,            \
      int32_t accumulate);                                                                         \
                                                                                                   \
  /* Does as many independent multiply-adds as a thread can, and returns how many operations. */   \
  double kernel_peak_##suffix(long steps)

KERNELS(float, f32);
KERNELS(double, f64);

#undef KERNELS

void kernel_convert_f32_f64(long count, const float *x, double *out);
void kernel_convert_f64_f32(long count, const double *x, float *out);

/// The generation of this processor as far as kernels differ: the level of x86-64, 1, 3 or 4; 1
/// elsewhere.
long kernel_generation(void);

/// Tells the processor that this is a loop that waits.
static inline void kernel_pause(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}
