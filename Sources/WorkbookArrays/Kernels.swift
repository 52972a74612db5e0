/// The kernels of one type of number, on as many threads as pay.
///
/// Safe as long as callers keep the memory alive, and give counts, shapes and strides that stay in it:
/// kernels touch nothing else.
package enum Kernels: Sendable {
  case float32, float64

  /// The kernels themselves, for one thread.
  package var table: KernelTable { self == .float32 ? kernel_table_f32 : kernel_table_f64 }

  /// The bytes of a number.
  package var size: Int { self == .float32 ? 4 : 8 }
}

/// From how many elements on a simple operation is worth a second thread.
package let elementwiseGrain = 1 << 15

extension Kernels {
  /// Computes `count` results of numbers that follow each other, or with a step of 0 are repeated.
  package func binary(
    _ op: KernelBinary, _ count: Int,
    _ a: UnsafeMutableRawPointer, aStep: Int = 1,
    _ b: UnsafeMutableRawPointer, bStep: Int = 1,
    _ out: UnsafeMutableRawPointer
  ) {
    let (binary, size) = (table.binary, size)
    inParallel(count, grain: elementwiseGrain) { range in
      let first = range.lowerBound * size
      binary(
        op, 1, range.count, KernelGrid(start: a + first * aStep, row: 0, column: aStep),
        KernelGrid(start: b + first * bStep, row: 0, column: bStep),
        KernelGrid(start: out + first, row: 0, column: 1))
    }
  }

  /// Computes `count` results of numbers that follow each other and one number, rounded to their type.
  package func binary(
    _ op: KernelBinary, _ count: Int, _ a: UnsafeMutableRawPointer, number: Double,
    _ out: UnsafeMutableRawPointer
  ) {
    var (single, double) = (Float(number), number)
    switch self {
    case .float32: binary(op, count, a, &single, bStep: 0, out)
    case .float64: binary(op, count, a, &double, bStep: 0, out)
    }
  }

  /// Computes the results of two operands, `out` being contiguous.
  package func binary(
    _ op: KernelBinary, _ shape: [Int], _ a: Operand, _ b: Operand, _ out: Operand
  ) {
    let (binary, grid) = (table.binary, Grid(shape, a, b, out))
    grid.forEach { rows, columns, at in
      binary(op, rows, columns, grid[0, at], grid[1, at], grid[2, at])
    }
  }

  /// Compares two operands, into a contiguous mask of bytes.
  package func compare(
    _ op: KernelComparison, _ shape: [Int], _ a: Operand, _ b: Operand, _ out: Operand
  ) {
    let (compare, grid) = (table.compare, Grid(shape, a, b, out))
    grid.forEach { rows, columns, at in
      compare(op, rows, columns, grid[0, at], grid[1, at], grid[2, at])
    }
  }

  /// Computes a function of each of `count` numbers.
  package func unary(
    _ op: KernelUnary, _ count: Int, _ x: UnsafeMutableRawPointer, _ out: UnsafeMutableRawPointer
  ) {
    let (unary, size) = (table.unary, size)
    inParallel(count, grain: elementwiseGrain) { range in
      let first = range.lowerBound * size
      unary(op, range.count, x + first, out + first)
    }
  }
}

/// Takes elements, of any type, of `a` where a mask of bytes holds, and of `b` elsewhere; `out` is
/// contiguous.
package func selectElements(
  _ shape: [Int], _ mask: Operand, _ a: Operand, _ b: Operand, _ out: Operand
) {
  let grid = Grid(shape, mask, a, b, out)
  grid.forEach { rows, columns, at in
    kernel_select(
      out.size, rows, columns, grid[0, at], grid[1, at], grid[2, at], grid[3, at])
  }
}

/// Copies the elements, of any type, of one operand to another.
package func copyElements(_ shape: [Int], from x: Operand, to out: Operand) {
  let grid = Grid(shape, x, out)
  grid.forEach { rows, columns, at in
    kernel_copy(x.size, rows, columns, grid[0, at], grid[1, at])
  }
}
