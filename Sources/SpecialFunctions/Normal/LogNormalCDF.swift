import Primitives

/// Returns the logarithm of the probability that a standard normal number is below each element, log Φ(x).
///
/// ```swift
/// logNormalCDF(-1000)  // -500007.82669481216
/// grad(logNormalCDF)(-1000)  // 1000.000999998
/// ```
///
/// The value and the derivatives of every order have their digits on both sides, also where Φ(x) itself is 0 or 1. Real only.
/// NumPy: `scipy.special.log_ndtr`.
public func logNormalCDF(_ x: Tensor) -> Tensor { LogNormalCDF(order: 0).bind(x) }

/// The derivative of an order of log Φ(x), where Φ is the distribution function of a standard normal number.
///
/// The formulas are beside the kernels: a scaled complementary error function, its recursion, and cumulants on the left.
public struct LogNormalCDF: SpecialFunction {
  public static let name = "logNormalCDF"
  public static var arity: Int { 1 }
  /// The order of the derivative.
  public let order: Int

  /// - Parameter order: between 0 and 100.
  public init(order: Int) { self.order = order }

  public func checkParameters() throws(TensorError) { try checkOrder(order, Self.name) }
  public var kernel: SpecialKernel {
    order == 0 ? .one(logNormalCDFValue) : .one { [order] in logNormalCDFDerivative(order, $0) }
  }
  public func derivative(of operand: Int, _ x: [Tensor], value: Tensor) -> LinearMap {
    .scale(by: LogNormalCDF(order: order + 1).bind(x[0]))
  }
  public static var samples: [PrimitiveSample] { [0, 1, 3].flatMap { specialSamples(LogNormalCDF(order: $0), .any) } }
}
