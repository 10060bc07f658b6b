import Numerics

/// x to the power of y. Real numbers follow IEEE 754: a negative base has powers at whole exponents, and everything to
/// the power of 0 is 1. The derivatives at the edges are listed in `Documentation/Kinks.md`.
public struct Power: ElementaryBinary {
  public static let name = "power"
  public init() {}
  public func scalar<S: ElementarySemantics>(_ x: S, _ y: S) -> S { S.power(x, y) }

  public func derivative(of operand: Int, x: Tensor, y: Tensor, z: Tensor) -> LinearMap {
    if operand == 0 {
      // Where y is 0 the power is 1 everywhere, also at x = 0 where x^-1 is infinite.
      let factor = ZeroAbsorbingMultiply().bind(y, Power().bind(x, y - 1))
      return x.dtype.isComplex ? complexMap(factor, x, y) : .scale(by: factor)
    }
    // 0^y is 0 for all positive y, although log(0) is infinite.
    let isConstant = (x .== 0) .& (realPart(y) .>= 0)
    return .scale(by: ZeroAbsorbingMultiply().bind(z, `where`(isConstant, 0, log(x))))
  }

  /// dz = factor · dx; where the factor is infinite dx / 0, which is infinity: a product with infinity would turn parts that
  /// are 0 into `nan`.
  private func complexMap(_ factor: Tensor, _ x: Tensor, _ y: Tensor) -> LinearMap {
    let isInfinite = (x .== 0) .& (realPart(y) .< 1) .& (y .!= 0)
    let finite = `where`(isInfinite, 0, factor)
    let divisor = `where`(isInfinite, Tensor.zeros(like: x), Tensor.ones(like: x))
    return .rule { dx in [`where`(isInfinite, dx / divisor, dx * finite)] }
  }

  public static var samples: [PrimitiveSample] { binarySamples(Power(), .positive, dtypes: dtypes) }
}

/// x to the power of a whole number, which may be negative for all but integers.
public struct IntegerPower: UnaryElementwise {
  public static let name = "integerPower"
  public static var dtypes: [DType] { [.float64, .float32, .int32, .int64, .complex128, .complex64] }

  /// The exponent.
  public let exponent: Int

  public init(exponent: Int) { self.exponent = exponent }

  public var traits: PrimitiveTraits { exponent > 0 && exponent % 2 == 0 ? [.elementwise, .evenPower] : .elementwise }

  public func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    guard operands.count == 1 else {
      throw TensorError(.program, Self.name, "takes 1 operand, not \(operands.count)")
    }
    try check(operands[0].dtype)
    return operands
  }

  private func check(_ dtype: DType) throws(TensorError) {
    if dtype == .bool { throw refused(dtype) }
    if dtype.isInteger && exponent < 0 {
      throw TensorError(
        .dtype, Self.name, "\(dtype) to the power of \(exponent) is not an integer",
        hint: "convert first: x.asType(.float64) ** (\(exponent))")
    }
  }

  /// The value at one real or complex scalar.
  public func scalar<S: ElementarySemantics>(_ x: S) -> S { S.integerPower(x, exponent) }

  /// The value at one integer, for exponents that are not negative.
  public func integerScalar<S: ScalarSemantics>(_ x: S) -> S { S.repeatedProduct(x, exponent.magnitude) }

  public func lowering(of operands: [TensorType]) -> Lowering {
    .elementwise(.integerPower(.operand(0), exponent))
  }

  public func evaluate(_ x: HostTensor) throws(TensorError) -> HostTensor {
    if case .float64(let value) = x.representation { return HostTensor(.float64(scalar(value))) }
    try check(x.dtype)
    switch x.dtype {
    case .float64: return try mapElements(Self.name, x) { (x: Double) in scalar(x) }
    case .float32: return try mapElements(Self.name, x) { (x: Float) in scalar(x) }
    case .complex128: return try mapElements(Self.name, x) { (x: Complex<Double>) in scalar(x) }
    case .complex64: return try mapElements(Self.name, x) { (x: Complex<Float>) in scalar(x) }
    case .int32: return try mapElements(Self.name, x) { (x: Int32) in integerScalar(WrappingInteger(x)).value }
    case .int64: return try mapElements(Self.name, x) { (x: Int64) in integerScalar(WrappingInteger(x)).value }
    case .bool: throw refused(x.dtype)
    }
  }

  public func derivative(x: Tensor, y: Tensor) -> LinearMap {
    switch exponent {
    case 0: .zero
    case 1: .identity
    // The next lower exponent, or its negative, is no integer: x^n / x is x^(n-1).
    case ...(-Int.max): .scale(by: Double(exponent) * y / x)
    // As n x^n (dx / x): a lower power overflows where its product with dx does not.
    case ..<0 where x.dtype.isComplex: .quotient(by: IntegerPower(exponent: 1 - exponent).bind(x) / Double(exponent))
    case ..<0: .scales(outer: Double(exponent) * y, inner: 1 / x)
    default: .scale(by: Double(exponent) * IntegerPower(exponent: exponent &- 1).bind(x))
    }
  }

  public static var samples: [PrimitiveSample] {
    let inexact: [DType] = [.float64, .float32, .complex128, .complex64]
    return [0, 1, 2, 3, 7].flatMap { unarySamples(IntegerPower(exponent: $0), dtypes: dtypes) }
      + [-1, -2, -5].flatMap { unarySamples(IntegerPower(exponent: $0), .positive, dtypes: inexact) }
  }
}
