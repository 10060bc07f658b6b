/// The product x · y, which is zero wherever a factor is zero, even when the other is infinite or not a number.
///
/// Derivatives of selections use it: the cotangent of a branch that was not taken is a *strong* zero. Either factor must
/// absorb: the weight of a choice can be zero where the cotangent is infinite, and the cotangent can be a strong zero
/// where the weight is not a number.
public struct ZeroAbsorbingMultiply: NumericBinary, LinearPrimitive {
  public static let name = "multiplyAbsorbingZero"
  public init() {}
  public var traits: PrimitiveTraits { [.elementwise, .bilinear, .selecting, .commutative] }

  public func scalar<S: ScalarSemantics>(_ x: S, _ y: S) -> S {
    let zero = S.constant(0)
    return S.select(S.isEqual(x, zero), zero, S.select(S.isEqual(y, zero), zero, x * y))
  }

  public func derivative(of operand: Int, x: Tensor, y: Tensor, z: Tensor) -> LinearMap { .itself(self) }

  public func transposed(_ cotangents: [Tensor?], of operand: Int, at point: EquationPoint) -> Tensor {
    operand == 0
      ? bind(cotangents[0]!, conjugate(point.operand(1)))
      : bind(conjugate(point.operand(0)), cotangents[0]!)
  }

  public static var samples: [PrimitiveSample] { binarySamples(ZeroAbsorbingMultiply(), dtypes: dtypes) }
}
