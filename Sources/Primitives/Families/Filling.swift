// Constants of a type, for rules and public functions.

/// A tensor of a type with all elements equal; recorded as a broadcast, not as a large constant, when the other tensor
/// is traced.
package func constant(_ value: Double, _ type: TensorType, beside other: Tensor) -> Tensor {
  reporting { () throws(TensorError) in
    let scalar = Tensor(try HostTensor(TensorType(type.dtype, .scalar), filledWith: value))
    return type.shape.isScalar ? scalar : scalar.lifted(beside: other).filling(type.shape)
  }
}

extension Tensor {
  /// A scalar repeated over a whole shape.
  func filling(_ shape: Shape) -> Tensor { Broadcast(shape: shape.dimensions, axes: []).bind(self) }
}
