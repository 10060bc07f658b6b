// How NumPy writes real numbers side by side (`FloatingFormat` in its arrayprint.py, with floatmode='unique').

/// A real number in decimal: its shortest digits, and where the point stands.
private struct Decimal {
  var isNegative: Bool
  /// The digits without leading and trailing zeros; none for zero.
  var digits: [UInt8]
  /// How many of the digits stand before the point; negative for zeros behind it.
  var point: Int

  /// The number that Swift's text stands for, such as `-12.5` or `5e-324`.
  init(_ text: String) {
    var rest = text.utf8[...]
    isNegative = rest.first == UInt8(ascii: "-")
    if isNegative { rest.removeFirst() }
    var exponent = 0
    if let mark = rest.firstIndex(of: UInt8(ascii: "e")) {
      exponent = Int(Substring(rest[rest.index(after: mark)...])) ?? 0
      rest = rest[..<mark]
    }
    let parts = rest.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    let whole = Array(parts[0])
    digits = whole + (parts.count > 1 ? Array(parts[1]) : [])
    point = whole.count + exponent
    while digits.last == UInt8(ascii: "0") { digits.removeLast() }
    while digits.first == UInt8(ascii: "0") {
      digits.removeFirst()
      point -= 1
    }
    if digits.isEmpty { point = 1 }
  }

  private func text(_ digits: some Sequence<UInt8>) -> String { String(decoding: Array(digits), as: UTF8.self) }

  /// Sign and digits before the point, and the digits behind it.
  func fixed(showsPlus: Bool) -> (whole: String, fraction: String) {
    let zeros = { (count: Int) in [UInt8](repeating: UInt8(ascii: "0"), count: max(0, count)) }
    let whole = point <= 0 ? zeros(1) : Array(digits.prefix(point)) + zeros(point - digits.count)
    let fraction = digits.isEmpty ? [] : zeros(-point) + Array(digits.dropFirst(max(0, point)))
    return (sign(showsPlus) + (whole.isEmpty ? "0" : text(whole)), text(fraction))
  }

  /// Sign and first digit, the other digits, and the power of ten.
  func scientific(showsPlus: Bool) -> (whole: String, fraction: String, exponent: Int) {
    (sign(showsPlus) + (digits.isEmpty ? "0" : text(digits.prefix(1))), text(digits.dropFirst()), point - 1)
  }

  private func sign(_ showsPlus: Bool) -> String { isNegative ? "-" : showsPlus ? "+" : "" }
}

/// Real numbers with the spaces that align them.
///
/// - Parameter largestFixed: from this size on they are written with exponents.
func alignedReals<Value: BinaryFloatingPoint & CustomStringConvertible>(
  _ values: [Value], largestFixed: Value, showsPlus: Bool = false
) -> [String] {
  let finite = values.filter(\.isFinite)
  let sizes = finite.filter { $0 != 0 }.map(\.magnitude)
  var usesExponents = false
  if let largest = sizes.max(), let smallest = sizes.min() {
    usesExponents = largest >= largestFixed || smallest < 0.0001 || largest / smallest > 1000
  }
  let columns =
    usesExponents ? exponentColumns(values, showsPlus) : fixedColumns(values, showsPlus)
  // What is not finite may be wider than the numbers beside it.
  var left = columns.left
  if finite.count != values.count {
    let hasMinus = showsPlus || values.contains { $0 == -.infinity }
    left = max(left, 3 - columns.right - 1, 3 + (hasMinus ? 1 : 0) - columns.right - 1)
  }
  return zip(values, columns.parts).map { value, part in
    guard let part else {
      let plus = showsPlus ? "+" : ""
      let name = value.isNaN ? plus + "nan" : value < 0 ? "-inf" : plus + "inf"
      return padded(name, left: left + columns.right + 1)
    }
    return padded(part.whole, left: left) + "." + part.rest
  }
}

/// The two sides of the decimal point, and how wide they are.
private struct Columns {
  var parts: [(whole: String, rest: String)?]
  var left = 0
  var right = 0
}

private func fixedColumns<Value: BinaryFloatingPoint & CustomStringConvertible>(
  _ values: [Value], _ showsPlus: Bool
) -> Columns {
  let parts = values.map { $0.isFinite ? Decimal($0.description).fixed(showsPlus: showsPlus) : nil }
  let left = parts.compactMap { $0?.whole.utf8.count }.max() ?? 0
  let right = parts.compactMap { $0?.fraction.utf8.count }.max() ?? 0
  return Columns(
    parts: parts.map { $0.map { ($0.whole, padded($0.fraction, right: right)) } }, left: left, right: right)
}

private func exponentColumns<Value: BinaryFloatingPoint & CustomStringConvertible>(
  _ values: [Value], _ showsPlus: Bool
) -> Columns {
  let parts = values.map { $0.isFinite ? Decimal($0.description).scientific(showsPlus: showsPlus) : nil }
  let left = parts.compactMap { $0?.whole.utf8.count }.max() ?? 0
  let digits = parts.compactMap { $0?.fraction.utf8.count }.max() ?? 0
  let exponentDigits = max(2, parts.compactMap { $0.map { "\($0.exponent.magnitude)".utf8.count } }.max() ?? 0)
  func zeros(_ count: Int) -> String { String(repeating: "0", count: max(0, count)) }
  return Columns(
    parts: parts.map { part in
      part.map {
        let exponent = "\($0.exponent.magnitude)"
        let sign = $0.exponent < 0 ? "e-" : "e+"
        let rest = $0.fraction + zeros(digits - $0.fraction.utf8.count)
        return ($0.whole, rest + sign + zeros(exponentDigits - exponent.utf8.count) + exponent)
      }
    }, left: left, right: exponentDigits + 2 + digits)
}

/// Complex numbers with the spaces that align their parts.
func alignedComplex<Value: BinaryFloatingPoint & CustomStringConvertible>(
  _ reals: [Value], _ imaginaries: [Value], largestFixed: Value
) -> [String] {
  zip(
    alignedReals(reals, largestFixed: largestFixed),
    alignedReals(imaginaries, largestFixed: largestFixed, showsPlus: true)
  ).map { real, imaginary in
    let end = imaginary.lastIndex { $0 != " " }.map(imaginary.index(after:)) ?? imaginary.endIndex
    return real + imaginary[..<end] + "j" + imaginary[end...]
  }
}
