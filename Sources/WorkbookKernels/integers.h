// Kernels of integers, and between the types of elements.

// Of a negative exponent, what is whole of the power, as in PyTorch.
static unsigned long power_i64(unsigned long base, long exponent) {
  if (exponent < 0) {
    if (base == -1UL) return exponent % 2 ? base : 1;
    return base == 1;
  }
  unsigned long result = 1;
  for (; exponent; exponent >>= 1, base *= base) {
    if (exponent & 1) result *= base;
  }
  return result;
}

CLONES void kernel_binary_i64(KernelBinary op, long count, const long *a, long a_step,
                              const long *b, long b_step, long *out) {
#define EACH(case_label, expression, pragma)                                                       \
  case case_label:                                                                                 \
    pragma for (long i = 0; i < count; i++) {                                                      \
      const unsigned long u = (unsigned long)a[i * a_step], v = (unsigned long)b[i * b_step];      \
      out[i] = (long)(expression);                                                                 \
    }                                                                                              \
    break;
  switch (op) {
    EACH(KernelBinaryAdd, u + v, INDEPENDENT)
    EACH(KernelBinarySubtract, u - v, INDEPENDENT)
    EACH(KernelBinaryMultiply, u * v, INDEPENDENT)
    EACH(KernelBinaryMaximum, (long)u > (long)v ? u : v, INDEPENDENT)
    EACH(KernelBinaryMinimum, (long)u < (long)v ? u : v, INDEPENDENT)
    // A loop for each element, which no vector goes through.
    EACH(KernelBinaryPower, power_i64(u, (long)v), )
    default: break;  // the caller has other ways
  }
#undef EACH
}

CLONES void kernel_compare_i64(KernelComparison op, long count, const long *a, const long *b,
                               uint8_t *out) {
#define EACH(case_label, operator)                                                                 \
  case case_label:                                                                                 \
    INDEPENDENT                                                                                    \
    for (long i = 0; i < count; i++) out[i] = a[i] operator b[i];                                  \
    break;
  switch (op) {
    EACH(KernelComparisonLess, <)
    EACH(KernelComparisonLessOrEqual, <=)
    EACH(KernelComparisonGreater, >)
    EACH(KernelComparisonGreaterOrEqual, >=)
    EACH(KernelComparisonEqual, ==)
    EACH(KernelComparisonNotEqual, !=)
  }
#undef EACH
}

void kernel_reduce_i64(KernelReduction op, long outer, long count, long inner, const long *x,
                       long *out) {
#define EACH(case_label, start, expression)                                                        \
  case case_label:                                                                                 \
    for (long o = 0; o < outer; o++, out += inner) {                                               \
      for (long j = 0; j < inner; j++) out[j] = start;                                             \
      for (long i = 0; i < count; i++, x += inner) {                                               \
        for (long j = 0; j < inner; j++) {                                                         \
          const unsigned long u = (unsigned long)out[j], v = (unsigned long)x[j];                  \
          out[j] = (long)(expression);                                                             \
        }                                                                                          \
      }                                                                                            \
    }                                                                                              \
    break;
  switch (op) {
    EACH(KernelReductionSum, 0, u + v)
    EACH(KernelReductionProduct, 1, u * v)
    EACH(KernelReductionMaximum, INT64_MIN, (long)u > (long)v ? u : v)
    EACH(KernelReductionMinimum, INT64_MAX, (long)u < (long)v ? u : v)
  }
#undef EACH
}

#define CONVERT(From, To, expression)                                                              \
  {                                                                                                \
    const From *x = from;                                                                          \
    To *out = to;                                                                                  \
    INDEPENDENT                                                                                    \
    for (long i = 0; i < count; i++) {                                                             \
      const From u = x[i];                                                                         \
      out[i] = (To)(expression);                                                                   \
    }                                                                                              \
    return true;                                                                                   \
  }
// Cut off behind the point, if all are within what 64 bits hold.
#define CONVERT_TO_INTEGERS(From)                                                                  \
  {                                                                                                \
    const From *x = from;                                                                          \
    long *out = to;                                                                                \
    int fits = 1;                                                                                  \
    for (long i = 0; i < count; i++) {                                                             \
      const int inside = (x[i] >= -0x1p63) & (x[i] < 0x1p63);                                      \
      fits &= inside;                                                                              \
      out[i] = inside ? (long)x[i] : 0;                                                            \
    }                                                                                              \
    return fits;                                                                                   \
  }
#define CONVERT_FROM(From, name)                                                                   \
  CLONES static bool convert_from_##name(KernelType type, long count, const void *from,            \
                                         void *to) {                                               \
    switch (type) {                                                                                \
      case KernelTypeFloat32: CONVERT(From, float, u)                                              \
      case KernelTypeFloat64: CONVERT(From, double, u)                                             \
      case KernelTypeBool: CONVERT(From, uint8_t, u != 0)                                          \
      case KernelTypeInt64: INTEGERS(From)                                                         \
    }                                                                                              \
  }
#define INTEGERS(From) CONVERT_TO_INTEGERS(From)
CONVERT_FROM(float, f32)
CONVERT_FROM(double, f64)
#undef INTEGERS
#define INTEGERS(From) CONVERT(From, long, u)
CONVERT_FROM(long, i64)
CONVERT_FROM(uint8_t, bool)
#undef INTEGERS

bool kernel_convert(KernelType from, KernelType to, long count, const void *x, void *out) {
  switch (from) {
    case KernelTypeFloat32: return convert_from_f32(to, count, x, out);
    case KernelTypeFloat64: return convert_from_f64(to, count, x, out);
    case KernelTypeInt64: return convert_from_i64(to, count, x, out);
    case KernelTypeBool: return convert_from_bool(to, count, x, out);
  }
}

#undef CONVERT
#undef CONVERT_TO_INTEGERS
#undef CONVERT_FROM

CLONES void kernel_join_masks(KernelJoin op, long count, const uint8_t *a, const uint8_t *b,
                              long b_step, uint8_t *out) {
#define EACH(case_label, operator)                                                                 \
  case case_label:                                                                                 \
    if (b_step == 0) {                                                                             \
      const uint8_t right = *b;                                                                    \
      INDEPENDENT                                                                                  \
      for (long i = 0; i < count; i++) out[i] = a[i] operator right;                               \
    } else {                                                                                       \
      INDEPENDENT                                                                                  \
      for (long i = 0; i < count; i++) out[i] = a[i] operator b[i];                                \
    }                                                                                              \
    break;
  switch (op) {
    EACH(KernelJoinAnd, &)
    EACH(KernelJoinOr, |)
    EACH(KernelJoinXor, ^)
  }
#undef EACH
}
