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
    guard operands.count == Self.arity else {
      throw TensorError(.program, Self.name, "takes \(Self.arity) operands, not \(operands.count)")
    }
    let first = operands[0]
    guard Self.dtypes.contains(first.dtype) else { throw refused(first.dtype) }
    for other in operands.dropFirst() {
      if other.dtype != first.dtype { throw mixedDTypes(Self.name, first, other) }
      if other.shape != first.shape {
        throw TensorError(.shape, Self.name, "the shapes \(first.shape) and \(other.shape) differ")
      }
    }
    return [TensorType(resultDType(of: first.dtype), first.shape)]
  }

  /// The error for an element type that the primitive is not defined for.
  func refused(_ dtype: DType) -> TensorError {
    TensorError(
      .dtype, Self.name, "is not defined for \(dtype)",
      hint:
        "it takes \(Self.dtypes.map(\.description).joined(separator: ", ")); convert with x.asType(.\(Self.dtypes[0]))")
  }

  /// The primitive on the whole batch; operands without the batch axis are repeated along it.
  public func batched(_ operands: [Tensor], isBatched: [Bool], size: Int) -> [Tensor] {
    bind(allBatched(operands, isBatched, size))
  }
}

/// The error for two element types in one operation.
func mixedDTypes(_ operation: String, _ x: TensorType, _ y: TensorType) -> TensorError {
  TensorError(
    .dtype, operation, "cannot mix \(x) and \(y)",
    hint: "convert one of them: x.asType(.\(y.dtype)) or y.asType(.\(x.dtype))")
}
