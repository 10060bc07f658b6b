/// The product x · y, which is zero wherever x is zero, even when y is infinite or not a number.
///
/// Derivatives of selections use it: the cotangent of a branch that was not taken is a *strong* zero.
public struct ZeroAbsorbingMultiply: NumericBinary, LinearPrimitive {
  public static let name = "multiplyAbsorbingZero"
  public init() {}
  public var traits: PrimitiveTraits { [.elementwise, .bilinear, .selecting] }

  public func scalar<S: ScalarSemantics>(_ x: S, _ y: S) -> S {
    S.select(S.isEqual(x, .constant(0)), .constant(0), x * y)
  }

  public func derivative(of operand: Int, x: Tensor, y: Tensor, z: Tensor) -> LinearMap { .itself(self) }

  public func transposed(_ cotangents: [Tensor?], of operand: Int, at point: EquationPoint) -> Tensor {
    operand == 0
      ? bind(cotangents[0]!, conjugate(point.operand(1)))
      : bind(conjugate(point.operand(0)), cotangents[0]!)
  }

  public static var samples: [PrimitiveSample] { binarySamples(ZeroAbsorbingMultiply(), dtypes: dtypes) }
}
