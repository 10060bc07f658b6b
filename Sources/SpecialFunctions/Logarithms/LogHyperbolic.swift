import Numerics
import Primitives

/// Returns log(cosh(x)) for each element, without overflow and without cancellation at 0.
///
/// ```swift
/// logCosh([1e-10, 1000])  // [5e-21 999.3068528194401]
/// ```
///
/// Real only; the derivative is tanh(x).
public func logCosh(_ x: Tensor) -> Tensor { LogCosh().bind(x) }

/// Returns log(sinh(x)) for each element, without overflow.
///
/// ```swift
/// logSinh([0.001, 1000])  // [-6.907755112315553 999.3068528194401]
/// ```
///
/// It is -∞ at 0, with the derivative ∞, and `nan` for negative x. Real only; the derivative is 1 / tanh(x).
public func logSinh(_ x: Tensor) -> Tensor { LogSinh().bind(x) }

/// log(cosh(x)).
public struct LogCosh: RealUnary {
  public static let name = "logCosh"
  public init() {}
  public func scalar<S: RealSemantics>(_ x: S) -> S {
    let size = S.magnitude(x)
    // cosh(x) = 1 + 2 sinh²(x/2).
    let half = S.sinh(S.constant(0.5) * size)
    let near = S.log(onePlus: S.constant(2) * half * half)
    let far = size + (S.log(onePlus: S.exp(S.constant(-2) * size)) - .constant(logTwo))
    return S.select(S.isLess(size, .constant(1)), near, far)
  }
  public func derivative(x: Tensor, y: Tensor) -> LinearMap { .scale(by: tanh(x)) }
  public static var samples: [PrimitiveSample] { unarySamples(LogCosh(), dtypes: dtypes) }
}

/// log(sinh(x)).
public struct LogSinh: RealUnary {
  public static let name = "logSinh"
  public init() {}
  public func scalar<S: RealSemantics>(_ x: S) -> S {
    let far = x + (S.log(onePlus: -S.exp(S.constant(-2) * x)) - .constant(logTwo))
    return S.select(S.isLess(x, .constant(1)), S.log(S.sinh(x)), far)
  }
  public func derivative(x: Tensor, y: Tensor) -> LinearMap { .quotient(by: tanh(x)) }
  public static var samples: [PrimitiveSample] { unarySamples(LogSinh(), .positive, dtypes: dtypes) }
}

/// log 2.
private let logTwo = 0.6931471805599453
