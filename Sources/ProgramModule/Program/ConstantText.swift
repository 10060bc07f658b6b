import Numerics

extension HostTensor {
  /// The elements as nested lists; one element alone for a scalar.
  func nestedText(_ element: (any TensorScalar) -> String) -> String {
    func write<Scalar: TensorScalar>(_: Scalar.Type) -> String {
      withElements(as: Scalar.self) { elements in
        shape.nestedText(of: elements.map { element($0) })
      }
    }
    return dtype.withScalarType { write($0) }
  }
}

extension Shape {
  /// The texts of all elements in row-major order as nested lists, one list for each axis; one alone for a scalar.
  package func nestedText(of texts: some Sequence<String>) -> String {
    // How many elements each list spans, from the outermost inwards; a list ends wherever its span does.
    let spans = dimensions.indices.map { axis in dimensions[axis...].reduce(1, *) }
    var result = ""
    for (index, text) in texts.enumerated() {
      if index > 0 { result += ", " }
      for span in spans where index % span == 0 { result += "[" }
      result += text
      for span in spans where (index + 1) % span == 0 { result += "]" }
    }
    return result
  }
}

extension TensorScalar {
  /// The value in program text; it is read back bit for bit.
  var programText: String {
    switch self {
    case let value as Double: floatText(value, value.bitPattern) { Double($0)?.bitPattern }
    case let value as Float: floatText(value, value.bitPattern) { Float($0)?.bitPattern }
    case let value as Complex<Double>: "(\(value.rawParts.0.programText), \(value.rawParts.1.programText))"
    case let value as Complex<Float>: "(\(value.rawParts.0.programText), \(value.rawParts.1.programText))"
    default: "\(self)"
    }
  }
}

/// The shortest decimal digits; the bits, where Swift's text of a `nan` does not tell them.
private func floatText<Value: BinaryFloatingPoint & CustomStringConvertible, Bits: FixedWidthInteger>(
  _ value: Value, _ bits: Bits, _ reading: (String) -> Bits?
) -> String {
  let text = value.description
  return !value.isNaN || reading(text) == bits ? text : "nan(bits 0x\(String(bits, radix: 16)))"
}

/// The real number that a token of program text stands for.
func realValue<Value: ComplexPart & LosslessStringConvertible>(_ text: String, _: Value.Type) -> Value? {
  let prefix = "nan(bits 0x"
  guard text.hasPrefix(prefix), text.hasSuffix(")") else { return Value(text) }
  let digits = text.dropFirst(prefix.count).dropLast()
  if Value.self == Double.self {
    return UInt64(digits, radix: 16).flatMap { Double(bitPattern: $0) as? Value }
  }
  return UInt32(digits, radix: 16).flatMap { Float(bitPattern: $0) as? Value }
}
