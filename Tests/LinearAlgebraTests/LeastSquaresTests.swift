import Jacobi
import JacobiTesting
import Testing

/// What is computed from singular values and eigenvalues, by what defines it.
@Suite struct LeastSquaresTests {
  static let shapes: [[Int]] = [[1, 1], [3, 3], [5, 3], [3, 5], [2, 4, 3], [30, 25], [0, 3], [3, 0]]

  private func numbers(_ shape: [Int], _ dtype: DType, phase: Double = 0) -> Tensor {
    SolvingTests.numbers(shape, dtype, phase: phase)
  }

  private func adjoint(_ x: Tensor) -> Tensor { SolvingTests.adjoint(x) }

  private func expectClose(
    _ x: Tensor, _ y: Tensor, _ tolerance: Double, sourceLocation: Testing.SourceLocation = #_sourceLocation
  ) {
    SpectraTests.expectClose(x, y, tolerance, sourceLocation: sourceLocation)
  }

  /// The four equations of Moore and Penrose, also for a matrix of lower rank.
  @Test(arguments: SolvingTests.dtypes, shapes) func pseudoInverses(_ dtype: DType, _ shape: [Int]) {
    let (m, n) = (shape[shape.count - 2], shape[shape.count - 1])
    let thin = matmul(numbers(Array(shape.dropLast()) + [1], dtype), numbers([1, n], dtype, phase: 1))
    for a in [numbers(shape, dtype), thin, Tensor.zeros(shape, dtype: dtype)] {
      let inverse = pseudoInverse(a)
      let size = 1 + (a.count == 0 ? 0 : Double(abs(inverse).max().asType(.float64)))
      let tolerance = 10 * SolvingTests.tolerance(dtype) * size * size
      expectClose(matmul(matmul(a, inverse), a), a, tolerance)
      expectClose(matmul(matmul(inverse, a), inverse), inverse, tolerance)
      expectClose(matmul(a, inverse), adjoint(matmul(a, inverse)), tolerance)
      expectClose(matmul(inverse, a), adjoint(matmul(inverse, a)), tolerance)
    }
    let ranks = matrixRank(thin)
    #expect(Bool((ranks .== (m == 0 || n == 0 ? 0 : 1)).all()))
    #expect(Bool((matrixRank(Tensor.zeros(shape, dtype: dtype)) .== 0).all()))
  }

  @Test(arguments: SolvingTests.dtypes, [[4, 4], [6, 3], [3, 6], [2, 5, 3]]) func solutions(
    _ dtype: DType, _ shape: [Int]
  ) {
    let a = numbers(shape, dtype)
    let (m, n) = (shape[shape.count - 2], shape[shape.count - 1])
    let tolerance = 100 * SolvingTests.tolerance(dtype)
    let b = numbers([m, 2], dtype, phase: 1)
    let (x, residuals, rank) = leastSquares(a, b)
    // The residual is orthogonal to the columns.
    let rest = matmul(a, x) - b
    let inner = matmul(adjoint(a), rest)
    expectClose(inner, Tensor.zeros(like: inner), tolerance)
    expectClose(residuals, square(abs(rest)).sum(axis: -2), tolerance)
    #expect(Bool((rank .== min(m, n)).all()))
    let vector = leastSquares(a, b[0..<m, 0])
    expectClose(vector.solution, x[..., 0], tolerance)
    expectClose(vector.residuals, residuals[..., 0], tolerance)
  }

  @Test(arguments: SolvingTests.dtypes, shapes) func polarFactors(_ dtype: DType, _ shape: [Int]) {
    let a = numbers(shape, dtype)
    let (w, p) = polar(a)
    let tolerance = 10 * SolvingTests.tolerance(dtype)
    expectClose(matmul(w, p), a, tolerance)
    expectClose(p, adjoint(p), tolerance)
    let inner = shape[shape.count - 2] >= shape[shape.count - 1] ? matmul(adjoint(w), w) : matmul(w, adjoint(w))
    expectClose(inner, Tensor.eye(inner.shape[inner.rank - 1], dtype: dtype).broadcast(to: inner.shape), tolerance)
    expectClose(nuclearNorm(a), singularValues(a).sum(axis: -1), tolerance)
  }

  @Test func conditionNumbers() {
    expectClose(conditionNumber(Tensor([[3.0, 0], [0, -0.5]])), 6, 1e-14)
    #expect(Double(conditionNumber(Tensor.zeros([2, 3]))) == .infinity)
    #expect(throws: TensorError.self) { try catchingTensorErrors { conditionNumber(Tensor.zeros([2, 0])) } }
  }

  @Test(arguments: SolvingTests.dtypes) func bases(_ dtype: DType) {
    let a = matmul(numbers([5, 2], dtype), numbers([2, 4], dtype, phase: 1))
    let tolerance = 10 * SolvingTests.tolerance(dtype)
    let (null, range) = (nullSpace(a, tolerance: 1e-5), orthonormalBasis(a, tolerance: 1e-5))
    #expect(null.shape.dimensions == [4, 2] && range.shape.dimensions == [5, 2])
    expectClose(matmul(a, null), Tensor.zeros([5, 2], dtype: dtype), tolerance)
    expectClose(matmul(adjoint(null), null), Tensor.eye(2, dtype: dtype), tolerance)
    expectClose(matmul(range, matmul(adjoint(range), a)), a, tolerance)
    expectClose(matmul(adjoint(range), range), Tensor.eye(2, dtype: dtype), tolerance)
    #expect(throws: TensorError.self) { try catchingTensorErrors { nullSpace(Tensor.zeros([2, 3, 3])) } }
    expectClose(nullSpace(Tensor.eye(3)), Tensor.zeros([3, 0]), 0)
  }

  @Test(arguments: SolvingTests.dtypes, [[3, 3], [5, 3], [3, 5], [2, 4, 2]]) func orthogonalFactors(
    _ dtype: DType, _ shape: [Int]
  ) {
    let a = numbers(shape, dtype)
    let (m, n) = (shape[shape.count - 2], shape[shape.count - 1])
    let tolerance = 10 * SolvingTests.tolerance(dtype)
    let (q, r) = qr(a, mode: .complete)
    #expect(q.shape.dimensions.suffix(2) == [m, m] && r.shape.dimensions.suffix(2) == [m, n])
    expectClose(matmul(q, r), a, tolerance)
    let inner = matmul(adjoint(q), q)
    expectClose(inner, Tensor.eye(m, dtype: dtype).broadcast(to: inner.shape), tolerance)
    let pivoted = pivotedQR(a)
    let exchanged = a.takeAlongAxis(pivoted.order.expandedDimensions(axis: -2).broadcast(to: shape), axis: a.rank - 1)
    expectClose(matmul(pivoted.q, pivoted.r), exchanged, tolerance)
    let sizes = abs(pivoted.r.diagonal())
    let k = min(m, n)
    #expect(Bool((sizes[..., 0..<(k - 1)] .>= sizes[..., 1..<k] - tolerance).all()))
  }

  @Test(arguments: SolvingTests.dtypes) func generalized(_ dtype: DType) {
    let (a, b) = (SpectraTests.hermitian([2, 4, 4], dtype), SolvingTests.positive([2, 4, 4], dtype))
    let (values, vectors) = generalizedEigen(a, b)
    let tolerance = 100 * SolvingTests.tolerance(dtype)
    expectClose(matmul(a, vectors), matmul(b, vectors) * values.asType(dtype).expandedDimensions(axis: -2), tolerance)
    let inner = matmul(adjoint(vectors), matmul(b, vectors))
    expectClose(inner, Tensor.eye(4, dtype: dtype).broadcast(to: inner.shape), tolerance)
    #expect(Bool(isNaN(generalizedEigen(a, -b).values).all()))
    #expect(throws: TensorError.self) { try catchingTensorErrors { generalizedEigen(a, b[0]).values } }
  }

  /// Derivatives in both modes, also of matrices with equal singular values, and of functions of bases.
  @Test func derivatives() throws {
    let (tall, square) = (numbers([4, 2], .float64), numbers([3, 3], .float64))
    let b = numbers([4], .float64, phase: 1)
    let weights = numbers([3, 3], .float64, phase: 2)
    _ = try checkGradients(
      { (leastSquares($0, b).solution ** 3).sum() + leastSquares($0, b).residuals.sum() }, at: tall, order: 3)
    _ = try checkGradients({ (pseudoInverse($0) * weights).sum() }, at: square, order: 3)
    _ = try checkGradients({ (pseudoInverse($0) * weights).sum() }, at: Tensor.eye(3), order: 3)
    _ = try checkGradients({ (polar($0).unitary * weights).sum() }, at: Tensor.eye(3), order: 3)
    _ = try checkGradients({ (polar($0).positive ** 3).sum() }, at: tall, order: 3)
    _ = try checkGradients({ nuclearNorm($0) }, at: Tensor.eye(3), order: 3)
    _ = try checkGradients({ nuclearNorm($0) }, at: tall.transposed(), order: 3)
    _ = try checkGradients({ log(conditionNumber($0)) }, at: square, order: 2)
    // Projectors do not depend on the basis.
    func projector(_ n: Tensor) -> Tensor { matmul(n, n.transposed()) }
    let wide = numbers([2, 4], .float64)
    let more = numbers([4, 4], .float64, phase: 3)
    _ = try checkGradients({ (projector(nullSpace($0)) * more).sum() }, at: wide, order: 3)
    _ = try checkGradients({ (projector(orthonormalBasis($0)) * more).sum() }, at: tall, order: 3)
    _ = try checkGradients({ (projector(qr($0, mode: .complete).q[0..<4, 2..<4]) * more).sum() }, at: tall, order: 3)
    _ = try checkGradients({ (projector(svd($0, full: true).u[0..<4, 2..<4]) * more).sum() }, at: tall, order: 3)
    _ = try checkGradients(
      { (projector(svd($0, full: true).vh.transposed()[0..<4, 2..<4]) * more).sum() }, at: wide, order: 3)
    _ = try checkGradients({ (pivotedQR($0).r ** 3).sum() }, at: square, order: 2)
    let positive = SolvingTests.positive([3, 3])
    _ = try checkGradients({ (generalizedEigen($0, positive).vectors ** 3).sum() }, at: weights, order: 2)
    _ = try checkGradients({ (generalizedEigen(weights, $0).values ** 3).sum() }, at: positive, order: 2)
  }

  /// The sixth derivative of a complement's projector: sin² t has 32 cos 2t, at 0.3 32 · 0.8253356149096783.
  @Test func sixthDerivativeOfAComplement() {
    func derivative(_ f: @escaping (Tensor) -> Tensor) -> (Tensor) -> Tensor {
      { t in jvp(f, at: t, along: Tensor(1.0)).tangent }
    }
    let columns: [(String, (Tensor) -> Tensor)] = [
      ("complete QR", { qr($0, mode: .complete).q[0..<2, 1..<2] }),
      ("full SVD", { svd($0, full: true).u[0..<2, 1..<2] }),
      ("null space", { nullSpace($0.transposed()) }),
    ]
    for (name, complement) in columns {
      var f: (Tensor) -> Tensor = { t in
        let column = complement(Tensor.stacked([2 * cos(t), 2 * sin(t)]).reshaped(2, 1))
        return square(column[0, 0])
      }
      for _ in 0..<6 { f = derivative(f) }
      let value = Double(f(Tensor(0.3)))
      #expect(abs(value - 32 * 0.8253356149096783) < 1e-11, "\(name): \(value)")
    }
  }
}
