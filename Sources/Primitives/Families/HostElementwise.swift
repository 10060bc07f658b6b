import Numerics

/// A function of real numbers that the C library or a series computes, and no expression in elementary functions.
///
/// It is written for `Double`; a `Float` is computed as a `Double` and rounded once.
public protocol HostUnary: UnaryElementwise {
  /// The value at one number.
  func value(_ x: Double) -> Double

  /// The function for generated code to call.
  static var routine: ScalarRoutine { get }
}

extension HostUnary {
  /// The routine.
  public func lowering(of operands: [TensorType]) -> Lowering {
    .elementwise(ScalarExpression(.routine(Self.routine, [.operand(0)])))
  }

  /// Real floating point.
  public static var dtypes: [DType] { [.float64, .float32] }

  /// The function of each element.
  public func evaluate(_ x: HostTensor) throws(TensorError) -> HostTensor {
    switch x.dtype {
    case .float64: return try mapElements(Self.name, x) { (x: Double) in value(x) }
    case .float32: return try mapElements(Self.name, x) { (x: Float) in Float(value(Double(x))) }
    default: throw refused(x.dtype)
    }
  }
}

/// A function of two real numbers that the C library computes.
public protocol HostBinary: BinaryElementwise {
  /// The value at two numbers.
  func value(_ x: Double, _ y: Double) -> Double

  /// The function for generated code to call.
  static var routine: ScalarRoutine { get }
}

extension HostBinary {
  /// The routine.
  public func lowering(of operands: [TensorType]) -> Lowering {
    .elementwise(ScalarExpression(.routine(Self.routine, [.operand(0), .operand(1)])))
  }

  /// Real floating point.
  public static var dtypes: [DType] { [.float64, .float32] }

  /// The function of each pair of elements.
  public func evaluate(_ x: HostTensor, _ y: HostTensor) throws(TensorError) -> HostTensor {
    try check(x, y)
    switch x.dtype {
    case .float64: return try mapElements(Self.name, x, y) { (x: Double, y: Double) in value(x, y) }
    case .float32:
      return try mapElements(Self.name, x, y) { (x: Float, y: Float) in Float(value(Double(x), Double(y))) }
    default: throw refused(x.dtype)
    }
  }
}
