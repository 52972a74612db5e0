// The inner numeric loops of the library, in a table for each of `float` and `double`.
//
// Everything here runs on one thread, allocates nothing and checks nothing: the Swift side has
// checked shapes already, and splits long work between threads. `out` may be one of the inputs,
// element for element.

#pragma once

#include <stdbool.h>
#include <stdint.h>

#define KERNEL_ENUM(name) enum __attribute__((enum_extensibility(closed))) name : int32_t

/// What `binary` computes of `a` and `b`.
typedef KERNEL_ENUM(KernelBinary){
    KernelBinaryAdd,
    KernelBinarySubtract,
    KernelBinaryMultiply,
    KernelBinaryDivide,
    KernelBinaryMaximum,  // a NaN on either side wins, as in NumPy
    KernelBinaryMinimum,
    KernelBinaryPower,
    KernelBinaryAbsoluteGradient,  // a * sign(b), 0 where b is NaN
    KernelBinaryReluGradient,      // b <= 0 ? 0 : a; `b` is relu's input or its result
    KernelBinarySigmoidGradient,   // a * b * (1 - b); `b` is sigmoid's result
    KernelBinaryTanhGradient,      // a * (1 - b * b); `b` is tanh's result
} KernelBinary;

/// What `unary` computes of `x`.
typedef KERNEL_ENUM(KernelUnary){
    KernelUnaryNegate,       KernelUnaryAbsolute, KernelUnarySign,    KernelUnarySquare,
    KernelUnarySquareRoot,   KernelUnaryExp,      KernelUnaryLog,     KernelUnarySin,
    KernelUnaryCos,          KernelUnaryTanh,     KernelUnarySigmoid, KernelUnaryErf,
    KernelUnaryRelu,         KernelUnaryCube,
    KernelUnarySoftplusTail,  // log(1 + e^-|x|)
} KernelUnary;

/// What `activation` computes of `x`, given a number.
typedef KERNEL_ENUM(KernelActivation){
    KernelActivationLeakyRelu,  // x > 0 ? x : number * x
    KernelActivationGelu,       // x times the probability that a normal number is smaller
} KernelActivation;

/// What `loss` computes of `a` and `b`, given a number.
typedef KERNEL_ENUM(KernelLoss){
    KernelLossAbsolute,  // |a - b|
    KernelLossHuber,     // (a - b)^2 / 2 up to |a - b| = number, and straight lines from there on
} KernelLoss;

/// How `compare` compares `a` with `b`.
typedef KERNEL_ENUM(KernelComparison){
    KernelComparisonLess,           KernelComparisonLessOrEqual, KernelComparisonGreater,
    KernelComparisonGreaterOrEqual, KernelComparisonEqual,       KernelComparisonNotEqual,
} KernelComparison;

/// What `join_masks` makes of two masks.
typedef KERNEL_ENUM(KernelJoin){KernelJoinAnd, KernelJoinOr, KernelJoinXor} KernelJoin;

/// What `reduce` makes of a row of values.
typedef KERNEL_ENUM(KernelReduction){
    KernelReductionSum,
    KernelReductionProduct,
    KernelReductionMaximum,  // NaN if any is
    KernelReductionMinimum,
} KernelReduction;

/// How `product` goes about it.
typedef KERNEL_ENUM(KernelProduct){
    KernelProductDirect,  // reads B where it is: its rows are contiguous
    KernelProductDots,    // reads A and B along k, along which both are contiguous
    KernelProductPacked,  // copies blocks of A and B first: any strides
} KernelProduct;

/// Elements in rows and columns: that in row i and column j is `start[i * row + j * column]`, so a
/// distance of 0 repeats one.
typedef struct {
  void *_Nonnull start;
  long row, column;
} KernelGrid;

/// Stochastic gradient descent with decay and momentum as PyTorch defines them:
///   g = gradient + weight_decay * w;  v = first ? g : momentum * v + share * g;
///   g = nesterov ? g + momentum * v : v;  w -= rate * g
/// where share = 1 - dampening.
typedef struct {
  double rate, weight_decay, momentum, share;
  bool nesterov, first;
} KernelSGD;

/// Adam (Kingma and Ba 2015) as PyTorch computes it:
///   w *= shrink;  g = gradient + weight_decay * w;
///   m += share1 * (g - m);  v = beta2 * v + share2 * g * g;
///   w -= step_size * m / (sqrt(v) / root_correction + epsilon)
/// where share = 1 - beta, step_size = rate / (1 - beta1^t), root_correction = sqrt(1 - beta2^t).
typedef struct {
  double step_size, share1, beta2, share2, epsilon, root_correction, weight_decay, shrink;
} KernelAdam;

/// RMSprop (Hinton 2012) as PyTorch computes it:
///   g = gradient + weight_decay * w;  square = alpha * square + share * g * g;
///   mean += share * (g - mean);  step = g / (sqrt(square - mean * mean) + epsilon);
///   velocity = momentum * velocity + step;  w -= rate * velocity
/// where share = 1 - alpha.
typedef struct {
  double rate, alpha, share, epsilon, weight_decay, momentum;
} KernelRMSprop;

/// The kernels of one type of number, to which they round the numbers they are given, once.
typedef struct {
  /// The bytes of a number.
  long size;

  /// out[i, j] = a[i, j] (op) b[i, j]; the rows of `out` are contiguous.
  void (*_Nonnull binary)(KernelBinary op, long rows, long columns, KernelGrid a, KernelGrid b,
                          KernelGrid out);
  /// out[i, j] = a[i, j] (op) b[i, j] ? 1 : 0, in bytes; the rows of `out` are contiguous.
  void (*_Nonnull compare)(KernelComparison op, long rows, long columns, KernelGrid a, KernelGrid b,
                           KernelGrid out);
  /// out[i] = op(x[i])
  void (*_Nonnull unary)(KernelUnary op, long count, const void *_Nonnull x, void *_Nonnull out);
  /// out[i] = x[i] limited to low...high; NaN stays NaN
  void (*_Nonnull clamp)(long count, const void *_Nonnull x, double low, double high,
                         void *_Nonnull out);
  /// out[i] = low <= x[i] <= high ? gradient[i] : 0, as in PyTorch 2.13; 2.15 has 0 at a bound
  void (*_Nonnull clamp_gradient)(long count, const void *_Nonnull gradient, const void *_Nonnull x,
                                  double low, double high, void *_Nonnull out);
  /// out[i] = scale * (a[i] - b[i])
  void (*_Nonnull scaled_difference)(long count, double scale, const void *_Nonnull a,
                                     const void *_Nonnull b, void *_Nonnull out);
  /// out[i] = a[i] - scale * b[i], rounded after the product, too
  void (*_Nonnull subtract_scaled)(long count, double scale, const void *_Nonnull a,
                                   const void *_Nonnull b, void *_Nonnull out);
  /// Uniform numbers, low + width * [0, 1), of the lowest 24 bits of a word each, or of 53 of two.
  void (*_Nonnull uniform)(long count, const uint32_t *_Nonnull words, double low, double width,
                           void *_Nonnull out);
  /// Normal numbers in the place of uniform ones in [0, 1), 16 in a block, as PyTorch pairs them
  /// (Box and Muller 1958), times `std` plus `mean`, rounded once.
  void (*_Nonnull normal)(long blocks, double mean, double std, void *_Nonnull out);
  /// out[i] = op(x[i], number)
  void (*_Nonnull activation)(KernelActivation op, long count, const void *_Nonnull x,
                              double number, void *_Nonnull out);
  /// out[i] = gradient[i * step] * the derivative of op(x[i], number)
  void (*_Nonnull activation_gradient)(KernelActivation op, long count,
                                       const void *_Nonnull gradient, long step,
                                       const void *_Nonnull x, double number, void *_Nonnull out);
  /// out[i] = op(a[i], b[i], number)
  void (*_Nonnull loss)(KernelLoss op, long count, const void *_Nonnull a, const void *_Nonnull b,
                        double number, void *_Nonnull out);
  /// out[i] = gradient[i * step] * the derivative of op(a[i], b[i], number) by a[i]
  void (*_Nonnull loss_gradient)(KernelLoss op, long count, const void *_Nonnull gradient,
                                 long step, const void *_Nonnull a, const void *_Nonnull b,
                                 double number, void *_Nonnull out);
  /// Of each row: e^x over the sum of the row's, or its logarithm.
  void (*_Nonnull softmax)(bool is_log, long rows, long columns, const void *_Nonnull x,
                           void *_Nonnull out);
  /// The gradient of `softmax`, given the result's and the result.
  void (*_Nonnull softmax_gradient)(bool is_log, long rows, long columns,
                                    const void *_Nonnull gradient, const void *_Nonnull result,
                                    void *_Nonnull out);
  /// Of each row: (x - its mean) / sqrt(its variance + epsilon) * weight + bias.
  void (*_Nonnull layer_norm)(long rows, long columns, const void *_Nonnull x,
                              const void *_Nonnull weight, const void *_Nonnull bias,
                              double epsilon, void *_Nonnull out);
  /// The gradient of `layer_norm` by x.
  void (*_Nonnull layer_norm_gradient)(long rows, long columns, const void *_Nonnull gradient,
                                       const void *_Nonnull x, const void *_Nonnull weight,
                                       double epsilon, void *_Nonnull out);
  /// The gradient of `layer_norm` by the weights, summed over the rows one after the other.
  void (*_Nonnull layer_norm_weight_gradient)(long rows, long columns,
                                              const void *_Nonnull gradient, const void *_Nonnull x,
                                              double epsilon, void *_Nonnull out);
  /// out[i] = start + (first + i) * step, in double
  void (*_Nonnull ramp)(long count, double start, double first, double step, void *_Nonnull out);

  /// `x` is [outer, count, inner], its inner parts contiguous and `row` apart (`inner`, if all is),
  /// `out` contiguous [outer, inner]. Sums run in a fixed tree.
  void (*_Nonnull reduce)(KernelReduction op, long outer, long count, long inner,
                          const void *_Nonnull x, long row, void *_Nonnull out);
  /// out[0] = the sum of (a[i] - b[i]) squared, in the tree of `reduce`.
  void (*_Nonnull squared_distance)(long count, const void *_Nonnull a, const void *_Nonnull b,
                                    void *_Nonnull out);
  /// The first place of the largest (`sign` 1) or the smallest (-1) value; a NaN counts as both.
  /// `x` is contiguous [outer, count, inner], `out` [outer, inner].
  void (*_Nonnull arg_extreme)(long outer, long count, long inner, int sign, const void *_Nonnull x,
                               long *_Nonnull out);

  /// Adds `x` [outer, count, inner] to `out` [outer, length, inner] at the places of the middle
  /// axis that `places`, of x's shape, name.
  void (*_Nonnull scatter_add)(long outer, long length, long inner, long count,
                               const long *_Nonnull places, const void *_Nonnull x,
                               void *_Nonnull out);
  /// Adds the rows of `x` to those of `out` that `places` name.
  void (*_Nonnull add_rows)(long count, long width, const long *_Nonnull places,
                            const void *_Nonnull x, void *_Nonnull out);

  /// A step of each of `count` weights `w`. State that is null counts as 0; `maximum` is the
  /// running maximum of v that stands for it in AMSGrad.
  void (*_Nonnull sgd)(KernelSGD settings, long count, void *_Nonnull w,
                       const void *_Nonnull gradient, void *_Nullable velocity);
  void (*_Nonnull adam)(KernelAdam settings, long count, void *_Nonnull w,
                        const void *_Nonnull gradient, void *_Nonnull m, void *_Nonnull v,
                        void *_Nullable maximum);
  void (*_Nonnull rmsprop)(KernelRMSprop settings, long count, void *_Nonnull w,
                           const void *_Nonnull gradient, void *_Nonnull square,
                           void *_Nullable mean, void *_Nullable velocity);

  /// C = A B, or C += A B if `accumulate`: A is m by k, B k by n, both of any strides, C m by n
  /// with contiguous rows. Each element of C is summed over k in an order that depends on the plan
  /// and k alone, so a product may be cut between rows or columns without changing a bit. Computed
  /// as a processor of a generation does it, this one's at most.
  void (*_Nonnull product)(long generation, KernelProduct plan, long m, long n, long k,
                           KernelGrid a, KernelGrid b, KernelGrid c, bool accumulate);
  /// Does as many independent multiply-adds as a thread can, and returns how many operations.
  double (*_Nonnull peak)(long steps);
} KernelTable;

extern const KernelTable kernel_table_f32, kernel_table_f64;

/// out[i, j] = x[i, j], of elements of 1, 4 or 8 bytes.
void kernel_copy(long size, long rows, long columns, KernelGrid x, KernelGrid out);
/// out[i] = value[0], of elements of 1, 4 or 8 bytes.
void kernel_fill(long size, long count, const void *_Nonnull value, void *_Nonnull out);

/// out[i, j] = mask[i, j] ? a[i, j] : b[i, j]; the rows of `out` are contiguous.
void kernel_select(long size, long rows, long columns, KernelGrid mask, KernelGrid a, KernelGrid b,
                   KernelGrid out);
/// out[o, i, j] = x[o, places[o, i, j], j], where `x` is [outer, length, inner], all else
/// [outer, count, inner]; whether all places were in 0..<length.
bool kernel_gather(long size, long outer, long length, long inner, long count,
                   const long *_Nonnull places, const void *_Nonnull x, void *_Nonnull out);
/// Copies the rows of `x` that `places` name.
void kernel_rows(long size, long count, long width, const long *_Nonnull places,
                 const void *_Nonnull x, void *_Nonnull out);
/// Copies the rows of `x` to those of `out` that `places` name.
void kernel_put_rows(long size, long count, long width, const long *_Nonnull places,
                     const void *_Nonnull x, void *_Nonnull out);
/// How many bytes of a mask are not 0.
long kernel_count(long count, const uint8_t *_Nonnull mask);
/// out[i] = a[i] (op) b[i * b_step], of bytes that are 0 or 1.
void kernel_join_masks(KernelJoin op, long count, const uint8_t *_Nonnull a,
                       const uint8_t *_Nonnull b, long b_step, uint8_t *_Nonnull out);
/// Copies the `total` elements where a mask holds, one after the other.
void kernel_compress(long size, long total, const uint8_t *_Nonnull mask, const void *_Nonnull x,
                     void *_Nonnull out);
/// The inverse: the `total` elements of `x` where a mask holds, 0 elsewhere.
void kernel_expand(long size, long count, long total, const uint8_t *_Nonnull mask,
                   const void *_Nonnull x, void *_Nonnull out);

/// out[i] = a[i * a_step] (op) b[i * b_step], wrapping around; op adds, subtracts, multiplies,
/// chooses or takes powers.
void kernel_binary_i64(KernelBinary op, long count, const long *_Nonnull a, long a_step,
                       const long *_Nonnull b, long b_step, long *_Nonnull out);
/// out[i] = a[i] (op) b[i] ? 1 : 0
void kernel_compare_i64(KernelComparison op, long count, const long *_Nonnull a,
                        const long *_Nonnull b, uint8_t *_Nonnull out);
/// `reduce` of contiguous integers, wrapping around.
void kernel_reduce_i64(KernelReduction op, long outer, long count, long inner,
                       const long *_Nonnull x, long *_Nonnull out);

/// Makes the next 624 words of a Mersenne Twister's state.
void kernel_twist(uint32_t *_Nonnull state);
/// The outputs for some words of a Mersenne Twister's state.
void kernel_temper(long count, const uint32_t *_Nonnull state, uint32_t *_Nonnull out);

/// The type of an element.
typedef KERNEL_ENUM(KernelType){
    KernelTypeFloat32,
    KernelTypeFloat64,
    KernelTypeInt64,
    KernelTypeBool,
} KernelType;

/// Converts elements, numbers to integers towards 0; whether these hold all of them.
bool kernel_convert(KernelType from, KernelType to, long count, const void *_Nonnull x,
                    void *_Nonnull out);

/// The generation of this processor as far as kernels differ: the level of x86-64, 1, 3 or 4; 1
/// elsewhere.
long kernel_generation(void);

/// What records the kernels of this thread, and null where nothing does; whoever sets it keeps it
/// alive.
void *_Nullable kernel_recorder(void);
void kernel_set_recorder(void *_Nullable recorder);

/// Tells the processor that this is a loop that waits.
static inline void kernel_pause(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}
