import Jacobi
import JacobiTesting
import Testing

/// `checkGradients` finds out whether a rule is right, in both directions and to any order.
@Suite struct CheckRulesTests {
  private let x: Tensor = [0.3, 0.7]

  @Test func rightRulesPass() throws {
    let forward = customJVP({ x in sin(x) * x }) { x, dx in (sin(x) * x, (cos(x) * x + sin(x)) * dx) }
    let reverse = customVJP({ x in sin(x) * x }, { x in (sin(x) * x, x) }) { x, ct in (cos(x) * x + sin(x)) * ct }
    let linear = withRule({ x in x.flipped(axis: 0) }, CustomRule(transpose: { $0.flipped(axis: 0) }))
    for f in [forward, reverse, linear] { #expect(try checkGradients(f, at: x, order: 3).isPassed) }
  }

  @Test func wrongRulesFail() {
    let forward = customJVP({ x in sin(x) }, isExact: false) { x, dx in (sin(x), -cos(x) * dx) }
    let reverse = customVJP({ x in sin(x) }, isExact: false, { x in (sin(x), x) }) { x, ct in -cos(x) * ct }
    let linear = withRule({ x in x.flipped(axis: 0) }, CustomRule(transpose: { $0 }, isExact: false))
    for f in [forward, reverse, linear] {
      #expect(throws: GradientCheckError.self) { try checkGradients(f, at: x, order: 1) }
    }
    // Right to first order, wrong to second: the rule cuts its own derivative off.
    let second = customJVP({ x in sin(x) }) { x, dx in (sin(x), stopGradient(cos(x)) * dx) }
    #expect(throws: Never.self) { try checkGradients(second, at: x, order: 1) }
    #expect(throws: GradientCheckError.self) { try checkGradients(second, at: x, order: 2) }
  }
}
