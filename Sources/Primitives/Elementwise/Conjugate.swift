import Numerics

/// The complex conjugate. It is linear over the real numbers, and its own adjoint.
public struct Conjugate: UnaryElementwise, LinearPrimitive {
  public static let name = "conjugate"
  public static var dtypes: [DType] { [.complex128, .complex64] }
  public init() {}
  public var traits: PrimitiveTraits { [.elementwise, .linear] }

  public func lowering(of operands: [TensorType]) -> Lowering {
    .elementwise(ScalarExpression.operand(0).conjugate)
  }

  public func evaluate(_ x: HostTensor) throws(TensorError) -> HostTensor {
    switch x.dtype {
    case .complex128: return try mapElements(Self.name, x) { (x: Complex<Double>) in x.conjugate }
    case .complex64: return try mapElements(Self.name, x) { (x: Complex<Float>) in x.conjugate }
    default: throw refused(x.dtype)
    }
  }

  public func derivative(x: Tensor, y: Tensor) -> LinearMap { .itself(self) }

  public func transposed(_ cotangents: [Tensor?], of operand: Int, at point: EquationPoint) -> Tensor {
    conjugate(cotangents[0]!)
  }

  public static var samples: [PrimitiveSample] { unarySamples(Conjugate(), dtypes: dtypes) }
}
