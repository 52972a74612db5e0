import WorkbookArrays

/// Where a tensor lives and is computed with; this library has one device, the CPU.
///
/// ```swift
/// print(Device("cpu"), Tensor.zeros(2).device == .cpu)
/// ```
/// ```output
/// cpu true
/// ```
///
/// <!-- workbook: traps='Device: no device "cuda:0" here; available: "cpu"' -->
/// ```swift
/// // Device: no device "cuda:0" here; available: "cpu"
/// print(Device("cuda:0"))
/// ```
public struct Device: Sendable, Hashable, CustomStringConvertible {
  /// The processor, the only device there is.
  public static let cpu = Device("cpu")

  /// The name: `cpu`.
  public let description: String

  /// The device of a name, as PyTorch spells it.
  ///
  /// Traps unless the name is `cpu`.
  public init(_ name: String) {
    guard name == "cpu" else { fail("Device: no device \"\(name)\" here; available: \"cpu\"") }
    description = name
  }
}
