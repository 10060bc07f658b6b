import Primitives

/// Returns the exponential integral Ei(x), the principal value of ∫ exp(t) / t dt from -∞ to x, for each element.
///
/// ```swift
/// expIntegralEi([-1, 1])  // [-0.21938393439552026 1.8951178163559368]
/// ```
///
/// It is -∞ at 0. Real only; the derivative is exp(x) / x. NumPy: `scipy.special.expi`.
public func expIntegralEi(_ x: Tensor) -> Tensor { ExponentialIntegralEi().bind(x) }

/// The exponential integral Ei(x).
public struct ExponentialIntegralEi: SpecialFunction {
  public static let name = "expIntegralEi"
  public static var arity: Int { 1 }
  public init() {}
  public var kernel: SpecialKernel { .one(exponentialIntegralEi) }
  public func derivative(of operand: Int, _ x: [Tensor], value: Tensor) -> LinearMap { .scale(by: exp(x[0]) / x[0]) }
  public static var samples: [PrimitiveSample] { specialSamples(ExponentialIntegralEi(), .any) }
}
