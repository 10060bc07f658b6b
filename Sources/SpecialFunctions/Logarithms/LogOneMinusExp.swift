import Numerics
import Primitives

/// Returns log(1 - exp(x)) for each element, without cancellation on either side.
///
/// ```swift
/// log1mExp([-1e-20, -50])  // [-46.051701859880914 -1.928749847963918e-22]
/// ```
///
/// It is -∞ at 0, with the derivative -∞, and `nan` for positive x. Real only.
///
/// Source: M. Mächler, Accurately Computing log(1 - exp(-|a|)) (2012).
public func log1mExp(_ x: Tensor) -> Tensor { LogOneMinusExp().bind(x) }

/// log(1 - exp(x)).
public struct LogOneMinusExp: RealUnary {
  public static let name = "log1mExp"
  public init() {}
  public func scalar<S: RealSemantics>(_ x: S) -> S {
    S.select(S.isLess(x, .constant(-0.6931471805599453)), S.log(onePlus: -S.exp(x)), S.log(-S.expMinusOne(x)))
  }
  public func derivative(x: Tensor, y: Tensor) -> LinearMap { .scale(by: exp(x) / expMinusOne(x)) }
  public static var samples: [PrimitiveSample] {
    // Only negative numbers have a value.
    [[], [2, 3], [1], [0]].map {
      PrimitiveSample(LogOneMinusExp(), [OperandSample($0, .negative)], dtypes: dtypes)
    }
  }
}
