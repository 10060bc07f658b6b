import Primitives

/// Returns the logarithm of the beta function, log(Γ(a) Γ(b) / Γ(a + b)), for each pair of elements.
///
/// ```swift
/// logBeta(2, 3)  // -2.4849066497880004
/// logBeta(1e10, 1)  // -23.025850929940457
/// ```
///
/// It does not cancel where one argument is large. Both are positive: it is ∞ at 0 and `nan` below. Real only; a and b broadcast.
/// The derivatives have their digits, too, and every order. NumPy: `scipy.special.betaln`.
public func logBeta(_ a: Tensor, _ b: Tensor) -> Tensor { broadcasting(LogBeta(), a, b) }

/// log B(a, b).
public struct LogBeta: SpecialFunction {
  public static let name = "logBeta"
  public static var arity: Int { 2 }
  public init() {}
  public var kernel: SpecialKernel { .two(logBetaValue) }
  public func derivative(of operand: Int, _ operands: [Tensor], value: Tensor) -> LinearMap {
    .scale(by: -PolygammaDifference(order: 0).bind(operands[operand], operands[1 - operand]))
  }
  public static var samples: [PrimitiveSample] { specialSamples(LogBeta(), .positive, .positive) }
}

/// ψ⁽ⁿ⁾(a + b) - ψ⁽ⁿ⁾(a) for positive a and nonnegative b, without cancellation.
public struct PolygammaDifference: SpecialFunction {
  public static let name = "polygammaDifference"
  public static var arity: Int { 2 }
  /// The number of derivatives that are taken of digamma.
  public let order: Int

  /// - Parameter order: between 0 and 100.
  public init(order: Int) { self.order = order }

  public func checkParameters() throws(TensorError) { try checkOrder(order, Self.name) }
  public var kernel: SpecialKernel { .two { [order] a, b in polygammaDifference(order, a, b) } }
  public func derivative(of operand: Int, _ operands: [Tensor], value: Tensor) -> LinearMap {
    let (a, b) = (operands[0], operands[1])
    return .scale(by: operand == 0 ? PolygammaDifference(order: order + 1).bind(a, b) : polygamma(order + 1, a + b))
  }
  public static var samples: [PrimitiveSample] {
    [0, 1, 3].flatMap { specialSamples(PolygammaDifference(order: $0), .positive, .positive) }
  }
}
