import Jacobi
import JacobiTesting
import Testing

/// Functions that solve and factor, by what defines their results.
@Suite struct SolvingTests {
  static let dtypes: [DType] = [.float64, .float32, .complex128, .complex64]

  /// Numbers that look random, of any shape and element type.
  static func numbers(_ shape: [Int], _ dtype: DType = .float64, phase: Double = 0) -> Tensor {
    let count = shape.reduce(1, *)
    // The sines of multiples of a number are a matrix of rank 2.
    let places = (Tensor.arange(count) + 1) ** 2
    let real = sin(places * 12.9898 + phase).reshaped(shape)
    guard dtype.isComplex else { return real.asType(dtype) }
    return complex(real, cos(places * 78.233 + phase).reshaped(shape)).asType(dtype)
  }

  /// Hermitian positive definite matrices.
  static func positive(_ shape: [Int], _ dtype: DType = .float64) -> Tensor {
    let x = numbers(shape, dtype)
    let n = shape[shape.count - 1]
    return matmul(x, adjoint(x)) + Tensor.eye(n, dtype: dtype) * Double(max(n, 1))
  }

  static func adjoint(_ x: Tensor) -> Tensor {
    conjugate(x.transposed(Array(0..<(x.rank - 2)) + [x.rank - 1, x.rank - 2]))
  }

  static func tolerance(_ dtype: DType) -> Double { dtype.realPart == .float32 ? 2e-4 : 1e-11 }

  private func expectClose(
    _ x: Tensor, _ y: Tensor, _ tolerance: Double, sourceLocation: Testing.SourceLocation = #_sourceLocation
  ) {
    #expect(x.type == y.type, sourceLocation: sourceLocation)
    if x.type != y.type || x.count == 0 { return }
    let error = Double(abs(x - y).max().asType(.float64))
    #expect(error <= tolerance, "\(x) and \(y)", sourceLocation: sourceLocation)
  }

  @Test(arguments: dtypes, [[1, 1], [3, 3], [2, 5, 5], [40, 40], [3, 2, 4, 4]])
  func solutions(_ dtype: DType, _ shape: [Int]) {
    let a = Self.numbers(shape, dtype)
    let n = shape[shape.count - 1]
    let b = Self.numbers(Array(shape.dropLast()) + [3], dtype, phase: 1)
    // The residual, relative to the solution.
    let x = solve(a, b)
    let size = 1 + Double(abs(x).max().asType(.float64))
    expectClose(matmul(a, x), b, Self.tolerance(dtype) * size)
    let vector = Self.numbers([n], dtype, phase: 2)
    let y = solve(a, vector)
    #expect(y.shape.dimensions == Array(shape.dropLast()))
    let product = matmul(a, y.expandedDimensions(axis: -1)).squeezed(axis: -1)
    let ySize = 1 + Double(abs(y).max().asType(.float64))
    expectClose(product, vector + Tensor.zeros(like: product), Self.tolerance(dtype) * ySize)
    let inverted = inverse(a)
    let inverseSize = 1 + Double(abs(inverted).max().asType(.float64))
    expectClose(
      matmul(a, inverted), Tensor.eye(n, dtype: dtype) + Tensor.zeros(like: a), Self.tolerance(dtype) * inverseSize)
  }

  @Test(arguments: dtypes, [[1, 1], [3, 3], [2, 5, 5], [40, 40], [0, 0]])
  func choleskyFactors(_ dtype: DType, _ shape: [Int]) {
    let a = Self.positive(shape, dtype)
    let l = cholesky(a)
    let size = 1 + Double(shape[shape.count - 1])
    expectClose(matmul(l, Self.adjoint(l)), a, Self.tolerance(dtype) * size)
    #expect(Bool((l.triu(diagonal: 1) .== 0).all()))
    let u = cholesky(a, upper: true)
    expectClose(u, Self.adjoint(l), 0)
    let b = Self.numbers(Array(shape.dropLast()) + [2], dtype)
    expectClose(matmul(a, choleskySolve(l, b)), b, Self.tolerance(dtype) * size)
    expectClose(matmul(a, choleskySolve(u, b, upper: true)), b, Self.tolerance(dtype) * size)
  }

  @Test(arguments: dtypes, [[1, 1], [3, 3], [2, 5, 3], [3, 5], [40, 40], [30, 50], [50, 30], [0, 2], [2, 0]])
  func luFactors(_ dtype: DType, _ shape: [Int]) {
    let a = Self.numbers(shape, dtype)
    let (p, l, u) = lu(a)
    let product = matmul(p, matmul(l, u))
    expectClose(product, a, Self.tolerance(dtype))
    #expect(Bool((abs(l) .<= 1.5).all()))
    #expect(Bool((u.tril(diagonal: -1) .== 0).all()))
    #expect(Bool((l.diagonal() .== 1).all()))
  }

  @Test(
    arguments: dtypes,
    [[1, 1], [3, 3], [2, 5, 3], [3, 5], [40, 40], [30, 50], [50, 30], [0, 2], [2, 0], [4, 1]])
  func qrFactors(_ dtype: DType, _ shape: [Int]) {
    let a = Self.numbers(shape, dtype)
    let (q, r) = qr(a)
    expectClose(matmul(q, r), a, Self.tolerance(dtype))
    let size = q.shape[q.rank - 1]
    expectClose(
      matmul(Self.adjoint(q), q), Tensor.zeros(like: matmul(Self.adjoint(q), q)) + Tensor.eye(size, dtype: dtype),
      Self.tolerance(dtype))
    #expect(Bool((r.tril(diagonal: -1) .== 0).all()))
    if dtype.isComplex { #expect(Bool((imaginaryPart(r.diagonal()) .== 0).all())) }
  }

  /// Columns whose squares overflow, and columns of zeros.
  @Test func qrOfExtremeNumbers() {
    let (q, r) = qr(Tensor([[3e200, 1], [4e200, 2]]))
    #expect(Double(abs(q - Tensor([[-0.6, -0.8], [-0.8, 0.6]])).max()) < 1e-15)
    #expect(abs(Double(r[0, 0]) + 5e200) < 1e185)
    let (zeroQ, zeroR) = qr(Tensor.zeros([3, 2]))
    #expect(zeroQ.scalars(as: Double.self) == [1, 0, 0, 1, 0, 0])
    #expect(Bool((zeroR .== 0).all()))
  }

  @Test(arguments: [MatrixTriangle.lower, .upper]) func triangularSides(_ triangle: MatrixTriangle) {
    for dtype in Self.dtypes {
      for n in [4, 40] {
        let t = Self.numbers([2, n, n], dtype) + Tensor.eye(n, dtype: dtype) * Double(2 * n)
        let part = triangle == .lower ? t.tril() : t.triu()
        let b = Self.numbers([2, n, 3], dtype)
        let c = Self.numbers([2, 3, n], dtype)
        let transposedPart = part.transposed([0, 2, 1])
        let tolerance = Self.tolerance(dtype)
        expectClose(matmul(part, triangularSolve(t, b, triangle)), b, tolerance)
        expectClose(matmul(transposedPart, triangularSolve(t, b, triangle, transposed: true)), b, tolerance)
        expectClose(matmul(Self.adjoint(part), triangularSolve(t, b, triangle, adjoint: true)), b, tolerance)
        expectClose(matmul(triangularSolve(t, c, triangle, side: .right), part), c, tolerance)
        expectClose(
          matmul(triangularSolve(t, c, triangle, transposed: true, side: .right), transposedPart), c, tolerance)
        expectClose(
          matmul(triangularSolve(t, c, triangle, adjoint: true, side: .right), Self.adjoint(part)), c, tolerance)
      }
    }
  }

  /// A matrix of equations for a batch of right sides, and the other way round.
  @Test func broadcasting() {
    let a = Self.numbers([3, 3])
    let b = Self.numbers([4, 2, 3, 2])
    expectClose(solve(a, b), solve(a + Tensor.zeros([4, 2, 3, 3]), b), 1e-12)
    let many = Self.numbers([4, 1, 3, 3])
    expectClose(solve(many, b), solve(many + Tensor.zeros([4, 2, 3, 3]), b), 1e-12)
    let first = vmap({ (b: Tensor) in solve(a, b) })(b[0])
    expectClose(first, solve(a, b[0]), 1e-12)
    let both = vmap({ (a: Tensor, b: Tensor) in solve(a, b) })(many[..., 0, 0..<3, 0..<3], b[..., 0, 0..<3, 0..<2])
    expectClose(both, solve(many[..., 0, 0..<3, 0..<3], b[..., 0, 0..<3, 0..<2]), 1e-12)
  }

  @Test func compiledAsEagerly() {
    let a = Self.numbers([2, 5, 5]) + 4 * Tensor.eye(5)
    let b = Self.numbers([2, 5, 3])
    let f = { (a: Tensor, b: Tensor) in
      solve(a, b).sum() + logDeterminant(a).logAbs.sum() + determinant(a).sum()
        + cholesky(matmul(a, Self.adjoint(a))).sum()
    }
    let (value, gradients) = valueAndGradients(f)(a, b)
    let (compiledValue, compiled) = jit { (a: Tensor, b: Tensor) in
      let result = valueAndGradients(f)(a, b)
      return (result.value, [result.gradients.0, result.gradients.1])
    }(a, b)
    expectClose(value, compiledValue, 1e-10 * Double(abs(value)))
    expectClose(gradients.0, compiled[0], 1e-10 * Double(abs(gradients.0).max()))
    expectClose(gradients.1, compiled[1], 1e-10)
  }

  @Test func singularMatricesAreNaN() {
    let singular: Tensor = [[1, 2], [2, 4]]
    #expect(Bool((solve(singular, Tensor([1.0, 2])) .!= solve(singular, Tensor([1.0, 2]))).all()))
    #expect(Double(logDeterminant(singular).logAbs) == -.infinity)
    #expect(Double(logDeterminant(singular).sign) == 0)
    #expect(Double(determinant(singular)) == 0)
    // The others of a batch are not affected.
    let batch = Tensor.stacked([singular, [[2, 0], [0, 4]]])
    #expect(solve(batch, Tensor([[2.0], [4]]))[1].scalars(as: Double.self) == [1, 1])
    let indefinite: Tensor = [[1, 2], [2, 1]]
    #expect(cholesky(indefinite).scalars(as: Double.self).allSatisfy { $0.isNaN })
  }

  @Test func errorsSayWhatFits() {
    func message(_ body: () -> Tensor) -> String {
      do {
        _ = try catchingTensorErrors { body() }
        return "no error"
      } catch {
        return "\(error)"
      }
    }
    #expect(
      message { solve(Tensor.ones([2, 3]), Tensor.ones([2])) }.contains("expected square matrices, got shape [2, 3]"))
    #expect(
      message { solve(Tensor.ones([3, 3]), Tensor.ones([2])) }.contains("need 3 rows of right sides, got shape [2]"))
    #expect(message { inverse(Tensor([1.0])) }.contains("expected a matrix [rows, columns]"))
    #expect(message { determinant(Tensor.ones([2, 2], dtype: .int64)) }.contains("got int64"))
    #expect(message { solve(Tensor.ones([4, 2, 2]), Tensor.ones([3, 2, 1])) }.contains("do not broadcast"))
    #expect(message { lu(Tensor([1.0])).l }.contains("lu"))
  }
}
