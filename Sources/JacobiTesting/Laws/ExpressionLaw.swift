import Jacobi

/// The scalar expression that a primitive is lowered to means what the primitive evaluates to: the same bits, and where it
/// calls a routine of the host, whose body stands for it, the same number up to a few units in the last place. It fails
/// where the evaluation fails.
public struct ExpressionLaw: Law {
  public static let name = "scalar expressions"

  /// The law.
  public init() {}

  /// The largest relative error of a routine's body.
  private static let tolerance = 1e-14

  public func check(_ subject: inout LawSubject) throws {
    let types = subject.types
    guard case .elementwise(let expression) = subject.primitive.lowering(of: types) else { return }
    let result = try subject.primitive.resultTypes(of: types)[0]
    let typed = TypedScalarExpression(expression, operands: types.map(\.dtype), result: result.dtype)
    let hosts = try subject.hosts()
    let elements = hosts.map(\.scalars)
    let expected = try subject.primitive.evaluate(hosts)[0].scalars
    for (place, expected) in expected.enumerated() {
      // A scalar operand stands for all places.
      let own = zip(elements, hosts).map { $1.shape.isScalar ? $0[0] : $0[place] }
      let indices = zip(result.shape.dimensions, result.shape.strides).map { place / $1 % $0 }
      try check(own, typed, expected, at: indices, &subject)
    }
    guard subject.primitive.traits.contains(.elementwise), types.allSatisfy(\.shape.isScalar) else { return }
    let first = types[0].dtype.edgeNumbers
    let count = types.dropFirst().map { $0.dtype.edgeNumbers.count }.max() ?? 1
    for number in 0..<(first.count * count) {
      // All pairs of numbers of the first operand and of the others.
      var operands: [HostTensor] = []
      for (place, type) in types.enumerated() {
        let numbers = type.dtype.edgeNumbers
        let index = (place == 0 ? number : number / first.count) % numbers.count
        let parts = [numbers[index], numbers[(index * 7 + 3) % numbers.count]]
        operands.append(try HostTensor(type, coordinates: Array(parts.prefix(type.coordinateCount))))
      }
      let expected = try? subject.primitive.evaluate(operands)[0].scalars[0]
      try check(operands.map { $0.scalars[0] }, typed, expected, &subject)
    }
  }

  private func check(
    _ operands: [ScalarValue], _ expression: TypedScalarExpression, _ expected: ScalarValue?,
    at indices: [Int] = [], _ subject: inout LawSubject
  ) throws {
    let value = try? expression.value(of: operands, at: indices)
    let isExact = !expression.hasRoutine
    let isEqual: Bool =
      switch (value, expected) {
      case (nil, nil): true
      case (let value?, let expected?):
        value.dtype == expected.dtype
          && zip(value.coordinates, expected.coordinates).allSatisfy { isSame($0, $1, exactly: isExact, value.dtype) }
      default: false
      }
    func text(_ value: ScalarValue?) -> String { value.map { "\($0)" } ?? "a failure" }
    try subject.expect(isEqual, "the expression of \(operands) is \(text(value)), not \(text(expected))")
  }

  private func isSame(_ x: Double, _ y: Double, exactly: Bool, _ dtype: DType) -> Bool {
    if x.bitPattern == y.bitPattern || (x.isNaN && y.isNaN) { return true }
    return !exactly && (x - y).magnitude <= max(Self.tolerance, dtype.epsilon) * y.magnitude
  }
}

extension TypedScalarExpression {
  /// Whether a function of the host is called.
  fileprivate var hasRoutine: Bool {
    nodes.contains { if case .routine = $0.operation { true } else { false } }
  }
}

extension ScalarValue {
  /// The number, or its real and imaginary part.
  fileprivate var coordinates: [Double] {
    switch self {
    case .float64(let x): [x]
    case .float32(let x): [Double(x)]
    case .int64(let x): [Double(x)]
    case .int32(let x): [Double(x)]
    case .bool(let x): [x ? 1 : 0]
    case .complex128(let x): [x.rawParts.0, x.rawParts.1]
    case .complex64(let x): [Double(x.rawParts.0), Double(x.rawParts.1)]
    }
  }
}
