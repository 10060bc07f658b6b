import Numerics

extension Polygamma {
  /// For all numbers, of this order: ψ⁽ⁿ⁾(x) is a series for positive x. Below 0 it is the reflection formula, or for high
  /// orders the terms at the poles nearby, as the host computes them. Operand 0 is the order, and not looked at.
  var body: ScalarExpression {
    typealias S = ScalarExpression
    let x = S.operand(1)
    let isWhole = S.isEqual(x, S.floor(x))
    let atPole: S = order % 2 == 1 ? S.select(x.isNotFinite, .constant(.nan), .constant(.infinity)) : .constant(.nan)
    let negative = order > 40 ? Self.betweenPoles(order, x) : Self.reflected(order, x)
    let below = S.select(isWhole, atPole, negative)
    return S.select(S.isLessOrEqual(x, .constant(0)), below, Self.positive(order, x))
  }

  /// Digamma, for all numbers.
  static var digammaBody: ScalarExpression {
    typealias S = ScalarExpression
    let x = S.operand(0)
    let below = S.select(S.isEqual(x, S.floor(x)), .constant(.nan), reflected(0, x))
    return S.select(S.isLessOrEqual(x, .constant(0)), below, digamma(x))
  }

  /// ψ⁽ⁿ⁾(x) = (-1)ⁿ ψ⁽ⁿ⁾(1 - x) - dⁿ/dxⁿ π cot(πx).
  private static func reflected(_ order: Int, _ x: ScalarExpression) -> ScalarExpression {
    typealias S = ScalarExpression
    let other = S.constant(1) - x
    let mirrored = order == 0 ? digamma(other) : positive(order, other)
    let place = x.distanceFromWhole
    let size = S.magnitude(place)
    // From the nearer of a pole and a zero, so that the cotangent is exact to a relative error near both.
    let isNearPole = S.isLess(size, .constant(0.25))
    let tangent = S.tan(.constant(.pi) * S.select(isNearPole, size, .constant(0.5) - size))
    let cotangent = S.select(isNearPole, .constant(1) / tangent, tangent)
    let signed = S.select(S.isLess(place, .constant(0)), -cotangent, cotangent)
    let derivative = S.polynomial(cotangentPolynomial(order), signed)
    return (order % 2 == 0 ? mirrored : -mirrored) - derivative
  }

  /// ψ⁽ⁿ⁾(x) for positive x and orders from 1 on: so many terms of the sum that the formula of Euler and Maclaurin holds
  /// for the others, whatever x is.
  private static func positive(_ order: Int, _ x: ScalarExpression) -> ScalarExpression {
    let count = 13 + order
    let exponent = Double(order + 1)
    let end = x + .constant(Double(count))
    let integral = factorial(order, over: end)
    let last = integral / end
    let inverse = ScalarExpression.constant(1) / (end * end)
    // The factors of the Bernoulli numbers, from the smallest term on.
    var tail = ScalarExpression.constant(0)
    for (index, number) in bernoulli.enumerated().reversed() {
      let rising = exponent + Double(2 * index + 1)
      tail = .constant(number) + .constant(rising * (rising + 1)) * inverse * tail
    }
    let first = .constant(exponent) * last / end
    var sum = first * tail + last * .constant(0.5) + integral / .constant(exponent - 1)
    for index in (0..<count).reversed() {
      let place = x + .constant(Double(index))
      sum = sum + factorial(order, over: place) / place
    }
    return order % 2 == 1 ? sum : -sum
  }

  /// n! / xⁿ for positive x, whose power is multiplied in by halves, as it may vanish where the quotient does not.
  private static func factorial(_ order: Int, over x: ScalarExpression) -> ScalarExpression {
    let half = ScalarExpression.power(x, .constant(-Double(order) / 2))
    return .constant(.gamma(Double(order + 1))) * half * half
  }

  /// ψ⁽ⁿ⁾(x) for negative x that are not whole, of an order so high that only the terms at poles nearby count.
  private static func betweenPoles(_ order: Int, _ x: ScalarExpression) -> ScalarExpression {
    let end = -ScalarExpression.floor(x)
    var sum = positive(order, x + end)
    for index in 1...40 {
      let distance = -(x + (end - .constant(Double(index))))
      let isPole = ScalarExpression.isLessOrEqual(.constant(Double(index)), end)
      sum = sum + .select(isPole, factorial(order, over: distance) / distance, .constant(0))
    }
    return sum
  }
}
