#ifndef Scalar

#include "variants.h"

#define Scalar float
#define NAME(name) kernel_##name##_f32
#include "products.c"
#undef Scalar
#undef NAME

#define Scalar double
#define NAME(name) kernel_##name##_f64
#include "products.c"

#else

CLONES void NAME(product)(long m, long n, long k, const Scalar *a, long a_row, long a_column,
                          const Scalar *b, long b_row, long b_column, Scalar *c, long c_row,
                          int32_t accumulate) {
  for (long i = 0; i < m; i++) {
    Scalar *row = c + i * c_row;
    if (!accumulate) {
      for (long j = 0; j < n; j++) row[j] = 0;
    }
    if (b_column == 1) {
      for (long p = 0; p < k; p++) {
        const Scalar left = a[i * a_row + p * a_column];
        const Scalar *right = b + p * b_row;
        INDEPENDENT for (long j = 0; j < n; j++) row[j] += left * right[j];
      }
    } else {
      for (long j = 0; j < n; j++) {
        const Scalar *right = b + j * b_column;
        Scalar sum = row[j];
        for (long p = 0; p < k; p++) sum += a[i * a_row + p * a_column] * right[p * b_row];
        row[j] = sum;
      }
    }
  }
}

#endif
