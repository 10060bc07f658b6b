import Foundation
import Jacobi
import JacobiTesting
import Testing

/// Differences against derivatives in closed form.
@Suite struct FiniteDifferenceTests {
  @Test(arguments: FiniteDifferenceScheme.allCases)
  func eachSchemeHasTheErrorThatItsFormulaStates(_ scheme: FiniteDifferenceScheme) {
    let allowed: [FiniteDifferenceScheme: Double] = [.forward: 1e-7, .central: 1e-9, .fivePoint: 1e-11]
    for x in [0.3, 1.0, 2.5] {
      let derivative = Double(finiteDifference({ sin($0) }, at: Tensor(x), along: 1, scheme: scheme))
      #expect(abs(derivative - Foundation.cos(x)) < allowed[scheme] ?? 0)
    }
  }

  /// Without rounding, the error falls with the power of the step that the formula states.
  @Test func theErrorFallsWithTheStep() {
    let order: [FiniteDifferenceScheme: Double] = [.forward: 2, .central: 4, .fivePoint: 16]
    for scheme in FiniteDifferenceScheme.allCases {
      func error(_ step: Double) -> Double {
        abs(
          Double(finiteDifference({ exp($0) }, at: Tensor(0.5), along: 1, scheme: scheme, step: step))
            - Foundation.exp(0.5))
      }
      #expect(abs(error(0.1) / error(0.05) / (order[scheme] ?? 0) - 1) < 0.1)
    }
  }

  @Test func theWeightsOfASchemeAreThoseOfADerivative() {
    for scheme in FiniteDifferenceScheme.allCases {
      #expect(abs(scheme.terms.reduce(0) { $0 + $1.weight }) < 1e-15)
      #expect(abs(scheme.terms.reduce(0) { $0 + $1.weight * $1.place } - 1) < 1e-15)
    }
  }

  @Test func alongADirectionOfATree() {
    let point = ["a": Tensor([1.0, 2.0]), "b": Tensor(3.0)]
    let direction = ["a": Tensor([0.5, -1.0]), "b": Tensor(2.0)]
    let derivative = finiteDifference(
      { (tree: [String: Tensor]) in [(tree["a"] ?? 0) * (tree["b"] ?? 0)] }, at: point, along: direction)
    let numbers = derivative[0].scalars(as: Double.self)
    // d(ab) = da b + a db.
    #expect(abs(numbers[0] - 3.5) < 1e-10 && abs(numbers[1] - 1) < 1e-10)
  }

  @Test func aWrongDirectionIsAnError() {
    #expect(throws: TensorError.self) {
      try catchingTensorErrors { finiteDifference({ sin($0) }, at: Tensor([1.0, 2.0]), along: Tensor([1.0])) }
    }
  }
}
