import Numerics

/// The same numbers with another element type.
///
/// Between floating-point types it is linear. To integers it truncates toward zero and has no tangent; `nan` and numbers
/// out of range are an error. Numbers become `true` where they are not zero, and `bool` becomes 1 and 0. A complex number
/// does not become a real one: that needs a part to be named.
public struct Convert: UnaryElementwise, LinearPrimitive {
  public static let name = "convert"
  public static var dtypes: [DType] { DType.allCases }

  /// The element type of the result.
  public let to: DType

  public init(to: DType) { self.to = to }

  public var traits: PrimitiveTraits { to.isDifferentiable ? [.elementwise, .linear] : [.elementwise, .discrete] }
  public func resultDType(of operand: DType) -> DType { to }

  public func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    guard operands.count == 1 else {
      throw TensorError(.program, Self.name, "takes 1 operand, not \(operands.count)")
    }
    try check(operands[0].dtype)
    return [TensorType(to, operands[0].shape)]
  }

  private func check(_ source: DType) throws(TensorError) {
    if source.isComplex && !to.isComplex && to != .bool {
      throw TensorError(
        .dtype, Self.name, "\(source) has no conversion to \(to)",
        hint: "name the part: realPart(x), imaginaryPart(x), or abs(x) for the absolute value")
    }
  }

  public func lowering(of operands: [TensorType]) -> Lowering {
    .elementwise(ScalarExpression.operand(0).converted(to: to))
  }

  public func failureConditions(of operands: [TensorType]) -> [FailureCondition] {
    let source = operands[0].dtype
    let canFail = source.isReal && to.isInteger || source == .int64 && to == .int32
    return canFail ? [.conversion(operand: 0, to: to)] : []
  }

  public func evaluate(_ x: HostTensor) throws(TensorError) -> HostTensor {
    if x.dtype == to { return x }
    try check(x.dtype)
    switch x.dtype {
    case .float32: return try fromReal(x, Float.self)
    case .float64: return try fromReal(x, Double.self)
    case .int32: return try fromInteger(x, Int32.self)
    case .int64: return try fromInteger(x, Int64.self)
    case .bool: return try fromBool(x)
    case .complex64: return try fromComplex(x, Float.self)
    case .complex128: return try fromComplex(x, Double.self)
    }
  }

  private func fromReal<From: ComplexPart>(_ x: HostTensor, _: From.Type) throws(TensorError) -> HostTensor {
    switch to {
    case .float32: return try mapElements(Self.name, x) { (x: From) in Float(x) }
    case .float64: return try mapElements(Self.name, x) { (x: From) in Double(x) }
    case .int32: return try checked(x) { (x: From) in Int32(exactly: x.rounded(.towardZero)) }
    case .int64: return try checked(x) { (x: From) in Int64(exactly: x.rounded(.towardZero)) }
    case .bool: return try mapElements(Self.name, x) { (x: From) in x != 0 }
    case .complex64: return try mapElements(Self.name, x) { (x: From) in Complex(Float(x)) }
    case .complex128: return try mapElements(Self.name, x) { (x: From) in Complex(Double(x)) }
    }
  }

  private func fromInteger<From: TensorScalar & FixedWidthInteger>(
    _ x: HostTensor, _: From.Type
  ) throws(TensorError) -> HostTensor {
    switch to {
    case .float32: return try mapElements(Self.name, x) { (x: From) in Float(x) }
    case .float64: return try mapElements(Self.name, x) { (x: From) in Double(x) }
    case .int32: return try checked(x) { (x: From) in Int32(exactly: x) }
    case .int64: return try checked(x) { (x: From) in Int64(exactly: x) }
    case .bool: return try mapElements(Self.name, x) { (x: From) in x != 0 }
    case .complex64: return try mapElements(Self.name, x) { (x: From) in Complex(Float(x)) }
    case .complex128: return try mapElements(Self.name, x) { (x: From) in Complex(Double(x)) }
    }
  }

  private func fromBool(_ x: HostTensor) throws(TensorError) -> HostTensor {
    switch to {
    case .float32: return try mapElements(Self.name, x) { (x: Bool) -> Float in x ? 1 : 0 }
    case .float64: return try mapElements(Self.name, x) { (x: Bool) -> Double in x ? 1 : 0 }
    case .int32: return try mapElements(Self.name, x) { (x: Bool) -> Int32 in x ? 1 : 0 }
    case .int64: return try mapElements(Self.name, x) { (x: Bool) -> Int64 in x ? 1 : 0 }
    case .bool: return x
    case .complex64: return try mapElements(Self.name, x) { (x: Bool) -> Complex<Float> in x ? .one : .zero }
    case .complex128: return try mapElements(Self.name, x) { (x: Bool) -> Complex<Double> in x ? .one : .zero }
    }
  }

  private func fromComplex<From: ComplexPart>(_ x: HostTensor, _: From.Type) throws(TensorError) -> HostTensor {
    func convert<To: ComplexPart>(_: To.Type) throws(TensorError) -> HostTensor {
      try mapElements(Self.name, x) { (x: Complex<From>) in Complex<To>(To(x.rawParts.0), To(x.rawParts.1)) }
    }
    switch to {
    case .complex64: return try convert(Float.self)
    case .complex128: return try convert(Double.self)
    default: return try mapElements(Self.name, x) { (x: Complex<From>) in x.rawParts != (0, 0) }
    }
  }

  /// Converts each element, and names the first one that cannot be converted.
  private func checked<From: TensorScalar, To: TensorScalar>(
    _ x: HostTensor, _ convert: (From) -> To?
  ) throws(TensorError) -> HostTensor {
    var failing: From?
    let result = try mapElements(Self.name, x) { (x: From) -> To in
      if let converted = convert(x) { return converted }
      failing = failing ?? x
      return To.zeroScalar
    }
    guard let failing else { return result }
    throw TensorError(
      .value, Self.name, "\(failing) is not in the range of \(to)",
      hint: "limit the numbers first, for example x.clipped(to: 0...100), and replace nan with where(isNaN(x), 0, x)")
  }

  public func derivative(x: Tensor, y: Tensor) -> LinearMap { .itself(self) }

  public func transposed(_ cotangents: [Tensor?], of operand: Int, at point: EquationPoint) -> Tensor {
    let ct = cotangents[0]!
    let source = point.operandType(0).dtype
    return (source.isComplex ? ct : realPart(ct)).asType(source)
  }

  public static var samples: [PrimitiveSample] {
    let notComplex = DType.allCases.filter { !$0.isComplex }
    return DType.allCases.flatMap { to in
      unarySamples(Convert(to: to), dtypes: to.isComplex || to == .bool ? DType.allCases : notComplex)
    }
  }
}
