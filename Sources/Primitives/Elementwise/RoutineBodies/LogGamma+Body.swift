extension LogGamma {
  /// For all numbers: the vector form holds for all positive ones. Below 0 it is the reflection formula
  /// log |Γ(x)| = log (π / |sin πx|) - log Γ(1 - x), where sin πx is ± sin πr for the distance r from the nearest pole.
  ///
  /// Near the zeros between the poles the terms cancel: there the error is relative to log Γ(1 - x).
  static var body: ScalarExpression {
    typealias S = ScalarExpression
    let x = S.operand(0)
    let isPole = S.isEqual(x, S.floor(x))
    let distance = S.select(isPole, .constant(1), S.magnitude(x.distanceFromWhole))
    // Both are rounded alike where they are so small that they have few digits.
    let angle = .constant(.pi) * distance
    let mirrored = -S.log(distance) - S.log(S.sin(angle) / angle) - value(.constant(1) - x)
    return S.select(S.isLess(x, .constant(0)), S.select(isPole, .constant(.infinity), mirrored), value(x))
  }
}
