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
