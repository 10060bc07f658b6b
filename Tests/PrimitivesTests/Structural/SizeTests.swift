import Jacobi
import Testing

/// Sizes and parameters that fit nothing, where types alone are known and where primitives are applied by hand.
@Suite struct SizeTests {
  private func expectError(
    _ primitive: any Primitive, _ operands: [TensorType], sourceLocation: Testing.SourceLocation = #_sourceLocation
  ) {
    #expect(throws: TensorError.self, sourceLocation: sourceLocation) {
      try primitive.resultTypes(of: operands)
    }
  }

  @Test func overflowOfAbstractTypes() {
    let scalar = TensorType(.float64, [])
    expectError(Broadcast(shape: [.max, 4], axes: []), [scalar])
    expectError(Broadcast(shape: [1 << 62, 2, 0], axes: []), [scalar])
    // Two counts that do not fit are not equal counts.
    expectError(Reshape(shape: [.max, 3]), [TensorType(.float64, [.max, 2])])
    expectError(Reshape(shape: [.max, 2, 2]), [TensorType(.float64, [.max, 2])])
  }

  @Test func axesOfComposites() {
    let matrix = TensorType(.float64, [2, 2])
    for axes in [[-1], [1, 0], [0, 0], [2], [.max], [.min, 0]] {
      expectError(Norm(axes: axes), [matrix])
      expectError(LogSumExp(axes: axes), [matrix])
      expectError(Softmax(axes: axes), [matrix])
      expectError(LogSoftmax(axes: axes), [matrix])
      #expect(throws: TensorError.self) {
        try catchingTensorErrors { jacobian { Softmax(axes: axes).bind($0) }(Tensor.ones([2, 2])) }
      }
    }
  }

  @Test func embeddingIntoNegativeSizes() {
    for size in [Int.min, -1, 0] {
      #expect(throws: TensorError.self) {
        try catchingTensorErrors { Embed(axes: [AxisSlice(index: 0)], shape: [size]).bind(Tensor(1.0)) }
      }
    }
  }
}
