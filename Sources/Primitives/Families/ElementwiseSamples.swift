// Samples that elementwise primitives share.

/// Samples of a primitive with one operand: a scalar, a matrix, a size of 1, and no element at all.
package func unarySamples(_ primitive: any Primitive, _ domain: OperandSample.Domain = .any, dtypes: [DType])
  -> [PrimitiveSample]
{
  [[], [2, 3], [1], [0]].map { PrimitiveSample(primitive, [OperandSample($0, domain)], dtypes: dtypes) }
}

/// Samples of a primitive with two operands: scalars, matrices, a size of 1, and no element at all.
package func binarySamples(_ primitive: any Primitive, _ domain: OperandSample.Domain = .any, dtypes: [DType])
  -> [PrimitiveSample]
{
  [[], [2, 3], [1], [0]].map {
    PrimitiveSample(primitive, [OperandSample($0, domain), OperandSample($0, domain)], dtypes: dtypes)
  }
}
