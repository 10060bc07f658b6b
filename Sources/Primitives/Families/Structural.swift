/// Moves, repeats or leaves out elements, without looking at them: each result element is one operand element.
///
/// The author writes the index map and its adjoint; types, evaluation and tangent are derived.
public protocol StructuralPrimitive: LinearPrimitive {
  /// The shape of the result.
  func resultShape(of operand: Shape) throws(TensorError) -> Shape

  /// Where the result's elements lie in the operand.
  func view(of operand: Shape) -> StridedView

  /// The operand's cotangent from the result's.
  func adjoint(_ cotangent: Tensor, operand: TensorType) -> Tensor
}

extension StructuralPrimitive {
  /// Linear and structural.
  public var traits: PrimitiveTraits { [.linear, .structural] }

  /// The operand's element type with the result's shape.
  public func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    guard operands.count == 1 else {
      throw TensorError(.program, Self.name, "takes one operand, not \(operands.count)")
    }
    return [TensorType(operands[0].dtype, try resultShape(of: operands[0].shape))]
  }

  /// Reads the operand through the view.
  public func evaluate(_ operands: [HostTensor]) throws(TensorError) -> [HostTensor] {
    [try operands[0].read(view(of: operands[0].shape), for: Self.name)]
  }

  /// The primitive itself.
  public func differential(of operand: Int, at point: EquationPoint) -> LinearMap { .itself(self) }

  /// The adjoint that the author wrote.
  public func transposed(_ cotangents: [Tensor?], of operand: Int, at point: EquationPoint) -> Tensor {
    adjoint(cotangents[0]!, operand: point.operandType(0))
  }
}
