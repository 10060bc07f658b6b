import Primitives

/// Returns the scaled complementary error function exp(x²) erfc(x) of each element.
///
/// ```swift
/// erfcx(1000)  // 0.0005641893014533876
/// ```
///
/// It neither underflows nor overflows for positive x; it is infinite below -26.7. Derivatives of every order have their digits.
/// Real only. NumPy: `scipy.special.erfcx`.
public func erfcx(_ x: Tensor) -> Tensor { Erfcx(order: 0).bind(x) }

/// The derivative of an order of exp(x²) erfc(x), which is an integral of one sign.
public struct Erfcx: SpecialFunction {
  public static let name = "erfcx"
  public static var arity: Int { 1 }
  /// The order of the derivative.
  public let order: Int

  /// - Parameter order: between 0 and 100.
  public init(order: Int) { self.order = order }

  public func checkParameters() throws(TensorError) { try checkOrder(order, Self.name) }
  public var kernel: SpecialKernel {
    order == 0 ? .one(scaledErfc) : .one { [order] in scaledErfcDerivative(order, $0) }
  }
  public func derivative(of operand: Int, _ x: [Tensor], value: Tensor) -> LinearMap {
    .scale(by: Erfcx(order: order + 1).bind(x[0]))
  }
  public static var samples: [PrimitiveSample] { [0, 1, 3].flatMap { specialSamples(Erfcx(order: $0), .any) } }
}
