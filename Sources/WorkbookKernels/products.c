// Matrix products. `product.h` has the algorithm; here it is compiled for each type of number and,
// on x86-64 Linux, for three generations of processors. (Clones of one body would not do: the size
// of a tile follows from the registers there are.)

#include "products.h"

#include <stddef.h>
#include <stdint.h>

#pragma STDC FP_CONTRACT ON

// How many rows of B are packed at a time, in panels that are at home in the second-level cache.
#define DEPTH 512L

#define JOIN(a, b, c) JOIN_(a, b, c)
#define JOIN_(a, b, c) a##b##c

#if defined(__x86_64__) && defined(__GLIBC__)
#include <immintrin.h>

// Without the width clang halves these vectors: early processors slowed down over whole ones.
#define TARGET __attribute__((target("arch=x86-64-v4"), min_vector_width(512)))
#define REGISTERS 32

#define Scalar float
#define Suffix _f32
#define LANES 16
#define VARIANT(name) JOIN(name, _v4, Suffix)
#define LOAD_PART(p, n) ((Vector)_mm512_maskz_loadu_ps((__mmask16)((1u << (n)) - 1), p))
#define STORE_PART(p, n, v) _mm512_mask_storeu_ps(p, (__mmask16)((1u << (n)) - 1), (__m512)(v))
#define HALF_LIST 0, 1, 2, 3, 4, 5, 6, 7
#define LOAD_HALF(p, n) ((Half_v4_f32)_mm256_maskz_loadu_ps((__mmask8)((1u << (n)) - 1), p))
#define STORE_HALF(p, n, v) _mm256_mask_storeu_ps(p, (__mmask8)((1u << (n)) - 1), (__m256)(v))
#include "product.h"

#define Scalar double
#define Suffix _f64
#define LANES 8
#define LOAD_PART(p, n) ((Vector)_mm512_maskz_loadu_pd((__mmask8)((1u << (n)) - 1), p))
#define STORE_PART(p, n, v) _mm512_mask_storeu_pd(p, (__mmask8)((1u << (n)) - 1), (__m512d)(v))
#define HALF_LIST 0, 1, 2, 3
#define LOAD_HALF(p, n) ((Half_v4_f64)_mm256_maskz_loadu_pd((__mmask8)((1u << (n)) - 1), p))
#define STORE_HALF(p, n, v) _mm256_mask_storeu_pd(p, (__mmask8)((1u << (n)) - 1), (__m256d)(v))
#include "product.h"

#undef TARGET
#undef REGISTERS
#undef VARIANT
#define TARGET __attribute__((target("arch=x86-64-v3")))
#define REGISTERS 16
#define VARIANT(name) JOIN(name, _v3, Suffix)

#define MASK32(n)                                                                                  \
  _mm256_cmpgt_epi32(_mm256_set1_epi32(n), _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7))
#define MASK64(n) _mm256_cmpgt_epi64(_mm256_set1_epi64x(n), _mm256_setr_epi64x(0, 1, 2, 3))

#define Scalar float
#define Suffix _f32
#define LANES 8
#define LOAD_PART(p, n) ((Vector)_mm256_maskload_ps(p, MASK32((int)(n))))
#define STORE_PART(p, n, v) _mm256_maskstore_ps(p, MASK32((int)(n)), (__m256)(v))
#include "product.h"

#define Scalar double
#define Suffix _f64
#define LANES 4
#define LOAD_PART(p, n) ((Vector)_mm256_maskload_pd(p, MASK64(n)))
#define STORE_PART(p, n, v) _mm256_maskstore_pd(p, MASK64(n), (__m256d)(v))
#include "product.h"

#undef TARGET
#undef REGISTERS
#undef VARIANT
#endif

#define TARGET

#ifdef __aarch64__
#define REGISTERS 32
#else
#define REGISTERS 13  // of 16, as a product needs one before it is added
#endif
#define VARIANT(name) JOIN(name, _base, Suffix)

#define Scalar float
#define Suffix _f32
#define LANES 4
#include "product.h"

#define Scalar double
#define Suffix _f64
#define LANES 2
#include "product.h"

#if defined(__x86_64__) && defined(__GLIBC__)
long kernel_generation(void) {
  return __builtin_cpu_supports("x86-64-v4") ? 4 : __builtin_cpu_supports("x86-64-v3") ? 3 : 1;
}
#define PICK(name, suffix)                                                                         \
  (generation >= 4 ? name##_v4##suffix : generation == 3 ? name##_v3##suffix : name##_base##suffix)
#else
long kernel_generation(void) { return 1; }
#define PICK(name, suffix) ((void)generation, name##_base##suffix)
#endif

#define PRODUCT(suffix)                                                                            \
  void kernel_product##suffix(long generation, KernelProduct plan, long m, long n, long k,         \
                              KernelGrid a, KernelGrid b, KernelGrid c, bool accumulate) {         \
    PICK(product, suffix)(plan, m, n, k, a, b, c, accumulate);                                     \
  }                                                                                                \
                                                                                                   \
  double kernel_peak##suffix(long steps) {                                                         \
    const long generation = kernel_generation();                                                   \
    return PICK(peak, suffix)(steps);                                                              \
  }

PRODUCT(_f32)
PRODUCT(_f64)
