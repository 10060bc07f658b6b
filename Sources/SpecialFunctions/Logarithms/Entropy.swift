import Numerics
import Primitives

/// Returns -x log(x) for each element: 0 at 0, and -∞ for negative x.
///
/// ```swift
/// entr([0, 0.5, 1, -1])  // [0. 0.34657359027997264 0. -inf]
/// ```
///
/// The derivative at 0 is ∞. Real only. NumPy: `scipy.special.entr`.
public func entr(_ x: Tensor) -> Tensor {
  // The logarithm of a negative number is not one; 0 - ... has no negative zero at 1.
  `where`(x .< 0, -Tensor(.literal(Double.infinity.hostScalar)), 0 - xLogY(x, x))
}

/// Returns x log(x / y) for each pair of elements: 0 where x is 0, ∞ where y is 0 and x is positive, and `nan` where one of
/// them is negative.
///
/// ```swift
/// relEntr([0, 0.5], [0, 0.25])  // [0. 0.34657359027997264]
/// ```
///
/// It is accurate for x close to y, and where x / y under- or overflows. Real only; x and y broadcast. The derivatives are
/// log(x / y) + 1 and -x / y; the latter is 0 where both are 0. NumPy: `scipy.special.rel_entr`, which is ∞ where one is negative.
public func relEntr(_ x: Tensor, _ y: Tensor) -> Tensor {
  guard !x.isInvalid, !y.isInvalid else { return poisoned(RelativeEntropy.name) }
  guard let (x, y) = madeEqual(RelativeEntropy.name, x, y) else { return Tensor(.invalid) }
  return RelativeEntropy().bind(x, y)
}

/// x log(x / y), and 0 where x is 0 and y is not negative.
public struct RelativeEntropy: RealBinary {
  public static let name = "relEntr"
  public init() {}
  public func scalar<S: RealSemantics>(_ x: S, _ y: S) -> S {
    // 0 · y is 0 or `nan`; negative numbers are `nan` by their logarithms.
    let isAbsent = S.isEqual(x, .constant(0))
    let atZero = S.select(S.isLessOrEqual(.constant(0), y), S.constant(0), .constant(.nan))
    return S.select(isAbsent, atZero, x * logarithmOfRatio(x, y))
  }
  public func derivative(of operand: Int, x: Tensor, y: Tensor, z: Tensor) -> LinearMap {
    let isEdge = (x .== 0) .& (y .== 0)
    // Beside 0 it is infinite where y is 0.
    if operand == 0 { return .scale(by: `where`(isEdge, infinite(1), LogarithmOfRatio().bind(x, y) + 1)) }
    // 0 where both are, as it is for all other y there.
    return .scale(by: -`where`(isEdge, ZeroAbsorbingMultiply().bind(x, 1 / y), x / y))
  }
  public static var samples: [PrimitiveSample] { binarySamples(RelativeEntropy(), .positive, dtypes: dtypes) }
}

/// log(x / y), also where the quotient under- or overflows.
public struct LogarithmOfRatio: RealBinary {
  public static let name = "logarithmOfRatio"
  public init() {}
  public func scalar<S: RealSemantics>(_ x: S, _ y: S) -> S { logarithmOfRatio(x, y) }
  public func derivative(of operand: Int, x: Tensor, y: Tensor, z: Tensor) -> LinearMap {
    operand == 0 ? .quotient(by: x) : .quotient(by: -y)
  }
  public static var samples: [PrimitiveSample] { binarySamples(LogarithmOfRatio(), .positive, dtypes: dtypes) }
}

private func logarithmOfRatio<S: RealSemantics>(_ x: S, _ y: S) -> S {
  let ratio = x / y
  // Between these it is a normal number of either type, where x and y are.
  let difference = S.log(x) - S.log(y)
  let ofRatio = S.select(S.isLess(.constant(0), y), S.log(ratio), difference)
  return S.select(
    S.isLess(.constant(1e-30), ratio), S.select(S.isLess(ratio, .constant(1e30)), ofRatio, difference), difference)
}
