// Reductions of `Scalar`.

// A row is folded into LANES running values, lane by lane, and these in halves: the tree is the
// same on every processor, and short of rounding trouble as long as rows come in blocks.
#define LANES 64
#define BLOCK 4096
#define STRIP 2048
#define ROWS 64
#define NARROW 256
#define SHORT 32

#define LARGER(u, v) ((u) > (v) || (u) != (u) ? (u) : (v))
#define SMALLER(u, v) ((u) < (v) || (u) != (u) ? (u) : (v))
#define SUM(u, v) ((u) + (v))
#define PRODUCT(u, v) ((u) * (v))

// The fold of `length` <= BLOCK values, each `term` of place i.
#define FOLD_BLOCK(result, combine, start, length, term)                                           \
  Scalar result;                                                                                   \
  {                                                                                                \
    Scalar lanes[LANES];                                                                           \
    for (long l = 0; l < LANES; l++) lanes[l] = start;                                             \
    long base = 0;                                                                                 \
    for (; base + LANES <= length; base += LANES) {                                                \
      INDEPENDENT                                                                                  \
      for (long l = 0; l < LANES; l++) {                                                           \
        const long i = base + l;                                                                   \
        const Scalar value = term;                                                                 \
        lanes[l] = combine(lanes[l], value);                                                       \
      }                                                                                            \
    }                                                                                              \
    INDEPENDENT                                                                                    \
    for (long i = base; i < length; i++) {                                                         \
      const Scalar value = term;                                                                   \
      lanes[i - base] = combine(lanes[i - base], value);                                           \
    }                                                                                              \
    for (long half = LANES / 2; half > 0; half /= 2) {                                             \
      for (long l = 0; l < half; l++) lanes[l] = combine(lanes[l], lanes[l + half]);               \
    }                                                                                              \
    result = lanes[0];                                                                             \
  }

// The fold of any count: blocks in pairs, pairs in pairs, and so on, like a binary counter.
#define FOLD(result, combine, start, total, term_at)                                               \
  Scalar result = start;                                                                           \
  {                                                                                                \
    Scalar stack[48];                                                                              \
    long depth = 0, blocks = 0;                                                                    \
    for (long from = 0; from < total; from += BLOCK) {                                             \
      const long length = total - from < BLOCK ? total - from : BLOCK;                             \
      FOLD_BLOCK(folded, combine, start, length, term_at(from + i))                                \
      stack[depth++] = folded;                                                                     \
      for (long bits = ++blocks; (bits & 1) == 0; bits >>= 1, depth--) {                           \
        stack[depth - 2] = combine(stack[depth - 2], stack[depth - 1]);                            \
      }                                                                                            \
    }                                                                                              \
    while (depth > 0) {                                                                            \
      depth--;                                                                                     \
      result = combine(stack[depth], result);                                                      \
    }                                                                                              \
  }

// The folds of some columns, row by row: of ROWS rows at most.
#define FOLD_EACH_ROW(combine, start, target, first, rows)                                         \
  {                                                                                                \
    Scalar *folds = target;                                                                        \
    long i = 0;                                                                                    \
    for (long j = 0; j < width; j++) folds[j] = start;                                             \
    if (width < 16 && width == row) {                                                              \
      /* As wide as a vector, as long as that reads what is there; the surplus is dropped. */      \
      Scalar wide[16];                                                                             \
      for (long j = 0; j < 16; j++) wide[j] = start;                                               \
      for (; i * row + 16 <= (rows) * row; i++) {                                                  \
        const Scalar *values = (first) + i * row;                                                  \
        for (long j = 0; j < 16; j++) wide[j] = combine(wide[j], values[j]);                       \
      }                                                                                            \
      for (long j = 0; j < width; j++) folds[j] = wide[j];                                         \
    }                                                                                              \
    for (; i < (rows); i++) {                                                                      \
      const Scalar *values = (first) + i * row;                                                    \
      INDEPENDENT                                                                                  \
      for (long j = 0; j < width; j++) folds[j] = combine(folds[j], values[j]);                    \
    }                                                                                              \
  }

// The folds of some columns of any count: blocks of ROWS rows in pairs, as in FOLD.
#define FOLD_ROWS(combine, start, target, first)                                                   \
  {                                                                                                \
    Scalar stack[48][NARROW];                                                                      \
    long depth = 0, blocks = 0;                                                                    \
    for (long top = 0; top < count; top += ROWS) {                                                 \
      const long rows = count - top < ROWS ? count - top : ROWS;                                   \
      FOLD_EACH_ROW(combine, start, stack[depth], (first) + top * row, rows)                       \
      depth++;                                                                                     \
      for (long bits = ++blocks; (bits & 1) == 0; bits >>= 1, depth--) {                           \
        Scalar *left = stack[depth - 2], *right = stack[depth - 1];                                \
        for (long j = 0; j < width; j++) left[j] = combine(left[j], right[j]);                     \
      }                                                                                            \
    }                                                                                              \
    for (; depth > 1; depth--) {                                                                   \
      Scalar *left = stack[depth - 2], *right = stack[depth - 1];                                  \
      for (long j = 0; j < width; j++) left[j] = combine(left[j], right[j]);                       \
    }                                                                                              \
    Scalar *folds = target;                                                                        \
    for (long j = 0; j < width; j++) folds[j] = stack[0][j];                                       \
  }

// The folds of 16 rows of SHORT values at most side by side, in the tree of FOLD_BLOCK.
#define FOLD_SHORT_ROWS(combine, start)                                                            \
  {                                                                                                \
    Scalar lanes[SHORT][16];                                                                       \
    for (long l = 0; l < count; l++) {                                                             \
      for (long r = 0; r < 16; r++) lanes[l][r] = combine((Scalar)(start), x[r * count + l]);      \
    }                                                                                              \
    for (long half = SHORT / 2; half > 0; half /= 2) {                                             \
      for (long l = 0; l < half && l + half < count; l++) {                                        \
        for (long r = 0; r < 16; r++) lanes[l][r] = combine(lanes[l][r], lanes[l + half][r]);      \
      }                                                                                            \
    }                                                                                              \
    for (long r = 0; r < 16; r++) out[o + r] = count > 0 ? lanes[0][r] : (Scalar)(start);          \
  }

#define REDUCE(case_label, combine, start)                                                         \
  case case_label:                                                                                 \
    if (inner == 1) {                                                                              \
      long o = 0;                                                                                  \
      for (; count <= SHORT && o + 16 <= outer; o += 16, x += 16 * count) {                        \
        FOLD_SHORT_ROWS(combine, start)                                                            \
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

#undef LANES
#undef BLOCK
#undef STRIP
#undef ROWS
#undef NARROW
#undef SHORT
#undef LARGER
#undef SMALLER
#undef SUM
#undef PRODUCT
#undef FOLD_BLOCK
#undef FOLD
#undef FOLD_EACH_ROW
#undef FOLD_ROWS
#undef FOLD_SHORT_ROWS
#undef REDUCE
