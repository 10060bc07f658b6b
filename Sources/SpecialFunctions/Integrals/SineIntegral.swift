import Primitives

/// Returns the sine integral ∫ sin(t) / t dt from 0 to x, for each element.
///
/// ```swift
/// sinIntegral([1, -1])  // [0.946083070367183 -0.946083070367183]
/// ```
///
/// Real only; the derivative is sin(x) / x, smooth at 0. NumPy: the first result of `scipy.special.sici`.
public func sinIntegral(_ x: Tensor) -> Tensor { SineIntegral().bind(x) }

/// Returns the cosine integral -∫ cos(t) / t dt from x to ∞, for each element.
///
/// ```swift
/// cosIntegral(1)  // 0.3374039229009681
/// ```
///
/// It is -∞ at 0 and `nan` for negative x. Real only; the derivative is cos(x) / x. NumPy: the second result of
/// `scipy.special.sici`.
public func cosIntegral(_ x: Tensor) -> Tensor { CosineIntegral().bind(x) }

/// The sine integral.
public struct SineIntegral: SpecialFunction {
  public static let name = "sinIntegral"
  public static var arity: Int { 1 }
  public init() {}
  public var kernel: SpecialKernel { .one(sineIntegral) }
  public func derivative(of operand: Int, _ x: [Tensor], value: Tensor) -> LinearMap {
    .scale(by: sinc(0.3183098861837907 * x[0]))
  }
  public static var samples: [PrimitiveSample] { specialSamples(SineIntegral(), .any) }
}

/// The cosine integral.
public struct CosineIntegral: SpecialFunction {
  public static let name = "cosIntegral"
  public static var arity: Int { 1 }
  public init() {}
  public var kernel: SpecialKernel { .one(cosineIntegral) }
  public func derivative(of operand: Int, _ x: [Tensor], value: Tensor) -> LinearMap { .scale(by: cos(x[0]) / x[0]) }
  public static var samples: [PrimitiveSample] { specialSamples(CosineIntegral(), .positive) }
}
