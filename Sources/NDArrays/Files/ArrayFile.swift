package import WorkbookArrays

/// A file of arrays that is open for reading, whose mistakes name its path.
package struct ArrayFile: ~Copyable {
  package let path: String
  private let reader: FileReader

  package var byteCount: Int { reader.byteCount }

  package init(_ path: String) throws(ArrayFileError) {
    self.path = path
    do { reader = try FileReader(path) } catch { throw ArrayFileError(path, error) }
  }

  /// The bytes in a range; throws if the file ends before.
  package func bytes(_ range: Range<Int>) throws(ArrayFileError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: range.count)
    try bytes.withUnsafeMutableBufferPointer { (memory) throws(ArrayFileError) in
      try fill(UnsafeMutableRawBufferPointer(memory), at: range.lowerBound)
    }
    return bytes
  }

  /// Fills memory with the bytes from a place on; throws if the file ends before.
  package func fill(_ memory: UnsafeMutableRawBufferPointer, at place: Int)
    throws(ArrayFileError)
  {
    let found: Int
    do { found = try reader.read(memory, at: place) } catch { throw ArrayFileError(path, error) }
    if found < memory.count {
      throw malformed(place, .ends(needed: memory.count, found: found))
    }
  }

  /// Fills memory that is new, of elements of a type, with the bytes from a place on.
  package func fill(
    _ start: UnsafeMutableRawPointer, _ byteCount: Int, of type: KernelType, at place: Int
  ) throws(ArrayFileError) {
    let memory = UnsafeMutableRawBufferPointer(start: start, count: byteCount)
    try fill(memory, at: place)
    if type == .bool, let i = memory.firstIndex(where: { $0 > 1 }) {
      throw malformed(place + i, .truth(memory[i]))
    }
  }

  /// Throws unless the system would give memory for so many bytes.
  package func requireMemory(_ byteCount: Int) throws(ArrayFileError) {
    if !hasMemory(for: byteCount) { throw .noMemory(path: path, byteCount: byteCount) }
  }

  package func malformed(_ byte: Int, _ problem: ArrayFileError.Problem) -> ArrayFileError {
    .malformed(path: path, byte: byte, problem)
  }

  /// Throws unless arrays in files have so many dimensions.
  package static func requireWritable(_ shape: [Int], _ path: String) throws(ArrayFileError) {
    if shape.count > HeaderScanner.most {
      throw .unwritable(path: path, .dimensions(shape.count))
    }
  }

  /// Writes a file, of a header and pieces of memory behind it, whole, or leaves what was there.
  ///
  /// The caller keeps the memory alive meanwhile.
  package static func write(
    _ path: String, _ header: [UInt8], _ pieces: [UnsafeRawBufferPointer]
  ) throws(ArrayFileError) {
    do throws(FileFault) {
      let writer = try FileWriter(path)
      try header.withUnsafeBufferPointer { (memory) throws(FileFault) in
        try writer.write(UnsafeRawBufferPointer(memory))
      }
      for piece in pieces { try writer.write(piece) }
      try writer.commit()
    } catch {
      throw ArrayFileError(path, error)
    }
  }
}

extension ArrayFileError {
  fileprivate init(_ path: String, _ fault: FileFault) {
    let doing: Doing =
      switch fault.doing {
      case .open: .opening
      case .read: .reading
      case .write: .writing
      }
    self = .system(path: path, doing, number: fault.number)
  }
}
