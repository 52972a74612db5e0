import Synchronization

/// What the system said no to, as its `errno`.
package struct FileFault: Error {
  package enum Doing: Sendable { case open, read, write }

  package let doing: Doing
  /// The system's number; 0 where there is something else than a file.
  package let number: Int32
}

/// A file that is open for reading, and how large it was then.
package struct FileReader: ~Copyable {
  private let descriptor: Int32
  package let byteCount: Int

  package init(_ path: String) throws(FileFault) {
    // A pipe without a writer would keep an open that blocks waiting.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw FileFault(doing: .open, number: errno) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw FileFault(doing: .open, number: 0)
    }
    self.descriptor = descriptor
    byteCount = Int(status.st_size)
  }

  deinit { close(descriptor) }

  /// Fills memory with the bytes from a place on; returns how many there were.
  package func read(_ memory: UnsafeMutableRawBufferPointer, at place: Int) throws(FileFault)
    -> Int
  {
    var done = 0
    while let base = memory.baseAddress, done < memory.count {
      let count = pread(descriptor, base + done, memory.count - done, off_t(place + done))
      if count < 0, errno == EINTR { continue }
      if count < 0 { throw FileFault(doing: .read, number: errno) }
      if count == 0 { break }
      done += count
    }
    return done
  }
}

/// A file on its way to a path, where it stands once it is whole; until then, and if it never is, what
/// was there before stays.
package struct FileWriter: ~Copyable {
  private static let number = Atomic(0)

  private let descriptor: Int32
  private let path: String
  private let draft: String

  package init(_ path: String) throws(FileFault) {
    // Of a link, the file that it leads to is replaced.
    let resolved = realpath(path, nil)
    let target = resolved.map { String(cString: $0) } ?? path
    free(resolved)
    var status = stat()
    let exists = stat(target, &status) == 0
    // Replacing a device or a pipe would take it away from everybody.
    guard !exists || status.st_mode & S_IFMT == S_IFREG else {
      throw FileFault(doing: .open, number: 0)
    }
    let number = Self.number.add(1, ordering: .relaxed).newValue
    let draft = target + ".\(getpid())-\(number).tmp"
    let rights: mode_t = exists ? status.st_mode & 0o777 : 0o666
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, rights)
    guard descriptor >= 0 else { throw FileFault(doing: .open, number: errno) }
    (self.path, self.draft, self.descriptor) = (target, draft, descriptor)
  }

  package func write(_ memory: UnsafeRawBufferPointer) throws(FileFault) {
    var done = 0
    while let base = memory.baseAddress, done < memory.count {
      let count = systemWrite(descriptor, base + done, memory.count - done)
      if count < 0, errno == EINTR { continue }
      if count < 0 { throw FileFault(doing: .write, number: errno) }
      done += count
    }
  }

  /// Puts the file at its path.
  package consuming func commit() throws(FileFault) {
    // Else a file that a crash cuts short could stand there.
    guard fsync(descriptor) == 0, rename(draft, path) == 0 else {
      throw FileFault(doing: .write, number: errno)
    }
  }

  deinit {
    close(descriptor)
    // Not there any more where it was put at its path.
    unlink(draft)
  }
}

private func systemWrite(_ descriptor: Int32, _ base: UnsafeRawPointer, _ count: Int) -> Int {
  write(descriptor, base, count)
}

/// Whether the system would give so much memory; what takes it without asking ends the program if not.
package func hasMemory(for byteCount: Int) -> Bool {
  let memory = trial(byteCount)
  free(memory)
  return memory != nil
}

/// Not inlined, or the compiler sees that nobody uses the memory and says that there is some.
@inline(never)
private func trial(_ byteCount: Int) -> UnsafeMutableRawPointer? { malloc(byteCount) }
