import Numerics

// Between real and complex numbers. All of this is linear over the real numbers; adjoints are those of Re(conj(a)·b).

/// The real part of complex numbers.
public struct RealPart: UnaryElementwise, LinearPrimitive {
  public static let name = "realPart"
  public static var dtypes: [DType] { [.complex128, .complex64] }
  public init() {}
  public var traits: PrimitiveTraits { [.elementwise, .linear] }
  public func resultDType(of operand: DType) -> DType { operand.realPart }

  public func evaluate(_ x: HostTensor) throws(TensorError) -> HostTensor {
    switch x.dtype {
    case .complex128: return try mapElements(Self.name, x) { (x: Complex<Double>) in x.rawParts.0 }
    case .complex64: return try mapElements(Self.name, x) { (x: Complex<Float>) in x.rawParts.0 }
    default: throw refused(x.dtype)
    }
  }

  public func derivative(x: Tensor, y: Tensor) -> LinearMap { .itself(self) }

  public func transposed(_ cotangents: [Tensor?], of operand: Int, at point: EquationPoint) -> Tensor {
    let ct = cotangents[0]!
    return complex(ct, zero(like: ct))
  }

  public static var samples: [PrimitiveSample] { unarySamples(RealPart(), dtypes: dtypes) }
}

/// The imaginary part of complex numbers.
public struct ImaginaryPart: UnaryElementwise, LinearPrimitive {
  public static let name = "imaginaryPart"
  public static var dtypes: [DType] { [.complex128, .complex64] }
  public init() {}
  public var traits: PrimitiveTraits { [.elementwise, .linear] }
  public func resultDType(of operand: DType) -> DType { operand.realPart }

  public func evaluate(_ x: HostTensor) throws(TensorError) -> HostTensor {
    switch x.dtype {
    case .complex128: return try mapElements(Self.name, x) { (x: Complex<Double>) in x.rawParts.1 }
    case .complex64: return try mapElements(Self.name, x) { (x: Complex<Float>) in x.rawParts.1 }
    default: throw refused(x.dtype)
    }
  }

  public func derivative(x: Tensor, y: Tensor) -> LinearMap { .itself(self) }

  public func transposed(_ cotangents: [Tensor?], of operand: Int, at point: EquationPoint) -> Tensor {
    let ct = cotangents[0]!
    return complex(zero(like: ct), ct)
  }

  public static var samples: [PrimitiveSample] { unarySamples(ImaginaryPart(), dtypes: dtypes) }
}

/// Complex numbers from their real and imaginary parts.
public struct MakeComplex: BinaryElementwise, LinearPrimitive {
  public static let name = "complex"
  public static var dtypes: [DType] { [.float64, .float32] }
  public init() {}
  public var traits: PrimitiveTraits { [.elementwise, .linear] }
  public func resultDType(of operand: DType) -> DType { operand.complexified ?? operand }

  public func evaluate(_ x: HostTensor, _ y: HostTensor) throws(TensorError) -> HostTensor {
    try check(x, y)
    switch x.dtype {
    case .float64: return try mapElements(Self.name, x, y) { (x: Double, y: Double) in Complex(x, y) }
    case .float32: return try mapElements(Self.name, x, y) { (x: Float, y: Float) in Complex(x, y) }
    default: throw refused(x.dtype)
    }
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

  public func evaluate(_ x: HostTensor) throws(TensorError) -> HostTensor {
    switch x.dtype {
    case .complex128:
      return try mapElements(Self.name, x) { (x: Complex<Double>) in Double.hypot(x.rawParts.0, x.rawParts.1) }
    case .complex64:
      return try mapElements(Self.name, x) { (x: Complex<Float>) in Float.hypot(x.rawParts.0, x.rawParts.1) }
    default: throw refused(x.dtype)
    }
  }

  public func derivative(x: Tensor, y: Tensor) -> LinearMap {
    // d|z| = Re(conj(z / |z|) dz)
    let isZero = y .== 0
    let length = `where`(isZero, 1, y)
    let direction = `where`(isZero, 0, conjugate(x) / complex(length, zero(like: length)))
    return .rule { dx in [realPart(ZeroAbsorbingMultiply().bind(direction, dx))] }
  }

  public static var samples: [PrimitiveSample] { unarySamples(Modulus(), dtypes: dtypes) }
}
