// Division of integers, with Swift's meaning: the quotient is truncated toward zero, and the remainder has the sign of the
// dividend. What has no result (a divisor of 0, or the least integer by -1, whose quotient is out of range) is an error.

/// The quotient of integers, truncated toward zero.
public struct IntegerQuotient: IntegerDivision {
  public static let name = "integerQuotient"
  public init() {}
  static func divided<Integer: FixedWidthInteger>(_ x: Integer, by y: Integer) -> (
    partialValue: Integer, overflow: Bool
  ) {
    x.dividedReportingOverflow(by: y)
  }
  public func lowering(of operands: [TensorType]) -> Lowering {
    .elementwise(ScalarExpression.operand(0) / .operand(1))
  }
  public static var samples: [PrimitiveSample] { binarySamples(IntegerQuotient(), dtypes: dtypes) }
}

/// What is left of x after whole multiples of y, with the sign of x, for integers.
public struct IntegerRemainder: IntegerDivision {
  public static let name = "integerRemainder"
  public init() {}
  static func divided<Integer: FixedWidthInteger>(_ x: Integer, by y: Integer) -> (
    partialValue: Integer, overflow: Bool
  ) {
    x.remainderReportingOverflow(dividingBy: y)
  }
  public func lowering(of operands: [TensorType]) -> Lowering {
    .elementwise(ScalarExpression.remainder(.operand(0), .operand(1)))
  }
  public static var samples: [PrimitiveSample] { binarySamples(IntegerRemainder(), dtypes: dtypes) }
}

/// A result of dividing one integer by another one, which fails where there is none.
protocol IntegerDivision: BinaryElementwise {
  /// The result, and whether there is none.
  static func divided<Integer: FixedWidthInteger>(_ x: Integer, by y: Integer) -> (
    partialValue: Integer, overflow: Bool
  )
}

extension IntegerDivision {
  public static var dtypes: [DType] { [.int32, .int64] }
  public var traits: PrimitiveTraits { [.elementwise, .discrete] }
  public func derivative(of operand: Int, x: Tensor, y: Tensor, z: Tensor) -> LinearMap { .zero }

  public func failureConditions(of operands: [TensorType]) -> [FailureCondition] { [.division(of: 0, by: 1)] }

  /// The error for other element types names the functions that real numbers have.
  func refused(_ dtype: DType) -> TensorError {
    TensorError(
      .dtype, Self.name, "is not defined for \(dtype)",
      hint: dtype.isReal
        ? "fmod(x, y) has the sign of x, mod(x, y) that of y" : "it takes int32, int64; convert with x.asType(.int64)")
  }

  public func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    if let other = operands.first(where: { !$0.dtype.isInteger }), operands.allSatisfy({ $0.dtype == other.dtype }) {
      throw refused(other.dtype)
    }
    guard operands.count == 2 else {
      throw TensorError(.program, Self.name, "takes 2 operands, not \(operands.count)")
    }
    let (x, y) = (operands[0], operands[1])
    if x.dtype != y.dtype { throw mixedDTypes(Self.name, x, y) }
    guard x.shape == y.shape else {
      throw TensorError(.shape, Self.name, "the shapes \(x.shape) and \(y.shape) differ")
    }
    return [x]
  }

  public func evaluate(_ x: HostTensor, _ y: HostTensor) throws(TensorError) -> HostTensor {
    try check(x, y)
    switch x.dtype {
    case .int64: return try divided(x, y, Int64.self)
    case .int32: return try divided(x, y, Int32.self)
    default: throw refused(x.dtype)
    }
  }

  /// Divides each pair of elements, and names the first one that has no result.
  private func divided<Integer: FixedWidthInteger & TensorScalar>(
    _ x: HostTensor, _ y: HostTensor, _: Integer.Type
  ) throws(TensorError) -> HostTensor {
    var failing: (place: Int, x: Integer, y: Integer)?
    var place = 0
    let result = try mapElements(Self.name, x, y) { (a: Integer, b: Integer) -> Integer in
      let (value, isInvalid) = Self.divided(a, by: b)
      if isInvalid && failing == nil { failing = (place, a, b) }
      place &+= 1
      return value
    }
    guard let failing else { return result }
    let indices = zip(x.shape.dimensions, x.shape.strides).map { "\(failing.place / $1 % $0)" }
    let element = indices.isEmpty ? "" : " at [\(indices.joined(separator: ", "))]"
    if failing.y == 0 {
      throw TensorError(
        .value, Self.name, "\(failing.x) is divided by 0\(element)",
        hint: "replace zeros first: x / Tensor.where(y .== 0, 1, y)")
    }
    throw TensorError(
      .value, Self.name, "\(failing.x) divided by -1\(element) is not in the range of \(x.dtype)",
      hint: "write -x, which wraps around, or convert to a wider type")
  }
}
