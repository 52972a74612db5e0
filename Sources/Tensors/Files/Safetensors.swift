import NDArrays
import WorkbookArrays

/// The tensors in a safetensors file, by their names.
///
/// Source: the format's description by its originators, Hugging Face. What a file says beside its
/// tensors, as `__metadata__`, is left out.
///
/// Throws if the file cannot be read, is none that its originators would read, holds other elements than
/// float32, float64, int64 or bool, or two names that are equal as Swift's strings.
///
/// ```swift
/// try saveFile(["w": [[1, 2]], "b": [3]], "model.safetensors")
/// let state = try loadFile("model.safetensors")
/// print(state["w"]!, state["b"]!)
/// ```
/// ```output
/// tensor([[1., 2.]]) tensor([3.])
/// ```
public func loadFile(_ path: String) throws(ArrayFileError) -> [String: Tensor] {
  let file = try ArrayFile(path)
  let header = try SafetensorsHeader(file)
  try file.requireMemory(file.byteCount - header.data)
  var tensors: [String: Tensor] = [:]
  for entry in header.entries {
    let values = Values(entry.shape, entry.dtype)
    try file.fill(values, at: header.data + entry.range.lowerBound)
    tensors[entry.name] = Tensor(values)
  }
  return tensors
}

/// Writes tensors, without history, to a safetensors file, as `stateDict()` names them.
///
/// The file appears whole, or what was at its path stays. Throws if it cannot be written, if a tensor is
/// called `__metadata__`, or has more than 64 dimensions.
///
/// ```swift
/// let x = Tensor.arange(4, dtype: .float64)
/// try saveFile(["all": x, "end": x[2...]], "x.safetensors")
/// print(try loadFile("x.safetensors")["end"]!)
/// ```
/// ```output
/// tensor([2., 3.], dtype: .float64)
/// ```
public func saveFile(_ tensors: [String: Tensor], _ path: String) throws(ArrayFileError) {
  // Wide types first, so that all stand at multiples of their size.
  Capture.refuseRead("save")
  let sorted = tensors.map { (name: $0, values: $1.values.contiguous()) }.sorted {
    let (a, b) = (order($0.values.dtype), order($1.values.dtype))
    return a != b ? a > b : $0.name.utf8.lexicographicallyPrecedes($1.name.utf8)
  }
  var (text, end) = ("{", 0)
  for (name, values) in sorted {
    if name == SafetensorsHeader.metadata { throw .unwritable(path: path, .name(name)) }
    try ArrayFile.requireWritable(values.shape, path)
    let start = end
    end += values.bytes.count
    let shape = values.shape.map(String.init).joined(separator: ",")
    text += text.count > 1 ? "," : ""
    text += "\(quoted(name)):{\"dtype\":\"\(SafetensorsHeader.name(of: values.dtype))\","
    text += "\"shape\":[\(shape)],\"data_offsets\":[\(start),\(end)]}"
  }
  text += "}"
  text += String(repeating: " ", count: -text.utf8.count & 7)
  let length = withUnsafeBytes(of: UInt64(text.utf8.count).littleEndian) { Array($0) }
  defer { withExtendedLifetime(sorted) {} }
  try ArrayFile.write(path, length + text.utf8, sorted.map(\.values.bytes))
}

/// The place of a type among those of the format.
private func order(_ dtype: DType) -> Int {
  switch dtype {
  case .bool: 0
  case .float32: 1
  case .float64: 2
  case .int64: 3
  }
}

/// A text as JSON has it.
private func quoted(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"", "\\": result += "\\\(scalar)"
    case "\u{08}": result += "\\b"
    case "\u{0C}": result += "\\f"
    case "\n": result += "\\n"
    case "\r": result += "\\r"
    case "\t": result += "\\t"
    case ..<" ":
      let digits = String(scalar.value, radix: 16)
      result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
}
