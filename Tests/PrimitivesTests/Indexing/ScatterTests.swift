import Jacobi
import Testing

/// Elements put where integers say.
@Suite struct ScatterTests {
  let indices = Tensor([1, 1, -1] as [Int64])

  @Test func ofEqualIndicesTheLastCounts() {
    let result = Scatter(axis: 0).bind([[10, 20, 30, 40], [1, 2, 3], indices])[0]
    expectEqual(result, [10.0, 2, 30, 3])
    let matrices: [Tensor] = [[[1, 2], [3, 4]], [[5, 6], [7, 8]]]
    let rows = Scatter(axis: 1).bind(matrices + [Tensor([0, 0] as [Int64])])[0]
    expectEqual(rows, [[6.0, 2], [8, 4]])
  }

  /// What is replaced has no cotangent, neither in the tensor nor among the new elements.
  @Test func cotangents() {
    let weights: Tensor = [1, 10, 100, 1000]
    func f(_ x: [Tensor]) -> Tensor {
      (Scatter(axis: 0).bind([x[0], x[1], indices])[0] * weights).sum()
    }
    let point: [Tensor] = [[10, 20, 30, 40], [1, 2, 3]]
    let eager = grad(f)(point)
    let compiled = jit(grad(f))(point)
    for gradient in [eager, compiled] {
      expectEqual(gradient[0], [1.0, 0, 100, 0])
      expectEqual(gradient[1], [0.0, 10, 1000])
    }
  }

  /// Their zeros are strong: an infinite derivative behind them does not count.
  @Test func strongZeros() {
    let f = { (x: Tensor) -> Tensor in
      var y = sqrt(x)
      y[self.indices] = sqrt(x[..<3])
      return y.sum()
    }
    // Elements 1 and 3 are replaced, and so is the first new one, the root of element 0.
    expectEqual(grad(f)([4, 0, 1, 0]), [0.25, .init(Double.infinity), 1.0, 0])
    expectEqual(grad(f)([4, 1, 1, 0]), [0.25, 0.5, 1.0, 0])
  }

  @Test func wrongOperandsAreRefused() {
    let types: [[TensorType]] = [
      [TensorType(.float64, [3]), TensorType(.float64, [2]), TensorType(.float64, [2])],
      [TensorType(.float64, [3]), TensorType(.float64, [2]), TensorType(.int64, [3])],
      [TensorType(.float64, [3]), TensorType(.float32, [2]), TensorType(.int64, [2])],
      [TensorType(.float64, []), TensorType(.float64, []), TensorType(.int64, [1])],
    ]
    for types in types {
      #expect(throws: TensorError.self) { try Scatter(axis: 0).resultTypes(of: types) }
    }
  }
}
