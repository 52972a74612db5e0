// What `products.c` puts into the tables.

#pragma once

#include "include/WorkbookKernels.h"

#define PRODUCT(suffix)                                                                            \
  void kernel_product_##suffix(long generation, KernelProduct plan, long m, long n, long k,        \
                               KernelGrid a, KernelGrid b, KernelGrid c, bool accumulate);         \
  double kernel_peak_##suffix(long steps)

PRODUCT(f32);
PRODUCT(f64);

#undef PRODUCT
