import Numerics
import Primitives

/// Returns the probability that a standard normal number is below each element: Φ(x) = erfc(-x/√2) / 2.
///
/// ```swift
/// normalCDF([0, -40])  // [0.5 0.]
/// ```
///
/// The value is accurate down to x = -37.5, below which it is subnormal. Real only. NumPy: `scipy.special.ndtr`.
public func normalCDF(_ x: Tensor) -> Tensor { NormalCDF().bind(x) }

/// The distribution function of a standard normal number.
public struct NormalCDF: HostUnary {
  public static let name = "normalCDF"
  public init() {}
  public func value(_ x: Double) -> Double { 0.5 * .erfc(-x * rootHalf) }
  public var routine: ScalarRoutine { Self.routineOfOne }
  private static let routineOfOne = ScalarRoutine(
    name, .one { NormalCDF().value($0) },
    body: .constant(0.5) * ScalarExpression.erfc(ScalarExpression.operand(0) * .constant(-rootHalf)))
  public func derivative(x: Tensor, y: Tensor) -> LinearMap { .scale(by: normalDensity(x)) }
  public static var samples: [PrimitiveSample] { unarySamples(NormalCDF(), dtypes: dtypes) }
}

/// exp(-x²/2) / √(2π).
func normalDensity(_ x: Tensor) -> Tensor { 0.3989422804014327 * exp(-0.5 * x * x) }
