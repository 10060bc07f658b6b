import Primitives

/// Returns the number below which a standard normal number is with the probability of each element, the inverse of
/// ``normalCDF(_:)``.
///
/// ```swift
/// normalQuantile([0.5, 1e-300])  // [0. -37.047096499407864]
/// ```
///
/// It is infinite at 0 and 1, with an infinite derivative, and `nan` outside. Real only. NumPy: `scipy.special.ndtri`.
///
/// - Parameter p: probabilities. Those close to 1 have few digits of 1 - p: write `-normalQuantile(q)` where q = 1 - p is known.
public func normalQuantile(_ p: Tensor) -> Tensor { NormalQuantile().bind(p) }

/// The inverse of ``NormalCDF``; its derivative is 1 / φ(y).
public struct NormalQuantile: SpecialFunction {
  public static let name = "normalQuantile"
  public static var arity: Int { 1 }
  public init() {}
  public var kernel: SpecialKernel { .one(normalQuantileValue) }
  public func derivative(of operand: Int, _ p: [Tensor], value: Tensor) -> LinearMap {
    .quotient(by: normalDensity(value))
  }
  public static var samples: [PrimitiveSample] { specialSamples(NormalQuantile(), .probability) }
}
