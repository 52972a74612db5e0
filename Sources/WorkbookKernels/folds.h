// How values of `Scalar` are folded into one: the trees of all sums.

// A row is folded into LANES running values, lane by lane, and these in halves: the tree is the
// same on every processor, and short of rounding trouble as long as rows come in blocks.
#define LANES 64
#define BLOCK 4096
#define STRIP 2048
#define ROWS 64
#define NARROW 256

#define LARGER(u, v) ((u) > (v) || (u) != (u) ? (u) : (v))
#define SMALLER(u, v) ((u) < (v) || (u) != (u) ? (u) : (v))
#define SUM(u, v) ((u) + (v))
#define PRODUCT(u, v) ((u) * (v))

// The same of vectors, 64 bytes wide.
#define LARGER_WIDE(u, v) ((((u) > (v)) | ((u) != (u))) ? (u) : (v))
#define SMALLER_WIDE(u, v) ((((u) < (v)) | ((u) != (u))) ? (u) : (v))
#define SUM_WIDE(u, v) ((u) + (v))
#define PRODUCT_WIDE(u, v) ((u) * (v))
#define Wide NAME(Wide)
#define WIDE ((long)(64 / sizeof(Scalar)))
#define WIDE_AT(place) (*(Wide *)(place))

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
    Wide parts[VECTORS];                                                                           \
    UNROLL                                                                                         \
    for (long v = 0; v < VECTORS; v++) parts[v] = WIDE_AT(lanes + v * WIDE);                       \
    UNROLL                                                                                         \
    for (long half = VECTORS / 2; half > 0; half /= 2) {                                           \
      UNROLL                                                                                       \
      for (long v = 0; v < half; v++) parts[v] = combine##_WIDE(parts[v], parts[v + half]);        \
    }                                                                                              \
    FOLD_LANES(combine, parts[0])                                                                  \
    result = parts[0][0];                                                                          \
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
    long left = 0;                                                                                 \
    for (; left + 8 * WIDE <= width; left += 8 * WIDE) {                                           \
      FOLD_VECTORS(8, combine, start, folds + left, (first) + left, rows)                          \
    }                                                                                              \
    for (; left + WIDE <= width; left += WIDE) {                                                   \
      FOLD_VECTORS(1, combine, start, folds + left, (first) + left, rows)                          \
    }                                                                                              \
    long i = 0;                                                                                    \
    for (long j = left; j < width; j++) folds[j] = start;                                          \
    if (width < WIDE && width == row) {                                                            \
      /* As wide as a vector, as long as that reads what is there; the surplus is dropped. */      \
      Wide wide = (Wide){0} + (start);                                                             \
      for (; i * row + WIDE <= (rows) * row; i++) {                                                \
        const Wide values = WIDE_AT((first) + i * row);                                            \
        wide = combine##_WIDE(wide, values);                                                       \
      }                                                                                            \
      for (long j = 0; j < width; j++) folds[j] = wide[j];                                         \
    }                                                                                              \
    for (; i < (rows); i++) {                                                                      \
      const Scalar *values = (first) + i * row;                                                    \
      INDEPENDENT                                                                                  \
      for (long j = left; j < width; j++) folds[j] = combine(folds[j], values[j]);                 \
    }                                                                                              \
  }

// The same of as many vectors of columns as stay in registers.
#define FOLD_VECTORS(vectors, combine, start, target, first, rows)                                 \
  {                                                                                                \
    Wide sums[vectors];                                                                            \
    UNROLL                                                                                         \
    for (long v = 0; v < vectors; v++) sums[v] = (Wide){0} + (start);                              \
    for (long i = 0; i < (rows); i++) {                                                            \
      UNROLL                                                                                       \
      for (long v = 0; v < vectors; v++) {                                                         \
        const Wide values = WIDE_AT((first) + i * row + v * WIDE);                                 \
        sums[v] = combine##_WIDE(sums[v], values);                                                 \
      }                                                                                            \
    }                                                                                              \
    UNROLL                                                                                         \
    for (long v = 0; v < vectors; v++) WIDE_AT((target) + v * WIDE) = sums[v];                     \
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

// The folds of WIDE rows of BLOCK values at most side by side, in the tree of FOLD_BLOCK: what its
// lanes do not get would not change them. Of fewer rows than these, the last stands for those that
// are missing.
#define FOLD_ROWS_ABREAST(combine, start)                                                          \
  {                                                                                                \
    const long rows = outer - o < WIDE ? outer - o : WIDE;                                         \
    Wide parts[WIDE];                                                                              \
    const bool isShort =                                                                           \
        count < 2 * WIDE && count % WIDE != 0 && x + (WIDE - 1) * count + 2 * WIDE <= end;         \
    for (long r = 0; r < WIDE && isShort; r++) {                                                   \
      const Wide first = WIDE_AT(x + r * count);                                                   \
      const Wide last = count < WIDE ? first : WIDE_AT(x + r * count + WIDE);                      \
      const Wide rest = isLast ? last : (Wide){0} + (start);                                       \
      parts[r] = count < WIDE ? rest : combine##_WIDE(first, rest);                                \
    }                                                                                              \
    for (long r = 0; r < WIDE && !isShort; r++) {                                                  \
      const Scalar *values = x + (r < rows ? r : rows - 1) * count;                                \
      Wide lanes[VECTORS];                                                                         \
      UNROLL                                                                                       \
      for (long v = 0; v < VECTORS; v++) lanes[v] = (Wide){0} + (start);                           \
      long base = 0;                                                                               \
      for (; base + LANES <= count; base += LANES) {                                               \
        UNROLL                                                                                     \
        for (long v = 0; v < VECTORS; v++) {                                                       \
          const Wide some = WIDE_AT(values + base + v * WIDE);                                     \
          lanes[v] = combine##_WIDE(lanes[v], some);                                               \
        }                                                                                          \
      }                                                                                            \
      UNROLL                                                                                       \
      for (long v = 0; v < VECTORS; v++) {                                                         \
        const long length = count - base - v * WIDE;                                               \
        if (length >= WIDE) {                                                                      \
          const Wide some = WIDE_AT(values + base + v * WIDE);                                     \
          lanes[v] = combine##_WIDE(lanes[v], some);                                               \
        } else if (length > 0) {                                                                   \
          Wide some = (Wide){0} + (start);                                                         \
          if (values + base + (v + 1) * WIDE <= end) {                                             \
            some = isLast ? WIDE_AT(values + base + v * WIDE) : some;                              \
          } else {                                                                                 \
            for (long i = 0; i < length; i++) some[i] = values[base + v * WIDE + i];               \
          }                                                                                        \
          lanes[v] = combine##_WIDE(lanes[v], some);                                               \
        }                                                                                          \
      }                                                                                            \
      if (count > WIDE) {                                                                          \
        UNROLL                                                                                     \
        for (long half = VECTORS / 2; half > 0; half /= 2) {                                       \
          UNROLL                                                                                   \
          for (long v = 0; v < half; v++) lanes[v] = combine##_WIDE(lanes[v], lanes[v + half]);    \
        }                                                                                          \
      }                                                                                            \
      parts[r] = lanes[0];                                                                         \
    }                                                                                              \
    EACH_HALF(combine)                                                                             \
    if (rows == WIDE) {                                                                            \
      WIDE_AT(out + o) = parts[0];                                                                 \
    } else {                                                                                       \
      for (long r = 0; r < rows; r++) out[o + r] = parts[0][r];                                    \
    }                                                                                              \
  }

// Two vectors as one: in each run of `half` lanes of what comes out, the folds of twice as many.
#define HALVE(combine, half, low, high)                                                            \
  for (long i = 0; i < half; i++) {                                                                \
    const Wide a = parts[2 * i], b = parts[2 * i + 1];                                             \
    const Wide u = __builtin_shufflevector(a, b, low), v = __builtin_shufflevector(a, b, high);    \
    parts[i] = combine##_WIDE(u, v);                                                               \
  }
#define EACH_HALF_OF_16(combine)                                                                   \
  HALVE(combine, 8, LIST(0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23),                  \
        LIST(8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31))                        \
  HALVE(combine, 4, LIST(0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26, 27),                \
        LIST(4, 5, 6, 7, 12, 13, 14, 15, 20, 21, 22, 23, 28, 29, 30, 31))                          \
  HALVE(combine, 2, LIST(0, 1, 4, 5, 8, 9, 12, 13, 16, 17, 20, 21, 24, 25, 28, 29),                \
        LIST(2, 3, 6, 7, 10, 11, 14, 15, 18, 19, 22, 23, 26, 27, 30, 31))                          \
  HALVE(combine, 1, LIST(0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30),               \
        LIST(1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31))
#define EACH_HALF_OF_8(combine)                                                                    \
  HALVE(combine, 4, LIST(0, 1, 2, 3, 8, 9, 10, 11), LIST(4, 5, 6, 7, 12, 13, 14, 15))              \
  HALVE(combine, 2, LIST(0, 1, 4, 5, 8, 9, 12, 13), LIST(2, 3, 6, 7, 10, 11, 14, 15))              \
  HALVE(combine, 1, LIST(0, 2, 4, 6, 8, 10, 12, 14), LIST(1, 3, 5, 7, 9, 11, 13, 15))
#define LIST(...) __VA_ARGS__

// The fold of a vector's lanes, into its first.
#define FOLD_HALF(combine, v, half)                                                                \
  {                                                                                                \
    const Wide other = half;                                                                       \
    v = combine##_WIDE(v, other);                                                                  \
  }
#define UPPER(v, ...) __builtin_shufflevector(v, v, __VA_ARGS__)
#define FOLD_LANES_OF_16(combine, v)                                                               \
  FOLD_HALF(combine, v, UPPER(v, 8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15))      \
  FOLD_HALF(combine, v, UPPER(v, 4, 5, 6, 7, 4, 5, 6, 7, 4, 5, 6, 7, 4, 5, 6, 7))                  \
  FOLD_HALF(combine, v, UPPER(v, 2, 3, 2, 3, 2, 3, 2, 3, 2, 3, 2, 3, 2, 3, 2, 3))                  \
  FOLD_HALF(combine, v, UPPER(v, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1))
#define FOLD_LANES_OF_8(combine, v)                                                                \
  FOLD_HALF(combine, v, UPPER(v, 4, 5, 6, 7, 4, 5, 6, 7))                                          \
  FOLD_HALF(combine, v, UPPER(v, 2, 3, 2, 3, 2, 3, 2, 3))                                          \
  FOLD_HALF(combine, v, UPPER(v, 1, 1, 1, 1, 1, 1, 1, 1))
