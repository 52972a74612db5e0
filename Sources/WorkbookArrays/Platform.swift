// The C library and the kernels, for every file of this target and of those above it.

#if canImport(Darwin)
  @_exported import Darwin
#elseif canImport(Musl)
  @_exported import Musl
#else
  @_exported import Glibc
#endif
@_exported import WorkbookKernels
