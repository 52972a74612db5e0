// The C library and the kernels, for every file of this target and of those above it, and what differs by system.

#if canImport(Darwin)
  @_exported import Darwin

  var noThread: pthread_t? { nil }
#else
  #if canImport(Musl)
    @_exported import Musl
  #else
    @_exported import Glibc
  #endif

  /// What a thread's name is written over.
  var noThread: pthread_t { pthread_t() }
#endif
@_exported import WorkbookKernels
