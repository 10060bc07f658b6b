// Blocks: what lies at one index of the first axis, as loops read and write them.

extension HostTensor {
  /// The elements at an index of the first axis, which must be in range.
  package func block(_ index: Int, for operation: String) throws(TensorError) -> HostTensor {
    let sizes = Array(shape.dimensions.dropFirst())
    let count = sizes.reduce(1, *)
    return try HostTensor.uninitialized(TensorType(dtype, Shape(sizes)), for: operation) { destination in
      withBytes { source in
        let bytes = count * dtype.byteCount
        if let start = source.baseAddress, bytes > 0 {
          destination?.copyMemory(from: start + index * bytes, byteCount: bytes)
        }
      }
    }
  }

  /// Puts a tensor of the type of a block at an index of the first axis, which must be in range.
  package mutating func setBlock(_ index: Int, to block: HostTensor) throws(TensorError) {
    func write<Scalar: TensorScalar>(_: Scalar.Type) throws(TensorError) {
      try withMutableElements(as: Scalar.self) { destination in
        block.withElements(as: Scalar.self) { source in
          guard let start = destination.baseAddress, let first = source.baseAddress else { return }
          (start + index * source.count).update(from: first, count: source.count)
        }
      }
    }
    try dtype.withScalarType { (scalar) throws(TensorError) in try write(scalar) }
  }
}
