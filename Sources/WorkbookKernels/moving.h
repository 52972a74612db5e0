// What needs to know of an element only that it is a `Bits`.

CLONES static void NAME(fill)(long count, const void *value, void *to) {
  const Bits bits = *(const Bits *)value;
  Bits *out = to;
  for (long i = 0; i < count; i++) out[i] = bits;
}

CLONES static void NAME(copy)(long rows, long columns, KernelGrid from, KernelGrid to) {
  const Bits *x = from.start;
  Bits *out = to.start;
  if (from.column == 1 && to.column == 1) {
    for (long i = 0; i < rows; i++) {
      __builtin_memmove(out + i * to.row, x + i * from.row, (size_t)columns * sizeof(Bits));
    }
    return;
  }
  if (from.column == 0 && to.column == 1) {
    for (long i = 0; i < rows; i++) {
      const Bits bits = x[i * from.row];
      for (long j = 0; j < columns; j++) out[i * to.row + j] = bits;
    }
    return;
  }
  // In squares, so that a transpose reads and writes each cache line once.
  const long side = 16;
  for (long top = 0; top < rows; top += side) {
    const long bottom = top + side < rows ? top + side : rows;
    for (long left = 0; left < columns; left += side) {
      const long right = left + side < columns ? left + side : columns;
      for (long i = top; i < bottom; i++) {
        for (long j = left; j < right; j++) {
          out[i * to.row + j * to.column] = x[i * from.row + j * from.column];
        }
      }
    }
  }
}

CLONES static void NAME(select)(long rows, long columns, KernelGrid mask, KernelGrid a,
                                KernelGrid b, KernelGrid out) {
  for (long i = 0; i < rows; i++) {
    const uint8_t *m = (const uint8_t *)mask.start + i * mask.row;
    const Bits *x = (const Bits *)a.start + i * a.row;
    const Bits *y = (const Bits *)b.start + i * b.row;
    Bits *z = (Bits *)out.start + i * out.row;
    if (mask.column == 1 && a.column == 1 && b.column == 1) {
      INDEPENDENT
      for (long j = 0; j < columns; j++) z[j] = m[j] ? x[j] : y[j];
    } else if (mask.column == 1 && a.column == 0 && b.column == 1) {
      const Bits value = *x;
      INDEPENDENT
      for (long j = 0; j < columns; j++) z[j] = m[j] ? value : y[j];
    } else {
      for (long j = 0; j < columns; j++) {
        z[j] = m[j * mask.column] ? x[j * a.column] : y[j * b.column];
      }
    }
  }
}

// Returns whether all places are in 0..<length.
static bool NAME(gather)(long outer, long length, long inner, long count, const long *places,
                         const void *from, void *to) {
  const Bits *x = from;
  Bits *out = to;
  for (long o = 0; o < outer; o++, x += length * inner) {
    for (long i = 0; i < count; i++) {
      for (long j = 0; j < inner; j++, places++) {
        if (*places < 0 || *places >= length) return false;
        *out++ = x[*places * inner + j];
      }
    }
  }
  return true;
}

static void NAME(rows)(long count, long width, const long *places, const void *from, void *to) {
  const Bits *x = from;
  Bits *out = to;
  if (width == 1) {
    for (long i = 0; i < count; i++) out[i] = x[places[i]];
    return;
  }
  for (long i = 0; i < count; i++) {
    __builtin_memcpy(out + i * width, x + places[i] * width, (size_t)width * sizeof(Bits));
  }
}

static void NAME(put_rows)(long count, long width, const long *places, const void *from, void *to) {
  const Bits *x = from;
  Bits *out = to;
  for (long i = 0; i < count; i++) {
    __builtin_memcpy(out + places[i] * width, x + i * width, (size_t)width * sizeof(Bits));
  }
}

// Without branches, which a random mask would have mispredicted.
static void NAME(compress)(long total, const uint8_t *mask, const void *from, void *to) {
  const Bits *x = from;
  Bits *out = to;
  for (long i = 0, n = 0; n < total; i++) {
    out[n] = x[i];
    n += mask[i] != 0;
  }
}

static void NAME(expand)(long count, long total, const uint8_t *mask, const void *from, void *to) {
  const Bits *x = from;
  Bits *out = to;
  for (long i = 0, n = 0; i < count; i++) {
    const Bits value = total > 0 ? x[n < total ? n : total - 1] : 0;
    out[i] = mask[i] ? value : 0;
    n += mask[i] != 0;
  }
}
