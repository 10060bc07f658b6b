import Numerics

/// The inverse of the error function: infinite at ±1, `nan` beyond.
public struct Erfinv: HostUnary {
  public static let name = "erfinv"
  public init() {}

  /// A first guess by the logarithm, then steps of Halley's method, which triple the digits. Near ±1 the equation is
  /// solved with erfc, which keeps the digits that erf loses there.
  public func value(_ x: Double) -> Double {
    let size = x.magnitude
    if size >= 1 || x.isNaN { return size == 1 ? x * .infinity : .nan }
    if size < 1e-8 { return x * halfRootPi }
    // Winitzki, "A handy approximation for the error function and its inverse" (2008): to 2 in 1,000.
    let logarithm = Double.log(onePlus: -size * size)
    let middle = 2 / (.pi * 0.147) + logarithm / 2
    var y = ((middle * middle - logarithm / 0.147).squareRoot() - middle).squareRoot()
    for _ in 0..<3 {
      let difference = size < 0.5 ? Double.erf(y) - size : (1 - size) - Double.erfc(y)
      let step = difference * halfRootPi * Double.exp(y * y)
      y -= step / (1 + y * step)
    }
    return x < 0 ? -y : y
  }

  public var routine: ScalarRoutine { Self.routineOfOne }
  private static let routineOfOne = ScalarRoutine(
    name, .one { Erfinv().value($0) }, many: .form(vectorForm), body: body)

  public func derivative(x: Tensor, y: Tensor) -> LinearMap { .scale(by: halfRootPi * exp(y * y)) }
  public static var samples: [PrimitiveSample] { unarySamples(Erfinv(), .unit, dtypes: dtypes) }
}

/// √π / 2.
private let halfRootPi = 0.886226925452758
