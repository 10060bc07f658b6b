import Primitives

/// Returns the generalized exponential integral E_n(x) = ∫ exp(-x t) / tⁿ dt from 1 to ∞, for each pair of elements.
///
/// ```swift
/// expIntegral(1, [0.5, 2])  // [0.5597735947761608 0.04890051070806112]
/// ```
///
/// The order n is any real number, also a negative one. At x = 0 it is 1 / (n - 1), and ∞ for n ≤ 1; for negative x it is `nan`.
/// Real only; n and x broadcast. The derivatives by both arguments have every order and no cancellation, as they are integrals of
/// one sign. NumPy: `scipy.special.expn`, `exp1`.
public func expIntegral(_ n: Tensor, _ x: Tensor) -> Tensor { broadcasting(ExponentialIntegral(order: 0), n, x) }

/// The derivative of an order by n of the exponential integral E_n(x). The derivative of E_n by x is -E_{n-1}.
public struct ExponentialIntegral: SpecialFunction {
  public static let name = "expIntegral"
  public static var arity: Int { 2 }
  /// The order of the derivative by n.
  public let order: Int

  /// - Parameter order: between 0 and 100.
  public init(order: Int) { self.order = order }

  public func checkParameters() throws(TensorError) { try checkOrder(order, Self.name) }
  public var kernel: SpecialKernel { .two { [order] n, x in exponentialIntegral(order, n, x) } }

  public func derivative(of operand: Int, _ operands: [Tensor], value: Tensor) -> LinearMap {
    let (n, x) = (operands[0], operands[1])
    if operand == 0 { return .scale(by: ExponentialIntegral(order: order + 1).bind(n, x)) }
    return .scale(by: -ExponentialIntegral(order: order).bind(n - 1, x))
  }

  public static var samples: [PrimitiveSample] {
    [0, 1, 3].flatMap { specialSamples(ExponentialIntegral(order: $0), .any, .positive) }
  }
}
