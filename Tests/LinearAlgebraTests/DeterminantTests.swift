import Jacobi
import JacobiTesting
import Testing

/// Determinants and their derivatives, where they are regular and where matrices are singular.
@Suite struct DeterminantTests {
  @Test(arguments: SolvingTests.dtypes, [0, 1, 2, 3, 4, 7, 30]) func values(_ dtype: DType, _ n: Int) {
    let (a, b) = (SolvingTests.numbers([n, n], dtype), SolvingTests.numbers([n, n], dtype, phase: 1))
    let product = determinant(matmul(a, b))
    let error = abs(product - determinant(a) * determinant(b)).asType(.float64)
    #expect(Double(error) <= SolvingTests.tolerance(dtype) * (1 + Double(abs(product).asType(.float64))) * 10)
    let (sign, logarithm) = logDeterminant(a)
    let again = abs(sign * exp(logarithm).asType(dtype) - determinant(a)).asType(.float64)
    #expect(Double(again) <= SolvingTests.tolerance(dtype) * (1 + Double(abs(determinant(a)).asType(.float64))) * 10)
  }

  /// The determinant by permutations, for exact derivatives.
  private func expanded(_ a: Tensor) -> Tensor {
    let n = a.shape[0]
    func minor(_ rows: [Int], _ columns: [Int]) -> Tensor {
      guard let row = rows.first else { return 1 }
      var sum: Tensor = 0
      for (index, column) in columns.enumerated() {
        var rest = columns
        rest.remove(at: index)
        let term = a[row, column] * minor(Array(rows.dropFirst()), rest)
        sum = index % 2 == 0 ? sum + term : sum - term
      }
      return sum
    }
    return minor(Array(0..<n), Array(0..<n))
  }

  /// Matrices of every rank: the gradient is that of the polynomial.
  @Test(arguments: 1...5) func gradientsOfEveryRank(_ n: Int) {
    for rank in 0...n {
      let (x, y) = (SolvingTests.numbers([n, max(rank, 1)]), SolvingTests.numbers([max(rank, 1), n], phase: 3))
      let a = rank == 0 ? Tensor.zeros([n, n]) : matmul(x, y)
      let (own, exact) = (grad { determinant($0) }(a), grad { self.expanded($0) }(a))
      #expect(Double(abs(own - exact).max()) < 1e-12, "rank \(rank): \(own) and \(exact)")
      let forward = jvp({ determinant($0) }, at: a, along: SolvingTests.numbers([n, n], phase: 5)).tangent
      #expect(Double(abs(forward - (own * SolvingTests.numbers([n, n], phase: 5)).sum())) < 1e-12)
    }
  }

  /// A zero on the diagonal, exactly.
  @Test func gradientOfDiagonalMatrices() {
    let a = Tensor([1.0, 2, 0, 3]).diagonalMatrix()
    #expect(
      grad { determinant($0) }(a).scalars(as: Double.self)
        == Tensor([0.0, 0, 6, 0]).diagonalMatrix().scalars(as: Double.self))
    let rankTwo = Tensor([1.0, 2, 0, 0]).diagonalMatrix()
    #expect(Bool((grad { determinant($0) }(rankTwo) .== 0).all()))
  }

  /// Up to 3 x 3 derivatives of every order are those of the polynomial, also of singular matrices; else where it is regular.
  @Test func higherOrders() {
    let zero = Tensor.zeros([3, 3])
    let third = jacobian(hessian { determinant($0) })(zero)
    let exact = jacobian(hessian { self.expanded($0) })(zero)
    #expect(Bool((third .== exact).all()))
    let regular = SolvingTests.numbers([4, 4])
    let (own, expected) = (hessian { determinant($0) }(regular), hessian { self.expanded($0) }(regular))
    #expect(Double(abs(own - expected).max()) < 1e-10)
  }

  @Test func thirdOrders() throws {
    let a = SolvingTests.numbers([3, 3]) + 3 * Tensor.eye(3)
    let b = SolvingTests.numbers([3, 2])
    _ = try checkGradients({ logDeterminant($0).logAbs }, at: a, order: 3)
    _ = try checkGradients({ (solve($0, b) ** 2).sum() }, at: a, order: 3)
    _ = try checkGradients({ (qr($0).r ** 2).sum() + (qr($0).q ** 3).sum() }, at: a, order: 3)
    _ = try checkGradients({ (cholesky($0) ** 3).sum() }, at: SolvingTests.positive([3, 3]), order: 3)
    _ = try checkGradients({ (lu($0).u ** 2).sum() + lu($0).l.sum() }, at: a, order: 3)
  }
}
