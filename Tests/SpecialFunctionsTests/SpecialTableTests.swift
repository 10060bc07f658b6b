import Foundation
import Jacobi
import Testing

/// Values and derivatives have a relative error below 10⁻¹³, or one that roundings of the arguments explain, at ordinary and at
/// extreme arguments.
@Suite struct SpecialTableTests {
  static let functions: [String: Function] = [
    "normalCDF": { normalCDF($0[0]) }, "logNormalCDF": { logNormalCDF($0[0]) }, "erfcx": { erfcx($0[0]) },
    "dawson": { dawson($0[0]) }, "normalQuantile": { normalQuantile($0[0]) }, "log1mExp": { log1mExp($0[0]) },
    "logCosh": { logCosh($0[0]) }, "logSinh": { logSinh($0[0]) }, "entr": { entr($0[0]) },
    "relEntr": { relEntr($0[0], $0[1]) },
    "gammaInc": { gammaInc($0[0], $0[1]) }, "gammaIncUpper": { gammaIncUpper($0[0], $0[1]) },
    "gammaIncInverse": { gammaIncInverse($0[0], $0[1]) },
    "gammaIncUpperInverse": { gammaIncUpperInverse($0[0], $0[1]) },
    "betaInc": { betaInc($0[0], $0[1], $0[2]) }, "betaIncInverse": { betaIncInverse($0[0], $0[1], $0[2]) },
    "logBeta": { logBeta($0[0], $0[1]) },
    "polygammaDifference": { PolygammaDifference(order: 0).bind($0[0], $0[1]) },
    "expIntegral": { expIntegral($0[0], $0[1]) }, "expIntegralEi": { expIntegralEi($0[0]) },
    "sinIntegral": { sinIntegral($0[0]) }, "cosIntegral": { cosIntegral($0[0]) }, "zeta": { zeta($0[0], $0[1]) },
    "lambertW": { lambertW($0[0]) }, "lambertWMinus": { lambertW($0[0], branch: .lower) },
  ]

  @Test(arguments: ["normal", "gamma", "gammaFourth", "gammaInverse", "beta", "betaInverse", "densities", "integrals"])
  func agreesWithManyDigits(_ family: String) throws {
    let cases = try SpecialCase.all(family)
    #expect(cases.count >= 10)
    for fixture in cases {
      let function = try #require(Self.functions[fixture.function])
      let point = fixture.arguments.map { Tensor($0) }
      let actual = Double(derivative(function, orders: fixture.orders)(point))
      let error = fixture.error(of: actual)
      #expect(
        error <= fixture.tolerance || actual == fixture.value,
        "\(fixture) is \(actual), expected \(fixture.value): \(error), condition \(fixture.condition)")
    }
  }

  /// A float32 number is computed as a float64 number and rounded once.
  @Test(arguments: ["normal", "gamma", "gammaFourth", "gammaInverse", "beta", "betaInverse", "densities", "integrals"])
  func singlePrecisionIsRoundedOnce(_ family: String) throws {
    // These are expressions, which are computed in their own precision.
    let expressions: Set<String> = ["log1mExp", "logCosh", "logSinh", "entr", "relEntr"]
    for fixture in try SpecialCase.all(family)
    where fixture.orders.allSatisfy({ $0 == 0 }) && !expressions.contains(fixture.function) {
      let function = try #require(Self.functions[fixture.function])
      let single = fixture.arguments.map { Float($0) }
      let actual = function(single.map { Tensor($0) })
      let expected = function(single.map { Tensor(Double($0)) })
      #expect(actual.dtype == .float32)
      let (a, b) = (actual.scalars(as: Float.self)[0], Float(Double(expected)))
      #expect(a == b || (a.isNaN && b.isNaN), "\(fixture): \(a) and \(b)")
    }
  }
}
