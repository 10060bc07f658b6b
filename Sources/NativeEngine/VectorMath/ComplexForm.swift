import Engines

/// A function of complex numbers as expressions without branches of real and imaginary parts, by which code computes several
/// at once: real and imaginary part of the first argument, then those of the second one.
struct ComplexForm {
  /// Whether the arguments are such that the form is the function of the host.
  let isValid: ScalarExpression
  let real: ScalarExpression
  let imaginary: ScalarExpression
  /// Whether results have the same bits as those of the host's function, whatever real functions a vector library has.
  let isExact: Bool

  /// The form of a function of parts of a type, if it has one.
  static func named(_ name: String, of part: DType) -> ComplexForm? {
    switch name {
    case "divide": divide(part)
    case "exp": exp(part)
    default: nil
    }
  }

  /// z / w = z (conj(w) / |w|²), where the square is a normal number, as in Swift Numerics; else the arguments have to be scaled.
  private static func divide(_ part: DType) -> ComplexForm {
    let (a, b, c, d) = (operand(0), operand(1), operand(2), operand(3))
    let square = c * c + d * d
    let least = part == .float32 ? Double(Float.leastNormalMagnitude) : Double.leastNormalMagnitude
    let (real, imaginary) = (c / square, -d / square)
    return ComplexForm(
      isValid: .and(.isLessOrEqual(.constant(least), square), .isLess(square, .constant(.infinity))),
      real: a * real - b * imaginary, imaginary: a * imaginary + b * real, isExact: true)
  }

  /// e^x (cos y + i sin y), where no power overflows or is subnormal.
  private static func exp(_ part: DType) -> ComplexForm {
    let (x, y) = (operand(0), operand(1))
    // The logarithms of the least normal and of the largest number are -87.3 and 88.7; or -708.4 and 709.8.
    let largest: ScalarExpression = .constant(part == .float32 ? 87 : 708)
    let power = ScalarExpression.exp(x)
    return ComplexForm(
      isValid: .and(
        .and(.isLess(-largest, x), .isLess(x, largest)),
        .and(.isLess(.constant(-.infinity), y), .isLess(y, .constant(.infinity)))),
      real: .cos(y) * power, imaginary: .sin(y) * power, isExact: false)
  }

  private static func operand(_ index: Int) -> ScalarExpression { .operand(index) }
}
