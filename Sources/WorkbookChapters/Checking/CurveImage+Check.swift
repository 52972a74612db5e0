extension CurveImage {
  /// The file that shows what the program printed; nil where that is no curve.
  package func svg(of program: Program, _ output: [UInt8]) -> String? {
    drawing(of: program, output)?.fileSVG
  }

  private func drawing(of program: Program, _ output: [UInt8]) -> CurvePicture? {
    let isLoss = program.expectations.contains(where: \.isLoss)
    let quantity = isLoss ? words.loss : words.numberPrinted
    let curves = Curve.curves(in: String(decoding: output, as: UTF8.self), name: quantity)
      .filter { isLoss || !$0.isCounted }
    if curves.isEmpty { return nil }
    // There are no more colours.
    return CurvePicture(Array(curves.prefix(8)), quantity: quantity, words: words)
  }

  /// What is wrong with the picture; nil also where nobody looked for it.
  func problem(of program: Program, _ output: [UInt8]) -> CheckProblem? {
    guard let picture else { return nil }
    guard let drawing = drawing(of: program, output) else { return .noCurve }
    guard case .file(let bytes) = picture else { return .missingPicture(file: file.text) }
    let isRight =
      String(validating: bytes, as: UTF8.self).map { shows(drawing, within: program, $0) } ?? false
    return isRight ? nil : .otherPicture(file: file.text)
  }

  /// Whether the file is the drawing of numbers that are within their tolerance: so last digits, which
  /// differ from one machine to another, change no file.
  private func shows(_ drawing: CurvePicture, within program: Program, _ svg: String) -> Bool {
    let shown = CurvePicture.points(inFile: svg)
    guard shown.map({ $0.map(\.step) }) == drawing.curves.map({ $0.points.map(\.step) }) else {
      return false
    }
    // Nobody sees a thousandth of a value in a picture.
    let relative = max(1e-3, program.expectations.compactMap(\.relativeTolerance).max() ?? 0)
    let absolute = program.expectations.compactMap(\.absoluteTolerance).max() ?? 0
    var curves = drawing.curves
    for (index, points) in shown.enumerated() {
      for (new, old) in zip(curves[index].points, points) {
        let isNear =
          new.value == old.value || new.value.isNaN && old.value.isNaN
          || abs(new.value - old.value) <= absolute + relative * abs(old.value)
        guard isNear else { return false }
      }
      curves[index].points = points
    }
    guard curves.allSatisfy({ $0.points.contains(where: \.value.isFinite) }) else { return false }
    return CurvePicture(curves, quantity: drawing.quantity, words: words).fileSVG == svg
  }
}
