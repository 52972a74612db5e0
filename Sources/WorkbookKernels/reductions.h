// Reductions of `Scalar`.

#define REDUCE(case_label, combine, start)                                                         \
  case case_label:                                                                                 \
    if (row == 1) {                                                                                \
      const Scalar *end = x + outer * count;                                                       \
      NAME(WideMask) isLast;                                                                       \
      for (long i = 0; i < WIDE; i++) isLast[i] = i < count % WIDE ? -1 : 0;                       \
      long o = 0;                                                                                  \
      for (; count <= BLOCK && o < outer; o += WIDE, x += WIDE * count) {                          \
        FOLD_ROWS_ABREAST(combine, start)                                                          \
      }                                                                                            \
      for (; o < outer; o++, x += count) {                                                         \
        FOLD(result, combine, start, count, x_at)                                                  \
        out[o] = result;                                                                           \
      }                                                                                            \
      break;                                                                                       \
    }                                                                                              \
    for (long o = 0; o < outer; o++, out += inner, x += count * row) {                             \
      /* In strips, so that the sums stay in the first-level cache. */                             \
      const long strip = count > ROWS ? NARROW : STRIP;                                            \
      for (long from = 0; from < inner; from += strip) {                                           \
        const long width = from + strip < inner ? strip : inner - from;                            \
        if (count > ROWS) {                                                                        \
          FOLD_ROWS(combine, start, out + from, x + from)                                          \
        } else {                                                                                   \
          FOLD_EACH_ROW(combine, start, out + from, x + from, count)                               \
        }                                                                                          \
      }                                                                                            \
    }                                                                                              \
    break;

CLONES static void NAME(reduce)(KernelReduction op, long outer, long count, long inner,
                                const void *from, long row, void *to) {
  const Scalar *x = from;
  Scalar *out = to;
#define x_at(i) x[i]
  switch (op) {
    REDUCE(KernelReductionSum, SUM, 0)
    REDUCE(KernelReductionProduct, PRODUCT, 1)
    REDUCE(KernelReductionMaximum, LARGER, -(Scalar)INFINITY)
    REDUCE(KernelReductionMinimum, SMALLER, (Scalar)INFINITY)
  }
#undef x_at
}

CLONES static void NAME(squared_distance)(long count, const void *left, const void *right,
                                          void *to) {
  const Scalar *a = left, *b = right;
#define square_at(i) ((a[i] - b[i]) * (a[i] - b[i]))
  FOLD(result, SUM, 0, count, square_at)
#undef square_at
  *(Scalar *)to = result;
}

static void NAME(arg_extreme)(long outer, long count, long inner, int sign, const void *from,
                              long *out) {
  const Scalar *x = from;
  for (long o = 0; o < outer; o++) {
    for (long j = 0; j < inner; j++) {
      const Scalar *column = x + o * count * inner + j;
      long best = 0;
      for (long i = 1; i < count; i++) {
        const Scalar value = column[i * inner], record = column[best * inner];
        if (record != record) break;
        if (value != value || (Scalar)sign * value > (Scalar)sign * record) best = i;
      }
      out[o * inner + j] = best;
    }
  }
}

static void NAME(scatter_add)(long outer, long length, long inner, long count, const long *places,
                              const void *from, void *to) {
  const Scalar *x = from;
  Scalar *out = to;
  for (long o = 0; o < outer; o++, out += length * inner) {
    for (long i = 0; i < count; i++) {
      for (long j = 0; j < inner; j++) out[*places++ * inner + j] += *x++;
    }
  }
}

static void NAME(add_rows)(long count, long width, const long *places, const void *from, void *to) {
  const Scalar *x = from;
  for (long i = 0; i < count; i++, x += width) {
    Scalar *out = (Scalar *)to + places[i] * width;
    INDEPENDENT
    for (long j = 0; j < width; j++) out[j] += x[j];
  }
}

#undef REDUCE
