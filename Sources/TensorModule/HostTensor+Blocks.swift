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

  /// Tensors of one type, one after the other along a new first axis.
  ///
  /// - Throws: a memory error when they do not fit into memory together.
  package init(
    stacking blocks: [HostTensor], of type: TensorType, for operation: String
  ) throws(TensorError) {
    let bytes = (type.byteCount ?? 0)
    self = try HostTensor.uninitialized(type.batched(blocks.count), for: operation) { destination in
      for (index, block) in blocks.enumerated() {
        block.withBytes { source in
          if let start = source.baseAddress, bytes > 0 {
            destination?.advanced(by: index * bytes).copyMemory(from: start, byteCount: bytes)
          }
        }
      }
    }
  }
}
