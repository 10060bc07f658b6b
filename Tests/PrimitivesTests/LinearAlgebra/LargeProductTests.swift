import Jacobi
import TestSupport
import Testing

/// Products that the host's library computes where it is found, in all layouts.
///
/// The elements are small whole numbers, whose sums of products are exact in any order; so the results are those of
/// integers, which no library multiplies.
@Suite struct LargeProductTests {
  private func numbers(_ shape: [Int], seed: Int) -> Tensor {
    Tensor(shape: shape, scalars: (0..<shape.reduce(1, *)).map { Int64(($0 * 7 + $0 / 5 + seed) % 13 - 6) })
  }

  private static let subscripts = [
    "ij,jk->ik", "ji,jk->ik", "ij,kj->ik", "ji,kj->ik", "ij,jk->ki", "bij,bjk->bik", "bij,bkj->bik", "ibj,bjk->bik",
    "bij,jk->bik", "ij,bjk->bik", "jib,bkj->bik", "ijl,jlk->ik", "ijl,ljk->ik", "aibj,jkab->abik", "ijl,kjl->ik",
    "bij,cjk->bcik", "i,k->ik", "ij,j->i", "j,jk->k", "aij,aik->jk",
  ]

  @Test(arguments: subscripts, [DType.float64, .float32, .complex128, .complex64])
  func layouts(_ subscripts: String, _ dtype: DType) {
    let sizes: [Character: Int] = ["a": 2, "b": 3, "c": 2, "i": 17, "j": 19, "k": 23, "l": 5]
    let shapes = subscripts.prefix { $0 != "-" }.split(separator: ",").map { $0.compactMap { sizes[$0] } }
    let (x, y) = (numbers(shapes[0], seed: 1), numbers(shapes[1], seed: 8))
    expectEqual(
      einsum(subscripts, x.asType(dtype), y.asType(dtype)), einsum(subscripts, x, y).asType(dtype), tolerance: 0)
  }

  @Test func complexNumbers() {
    let (a, b) = (numbers([20, 30], seed: 1).asType(.float64), numbers([20, 30], seed: 2).asType(.float64))
    let (c, d) = (numbers([30, 25], seed: 3).asType(.float64), numbers([30, 25], seed: 4).asType(.float64))
    expectEqual(
      matmul(complex(a, b), complex(c, d)),
      complex(matmul(a, c) - matmul(b, d), matmul(a, d) + matmul(b, c)), tolerance: 0)
  }

  /// What is not finite goes through, and zeros are no stronger than elsewhere.
  @Test func specialNumbers() {
    var x = Tensor.zeros([40, 40])
    x[3, 5] = .init(Double.infinity)
    let product = matmul(x, Tensor.eye(40))
    #expect(Double(product[3, 5]) == .infinity && Double(product[3, 4]).isNaN && Double(product[2, 5]) == 0)
    let zeros = matmul(Tensor.full([40, 40], -0.0), Tensor.ones([40, 40]))
    #expect(Double(zeros[7, 7]).sign == .plus)
  }

  @Test func emptySizes() {
    #expect(matmul(Tensor.ones([100, 0]), Tensor.ones([0, 100])).sum().description == "0.0")
    #expect(matmul(Tensor.ones([0, 100]), Tensor.ones([100, 100])).shape == [0, 100])
    #expect(matmul(Tensor.ones([0, 50, 50]), Tensor.ones([0, 50, 50])).shape == [0, 50, 50])
  }

  @Test func derivatives() {
    let (x, y) = (numbers([30, 40], seed: 5).asType(.float64), numbers([40, 35], seed: 6).asType(.float64))
    let gradient = grad { x in square(matmul(x, y)).sum() }(x)
    expectEqual(gradient, 2 * matmul(matmul(x, y), y.transposed()), tolerance: 0)
    let errors = message { _ = matmul(x, x) }
    #expect(errors.contains("40 columns, 30 rows"), "\(errors)")
  }
}
