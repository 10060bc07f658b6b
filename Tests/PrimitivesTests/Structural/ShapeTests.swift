import Jacobi
import TestSupport
import Testing

/// The shape functions against loops and each other.
@Suite struct ShapeTests {
  let x = counting([2, 3])

  @Test func shapes() {
    #expect(x.reshaped([3, -1]).shape == [3, 2])
    #expect(x.reshaped(-1).shape == [6])
    #expect(x.reshaped(6, 1).shape == [6, 1])
    #expect(x.flattened().shape == [6])
    #expect(x.expandedDimensions(axis: -1).shape == [2, 3, 1])
    #expect(x.expandedDimensions(axis: 0).squeezed(axis: 0).shape == [2, 3])
    #expect(x[.newAxis, .ellipsis, .newAxis].squeezed().shape == [2, 3])
    #expect(counting([2, 3, 4]).swappingAxes(0, -1).shape == [4, 3, 2])
    #expect(counting([2, 3, 4]).movingAxis(from: 0, to: -1).shape == [3, 4, 2])
    expectEqual(x.transposed(), [[1.0, 4], [2, 5], [3, 6]])
    expectEqual(Tensor([1.0, 2]).broadcast(to: [2, 2]), [[1.0, 2], [1, 2]])
    #expect(Tensor([Double]()).reshaped([0, 5, -1].dropLast() + [2]).shape == [0, 5, 2])
  }

  @Test func joining() {
    expectEqual(Tensor.concatenated([x, x[.all, 0..<1]], axis: -1), [[1.0, 2, 3, 1], [4, 5, 6, 4]])
    expectEqual(Tensor.concatenated([x, [[7, 8, 9]]]), counting([3, 3]))
    expectEqual(Tensor.stacked([x[0], x[1]], axis: 1), x.transposed())
    expectEqual(Tensor.stacked([1, Tensor(Float(2))]), Tensor([Float(1), 2]))
    expectEqual([x[0], x[1]], x)
    let pieces = x.split(sizes: [1, 2], axis: 1)
    expectEqual(Tensor.concatenated(pieces, axis: 1), x)
    #expect(x.split(count: 3, axis: 1).map(\.shape) == [[2, 1], [2, 1], [2, 1]])
  }

  @Test func rearranging() {
    expectEqual(x.flipped(axis: 1), [[3.0, 2, 1], [6, 5, 4]])
    expectEqual(x.flipped(), [[6.0, 5, 4], [3, 2, 1]])
    expectEqual(x.rolled(by: 1, axis: 1), [[3.0, 1, 2], [6, 4, 5]])
    expectEqual(x.rolled(by: -4, axis: 1), [[2.0, 3, 1], [5, 6, 4]])
    #expect(x.rolled(by: .min, axis: 1).shape == [2, 3])
    expectEqual(Tensor([1.0, 2]).padded([(1, 2)]), [0.0, 1, 2, 0, 0])
    expectEqual(Tensor([1.0, 2]).padded(1, with: Tensor(-Double.infinity)), Tensor([-.infinity, 1.0, 2, -.infinity]))
    expectEqual(Tensor([1.0, 2]).tiled([2]), [1.0, 2, 1, 2])
    expectEqual(Tensor([1.0, 2]).tiled([2, 1]), [[1.0, 2], [1, 2]])
    expectEqual(x.tiled([2]), [[1.0, 2, 3, 1, 2, 3], [4, 5, 6, 4, 5, 6]])
    expectEqual(x.repeated(2, axis: 1), [[1.0, 1, 2, 2, 3, 3], [4, 4, 5, 5, 6, 6]])
    expectEqual(x.repeated(2, axis: 0)[1], x[0])
    expectEqual(grad { x in x.padded(1, with: Tensor(-Double.infinity)).max() }([1.0, 2]), [0.0, 1])
    expectGradient(
      { x in
        let joined = Tensor.concatenated([x, x.flipped(axis: 0) * x], axis: 1)
        return sin(joined.tiled([2, 1]).repeated(2, axis: 1).rolled(by: 3, axis: 1) * counting([4, 12])).sum()
      }, at: x / 4)
  }

  @Test func making() {
    expectEqual(Tensor.zeros([2, 0]), Tensor(shape: [2, 0], scalars: [Double]()))
    expectEqual(Tensor.ones([2], dtype: .float32), Tensor([Float(1), 1]))
    expectEqual(Tensor.full([2], 7, dtype: .int32), Tensor([Int32(7), 7]))
    expectEqual(Tensor.eye(2, columns: 3), [[1.0, 0, 0], [0, 1, 0]])
    expectEqual(Tensor.arange(3), [0.0, 1, 2])
    expectEqual(Tensor.arange(3, dtype: .int64), Tensor([0, 1, 2] as [Int64]))
    expectEqual(Tensor.arange(2, 8, 3), [2.0, 5])
    expectEqual(Tensor.arange(0, 1, 0.25), [0.0, 0.25, 0.5, 0.75])
    #expect(Tensor.arange(5, 0).shape == [0])
    expectEqual(Tensor.linspace(0, 1, count: 5), [0.0, 0.25, 0.5, 0.75, 1])
    expectEqual(Tensor.linspace(3, 4, count: 1), [3.0])
    expectEqual(Tensor.zeros(like: x), x * 0)
    expectEqual(Tensor.ones(like: Tensor([Float(3)])), Tensor([Float(1)]))
  }

  @Test func errors() {
    #expect(
      message { _ = self.x.reshaped([4, -1]) }
        == "reshape: 6 elements of shape [2, 3] do not fill the shape [4, -1] | one size may be -1; the others must divide the "
        + "count")
    #expect(message { _ = self.x.reshaped([-1, -1]) } != "no error")
    #expect(message { _ = self.x.reshaped([1 << 40, 1 << 40, -1]) } != "no error")
    #expect(message { _ = self.x.reshaped([.min, -1]) } != "no error")
    #expect(
      message { _ = Tensor.concatenated([self.x, counting([2])]) }
        == "concatenate: operand 1 has shape [2] where operand 0 has [2, 3] | all sizes but that of axis 0 must be equal"
    )
    #expect(message { _ = Tensor.concatenated([]) } == "concatenate: there are no tensors | give at least one")
    #expect(message { _ = Tensor.stacked([counting([2]), counting([3])]) } != "no error")
    #expect(message { _ = Tensor.concatenated([counting([2]), Tensor([Float(1)])]) } != "no error")
    #expect(message { _ = self.x.broadcast(to: [3, 3]) } != "no error")
    #expect(message { _ = self.x.transposed([0, 0]) } != "no error")
    #expect(message { _ = self.x.transposed([.min, 0]) } != "no error")
    #expect(message { _ = self.x.tiled([.max]) } != "no error")
    #expect(message { _ = self.x.tiled([-1]) } != "no error")
    #expect(message { _ = self.x.repeated(.max, axis: 0) } != "no error")
    #expect(message { _ = self.x.padded([(.max, 1), (0, 0)]) } != "no error")
    #expect(message { _ = self.x.padded([(1, 1)]) } != "no error")
    #expect(message { _ = self.x.split(count: 0) } != "no error")
    #expect(message { _ = self.x.split(sizes: [.max, .max], axis: 0) } != "no error")
    #expect(message { _ = self.x.squeezed(axis: 0) } != "no error")
    #expect(message { _ = self.x.expandedDimensions(axis: 4) } != "no error")
    #expect(message { _ = Tensor.zeros([-1]) } != "no error")
    #expect(message { _ = Tensor.zeros([1 << 40, 1 << 40]) } != "no error")
    #expect(message { _ = Tensor.eye(1 << 40) } != "no error")
    #expect(message { _ = Tensor.eye(.max) } != "no error")
    #expect(message { _ = Tensor.arange(0, 1, 0) } != "no error")
    #expect(message { _ = Tensor.arange(0, 1e300, 1) } != "no error")
    #expect(message { _ = Tensor.arange(.max) } != "no error")
    #expect(message { _ = Tensor.arange(0, 1, 0.5, dtype: .int32) } != "no error")
    #expect(message { _ = Tensor.linspace(0, 1, count: -1) } != "no error")
    #expect(message { _ = Tensor.linspace(0, 1, count: .max) } != "no error")
    #expect(message { _ = Tensor.full([.max, .max], 1) } != "no error")
  }
}
