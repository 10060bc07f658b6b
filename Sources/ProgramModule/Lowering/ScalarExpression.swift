/// An expression in scalars, as data: what an elementwise primitive's formula becomes when it is given expressions in
/// place of numbers.
///
/// An engine generates code from it. It has no element type of its own: ``TypedScalarExpression`` finds out those of its
/// parts from those of the operands. What it means is what ``value(of:result:)`` computes. Expressions that are used twice
/// are one object, so that they are computed once.
///
/// `Sendable`: nothing changes after the initializer.
public final class ScalarExpression: Sendable {
  /// What is computed.
  public enum Node: Sendable {
    /// The element of an operand at this place.
    case operand(Int)
    /// A number; integers take its integral part.
    case constant(Double)
    /// The index along an axis of the result, an int64; for what depends on where an element is, such as a range of
    /// numbers, or a mask of a triangle.
    case index(axis: Int)
    /// A function of one scalar.
    case unary(UnaryFunction, ScalarExpression)
    /// A function of two scalars.
    case binary(BinaryFunction, ScalarExpression, ScalarExpression)
    /// A power with a whole exponent.
    case integerPower(ScalarExpression, Int)
    /// The first where the mask holds, else the second.
    case select(ScalarExpression, ScalarExpression, ScalarExpression)
    /// The scalar as another type. To integers it truncates, and fails for what is out of range.
    case convert(ScalarExpression, DType)
    /// A complex number from its parts.
    case complex(ScalarExpression, ScalarExpression)
    /// A function of the host, which has a body in float64.
    case routine(ScalarRoutine, [ScalarExpression])
  }

  /// A function of one scalar.
  public enum UnaryFunction: String, Sendable, CaseIterable {
    case negate
    /// Of a truth value, or of all bits of an integer.
    case not
    case exp, expMinusOne, log, logOnePlus, sqrt, hypotOne, sin, cos, tan, asin, acos, atan
    case sinh, cosh, tanh, asinh, acosh, atanh
    case erf, erfc, floor
    case realPart, imaginaryPart, conjugate
  }

  /// A function of two scalars.
  public enum BinaryFunction: String, Sendable, CaseIterable {
    /// Of integers the quotient is truncated toward zero, and the remainder has the sign of the dividend; both fail for a
    /// divisor of 0, and for the least integer by -1.
    case add, subtract, multiply, divide, remainder, power, atan2, hypot
    case equal, less, lessOrEqual
    /// Of truth values, or of the bits of integers.
    case and, or, exclusiveOr
    /// Of integers, by the second one. Bits that are moved out are lost. From the left come zeros, or with
    /// `shiftRight` copies of the sign. A number of bits that is negative counts as too large, as does one that is not less
    /// than the type's: then only what comes from the side is left.
    case shiftLeft, shiftRight, shiftRightLogical
  }

  /// What is computed.
  public let node: Node

  /// An expression.
  public init(_ node: Node) { self.node = node }

  /// The index along an axis of the result.
  public static func index(axis: Int) -> ScalarExpression { ScalarExpression(.index(axis: axis)) }

  /// The element of an operand.
  public static func operand(_ index: Int) -> ScalarExpression { ScalarExpression(.operand(index)) }
}
