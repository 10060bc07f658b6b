@_exported import ProgramModule

/// One result of the operands' type, each element computed from the operands' elements at the same place.
///
/// The author writes one scalar expression, generic over the scalars' semantics, and the partial derivatives. Types,
/// evaluation and batching are derived. Operands have equal shapes: the public functions broadcast explicitly.
public protocol ElementwisePrimitive: Primitive {
  /// The element types that the scalar expression is defined for.
  static var dtypes: [DType] { get }

  /// The number of operands.
  static var arity: Int { get }

  /// The element type of the result.
  func resultDType(of operand: DType) -> DType
}

extension ElementwisePrimitive {
  /// Elementwise.
  public var traits: PrimitiveTraits { .elementwise }

  /// The type of the operands.
  public func resultDType(of operand: DType) -> DType { operand }

  /// The operands' common type, with the result's element type.
  public func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    let type = try commonType(of: operands, Self.name, arity: Self.arity, dtypes: Self.dtypes)
    return [TensorType(resultDType(of: type.dtype), type.shape)]
  }

  /// The error for an element type that the primitive is not defined for.
  func refused(_ dtype: DType) -> TensorError { undefined(Self.name, for: dtype, dtypes: Self.dtypes) }

  /// The primitive on the whole batch; operands without the batch axis are repeated along it.
  public func batched(_ operands: [Tensor], isBatched: [Bool], size: Int) -> [Tensor] {
    bind(allBatched(operands, isBatched, size))
  }
}

// Not generic, so that they are compiled once and not for each primitive.

/// The type that all operands of an elementwise operation have.
package func commonType(
  of operands: [TensorType], _ operation: String, arity: Int, dtypes: [DType]
) throws(TensorError) -> TensorType {
  guard operands.count == arity else {
    throw TensorError(.program, operation, "takes \(arity) operands, not \(operands.count)")
  }
  let first = operands[0]
  guard dtypes.contains(first.dtype) else { throw undefined(operation, for: first.dtype, dtypes: dtypes) }
  for other in operands.dropFirst() {
    if other.dtype != first.dtype { throw mixedDTypes(operation, first, other) }
    if other.shape != first.shape {
      throw TensorError(.shape, operation, "the shapes \(first.shape) and \(other.shape) differ")
    }
  }
  return first
}

/// The error for an element type that an operation is not defined for.
@inline(never)
private func undefined(_ operation: String, for dtype: DType, dtypes: [DType]) -> TensorError {
  TensorError(
    .dtype, operation, "is not defined for \(dtype)",
    hint: "it takes \(dtypes.map(\.description).joined(separator: ", ")); convert with x.asType(.\(dtypes[0]))")
}

/// The error for two element types in one operation.
package func mixedDTypes(_ operation: String, _ x: TensorType, _ y: TensorType) -> TensorError {
  TensorError(
    .dtype, operation, "cannot mix \(x) and \(y)",
    hint: "convert one of them: x.asType(.\(y.dtype)) or y.asType(.\(x.dtype))")
}
