import Tensors

/// What tells whether two programs have the same numbers to the last bit: FNV-1a (Fowler, Noll, Vo) of the bits
/// of the elements, one at a time.
package func bitsHash(_ tensor: Tensor) -> UInt64 {
  tensor.toArray().reduce(0xcbf2_9ce4_8422_2325) { hash, element in
    let bits =
      tensor.dtype == .float32 ? UInt64(Float(element).bitPattern) : element.bitPattern
    return (hash ^ bits) &* 0x100_0000_01b3
  }
}
