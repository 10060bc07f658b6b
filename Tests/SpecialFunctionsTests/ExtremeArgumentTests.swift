import Jacobi
import Testing

/// Arguments near overflow and underflow: no function runs forever, and none traps.
@Suite struct ExtremeArgumentTests {
  static let sizes: [Double] = [
    0, .leastNonzeroMagnitude, .leastNormalMagnitude, 1e-30, 0.5, 1, 700, 1e30, .greatestFiniteMagnitude / 8,
    .greatestFiniteMagnitude, .infinity, .nan,
  ]
  static let numbers = sizes + sizes.map { -$0 }

  /// E_n(x) of numbers whose sum overflows ran forever; it is below exp(-x).
  @Test func exponentialIntegrals() {
    let large = Tensor(Double.greatestFiniteMagnitude)
    #expect(Double(expIntegral(large / 8, large)) == 0)
    #expect(Double(grad { n in expIntegral(n, large) }(large / 8)) == 0)
  }

  @Test func functionsOfOneNumber() {
    let functions: [(Tensor) -> Tensor] = [
      normalCDF, logNormalCDF, { normalQuantile($0) }, erfcx, dawson, expIntegralEi, sinIntegral, cosIntegral,
      { lambertW($0) }, { lambertW($0, branch: .lower) }, { zeta($0) },
    ]
    for f in functions {
      let value = f(Tensor(Self.numbers))
      #expect(Double(value[11]).isNaN)
    }
  }

  @Test func functionsOfTwoNumbers() {
    let functions: [(Tensor, Tensor) -> Tensor] = [
      gammaInc, gammaIncUpper, gammaIncInverse, gammaIncUpperInverse, expIntegral, { zeta($0, $1) }, logBeta,
    ]
    let (x, y) = (Tensor(Self.numbers).expandedDimensions(axis: 1), Tensor(Self.numbers))
    for f in functions {
      let value = f(x, y)
      #expect(value.shape == [24, 24])
      #expect(Double(value[11, 4]).isNaN && Double(value[4, 11]).isNaN)
    }
  }

  @Test func functionsOfThreeNumbers() {
    let sizes = Tensor(Self.sizes)
    let (x, y) = (sizes.reshaped([12, 1, 1]), sizes.expandedDimensions(axis: 1))
    for value in [betaInc(x, y, sizes), betaIncInverse(x, y, sizes)] {
      #expect(value.shape == [12, 12, 12])
      #expect(Double(value[11, 4, 4]).isNaN && Double(value[4, 11, 4]).isNaN && Double(value[4, 4, 11]).isNaN)
    }
  }
}
