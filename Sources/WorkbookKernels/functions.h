// Functions of one number that are free of calls and branches, so that loops over them are
// vectorised.
//
// Those `_for_float` compute in double what is rounded to float then, nearly always to the nearest;
// those `_for_double` err by about one unit in the last place, two for a few; `fast_` ones by as
// much in float. Products and sums are rounded apart, or together where it says so, so every
// processor computes the same bits.

#define FUNCTION static inline __attribute__((always_inline))

// Polynomials are summed in pairs of terms, a chain half as long as term by term.
#define PAIR(x, a, b) ((a) + (x) * (b))
// The same of doubles, rounded once for the product and the sum.
#define FUSED_PAIR(x, a, b) __builtin_fma((x), (b), (a))

FUNCTION uint64_t bits_of_double(double x) {
  uint64_t bits;
  __builtin_memcpy(&bits, &x, sizeof bits);
  return bits;
}

FUNCTION double double_of_bits(uint64_t bits) {
  double x;
  __builtin_memcpy(&x, &bits, sizeof x);
  return x;
}

FUNCTION uint32_t bits_of_float(float x) {
  uint32_t bits;
  __builtin_memcpy(&bits, &x, sizeof bits);
  return bits;
}

FUNCTION float float_of_bits(uint32_t bits) {
  float x;
  __builtin_memcpy(&x, &bits, sizeof x);
  return x;
}

// e to the power of x, exact to some 30 bits. x = n ln 2 + r; the last bits of a number near 1.5 *
// 2^52 are n, and go where a double has its exponent.
FUNCTION double exp_for_float(double x) {
  const double limited = x < -200 ? -200 : x > 200 ? 200 : x;
  const double shifted = limited * 1.4426950408889634 + 0x1.8p52;
  const double r = FUSED_PAIR(shifted - 0x1.8p52, limited, -0.6931471805599453);
  const double t = r * r;
  const double tail = FUSED_PAIR(t, FUSED_PAIR(r, 1.0 / 720, 1.0 / 5040), 1.0 / 40320);
  const double high = FUSED_PAIR(t, FUSED_PAIR(r, 1.0 / 24, 1.0 / 120), tail);
  const double power = FUSED_PAIR(t, 1 + r, FUSED_PAIR(t, FUSED_PAIR(r, 1.0 / 2, 1.0 / 6), high));
  const double result = double_of_bits(bits_of_double(power) + (bits_of_double(shifted) << 52));
  return x != x ? x : result;
}

FUNCTION double tanh_for_float(double x) {
  // Near 0 the difference would lose its digits.
  return x * x < 1e-8 ? x * (1 - x * x / 3) : 1 - 2 / (exp_for_float(2 * x) + 1);
}

// The logarithm of (1 + s)/(1 - s), which is 2 artanh(s), as exact for |s| up to 0.18.
FUNCTION double log_series(double s) {
  const double t = s * s;
  const double u = t * t;
  const double high =
      FUSED_PAIR(u, FUSED_PAIR(t, 1.0 / 9, 1.0 / 11), FUSED_PAIR(t, 1.0 / 13, 1.0 / 15));
  const double middle = FUSED_PAIR(u, FUSED_PAIR(t, 1.0 / 5, 1.0 / 7), high);
  return 2 * s * FUSED_PAIR(u, FUSED_PAIR(t, 1, 1.0 / 3), middle);
}

// The natural logarithm, as exact: x = m 2^n with m around 1, and log m = 2 artanh((m - 1)/(m +
// 1)).
FUNCTION double log_for_float(double x) {
  const uint64_t bits = bits_of_double(x);
  // Counted from the root of 1/2.
  const uint64_t shifted = bits - 0x3fe6a09e667f3bcdull;
  const int64_t n = (int64_t)shifted >> 52;
  const double m = double_of_bits(bits - ((uint64_t)n << 52));
  const double result =
      FUSED_PAIR((double)(int32_t)n, log_series((m - 1) / (m + 1)), 0.6931471805599453);
  const double edge = x == 0 ? -(double)INFINITY : x < 0 ? (double)NAN : x;
  return x > 0 && x < (double)INFINITY ? result : edge;
}

// log(1 + e^-|x|), whose digits do not go where the power is small beside 1; half of a larger 1 + t
// is around 1.
FUNCTION double softplus_tail_for_float(double x) {
  const double t = exp_for_float(x < 0 ? x : -x);
  const int isLarge = t > 0.41421356;
  const double s = (isLarge ? t - 1 : t) / (isLarge ? t + 3 : t + 2);
  return (isLarge ? 0.6931471805599453 : 0) + log_series(s);
}

// The power of a number of any sign, given that of its size.
FUNCTION double pow_of_sign(double x, double y, double size) {
  const double half = y * 0.5;
  const int isWhole = __builtin_elementwise_trunc(y) == y;
  const int isOdd = isWhole && __builtin_elementwise_trunc(half) != half;
  const double power = isOdd ? __builtin_copysign(size, x) : size;
  const double result = x < 0 && x > -(double)INFINITY && !isWhole ? (double)NAN : power;
  const int isInfinite = y == (double)INFINITY || y == -(double)INFINITY;
  return y == 0 || x == 1 || (x == -1 && isInfinite) ? 1 : result;
}

// A power, from a logarithm that is exact to more bits than its product with the exponent needs.
FUNCTION double pow_for_float(double x, double y) {
  return pow_of_sign(x, y, exp_for_float(y * log_for_float(x < 0 ? -x : x)));
}

// The sine of x + quarters * pi/2, for |x| up to 2^20: x = n pi/2 + r, pi/2 in two parts.
FUNCTION double sin_for_float(double x, uint64_t quarters) {
  const double shifted = x * 0.6366197723675814 + 0x1.8p52;
  const double n = shifted - 0x1.8p52;
  const double r = (x - n * 0x1.921fb544p+0) - n * 0x1.0b4611a626331p-34, t = r * r;
  const uint64_t bits = bits_of_double(shifted) + quarters;
  // clang-format off
  const double sine = r * (1 - t * (1.0 / 6 - t * (1.0 / 120 - t * (1.0 / 5040 -
      t * (1.0 / 362880 - t * (1.0 / 39916800))))));
  const double cosine = 1 - t * (1.0 / 2 - t * (1.0 / 24 - t * (1.0 / 720 - t * (1.0 / 40320 -
      t * (1.0 / 3628800 - t * (1.0 / 479001600))))));
  // clang-format on
  const double result = bits & 1 ? cosine : sine;
  return bits & 2 ? -result : result;
}

// MARK: double

// x less n ln 2 for the whole number n that is nearest to x / ln 2, and what rounding left off of
// it. ln 2 is in two parts, of which the first has so few bits that n of it are exact.
#define REDUCE_TO_LOG2(x)                                                                          \
  const double shifted = (x) * 1.4426950408889634 + 0x1.8p52, n = shifted - 0x1.8p52;              \
  const double high = (x) - n * 0x1.62e42feep-1, low = n * 0x1.a39ef35793c76p-33;                  \
  const double r = high - low, left = (high - r) - low

// (e^r - 1 - r) / r^2 for |r| up to ln 2 / 2: a minimax polynomial.
FUNCTION double exp_series(double r) {
  const double t = r * r;
  const double high = FUSED_PAIR(t, FUSED_PAIR(r, 0x1.a019b90d2ae7ap-16, 0x1.71de0dae63bb3p-19),
                                 FUSED_PAIR(r, 0x1.289185613a3d6p-22, 0x1.af38a9b0ec855p-26));
  const double middle = FUSED_PAIR(r, 0x1.6c16c1788bd90p-10, 0x1.a01a01a7c41d5p-13);
  const double low = FUSED_PAIR(t, FUSED_PAIR(r, 0.5, 0x1.5555555555556p-3),
                                FUSED_PAIR(r, 0x1.5555555553d63p-5, 0x1.11111111109b3p-7));
  return FUSED_PAIR(t * t, low, FUSED_PAIR(t, middle, high));
}

// A number from 1/2 to 2 times 2^n, in two factors, since the result may be too small or large for
// one.
FUNCTION double times_power_of_2(double number, double n) {
  const double half = n * 0.5 + 0x1.8p52, rest = n - (half - 0x1.8p52) + 0x1.8p52;
  const double scaled = double_of_bits(bits_of_double(number) + (bits_of_double(half) << 52));
  return scaled * double_of_bits((bits_of_double(rest) + 1023) << 52);
}

FUNCTION double exp_for_double(double x) {
  const double limited = x < -1000 ? -1000 : x > 1000 ? 1000 : x;
  REDUCE_TO_LOG2(limited);
  const double result = times_power_of_2(1 + (r + (r * r * exp_series(r) + left)), n);
  return x != x ? x : result;
}

// Of the sum of x and what is too little to change it.
FUNCTION double exp_of_sum(double x, double little) {
  const double limited = x < -1000 ? -1000 : x > 1000 ? 1000 : x;
  REDUCE_TO_LOG2(limited);
  const double more = left + little, q = r + more, q_left = more - (q - r);
  const double result = times_power_of_2(1 + (q + (q * q * exp_series(q) + q_left)), n);
  return x != x ? x : result;
}

// What is too small for a normal number becomes 0, what is nearly too large infinite.
FUNCTION double fast_exp_for_double(double x) {
  const double limited = x < -709 ? -709 : x > 710 ? 710 : x;
  REDUCE_TO_LOG2(limited);
  const double power = 1 + (r + (r * r * exp_series(r) + left));
  return power * double_of_bits((bits_of_double(shifted) + 1023) << 52);
}

// From e^2|x| - 1 = 2^n (p + 1 - 2^-n), so that nothing is lost near 0.
FUNCTION double tanh_for_double(double x) {
  const double size = x < 0 ? -x : x;
  const double limited = size < 22 ? 2 * size : 44;
  REDUCE_TO_LOG2(limited);
  const double p = r + (r * r * exp_series(r) + left);
  const double unit = double_of_bits((1023 - bits_of_double(shifted)) << 52);
  const double result = (p + (1 - unit)) / (p + (1 + unit));
  return x != x ? x : __builtin_copysign(result, x);
}

FUNCTION double sigmoid_for_double(double x) { return 1 / (1 + fast_exp_for_double(-x)); }

// log(1 + f) + n log 2 of an f around 0, to 0.42.
// Source: FreeBSD's e_log.c (Sun Microsystems 1993).
FUNCTION double log_near_1(double f, double n) {
  const double s = f / (2 + f), t = s * s, half = 0.5 * f * f;
  const double u = t * t;
  const double odd =
      0x1.5555555555593p-1 +
      u * (0x1.2492494229359p-2 + u * PAIR(u, 0x1.7466496cb03dep-3, 0x1.2f112df3e5244p-3));
  const double even =
      0x1.999999997fa04p-2 + u * PAIR(u, 0x1.c71c51d8e78afp-3, 0x1.39a09d078c69fp-3);
  const double series = t * odd + u * even;
  return n * 0x1.62e42feep-1 - ((half - (s * (half + series) + n * 0x1.a39ef35793c76p-33)) - f);
}

FUNCTION double log_for_double(double x) {
  const int isTiny = x < 0x1p-1022;
  const uint64_t bits = bits_of_double(isTiny ? x * 0x1p54 : x);
  // Counted from the root of 1/2.
  const uint64_t shifted = bits - 0x3fe6a09e667f3bcdull;
  const int64_t exponent = (int64_t)shifted >> 52;
  const double n = (double)(int32_t)exponent - (isTiny ? 54 : 0);
  const double f = double_of_bits(bits - ((uint64_t)exponent << 52)) - 1;
  const double result = log_near_1(f, n);
  const double edge = x == 0 ? -(double)INFINITY : x < 0 ? (double)NAN : x;
  return x > 0 && x < (double)INFINITY ? result : edge;
}

// log(1 + e^-|x|).
FUNCTION double softplus_tail_for_double(double x) {
  const double t = exp_for_double(x < 0 ? x : -x);
  const int isLarge = t > 0.41421356237309503;
  return log_near_1(isLarge ? 0.5 * (t - 1) : t, isLarge ? 1 : 0);
}

// The sine of x + quarters * pi/2, for |x| up to 2^20: x = n pi/2 + r, pi/2 in three parts.
// Source of the polynomials: FreeBSD's k_sin.c and k_cos.c (Sun Microsystems 1993).
FUNCTION double sin_for_double(double x, uint64_t quarters) {
  const double shifted = x * 0.6366197723675814 + 0x1.8p52;
  const double n = shifted - 0x1.8p52;
  const double high = x - n * 0x1.921fb544p+0, low = n * 0x1.0b4611a6p-34;
  const double sum = high - low, lost = (high - sum) - low;
  const double tail = lost - n * 0x1.3198a2e037073p-69;
  const double r = sum + tail, left = (sum - r) + tail;
  const double t = r * r;
  // clang-format off
  const double odd = 0x1.111111110f8a6p-7 + t * (-0x1.a01a019c161d5p-13 + t * (0x1.71de357b1fe7dp-19 +
      t * (-0x1.ae5e68a2b9cebp-26 + t * 0x1.5d93a5acfd57cp-33)));
  const double even = t * (0x1.555555555554cp-5 + t * (-0x1.6c16c16c15177p-10 +
      t * (0x1.a01a019cb159p-16 + t * (-0x1.27e4f809c52adp-22 + t * (0x1.1ee9ebdb4b1c4p-29 +
      t * -0x1.8fae9be8838d4p-37)))));
  // clang-format on
  const double cube = t * r;
  const double sine =
      x == 0 ? x : r - ((t * (0.5 * left - cube * odd) - left) + cube * 0x1.5555555555549p-3);
  const double half = 0.5 * t, near = 1 - half;
  const double cosine = near + (((1 - near) - half) + (t * even - r * left));
  const uint64_t bits = bits_of_double(shifted) + quarters;
  const double result = bits & 1 ? cosine : sine;
  return bits & 2 ? -result : result;
}

// A power, from a logarithm in two parts: what rounding leaves off a product or a quotient is exact
// by a fused one (T. J. Dekker, Numerische Mathematik 18, 1971). With x = m 2^n and s = (m - 1)/(m
// + 1), the logarithm is n log 2 + 2 s + 2/3 s^3 + s^5 p(s^2), p a minimax polynomial.
FUNCTION double pow_for_double(double x, double y) {
  const double size = __builtin_fabs(x);
  const int isTiny = size < 0x1p-1022;
  const uint64_t bits = bits_of_double(isTiny ? size * 0x1p54 : size);
  // Counted from the root of 1/2.
  const int64_t exponent = (int64_t)(bits - 0x3fe6a09e667f3bcdull) >> 52;
  const double m = double_of_bits(bits - ((uint64_t)exponent << 52));
  const double n = (double)(int32_t)exponent - (isTiny ? 54 : 0);

  const double f = m - 1, g = m + 1, g_left = m - (g - 1), inverse = 1 / g;
  const double s = f * inverse;
  const double s_left = inverse * (__builtin_fma(-s, g, f) - s * g_left);
  const double t = s * s, t_left = __builtin_fma(s, s, -t) + 2 * s * s_left;
  const double cube = s * t;
  const double cube_left = __builtin_fma(s, t, -cube) + (s * t_left + s_left * t);
  const double third = cube * 0x1.5555555555555p-1;
  const double third_left = __builtin_fma(cube, 0x1.5555555555555p-1, -third) +
                            (cube * 0x1.5555555555555p-55 + cube_left * 0x1.5555555555555p-1);
  double p = 0x1.e03154927f8a6p-4;
  p = __builtin_fma(p, t, 0x1.df7c8211b283cp-4);
  p = __builtin_fma(p, t, 0x1.1118c93749c38p-3);
  p = __builtin_fma(p, t, 0x1.3b1395cbdf152p-3);
  p = __builtin_fma(p, t, 0x1.745d177aa4f0ep-3);
  p = __builtin_fma(p, t, 0x1.c71c71c6ea903p-3);
  p = __builtin_fma(p, t, 0x1.2492492492522p-2);
  p = __builtin_fma(p, t, 0x1.999999999999ap-2);
  // The largest first, each with what its sum leaves off.
  const double whole = n * 0x1.62e42feep-1, a = whole + 2 * s, b = a + third;
  const double a_left = 2 * s - (a - whole), b_left = third - (b - a);
  const double rest =
      a_left + (b_left + (third_left + (2 * s_left + (n * 0x1.a39ef35793c76p-33 + cube * t * p))));
  const double log = b + rest, log_left = rest - (log - b);

  const double edge = size == 0 ? -(double)INFINITY : size;
  const double high = y * (size > 0 && size < (double)INFINITY ? log : edge);
  const double low = __builtin_fma(y, log, -high) + y * log_left;
  return pow_of_sign(x, y, exp_of_sum(high, high > -1000 && high < 1000 ? low : 0));
}

// The error function of |x| < 0.75.
FUNCTION double erf_near_0(double x) {
  const double t = x * x;
  const double u = t * t;
  const double high = FUSED_PAIR(t, 0x1.f997c1d8e58fbp-14, -0x1.f3eb0ecc9e105p-17) +
                      u * FUSED_PAIR(t, 0x1.aeb7aabf06849p-20, -0x1.110f22303ef39p-23);
  const double low = FUSED_PAIR(t, 0x1.06eba8214db69p-3, -0x1.812746b037828p-2) +
                     u * FUSED_PAIR(t, 0x1.ce2f21a02906bp-4, -0x1.b82ce309578c0p-6);
  return x + x * (low +
                  u * u * (FUSED_PAIR(t, 0x1.565bcb62eb756p-8, -0x1.c02d5aa884fc3p-11) + u * high));
}

// 1 - erf(t) of t >= 0.75: e^-t^2 / (1 + 2 t) times a minimax polynomial of (t - 3) / (t + 3),
// which is Shepherd and Laframboise's way (Mathematics of Computation 36, 1981).
FUNCTION double erfc_from_075(double t) {
  const double u = t < 30 ? t : 30, s = (u - 3) / (u + 3);
  const double v = s * s, w = v * v;
  const double a = FUSED_PAIR(s, 0x1.40c522d7e4988p+0, -0x1.15c084bb9e8efp-3) +
                   v * FUSED_PAIR(s, -0x1.85a15c58ab651p-5, 0x1.098366a5b4602p-3);
  const double b = FUSED_PAIR(s, -0x1.e88b803a284c9p-4, 0x1.17ca2877e55cep-4) +
                   v * FUSED_PAIR(s, -0x1.8574c4187b1d4p-6, 0x1.4b884e91e8d17p-9);
  const double c = FUSED_PAIR(s, 0x1.ef1be70a00297p-10, -0x1.98db675efa1aep-11) +
                   v * FUSED_PAIR(s, -0x1.b91697e18e466p-14, 0x1.065d6527cd33fp-13);
  const double d = FUSED_PAIR(s, 0x1.4d1cd35301782p-18, -0x1.51bbc2bd82904p-16) +
                   v * FUSED_PAIR(s, -0x1.961366a337b28p-21, 0x1.dd632319ad380p-19);
  const double e = FUSED_PAIR(s, 0x1.7d5d82e2f9086p-22, -0x1.8d1b42a2b0e65p-21) +
                   v * FUSED_PAIR(s, -0x1.30224a74f6534p-24, 0x1.67e6355570eb1p-23) +
                   w * -0x1.34399d2abb2b1p-25;
  const double p = a + w * (b + w * (c + w * (d + w * e)));
  return exp_for_double(-u * u) * p / (1 + 2 * u);
}

FUNCTION double erf_for_double(double x) {
  const double size = x < 0 ? -x : x;
  const double far = __builtin_copysign(1 - erfc_from_075(size), x);
  return size >= 0.75 ? far : erf_near_0(x);
}

// The distribution function of normal numbers.
FUNCTION double normal_for_double(double x) {
  const double scaled = x * 0.7071067811865476, size = scaled < 0 ? -scaled : scaled;
  const double tail = 0.5 * erfc_from_075(size), far = scaled < 0 ? tail : 1 - tail;
  return size >= 0.75 ? far : 0.5 + 0.5 * erf_near_0(scaled);
}

// MARK: float

// e^x as power * 2^n, where n is in the last bits of `shifted`.
#define REDUCE_FLOAT(x)                                                                            \
  const float shifted = (x) * 0x1.715476p+0f + 0x1.8p23f, n = shifted - 0x1.8p23f;                 \
  const float r = ((x) - n * 0x1.63p-1f) - n * -0x1.bd0106p-13f, square = r * r;                   \
  const float series =                                                                             \
      PAIR(r, 0.5f, 0x1.5554ep-3f) +                                                               \
      square * (PAIR(r, 0x1.555518p-5f, 0x1.120b6ep-7f) + square * 0x1.6d111p-10f);                \
  const float power = 1 + (r + square * series)

// What is too small for a normal number becomes 0, what is nearly too large infinite.
FUNCTION float fast_exp(float x) {
  const float limited = x < -88 ? -88 : x > 89 ? 89 : x;
  REDUCE_FLOAT(limited);
  return power * float_of_bits((bits_of_float(shifted) + 127) << 23);
}

FUNCTION float fast_sigmoid(float x) { return 1 / (1 + fast_exp(-x)); }

// The probability that a normal number is larger than t >= 0: e to the power of -t p(t), halved by
// the last polynomial. Fused by name, as products and sums are rounded apart elsewhere.
FUNCTION float fast_tail(float t) {
  const float u = t < 6 ? t : 6;
  float p = 1.31208793722e-6f;
  p = __builtin_fmaf(p, u, -1.98194060055e-5f);
  p = __builtin_fmaf(p, u, 9.55233691338e-5f);
  p = __builtin_fmaf(p, u, 0.000170120290332f);
  p = __builtin_fmaf(p, u, -0.00498520755786f);
  p = __builtin_fmaf(p, u, 0.0364418857635f);
  p = __builtin_fmaf(p, u, 0.318283887697f);
  p = __builtin_fmaf(p, u, 0.797886656359f);
  const float q = t * p;
  const float shifted = __builtin_fmaf(q, 0x1.715476p+0f, 0x1.8p23f), n = shifted - 0x1.8p23f;
  const float r = __builtin_fmaf(n, -0x1.62e43p-1f, q);
  float power = 0x1.6d111p-11f;
  power = __builtin_fmaf(power, r, -0x1.120b6ep-8f);
  power = __builtin_fmaf(power, r, 0x1.555518p-6f);
  power = __builtin_fmaf(power, r, -0x1.5554ep-4f);
  power = __builtin_fmaf(power, r, 0.25f);
  power = __builtin_fmaf(power, r, -0.5f);
  power = __builtin_fmaf(power, r, 0.5f);
  // Beyond 13 it is too small for a normal number.
  return t > 13 ? 0 : float_of_bits(bits_of_float(power) - (bits_of_float(shifted) << 23));
}

// The distribution function of normal numbers.
FUNCTION float fast_normal(float x) {
  const float tail = fast_tail(x < 0 ? -x : x);
  return x < 0 ? tail : 1 - tail;
}

// x times that, without the 1 from which little would be taken.
FUNCTION float fast_gelu(float x) {
  const float size = __builtin_fabsf(x), part = size * fast_tail(size);
  return (x < 0 ? -0.0f : x) - (size > 13 ? 0 : part);
}

FUNCTION float fast_erf(float x) {
  const float size = x < 0 ? -x : x, t = x * x;
  const float u = t * t;
  const float high = PAIR(t, 0.00518832768762f, -0.000801019364973f) + u * 7.85386145609e-5f;
  const float low =
      PAIR(t, 0.12837916573f, -0.376126258242f) + u * PAIR(t, 0.112835851486f, -0.0268538119357f);
  const float near = x + x * (low + u * u * high);
  const float far = __builtin_copysignf(1 - 2 * fast_tail(size * 1.41421356237f), x);
  return size > 1 ? far : near;
}

// The logarithm, sine and cosine with which PyTorch draws normal numbers: those of Cephes for
// floats (S. L. Moshier, `logf.c` and `sinf.c`), branches replaced by choices as in Pommier's
// `avx_mathfun.h`, and fused where PyTorch's own binaries fuse. So their bits are PyTorch's.

// Of a share in (0, 1].
FUNCTION float drawn_log(float share) {
  const uint32_t bits = bits_of_float(share);
  // share = m 2^n with m from sqrt(1/2) to sqrt(2), and x = m - 1.
  const float m = float_of_bits((bits & 0x007fffff) | 0x3f000000);
  const int is_low = m < 0.707106781186547524f;
  const float n = (float)((int32_t)(bits >> 23) - 126) - (is_low ? 1.0f : 0.0f);
  const float x = (m - 1) + (is_low ? m : 0.0f), z = x * x;
  float y = 7.0376836292e-2f;
  y = __builtin_fmaf(y, x, -1.1514610310e-1f);
  y = __builtin_fmaf(y, x, 1.1676998740e-1f);
  y = __builtin_fmaf(y, x, -1.2420140846e-1f);
  y = __builtin_fmaf(y, x, 1.4249322787e-1f);
  y = __builtin_fmaf(y, x, -1.6668057665e-1f);
  y = __builtin_fmaf(y, x, 2.0000714765e-1f);
  y = __builtin_fmaf(y, x, -2.4999993993e-1f);
  y = __builtin_fmaf(y, x, 3.3333331174e-1f);
  // ln 2 in two parts, the first of few digits.
  y = __builtin_fmaf(y * x, z, n * -2.12194440e-4f);
  return __builtin_fmaf(n, 0.693359375f, x + __builtin_fmaf(-z, 0.5f, y));
}

// The cosine, or else the sine, of an angle from 0 to 2 pi.
FUNCTION float drawn_sin(float angle, int is_cosine) {
  // The nearest even number of eighths of a turn, and what is left, pi/4 taken away in three parts.
  const int32_t eighths = ((int32_t)(angle * 1.27323954473516f) + 1) & ~1;
  float x = angle;
  x = __builtin_fmaf((float)eighths, -0.78515625f, x);
  x = __builtin_fmaf((float)eighths, -2.4187564849853515625e-4f, x);
  x = __builtin_fmaf((float)eighths, -3.77489497744594108e-8f, x);
  const float z = x * x;
  float even = 2.443315711809948e-5f;
  even = __builtin_fmaf(even, z, -1.388731625493765e-3f);
  even = __builtin_fmaf(even, z, 4.166664568298827e-2f);
  even = __builtin_fmaf(even * z, z, z * -0.5f) + 1;
  float odd = -1.9515295891e-4f;
  odd = __builtin_fmaf(odd, z, 8.3321608736e-3f);
  odd = __builtin_fmaf(odd, z, -1.6666654611e-1f);
  odd = __builtin_fmaf(odd * z, x, x);
  const int32_t turned = eighths + (is_cosine ? 2 : 0);
  const float value = turned & 2 ? even : odd;
  return turned & 4 ? -value : value;
}
