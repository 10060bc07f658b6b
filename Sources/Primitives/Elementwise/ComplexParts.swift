import Numerics

// Between real and complex numbers. All of this is linear over the real numbers; adjoints are those of Re(conj(a)·b).

/// A part of complex numbers: linear, and real.
///
/// The author writes the part, and the complex numbers that have nothing but this part.
protocol ComplexPartPrimitive: UnaryElementwise, LinearPrimitive {
  init()

  /// The part of a number.
  func part<Part: ComplexPart>(_ z: Complex<Part>) -> Part

  /// The part of a number, for engines.
  func part(_ z: ScalarExpression) -> ScalarExpression

  /// The complex numbers with a given part whose other part is zero.
  func embedding(_ part: Tensor) -> Tensor
}

extension ComplexPartPrimitive {
  public static var dtypes: [DType] { [.complex128, .complex64] }
  public var traits: PrimitiveTraits { [.elementwise, .linear] }
  public func resultDType(of operand: DType) -> DType { operand.realPart }
  public func lowering(of operands: [TensorType]) -> Lowering { .elementwise(part(.operand(0))) }

  public func evaluate(_ x: HostTensor) throws(TensorError) -> HostTensor {
    guard x.dtype.isComplex else { throw refused(x.dtype) }
    return try x.mapComplex(Self.name, { part($0) }, { part($0) })
  }

  public func derivative(x: Tensor, y: Tensor) -> LinearMap { .itself(self) }

  public func transposed(_ cotangents: [Tensor?], of operand: Int, at point: EquationPoint) -> Tensor {
    embedding(cotangents[0]!)
  }

  public static var samples: [PrimitiveSample] { unarySamples(Self(), dtypes: dtypes) }
}

/// The real part of complex numbers.
public struct RealPart: ComplexPartPrimitive {
  public static let name = "realPart"
  public init() {}
  func part<Part: ComplexPart>(_ z: Complex<Part>) -> Part { z.rawParts.0 }
  func part(_ z: ScalarExpression) -> ScalarExpression { z.realPart }
  func embedding(_ part: Tensor) -> Tensor { complex(part, Tensor.zeros(like: part)) }
}

/// The imaginary part of complex numbers.
public struct ImaginaryPart: ComplexPartPrimitive {
  public static let name = "imaginaryPart"
  public init() {}
  func part<Part: ComplexPart>(_ z: Complex<Part>) -> Part { z.rawParts.1 }
  func part(_ z: ScalarExpression) -> ScalarExpression { z.imaginaryPart }
  func embedding(_ part: Tensor) -> Tensor { complex(Tensor.zeros(like: part), part) }
}

/// Complex numbers from their real and imaginary parts.
public struct MakeComplex: BinaryElementwise, LinearPrimitive {
  public static let name = "complex"
  public static var dtypes: [DType] { [.float64, .float32] }
  public init() {}
  public var traits: PrimitiveTraits { [.elementwise, .linear] }
  public func resultDType(of operand: DType) -> DType { operand.complexified ?? operand }

  public func lowering(of operands: [TensorType]) -> Lowering {
    .elementwise(ScalarExpression(.complex(.operand(0), .operand(1))))
  }

  public func evaluate(_ x: HostTensor, _ y: HostTensor) throws(TensorError) -> HostTensor {
    try check(x, y)
    guard x.dtype.isReal else { throw refused(x.dtype) }
    return try x.mapReals(Self.name, with: y, { Complex($0, $1) }, { Complex($0, $1) })
  }

  public func derivative(of operand: Int, x: Tensor, y: Tensor, z: Tensor) -> LinearMap { .itself(self) }

  public func transposed(_ cotangents: [Tensor?], of operand: Int, at point: EquationPoint) -> Tensor {
    operand == 0 ? realPart(cotangents[0]!) : imaginaryPart(cotangents[0]!)
  }

  public static var samples: [PrimitiveSample] { binarySamples(MakeComplex(), dtypes: dtypes) }
}

/// The absolute value of complex numbers. The derivative at 0 is a zero, of every order.
public struct Modulus: UnaryElementwise {
  public static let name = "modulus"
  public static var dtypes: [DType] { [.complex128, .complex64] }
  public init() {}
  public func resultDType(of operand: DType) -> DType { operand.realPart }

  public func lowering(of operands: [TensorType]) -> Lowering {
    let z = ScalarExpression.operand(0)
    return .elementwise(.hypot(z.realPart, z.imaginaryPart))
  }

  public func evaluate(_ x: HostTensor) throws(TensorError) -> HostTensor {
    guard x.dtype.isComplex else { throw refused(x.dtype) }
    return try x.mapComplex(
      Self.name, { Double.hypot($0.rawParts.0, $0.rawParts.1) }, { Float.hypot($0.rawParts.0, $0.rawParts.1) })
  }

  public func derivative(x: Tensor, y: Tensor) -> LinearMap {
    // d|z| = Re(conj(z / |z|) dz)
    let direction = DirectionEdges(of: y).direction(conjugate(x), length: y)
    return .rule { dx in [realPart(ZeroAbsorbingMultiply().bind(direction, dx))] }
  }

  public static var samples: [PrimitiveSample] { unarySamples(Modulus(), dtypes: dtypes) }
}
