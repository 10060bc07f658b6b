import Jacobi
import TestSupport
import Testing

/// Products against straightforward loops.
@Suite struct MatmulTests {
  /// The product of matrices by the definition.
  private func product(_ a: [Double], _ b: [Double], _ m: Int, _ k: Int, _ n: Int) -> [Double] {
    var c = [Double](repeating: 0, count: m * n)
    for i in 0..<m { for j in 0..<n { for l in 0..<k { c[i * n + j] += a[i * k + l] * b[l * n + j] } } }
    return c
  }

  @Test(arguments: [(1, 1, 1), (2, 3, 4), (5, 7, 1), (1, 9, 3), (3, 70, 5), (7, 130, 600), (4, 0, 3)])
  func matrices(m: Int, k: Int, n: Int) {
    let a = (0..<(m * k)).map { Double(($0 * 7) % 13) - 6 }
    let b = (0..<(k * n)).map { Double(($0 * 5) % 11) - 5 }
    let (x, y) = (Tensor(shape: [m, k], scalars: a), Tensor(shape: [k, n], scalars: b))
    let expected = Tensor(shape: [m, n], scalars: product(a, b, m, k, n))
    expectEqual(matmul(x, y), expected)
    expectEqual(x • y, expected)
    expectEqual(matmul(x.asType(.float32), y.asType(.float32)), expected.asType(.float32))
    expectEqual(matmul(x.asType(.int32), y.asType(.int32)), expected.asType(.int32))
    let i = complex(Tensor(0.0), Tensor(1.0))
    let z = complex(x, Tensor.zeros(like: x)) * (1 + i)
    expectEqual(matmul(z, complex(y, Tensor.zeros(like: y))), complex(expected, expected))
    expectEqual(einsum("ij,jk->ik", x, y), expected)
    expectEqual(einsum("ij,kj", x, y.transposed()), expected)
  }

  @Test func vectorsAndBatches() {
    let (u, v) = (Tensor([1.0, 2, 3]), Tensor([4.0, 5, 6]))
    #expect(Double(u • v) == 32)
    #expect(Double(dot(u, v)) == 32)
    expectEqual(outer(u, v), [[4.0, 5, 6], [8, 10, 12], [12, 15, 18]])
    let a = counting([2, 3])
    expectEqual(a • u, [14.0, 32])
    expectEqual([1.0, 1] • a, [5.0, 7, 9])
    let batch = counting([2, 1, 2, 3])
    let others = counting([4, 3, 2])
    let result = matmul(batch, others)
    #expect(result.shape == [2, 4, 2, 2])
    for i in 0..<2 { for j in 0..<4 { expectEqual(result[i, j], batch[i, 0] • others[j]) } }
    let shared = matmul(a, others)
    #expect(shared.shape == [4, 2, 2])
    for j in 0..<4 { expectEqual(shared[j], a • others[j]) }
    let right = matmul(batch, counting([3, 2]))
    #expect(right.shape == [2, 1, 2, 2])
    expectEqual(right[1, 0], batch[1, 0] • counting([3, 2]))
    expectEqual(matmul(u, others)[2], u • others[2])
    expectEqual(matmul(others, [1.0, 10])[3], others[3] • [1.0, 10])
  }

  @Test func gradients() {
    let b = counting([3, 2]) / 7
    expectGradient({ x in (sin(x • b) * counting([2, 2])).sum() }, at: counting([2, 3]) / 10)
    expectGradient({ x in sin(counting([2, 3]) / 10 • x).sum() }, at: b)
    expectGradient({ x in sin(matmul(x, counting([2, 3, 2]) / 9)).sum() }, at: counting([2, 1, 2, 3]) / 10)
    expectGradient(
      { x in sin(einsum("bij,bjk,ki->b", x, x.transposed([0, 2, 1]), counting([2, 2]))).sum() },
      at: counting([2, 2, 3]) / 20)
    expectGradient({ x in sin(x.trace()) + x.diagonal(offset: 1).prod() }, at: counting([3, 3]) / 10)
    expectGradient({ x in (sin(x.diagonalMatrix()) • counting([3, 1])).sum() }, at: counting([3]))
  }

  @Test func diagonals() {
    let x = counting([3, 4])
    expectEqual(x.diagonal(), [1.0, 6, 11])
    expectEqual(x.diagonal(offset: 1), [2.0, 7, 12])
    expectEqual(x.diagonal(offset: 3), [4.0])
    expectEqual(x.diagonal(offset: -1), [5.0, 10])
    #expect(x.diagonal(offset: 4).shape == [0])
    #expect(x.diagonal(offset: .min).shape == [0])
    #expect(x.diagonal(offset: .max).shape == [0])
    #expect(Double(x.trace()) == 18)
    expectEqual(counting([2, 2, 2]).trace(), [5.0, 13])
    expectEqual(counting([2, 3, 2]).diagonal(axes: (0, 2)), [[1.0, 8], [3, 10], [5, 12]])
    expectEqual(Tensor([1.0, 2]).diagonalMatrix(), [[1.0, 0], [0, 2]])
  }

  @Test func einsteinNotation() {
    let a = counting([2, 3])
    expectEqual(einsum("ij->ji", a), a.transposed())
    expectEqual(einsum("ij->", a), Tensor(21.0))
    expectEqual(einsum("ij", a), a)
    expectEqual(einsum("ba", a), a.transposed())
    expectEqual(einsum("ii", counting([3, 3])), Tensor(15.0))
    expectEqual(einsum("ii->i", counting([3, 3])), [1.0, 5, 9])
    expectEqual(einsum("iii->i", counting([2, 2, 2])), [1.0, 8])
    expectEqual(einsum("i,i->i", [1.0, 2], [3.0, 4]), [3.0, 8])
    expectEqual(einsum("i,j->ij", [1.0, 2], [3.0, 4]), outer([1.0, 2], [3.0, 4]))
    expectEqual(einsum("i,i,i", [1.0, 2], [3.0, 4], [5.0, 6]), Tensor(63.0))
    let batch = counting([4, 2, 3])
    expectEqual(einsum("...ij->...ji", batch), batch.transposed([0, 2, 1]))
    expectEqual(einsum("...ij,jk", batch, counting([3, 2])), matmul(batch, counting([3, 2])))
    expectEqual(einsum("...i,...i->...", batch, counting([2, 3])), (batch * counting([2, 3])).sum(axis: -1))
    expectEqual(einsum("...i,...i->...", batch, counting([1, 3])), (batch * counting([1, 3])).sum(axis: -1))
    expectEqual(einsum("i...->...", batch), batch.sum(axis: 0))
    expectEqual(einsum("ij , jk -> ik", a, counting([3, 1])), a • counting([3, 1]))
  }

  @Test func errors() {
    #expect(
      message { _ = matmul(counting([2, 3]), counting([2, 3])) }
        == "matmul: the shapes [2, 3] and [2, 3] do not fit: 3 columns, 2 rows | the last axis of the left and the last "
        + "but one of the right must have one size; transpose one of them")
    #expect(
      message { _ = matmul(2, counting([2])) }
        == "matmul: a scalar is not a matrix: the shapes are [] and [2] | multiply with *")
    #expect(
      message { _ = matmul(counting([2, 2, 3]), counting([3, 3, 2])) }
        == "matmul: the batch axes of [2, 2, 3] and [3, 3, 2] do not broadcast to one shape | all axes but the last two are "
        + "batches; their sizes must be equal or 1")
    #expect(
      message { _ = matmul(counting([2]), Tensor([Float(1), 2])) }
        == "matmul: cannot mix float64[2] and float32[2] | convert one of them: x.asType(.float32) or y.asType(.float64)"
    )
    #expect(
      message { _ = einsum("ij,jk->ik", counting([2, 3]), counting([2, 3])) }
        == "einsum: label 'j' of \"ij,jk->ik\" has size 3, and size 2 in operand 1 of shape [2, 3] | axes with one label must "
        + "have one size")
    #expect(
      message { _ = einsum("i1", counting([2, 3])) }
        == "einsum: '1' in \"i1\" is not a label | labels are letters, as in \"ij,jk->ik\"; '...' stands for all axes without "
        + "one")
    #expect(
      message { _ = einsum("ijk->i", counting([2, 3])) }
        == "einsum: \"ijk\" has 3 labels for operand 0 of shape [2, 3] | write one label for each axis, or '...' for the axes "
        + "without one")
    #expect(
      message { _ = einsum("ij->k", counting([2, 3])) }
        == "einsum: the result's label 'k' of \"ij->k\" is not a label of an operand")
    for wrong in ["", "->", "ij,ij", "ij->ii", "......", "i->i->i", "-", ">", "ij->...", "...->i", "ij-"] {
      #expect(message { _ = einsum(wrong, counting([2, 3])) } != "no error" || wrong == "ij->...", "\(wrong)")
    }
  }
}
