import Numerics

extension HostTensor: CustomStringConvertible, CustomDebugStringConvertible {
  /// The elements as NumPy prints them with the shortest digits that tell them apart: columns aligned at the decimal
  /// point, lines of 75 characters, and beyond 1000 elements only those at the edges.
  public var description: String {
    if shape.isScalar { return nameOfScalar }
    if count == 0 { return "[]" }
    if shape.rank > TensorLayout.largestRank { return "tensor of \(type)" }
    let layout = TensorLayout(shape, separator: " ", indent: 1)
    return layout.text(words(at: layout.shown))
  }

  /// The elements with what it takes to make them, such as `Tensor([1.0, 2.0], dtype: float32)`.
  public var debugDescription: String {
    if shape.rank > TensorLayout.largestRank { return "Tensor(\(type))" }
    let suffix = dtype == .float64 ? "" : ", dtype: \(dtype)"
    if shape.isScalar { return "Tensor(\(nameOfScalar)\(suffix))" }
    if count == 0 { return "Tensor([], shape: \(shape)\(suffix))" }
    let layout = TensorLayout(shape, separator: ", ", indent: 8)
    var words = names(at: layout.shown)
    if shape.rank > 1 { alignRight(&words) }
    return "Tensor(\(layout.text(words))\(suffix))"
  }

  private var nameOfScalar: String { names(at: [0])[0] }

  /// Elements as Swift writes them, complex ones as `1.0+2.0j`.
  private func names(at indices: [Int]) -> [String] {
    func read<Scalar: TensorScalar>(_: Scalar.Type) -> [String] {
      withElements(as: Scalar.self) { elements in indices.map { elements[$0].name } }
    }
    return dtype.withScalarType { read($0) }
  }

  /// Elements with the spaces that align them.
  private func words(at indices: [Int]) -> [String] {
    switch dtype {
    case .float64: return alignedReals(parts(at: indices, { (x: Double) in x }), largestFixed: 1e8)
    case .float32: return alignedReals(parts(at: indices, { (x: Float) in x }), largestFixed: 1e6)
    case .complex128:
      return alignedComplex(
        parts(at: indices, { (z: Complex<Double>) in z.rawParts.0 }),
        parts(at: indices, { (z: Complex<Double>) in z.rawParts.1 }), largestFixed: 1e8)
    case .complex64:
      return alignedComplex(
        parts(at: indices, { (z: Complex<Float>) in z.rawParts.0 }),
        parts(at: indices, { (z: Complex<Float>) in z.rawParts.1 }), largestFixed: 1e6)
    case .int32, .int64, .bool:
      var words = names(at: indices)
      alignRight(&words)
      return words
    }
  }

  private func parts<Scalar: TensorScalar, Part>(at indices: [Int], _ part: (Scalar) -> Part) -> [Part] {
    withElements(as: Scalar.self) { elements in indices.map { part(elements[$0]) } }
  }
}

extension TensorScalar {
  /// The value as Swift writes it, a complex one as `1.0+2.0j`.
  fileprivate var name: String {
    func name(_ real: String, _ imaginary: String) -> String {
      real + (imaginary.hasPrefix("-") ? "" : "+") + imaginary + "j"
    }
    switch self {
    case let value as Double: return realName(value)
    case let value as Float: return realName(value)
    case let value as Complex<Double>: return name(realName(value.rawParts.0), realName(value.rawParts.1))
    case let value as Complex<Float>: return name(realName(value.rawParts.0), realName(value.rawParts.1))
    default: return "\(self)"
    }
  }
}

/// A real number as Swift writes it; every `nan` alike.
private func realName<Value: BinaryFloatingPoint & CustomStringConvertible>(_ value: Value) -> String {
  value.isNaN ? "nan" : value.description
}

private func alignRight(_ words: inout [String]) {
  let width = words.map(\.utf8.count).max() ?? 0
  words = words.map { padded($0, left: width) }
}

/// Text with spaces in front, up to a width.
func padded(_ text: String, left width: Int) -> String {
  String(repeating: " ", count: max(0, width - text.utf8.count)) + text
}

/// Text with spaces behind, up to a width.
func padded(_ text: String, right width: Int) -> String {
  text + String(repeating: " ", count: max(0, width - text.utf8.count))
}
