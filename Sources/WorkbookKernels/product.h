// One variant of the matrix product: `Scalar`, `LANES` of it in a vector, `REGISTERS` vectors.
//
// A tile of C, ROWS by COLUMNS vectors, stays in registers while its products are added up over k,
// each element by a chain of fused multiply-adds in the order of k (Goto and van de Geijn, "Anatomy
// of High-Performance Matrix Multiplication", ACM TOMS 34(3), 2008). Three ways lead to the tiles:
//
// direct  B has contiguous rows and stays in the cache: it is read where it is.
// dots    A and B are contiguous along k: each element is a dot product, lanes running along k.
// packed  everything else: blocks of A and B are copied in the order in which tiles read them.

#define INLINE static inline __attribute__((always_inline)) TARGET
#define UNROLL _Pragma("clang loop unroll(full)")

typedef Scalar VARIANT(Vector)
    __attribute__((vector_size(LANES * sizeof(Scalar)), aligned(sizeof(Scalar))));
#define Vector VARIANT(Vector)

// An operand: the element in row i and column j is `start[i * row + j * column]`.
typedef struct {
  const Scalar *start;
  long row, column;
} VARIANT(Input);
#define Input VARIANT(Input)

// A result, with contiguous rows.
typedef struct {
  Scalar *start;
  long row;
} VARIANT(Output);
#define Output VARIANT(Output)

// An operand or a result, from a row and a column on.
#define INPUT_AT(x, i, j)                                                                          \
  ((Input){(x).start + (i) * (x).row + (j) * (x).column, (x).row, (x).column})
#define OUTPUT_AT(c, i, j) ((Output){(c).start + (i) * (c).row + (j), (c).row})

#ifndef LOAD_PART
INLINE Vector VARIANT(load_part)(const Scalar *p, long n) {
  Vector v = {0};
  for (long l = 0; l < LANES; l++) {
    if (l < n) v[l] = p[l];
  }
  return v;
}

INLINE void VARIANT(store_part)(Scalar *p, long n, Vector v) {
  for (long l = 0; l < LANES; l++) {
    if (l < n) p[l] = v[l];
  }
}
#define LOAD_PART(p, n) VARIANT(load_part)(p, n)
#define STORE_PART(p, n, v) VARIANT(store_part)(p, n, v)
#endif

#define MAX_ROWS 8
#define MAX_COLUMNS 4

// How much of a tile's last vector exists. Of a half and less some processors do the work in half
// the time.
#define WHOLE 0
#define PART 1
#define HALF 2
#ifdef LOAD_HALF
#define EXTENT(last) ((last) == LANES ? WHOLE : (last) > LANES / 2 ? PART : HALF)
#define LOW_HALF(v) __builtin_shufflevector(v, v, HALF_LIST)
typedef Scalar VARIANT(Half)
    __attribute__((vector_size(LANES / 2 * sizeof(Scalar)), aligned(sizeof(Scalar))));
#else
#define EXTENT(last) ((last) == LANES ? WHOLE : PART)
#define LOW_HALF(v) (v)
#define LOAD_HALF(p, n) LOAD_PART(p, n)
#define STORE_HALF(p, n, v) STORE_PART(p, n, v)
typedef Vector VARIANT(Half);
#endif

// The tile of ROWS by COLUMNS vectors that is C, of which `rows` rows and, in the last vector,
// `last` columns exist. `from` says whether the sums begin with what is in C, `extent` how much of
// the last vector exists.
INLINE void VARIANT(tile)(const int ROWS, const int COLUMNS, const int extent, long rows, long last,
                          long k, Input a, Input b, Output c, int from) {
  Vector sums[MAX_ROWS][MAX_COLUMNS];
  // The last column's, if it is a half.
  VARIANT(Half) halves[MAX_ROWS];
  const int full = extent == HALF ? COLUMNS - 1 : COLUMNS;
  const Scalar *left[MAX_ROWS];
  UNROLL
  for (int i = 0; i < ROWS; i++) {
    // Rows that do not exist repeat the last one.
    const long row = i < rows ? i : rows - 1;
    left[i] = a.start + row * a.row;
    UNROLL
    for (int j = 0; j < full; j++) {
      if (!from) {
        sums[i][j] = (Vector){0};
      } else if (j == COLUMNS - 1 && extent == PART) {
        sums[i][j] = i < rows ? LOAD_PART(c.start + i * c.row + j * LANES, last) : (Vector){0};
      } else {
        sums[i][j] = i < rows ? *(const Vector *)(c.start + i * c.row + j * LANES) : (Vector){0};
      }
    }
    if (extent == HALF) {
      halves[i] = from && i < rows ? LOAD_HALF(c.start + i * c.row + full * LANES, last)
                                   : (VARIANT(Half)){0};
    }
  }
  for (long p = 0; p < k; p++, b.start += b.row) {
    Vector right[MAX_COLUMNS];
    VARIANT(Half) rest;
    UNROLL
    for (int j = 0; j < full; j++) {
      if (j == COLUMNS - 1 && extent == PART) {
        right[j] = LOAD_PART(b.start + j * LANES, last);
      } else {
        right[j] = *(const Vector *)(b.start + j * LANES);
      }
    }
    if (extent == HALF) rest = LOAD_HALF(b.start + full * LANES, last);
    UNROLL
    for (int i = 0; i < ROWS; i++) {
      const Vector x = *left[i] - (Vector){0};
      left[i] += a.column;
      UNROLL
      for (int j = 0; j < full; j++) sums[i][j] = sums[i][j] + x * right[j];
      if (extent == HALF) halves[i] = halves[i] + LOW_HALF(x) * rest;
    }
  }
  UNROLL
  for (int i = 0; i < ROWS; i++) {
    if (i < rows) {
      UNROLL
      for (int j = 0; j < full; j++) {
        if (j == COLUMNS - 1 && extent == PART) {
          STORE_PART(c.start + i * c.row + j * LANES, last, sums[i][j]);
        } else {
          *(Vector *)(c.start + i * c.row + j * LANES) = sums[i][j];
        }
      }
      if (extent == HALF) STORE_HALF(c.start + i * c.row + full * LANES, last, halves[i]);
    }
  }
}

// MARK: direct

// All rows of C in a strip of COLUMNS vectors, in tiles of TALL rows and, for the rest, of SHORT.
#define STRIP(COLUMNS, TALL, SHORT)                                                                \
  static TARGET void VARIANT(strip##COLUMNS)(long m, long last, long k, Input a, Input b,          \
                                             Output c, int from) {                                 \
    const int extent = EXTENT(last);                                                               \
    while (m > 0) {                                                                                \
      const int is_short = m <= SHORT || (TALL < m && m <= 2 * SHORT);                             \
      const long rows = is_short ? SHORT : TALL;                                                   \
      switch (extent) {                                                                            \
        case WHOLE: TILES(COLUMNS, TALL, SHORT, WHOLE); break;                                     \
        case PART: TILES(COLUMNS, TALL, SHORT, PART); break;                                       \
        default: TILES(COLUMNS, TALL, SHORT, HALF); break;                                         \
      }                                                                                            \
      m -= rows;                                                                                   \
      a = INPUT_AT(a, rows, 0);                                                                    \
      c = OUTPUT_AT(c, rows, 0);                                                                   \
    }                                                                                              \
  }
#define TILES(COLUMNS, TALL, SHORT, extent)                                                        \
  if (is_short) {                                                                                  \
    TILE(SHORT, COLUMNS, extent);                                                                  \
  } else {                                                                                         \
    TILE(TALL, COLUMNS, extent);                                                                   \
  }
#define TILE(ROWS, COLUMNS, extent) VARIANT(tile)(ROWS, COLUMNS, extent, m, last, k, a, b, c, from)

#if REGISTERS == 32
STRIP(1, 8, 4)
STRIP(2, 8, 4)
STRIP(3, 8, 4)
STRIP(4, 6, 4)
#elif REGISTERS == 16
STRIP(1, 6, 2)
STRIP(2, 6, 4)
STRIP(3, 4, 2)
#else
STRIP(1, 6, 2)
STRIP(2, 4, 2)
STRIP(3, 3, 2)
#endif
#undef STRIP
#undef TILES
#undef TILE

// One row of C: B is read once, eight of its rows side by side.
static TARGET void VARIANT(row)(long n, long k, Input a, Input b, Output out, int from) {
  Scalar *c = out.start;
  if (!from) {
    for (long j = 0; j < n; j++) c[j] = 0;
  }
  long p = 0;
  for (; p + 8 <= k; p += 8, b.start += 8 * b.row) {
    Scalar x[8];
    UNROLL
    for (int r = 0; r < 8; r++) x[r] = a.start[(p + r) * a.column];
    long j = 0;
    for (; j + LANES <= n; j += LANES) {
      Vector sum = *(Vector *)(c + j);
      UNROLL
      for (int r = 0; r < 8; r++) {
        sum = sum + (x[r] - (Vector){0}) * *(const Vector *)(b.start + r * b.row + j);
      }
      *(Vector *)(c + j) = sum;
    }
    for (; j < n; j++) {
      Scalar sum = c[j];
      UNROLL
      for (int r = 0; r < 8; r++) sum = sum + x[r] * b.start[r * b.row + j];
      c[j] = sum;
    }
  }
  for (; p < k; p++, b.start += b.row) {
    for (long j = 0; j < n; j++) c[j] = c[j] + a.start[p * a.column] * b.start[j];
  }
}

// The widest strip to take from `n` columns, in vectors: such that none is left with only one.
INLINE long VARIANT(strip_columns)(long n) {
  const long vectors = (n + LANES - 1) / LANES;
  if (REGISTERS == 32 && vectors % 4 == 0) return 4;
  if (REGISTERS == 32 ? vectors >= 3 : vectors % 3 == 0) return 3;
  return vectors >= 2 ? 2 : 1;
}

INLINE void VARIANT(strip)(long columns, long m, long width, long k, Input a, Input b, Output c,
                           int from) {
  const long last = width - (columns - 1) * LANES;
#define STRIP(COLUMNS)                                                                             \
  case COLUMNS: return VARIANT(strip##COLUMNS)(m, last, k, a, b, c, from)
  switch (columns) {
    STRIP(1);
    STRIP(2);
    STRIP(3);
#if REGISTERS == 32
    STRIP(4);
#endif
  }
#undef STRIP
}

static TARGET void VARIANT(direct)(long m, long n, long k, Input a, Input b, Output c, int from) {
  if (m == 1) return VARIANT(row)(n, k, a, b, c, from);
  for (long left = 0; left < n;) {
    const long columns = VARIANT(strip_columns)(n - left);
    const long width = n - left < columns * LANES ? n - left : columns * LANES;
    VARIANT(strip)(columns, m, width, k, a, INPUT_AT(b, 0, left), OUTPUT_AT(c, 0, left), from);
    left += width;
  }
}

// MARK: dots

#if REGISTERS == 32
#define DOT_ROWS 4
#define DOT_COLUMNS 5
#define COLUMN_ROWS 8
#else
#define DOT_ROWS 3
#define DOT_COLUMNS 3
#define COLUMN_ROWS 6
#endif
#define MAX_DOT_COLUMNS 5

// The sum of a vector's lanes, in halves.
INLINE Scalar VARIANT(fold)(Vector v) {
#if LANES == 16
#define ROTATED(h)                                                                                 \
  __builtin_shufflevector(v, v, (h), (h) + 1, (h) + 2, (h) + 3, (h) + 4, (h) + 5, (h) + 6,         \
                          (h) + 7, (h) + 8, (h) + 9, (h) + 10, (h) + 11, (h) + 12, (h) + 13,       \
                          (h) + 14, (h) + 15)
#elif LANES == 8
#define ROTATED(h)                                                                                 \
  __builtin_shufflevector(v, v, (h), (h) + 1, (h) + 2, (h) + 3, (h) + 4, (h) + 5, (h) + 6, (h) + 7)
#elif LANES == 4
#define ROTATED(h) __builtin_shufflevector(v, v, (h), (h) + 1, (h) + 2, (h) + 3)
#else
#define ROTATED(h) __builtin_shufflevector(v, v, (h), (h) + 1)
#endif
#if LANES >= 16
  v = v + ROTATED(8);
#endif
#if LANES >= 8
  v = v + ROTATED(4);
#endif
#if LANES >= 4
  v = v + ROTATED(2);
#endif
  v = v + ROTATED(1);
#undef ROTATED
  return v[0];
}

// The tile of ROWS by COLUMNS dot products that is C, of which `rows` and `columns` exist.
INLINE void VARIANT(dot_tile)(const int ROWS, const int COLUMNS, long rows, long columns, long k,
                              Input a, Input b, Output c, int from) {
  Vector sums[MAX_ROWS][MAX_DOT_COLUMNS];
  const Scalar *left[MAX_ROWS], *right[MAX_DOT_COLUMNS];
  UNROLL
  for (int i = 0; i < ROWS; i++) {
    left[i] = a.start + (i < rows ? i : rows - 1) * a.row;
    UNROLL
    for (int j = 0; j < COLUMNS; j++) sums[i][j] = (Vector){0};
  }
  UNROLL
  for (int j = 0; j < COLUMNS; j++) {
    right[j] = b.start + (j < columns ? j : columns - 1) * b.column;
  }
  long p = 0;
  for (; p + LANES <= k; p += LANES) {
    Vector y[MAX_DOT_COLUMNS];
    UNROLL
    for (int j = 0; j < COLUMNS; j++) y[j] = *(const Vector *)(right[j] + p);
    UNROLL
    for (int i = 0; i < ROWS; i++) {
      const Vector x = *(const Vector *)(left[i] + p);
      UNROLL
      for (int j = 0; j < COLUMNS; j++) sums[i][j] = sums[i][j] + x * y[j];
    }
  }
  if (p < k) {
    Vector y[MAX_DOT_COLUMNS];
    UNROLL
    for (int j = 0; j < COLUMNS; j++) y[j] = LOAD_PART(right[j] + p, k - p);
    UNROLL
    for (int i = 0; i < ROWS; i++) {
      const Vector x = LOAD_PART(left[i] + p, k - p);
      UNROLL
      for (int j = 0; j < COLUMNS; j++) sums[i][j] = sums[i][j] + x * y[j];
    }
  }
  UNROLL
  for (int i = 0; i < ROWS; i++) {
    UNROLL
    for (int j = 0; j < COLUMNS; j++) {
      const Scalar sum = VARIANT(fold)(sums[i][j]);
      if (i < rows && j < columns) {
        Scalar *out = c.start + i * c.row + j;
        *out = from ? *out + sum : sum;
      }
    }
  }
}

static TARGET void VARIANT(dots)(long m, long n, long k, Input a, Input b, Output c, int from) {
  for (long i = 0; n == 1 && i < m; i += COLUMN_ROWS) {
    VARIANT(dot_tile)(COLUMN_ROWS, 1, m - i, 1, k, INPUT_AT(a, i, 0), b, OUTPUT_AT(c, i, 0), from);
  }
  for (long i = 0; n > 1 && i < m; i += DOT_ROWS) {
    for (long j = 0; j < n; j += DOT_COLUMNS) {
      VARIANT(dot_tile)(DOT_ROWS, DOT_COLUMNS, m - i, n - j, k, INPUT_AT(a, i, 0),
                        INPUT_AT(b, 0, j), OUTPUT_AT(c, i, j), from);
    }
  }
}

// MARK: packed

#if LANES == 16
#define LOW 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23
#define HIGH 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31
#elif LANES == 8
#define LOW 0, 8, 1, 9, 2, 10, 3, 11
#define HIGH 4, 12, 5, 13, 6, 14, 7, 15
#elif LANES == 4
#define LOW 0, 4, 1, 5
#define HIGH 2, 6, 3, 7
#else
#define LOW 0, 2
#define HIGH 1, 3
#endif

// Transposes a square of LANES by LANES: interleaving the first half of its rows with the second
// moves each index by one bit, so doing it once for each bit swaps row and column.
INLINE void VARIANT(transpose)(const Scalar *x, long x_row, Scalar *out, long out_row) {
  Vector rows[LANES], next[LANES];
  UNROLL
  for (int i = 0; i < LANES; i++) rows[i] = *(const Vector *)(x + i * x_row);
  UNROLL
  for (int bit = 1; bit < LANES; bit *= 2) {
    UNROLL
    for (int i = 0; i < LANES / 2; i++) {
      next[2 * i] = __builtin_shufflevector(rows[i], rows[i + LANES / 2], LOW);
      next[2 * i + 1] = __builtin_shufflevector(rows[i], rows[i + LANES / 2], HIGH);
    }
    UNROLL
    for (int i = 0; i < LANES; i++) rows[i] = next[i];
  }
  UNROLL
  for (int i = 0; i < LANES; i++) *(Vector *)(out + i * out_row) = rows[i];
}

#undef LOW
#undef HIGH

// Copies `depth` rows of `width` columns of B into a panel with `pitch` columns, the missing ones
// 0.
static TARGET void VARIANT(pack)(long width, long pitch, long depth, Input b, Scalar *panel) {
  if (b.column == 1) {
    for (long p = 0; p < depth; p++, b.start += b.row, panel += pitch) {
      for (long j = 0; j < width; j++) panel[j] = b.start[j];
      for (long j = width; j < pitch; j++) panel[j] = 0;
    }
    return;
  }
  long from = 0;
  if (b.row == 1) {
    for (; from + LANES <= width; from += LANES) {
      const Scalar *x = b.start + from * b.column;
      long p = 0;
      for (; p + LANES <= depth; p += LANES) {
        VARIANT(transpose)(x + p, b.column, panel + p * pitch + from, pitch);
      }
      for (; p < depth; p++) {
        for (long j = 0; j < LANES; j++) panel[p * pitch + from + j] = x[p + j * b.column];
      }
    }
  }
  for (long p = 0; p < depth; p++) {
    for (long j = from; j < width; j++) panel[p * pitch + j] = b.start[p * b.row + j * b.column];
    for (long j = width; j < pitch; j++) panel[p * pitch + j] = 0;
  }
}

static TARGET void VARIANT(packed)(long m, long n, long k, Input a, Input b, Output c, int from) {
  Scalar panel[DEPTH * 4 * LANES] __attribute__((aligned(64)));
  for (long start = 0; start < k; start += DEPTH) {
    const long depth = k - start < DEPTH ? k - start : DEPTH;
    for (long left = 0; left < n;) {
      const long columns = VARIANT(strip_columns)(n - left), pitch = columns * LANES;
      const long width = n - left < pitch ? n - left : pitch;
      VARIANT(pack)(width, pitch, depth, INPUT_AT(b, start, left), panel);
      VARIANT(strip)(columns, m, width, depth, INPUT_AT(a, 0, start), (Input){panel, pitch, 1},
                     OUTPUT_AT(c, 0, left), from || start > 0);
      left += width;
    }
  }
}

static TARGET void VARIANT(product)(KernelProduct plan, long m, long n, long k, KernelGrid left,
                                    KernelGrid right, KernelGrid out, bool accumulate) {
  const Input a = {left.start, left.row, left.column}, b = {right.start, right.row, right.column};
  const Output c = {out.start, out.row};
  if (k == 0 && !accumulate) {
    for (long i = 0; i < m; i++) {
      for (long j = 0; j < n; j++) c.start[i * c.row + j] = 0;
    }
    return;
  }
  switch (plan) {
    case KernelProductDirect: return VARIANT(direct)(m, n, k, a, b, c, accumulate);
    case KernelProductDots: return VARIANT(dots)(m, n, k, a, b, c, accumulate);
    case KernelProductPacked: return VARIANT(packed)(m, n, k, a, b, c, accumulate);
  }
}

// What the processor can do at most: `steps` times 12 multiply-adds that wait for nothing.
static TARGET double VARIANT(peak)(long steps) {
  Vector sums[12];
  UNROLL
  for (int i = 0; i < 12; i++) sums[i] = (Vector){0} + (Scalar)i;
  const Vector x = (Vector){0} + (Scalar)0.5;
  for (long step = 0; step < steps; step++) {
    UNROLL
    for (int i = 0; i < 12; i++) sums[i] = sums[i] * x + x;
  }
  Vector sum = sums[0];
  UNROLL
  for (int i = 1; i < 12; i++) sum = sum + sums[i];
  // The result keeps the loop from being left out: no sum is negative.
  return VARIANT(fold)(sum) < 0 ? 0 : 2.0 * 12 * LANES * (double)steps;
}

#undef INLINE
#undef UNROLL
#undef Vector
#undef Input
#undef Output
#undef INPUT_AT
#undef OUTPUT_AT
#undef MAX_ROWS
#undef MAX_COLUMNS
#undef DOT_ROWS
#undef DOT_COLUMNS
#undef COLUMN_ROWS
#undef MAX_DOT_COLUMNS
#undef Scalar
#undef Suffix
#undef LANES
#undef LOAD_PART
#undef STORE_PART
#undef WHOLE
#undef PART
#undef HALF
#undef EXTENT
#undef LOW_HALF
#undef LOAD_HALF
#undef STORE_HALF
#undef HALF_LIST
