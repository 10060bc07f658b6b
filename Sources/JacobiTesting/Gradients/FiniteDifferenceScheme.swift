#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A formula for a derivative from values of the function.
///
/// The formulas and their errors are those of Abramowitz and Stegun, "Handbook of Mathematical Functions", 25.3. The
/// step balances the error of the formula, which grows with the step, with the rounding error of the values, which is
/// about epsilon / step (Press et al., "Numerical Recipes", 5.7).
public enum FiniteDifferenceScheme: String, Hashable, Sendable, CaseIterable {
  /// (f(x + h) - f(x)) / h; error h/2 · f'', step epsilon^(1/2).
  case forward
  /// (f(x + h) - f(x - h)) / 2h; error h²/6 · f''', step epsilon^(1/3).
  case central
  /// (f(x - 2h) - 8 f(x - h) + 8 f(x + h) - f(x + 2h)) / 12h; error h⁴/30 · f⁽⁵⁾, step epsilon^(1/5).
  case fivePoint

  /// Where the function is evaluated, in steps, and what each value is multiplied with before the division by the step.
  public var terms: [(place: Double, weight: Double)] {
    switch self {
    case .forward: [(1, 1), (0, -1)]
    case .central: [(1, 0.5), (-1, -0.5)]
    case .fivePoint: [(-2, 1 / 12), (-1, -8 / 12), (1, 8 / 12), (2, -1 / 12)]
    }
  }

  /// The step for values with a relative rounding error of epsilon, and a direction of about the size of the point.
  public func step(epsilon: Double) -> Double {
    switch self {
    case .forward: epsilon.squareRoot()
    case .central: pow(epsilon, 1.0 / 3)
    case .fivePoint: pow(epsilon, 1.0 / 5)
    }
  }
}
