import Primitives

/// Returns Dawson's integral of each element, exp(-x²) ∫ exp(t²) dt from 0 to x.
///
/// ```swift
/// dawson([0, 1])  // [0. 0.5380795069127684]
/// ```
///
/// Derivatives of every order have their digits; they are not computed by the recursion F' = 1 - 2 x F, which cancels. Real only.
/// NumPy: `scipy.special.dawsn`.
public func dawson(_ x: Tensor) -> Tensor { Dawson(order: 0).bind(x) }

/// The derivative of an order of Dawson's integral.
public struct Dawson: SpecialFunction {
  public static let name = "dawson"
  public static var arity: Int { 1 }
  /// The order of the derivative.
  public let order: Int

  /// - Parameter order: between 0 and 100.
  public init(order: Int) { self.order = order }

  public func checkParameters() throws(TensorError) { try checkOrder(order, Self.name) }
  public var kernel: SpecialKernel {
    let kernel = DawsonKernel(order: order)
    return .one { kernel($0) }
  }
  public func derivative(of operand: Int, _ x: [Tensor], value: Tensor) -> LinearMap {
    .scale(by: Dawson(order: order + 1).bind(x[0]))
  }
  public static var samples: [PrimitiveSample] { [0, 1, 3].flatMap { specialSamples(Dawson(order: $0), .any) } }
}
