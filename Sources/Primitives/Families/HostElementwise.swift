import Numerics

/// A function of real numbers that the C library or a series computes, and no expression in elementary functions.
///
/// It is written for `Double`; a `Float` is computed as a `Double` and rounded once. The routine says it twice: as a function
/// that code in this process calls, and as an expression for code that cannot.
public protocol HostUnary: UnaryElementwise {
  /// The value at one number.
  func value(_ x: Double) -> Double

  /// The function for generated code to call.
  var routine: ScalarRoutine { get }
}

extension HostUnary {
  /// The routine.
  public func lowering(of operands: [TensorType]) -> Lowering {
    .elementwise(ScalarExpression(.routine(routine, [.operand(0)])))
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
