import Foundation
import Jacobi

// Numbers as text: the shortest digits that are read back as the same number.

extension Tensor {
  /// Each element as a number; truth values are 1 and 0.
  var numbers: [Double] {
    switch dtype {
    case .float64: scalars(as: Double.self)
    case .float32: scalars(as: Float.self).map { Double($0) }
    default: asType(.float64).scalars(as: Double.self)
    }
  }

  /// Each element as text. Whole numbers have no fraction; what is not finite is `nan`, `inf` or `-inf`.
  var numberTexts: [String] {
    switch dtype {
    case .float64: scalars(as: Double.self).map { digits(of: $0) }
    case .float32: scalars(as: Float.self).map { digits(of: $0) }
    default: asType(.float64).scalars(as: Double.self).map { digits(of: $0) }
    }
  }

  /// The numbers as nested lists, one number alone for a scalar; long ones are cut when a limit is given.
  func text(limit: Int = .max) -> String {
    let texts = numberTexts
    if texts.count <= limit { return shape.nestedText(of: texts) }
    if shape.rank == 1 {
      return "[" + (texts.prefix(limit - 2) + ["..."] + texts.suffix(2)).joined(separator: ", ") + "]"
    }
    return "[\(texts[0]), ..., \(texts[texts.count - 1])] of shape \(shape)"
  }

  /// Whether no element is infinite or `nan`.
  var isAllFinite: Bool { numbers.allSatisfy(\.isFinite) }

  /// The first element that is infinite or `nan`, as text.
  var firstNotFinite: String { numbers.first { !$0.isFinite }.map { digits(of: $0) } ?? "" }
}

/// A number in its shortest exact form.
func digits<Number: BinaryFloatingPoint & CustomStringConvertible>(of number: Number) -> String {
  if number.isNaN { return "nan" }
  let text = number.description
  return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
}

/// A number to six digits, as C prints it with `%.6g`: without Foundation's formats, which take ten times as long.
func sixDigits(of number: Double) -> String {
  withUnsafeTemporaryAllocation(of: CChar.self, capacity: 32) { buffer in
    guard let start = buffer.baseAddress else { return "" }
    let length = withVaList([number]) { vsnprintf(start, buffer.count, "%.6g", $0) }
    return String(decoding: UnsafeRawBufferPointer(start: start, count: Int(length)), as: UTF8.self)
  }
}

extension String {
  /// The number of characters; of ASCII text that of bytes, which is found sooner.
  var width: Int { utf8.allSatisfy { $0 < 0x80 } ? utf8.count : count }

  /// The text with spaces after it, up to a width.
  func padded(to width: Int) -> String {
    let length = self.width
    return length >= width ? self : self + String(repeating: " ", count: width - length)
  }

  /// The text with spaces before it, up to a width.
  func rightAligned(to width: Int) -> String {
    let length = self.width
    return length >= width ? self : String(repeating: " ", count: width - length) + self
  }

  /// The text cut to a width, with dots at its end where it was longer.
  func cut(to width: Int) -> String {
    utf8.count <= width || count <= width ? self : String(prefix(width - 3)) + "..."
  }
}
