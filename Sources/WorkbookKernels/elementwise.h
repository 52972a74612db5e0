// Elementwise kernels of `Scalar`; `kernels.c` says what the other macros are.

// The loops a grid needs: those with neighbours or one value for a whole row are vectorised.
#define GRID_ROW(pragma, expression, p, q)                                                         \
  pragma for (long j = 0; j < columns; j++) {                                                      \
    const Scalar u = p, v = q;                                                                     \
    z[j] = (expression);                                                                           \
  }
#define GRID(case_label, expression, pragma)                                                       \
  case case_label:                                                                                 \
    for (long i = 0; i < rows; i++) {                                                              \
      const Scalar *x = (const Scalar *)a.start + i * a.row;                                       \
      const Scalar *y = (const Scalar *)b.start + i * b.row;                                       \
      Out *z = (Out *)out.start + i * out.row;                                                     \
      if (a.column == 1 && b.column == 1) {                                                        \
        GRID_ROW(pragma, expression, x[j], y[j])                                                   \
      } else if (a.column == 1 && b.column == 0) {                                                 \
        const Scalar right = *y;                                                                   \
        GRID_ROW(pragma, expression, x[j], right)                                                  \
      } else if (a.column == 0 && b.column == 1) {                                                 \
        const Scalar left = *x;                                                                    \
        GRID_ROW(pragma, expression, left, y[j])                                                   \
      } else {                                                                                     \
        GRID_ROW(pragma, expression, x[j * a.column], y[j * b.column])                             \
      }                                                                                            \
    }                                                                                              \
    break;

CLONES static void NAME(binary)(KernelBinary op, long rows, long columns, KernelGrid a,
                                KernelGrid b, KernelGrid out) {
  typedef Scalar Out;
  switch (op) {
    GRID(KernelBinaryAdd, u + v, INDEPENDENT)
    GRID(KernelBinarySubtract, u - v, INDEPENDENT)
    GRID(KernelBinaryMultiply, u * v, INDEPENDENT)
    GRID(KernelBinaryDivide, u / v, INDEPENDENT)
    GRID(KernelBinaryMaximum, u > v || u != u ? u : v, INDEPENDENT)
    GRID(KernelBinaryMinimum, u < v || u != u ? u : v, INDEPENDENT)
    GRID(KernelBinaryPower, POW(u, v), INDEPENDENT)
    GRID(KernelBinaryAbsoluteGradient, u * ((v > 0) - (v < 0)), INDEPENDENT)
    GRID(KernelBinaryReluGradient, v <= 0 ? 0 : u, INDEPENDENT)
    GRID(KernelBinarySigmoidGradient, u * (v * (1 - v)), INDEPENDENT)
    GRID(KernelBinaryTanhGradient, u * (1 - v * v), INDEPENDENT)
  }
}

CLONES static void NAME(compare)(KernelComparison op, long rows, long columns, KernelGrid a,
                                 KernelGrid b, KernelGrid out) {
  typedef uint8_t Out;
  switch (op) {
    GRID(KernelComparisonLess, u < v, INDEPENDENT)
    GRID(KernelComparisonLessOrEqual, u <= v, INDEPENDENT)
    GRID(KernelComparisonGreater, u > v, INDEPENDENT)
    GRID(KernelComparisonGreaterOrEqual, u >= v, INDEPENDENT)
    GRID(KernelComparisonEqual, u == v, INDEPENDENT)
    GRID(KernelComparisonNotEqual, u != v, INDEPENDENT)
  }
}

#undef GRID
#undef GRID_ROW

#define EACH(case_label, expression, pragma)                                                       \
  case case_label:                                                                                 \
    pragma for (long i = 0; i < count; i++) {                                                      \
      const Scalar u = x[i];                                                                       \
      out[i] = (expression);                                                                       \
    }                                                                                              \
    break;

// Of sine and cosine, whose fast way needs small numbers; in blocks, since `out` may be `x`.
#define TURN(case_label, fast, exact)                                                              \
  case case_label:                                                                                 \
    for (long base = 0; base < count; base += 16, x += 16, out += 16) {                            \
      const long length = count - base < 16 ? count - base : 16;                                   \
      Scalar u[16] = {0};                                                                          \
      int isLarge = 0;                                                                             \
      for (long i = 0; i < length; i++) u[i] = x[i];                                               \
      for (long i = 0; i < 16; i++) isLarge |= !(u[i] < (Scalar)0x1p20 && u[i] > -(Scalar)0x1p20); \
      Scalar turned[16];                                                                           \
      INDEPENDENT                                                                                  \
      for (long i = 0; i < 16; i++) turned[i] = fast(u[i]);                                        \
      for (long i = 0; i < length && isLarge; i++) {                                               \
        if (!(u[i] < (Scalar)0x1p20 && u[i] > -(Scalar)0x1p20)) turned[i] = exact(u[i]);           \
      }                                                                                            \
      for (long i = 0; i < length; i++) out[i] = turned[i];                                        \
    }                                                                                              \
    break;

CLONES static void NAME(unary)(KernelUnary op, long count, const void *from, void *to) {
  const Scalar *x = from;
  Scalar *out = to;
  switch (op) {
    EACH(KernelUnaryNegate, -u, INDEPENDENT)
    EACH(KernelUnaryAbsolute, MATH(fabs)(u), INDEPENDENT)
    EACH(KernelUnarySign, u != u ? u : (u > 0) - (u < 0), INDEPENDENT)
    EACH(KernelUnarySquare, u * u, INDEPENDENT)
    EACH(KernelUnarySquareRoot, __builtin_elementwise_sqrt(u), INDEPENDENT)
    EACH(KernelUnaryExp, EXP(u), INDEPENDENT)
    EACH(KernelUnaryLog, LOG(u), INDEPENDENT)
    EACH(KernelUnaryCube, u * u * u, INDEPENDENT)
    TURN(KernelUnarySin, SIN, MATH(sin))
    TURN(KernelUnaryCos, COS, MATH(cos))
    EACH(KernelUnaryTanh, TANH(u), INDEPENDENT)
    EACH(KernelUnarySigmoid, SIGMOID(u), INDEPENDENT)
    EACH(KernelUnaryErf, ERF(u), INDEPENDENT)
    EACH(KernelUnaryRelu, u < 0 ? 0 : u, INDEPENDENT)
    EACH(KernelUnarySoftplusTail, SOFTPLUS_TAIL(u), INDEPENDENT)
  }
}

#undef EACH
#undef TURN

CLONES static void NAME(clamp)(long count, const void *from, double least, double most, void *to) {
  const Scalar *x = from;
  Scalar *out = to;
  const Scalar low = (Scalar)least, high = (Scalar)most;
  INDEPENDENT
  for (long i = 0; i < count; i++) {
    const Scalar u = x[i] < low ? low : x[i];
    out[i] = u > high ? high : u;
  }
}

CLONES static void NAME(clamp_gradient)(long count, const void *gradients, const void *from,
                                        double least, double most, void *to) {
  const Scalar *gradient = gradients, *x = from;
  Scalar *out = to;
  const Scalar low = (Scalar)least, high = (Scalar)most;
  INDEPENDENT
  for (long i = 0; i < count; i++) {
    const int inside = (x[i] >= low) & (x[i] <= high);
    out[i] = inside ? gradient[i] : 0;
  }
}

CLONES static void NAME(scaled_difference)(long count, double factor, const void *left,
                                           const void *right, void *to) {
  const Scalar *a = left, *b = right;
  Scalar *out = to;
  const Scalar scale = (Scalar)factor;
  INDEPENDENT
  for (long i = 0; i < count; i++) out[i] = scale * (a[i] - b[i]);
}

CLONES static void NAME(subtract_scaled)(long count, double factor, const void *left,
                                         const void *right, void *to) {
  const Scalar *a = left, *b = right;
  Scalar *out = to;
  const Scalar scale = (Scalar)factor;
  INDEPENDENT
  for (long i = 0; i < count; i++) out[i] = a[i] - scale * b[i];
}

CLONES static void NAME(ramp)(long count, double start, double first, double step, void *to) {
  Scalar *out = to;
  // In blocks, whose numbers are small: older processors turn no large ones into doubles.
  for (long base = 0; base < count; base += 1024) {
    const int length = count - base < 1024 ? (int)(count - base) : 1024;
    const double origin = first + (double)base;
    INDEPENDENT
    for (int i = 0; i < length; i++) out[base + i] = (Scalar)(start + (origin + i) * step);
  }
}
