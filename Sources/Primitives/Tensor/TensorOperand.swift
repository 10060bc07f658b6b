import Numerics

/// A Swift number that may stand beside a tensor in an operator. Like a literal, it adopts the tensor's element type; a
/// number that the type does not have, such as 2.5 beside `int32`, is an error.
public protocol TensorOperand: Numeric {
  /// The number as a tensor that adopts the element type of the one it meets.
  var tensorLiteral: Tensor { get }
}

extension Double: TensorOperand {
  /// The number as a literal.
  public var tensorLiteral: Tensor { Tensor(.literal(hostScalar)) }
}

extension Float: TensorOperand {
  /// The number as a literal.
  public var tensorLiteral: Tensor { Tensor(.literal(Double(self).hostScalar)) }
}

extension Int32: TensorOperand {
  /// The number as a literal.
  public var tensorLiteral: Tensor { Tensor(.literal(Double(self).hostScalar)) }
}

extension Int64: TensorOperand {
  /// The number as a literal, exactly.
  public var tensorLiteral: Tensor { Tensor(literal: self) }
}

extension Int: TensorOperand {
  /// The number as a literal, exactly.
  public var tensorLiteral: Tensor { Int64(self).tensorLiteral }
}

extension Complex: TensorOperand where RealType: ComplexPart {
  /// The number as a literal, which adopts complex element types only.
  public var tensorLiteral: Tensor { Tensor(.literal(complexValue.hostScalar)) }
}
