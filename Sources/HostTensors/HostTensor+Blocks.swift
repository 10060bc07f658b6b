// Blocks: what lies at one index of the first axis, as loops read and write them.

extension HostTensor {
  /// The elements at an index of the first axis, which must be in range.
  package func block(_ index: Int, for operation: String) throws(TensorError) -> HostTensor {
    let sizes = Array(shape.dimensions.dropFirst())
    let count = sizes.reduce(1, *)
    return try HostTensor.uninitialized(TensorType(dtype, Shape(sizes)), for: operation) { destination in
      withBytes { source in
        let bytes = count * dtype.byteCount
        if let start = source.baseAddress { destination.copyMemory(from: start + index * bytes, byteCount: bytes) }
      }
    }
  }

  /// Puts a tensor of the type of a block at an index of the first axis, which must be in range.
  package mutating func setBlock(_ index: Int, to block: HostTensor) throws(TensorError) {
    try withMutableMemory(of: dtype) { destination, _ in
      block.withBytes { source in
        guard let start = source.baseAddress else { return }
        (destination + index * source.count).copyMemory(from: start, byteCount: source.count)
      }
    }
  }
}
