import Primitives

/// Returns Hurwitz's zeta function Σ 1 / (q + k)ˢ over k from 0 on, for each pair of elements; with q = 1 it is Riemann's.
///
/// ```swift
/// zeta([2, 3], 1)  // [1.6449340668482264 1.2020569031595942]
/// ```
///
/// It is ∞ at s = 1 and at q = 0, and `nan` for s below 1 and for negative q. Real only; s and q broadcast. The derivatives by both
/// arguments have every order. NumPy: `scipy.special.zeta`.
///
/// - Parameters:
///   - s: the exponent.
///   - q: the first base.
public func zeta(_ s: Tensor, _ q: Tensor = 1) -> Tensor { broadcasting(Zeta(order: 0), s, q) }

/// The derivative of an order by s of Hurwitz's zeta function. The derivative of ζ(s, q) by q is -s ζ(s + 1, q), and the
/// derivatives of that by s follow from the rule of products.
public struct Zeta: SpecialFunction {
  public static let name = "zeta"
  public static var arity: Int { 2 }
  /// The order of the derivative by s.
  public let order: Int

  /// - Parameter order: between 0 and 100.
  public init(order: Int) { self.order = order }

  public func checkParameters() throws(TensorError) { try checkOrder(order, Self.name) }
  public var kernel: SpecialKernel { .two { [order] s, q in hurwitzZeta(order, s, q) } }

  public func derivative(of operand: Int, _ operands: [Tensor], value: Tensor) -> LinearMap {
    let (s, q) = (operands[0], operands[1])
    if operand == 0 { return .scale(by: Zeta(order: order + 1).bind(s, q)) }
    let slope = s * Zeta(order: order).bind(s + 1, q)
    return .scale(by: order == 0 ? -slope : -(slope + Double(order) * Zeta(order: order - 1).bind(s + 1, q)))
  }

  public static var samples: [PrimitiveSample] {
    [0, 1].flatMap { specialSamples(Zeta(order: $0), .aboveOne, .positive) }
      + arraySamples(Zeta(order: 3), .aboveOne, .positive)
  }
}
