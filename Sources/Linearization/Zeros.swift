import Primitives

// Zeros in place of tangents and cotangents that there are none of. (``Tensor/zeros(like:)`` is the user's.)

/// Zeros of a type.
package func zeros(_ type: TensorType) -> Tensor {
  reporting { () throws(TensorError) in Tensor(try HostTensor(type, filledWith: 0)) }
}

/// Zeros of a type; recorded as a broadcast, not as a large constant, when the other tensor is traced.
package func zeros(_ type: TensorType, beside other: Tensor) -> Tensor { constant(0, type, beside: other) }

/// Zeros of a type, recorded where the inputs of a program are; a program without inputs has them as a constant.
package func zeros(_ type: TensorType, beside inputs: [Tensor]) -> Tensor {
  inputs.first.map { zeros(type, beside: $0) } ?? zeros(type)
}
