// How each function here is compiled: once for `float`, once for `double`, and on x86-64 Linux for
// three generations of processors, of which the loader picks the one at hand.

#pragma once

#include <math.h>
#include <stddef.h>
#include <stdint.h>

#include "include/Kernels.h"

#if defined(__x86_64__) && defined(__GLIBC__)
#define CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define CLONES
#endif

// Iterations are independent even where `out` is one of the inputs.
#define INDEPENDENT _Pragma("clang loop vectorize(assume_safety)")
