import HostLibraries
import Jacobi
import JacobiTesting
import Testing

@testable import LinearAlgebra

/// Eigenvalues and singular values, by what defines them.
@Suite struct SpectraTests {
  static func hermitian(_ shape: [Int], _ dtype: DType = .float64) -> Tensor {
    let x = SolvingTests.numbers(shape, dtype)
    return x + SolvingTests.adjoint(x)
  }

  static func expectClose(
    _ x: Tensor, _ y: Tensor, _ tolerance: Double, sourceLocation: Testing.SourceLocation = #_sourceLocation
  ) {
    #expect(x.shape == y.shape, sourceLocation: sourceLocation)
    if x.shape != y.shape || x.count == 0 { return }
    let error = Double(abs(x - y).max().asType(.float64))
    #expect(error <= tolerance, "\(x) and \(y)", sourceLocation: sourceLocation)
  }

  private static func identity(_ x: Tensor) -> Tensor {
    Tensor.eye(x.shape[x.rank - 1], dtype: x.dtype).broadcast(to: x.shape)
  }

  static let sizes: [[Int]] = [[1, 1], [2, 2], [3, 3], [2, 5, 5], [23, 23], [40, 40], [3, 2, 4, 4]]

  @Test(arguments: SolvingTests.dtypes, sizes) func symmetric(_ dtype: DType, _ shape: [Int]) {
    let a = Self.hermitian(shape, dtype)
    let (values, vectors) = symmetricEigen(a)
    let tolerance = SolvingTests.tolerance(dtype) * 10
    let scaled = vectors * values.asType(dtype).expandedDimensions(axis: -2)
    Self.expectClose(matmul(a, vectors), scaled, tolerance)
    Self.expectClose(matmul(SolvingTests.adjoint(vectors), vectors), Self.identity(vectors), tolerance)
    let n = shape[shape.count - 1]
    #expect(values.dtype == dtype.realPart)
    #expect(Bool((values[..., 1..<n] .>= values[..., 0..<(n - 1)]).all()))
    Self.expectClose(symmetricEigenvalues(a), values, tolerance)
  }

  /// In each vector the first of the largest components is real and positive, by the library as without it.
  @Test(.enabled(if: LAPACK.shared != nil), arguments: [24, 61]) func phasesAndLibrary(_ n: Int) throws {
    for dtype in [DType.float64, .complex128] {
      let a = try Self.hermitian([n, n], dtype).hostValue()
      if dtype == .float64 {
        try compareLibraries(a, n, Double.self)
      } else {
        try compareLibraries(a, n, Complex<Double>.self)
      }
    }
  }

  private func compareLibraries<Scalar: MatrixScalar>(_ a: HostTensor, _ n: Int, _: Scalar.Type) throws {
    let matrix = a.elements(as: Scalar.self)
    var results: [([Scalar.RealPart], [Scalar])] = []
    let eigen = try #require(LAPACK.hermitianEigen(Scalar.dtype))
    for library in [nil, eigen] {
      var values = [Scalar.RealPart](repeating: 0, count: n)
      var vectors = [Scalar](repeating: .zeroScalar, count: n * n)
      writeHermitianEigen(of: matrix, n, &values, &vectors, by: library)
      results.append((values, vectors))
    }
    #expect(zip(results[0].0, results[1].0).allSatisfy { ($0 - $1).magnitude < 1e-11 })
    #expect(zip(results[0].1, results[1].1).allSatisfy { ($0 - $1).size < 1e-9 })
    var svds: [([Scalar], [Scalar.RealPart], [Scalar])] = []
    let rows = n - 3
    let routine = try #require(LAPACK.svd(Scalar.dtype))
    for library in [nil, routine] {
      var values = [Scalar.RealPart](repeating: 0, count: rows)
      var (u, vh) = (
        [Scalar](repeating: .zeroScalar, count: rows * rows), [Scalar](repeating: .zeroScalar, count: rows * n)
      )
      writeSVD(of: matrix, rows, n, &u, &values, &vh, by: library)
      svds.append((u, values, vh))
    }
    #expect(zip(svds[0].1, svds[1].1).allSatisfy { ($0 - $1).magnitude < 1e-11 })
    #expect(zip(svds[0].0, svds[1].0).allSatisfy { ($0 - $1).size < 1e-8 })
    #expect(zip(svds[0].2, svds[1].2).allSatisfy { ($0 - $1).size < 1e-8 })
  }

  @Test(arguments: SolvingTests.dtypes, sizes + [[3, 1], [1, 4], [4, 2, 5], [30, 45], [60, 28]])
  func singular(_ dtype: DType, _ shape: [Int]) {
    let a = SolvingTests.numbers(shape, dtype)
    let (u, s, vh) = svd(a)
    let tolerance = SolvingTests.tolerance(dtype) * 10
    Self.expectClose(matmul(u * s.asType(dtype).expandedDimensions(axis: -2), vh), a, tolerance)
    let (left, right) = (matmul(SolvingTests.adjoint(u), u), matmul(vh, SolvingTests.adjoint(vh)))
    Self.expectClose(left, Self.identity(left), tolerance)
    Self.expectClose(right, Self.identity(right), tolerance)
    #expect(Bool((s .>= 0).all()))
    Self.expectClose(singularValues(a), s, tolerance)
    let full = svd(a, full: true)
    let (m, n) = (shape[shape.count - 2], shape[shape.count - 1])
    #expect(full.u.shape.dimensions.suffix(2) == [m, m] && full.vh.shape.dimensions.suffix(2) == [n, n])
    let whole = matmul(full.u, SolvingTests.adjoint(full.u))
    Self.expectClose(whole, Self.identity(whole), tolerance)
    let other = matmul(SolvingTests.adjoint(full.vh), full.vh)
    Self.expectClose(other, Self.identity(other), tolerance)
  }

  /// Matrices of every rank, also zero ones, and of extreme sizes.
  @Test(arguments: [1e-300, 1e-20, 1, 1e20, 1e300]) func rankDeficient(_ scale: Double) {
    for (m, n) in [(4, 4), (5, 3), (3, 5), (30, 40)] {
      for rank in 0...2 {
        let a =
          matmul(SolvingTests.numbers([m, 2])[..., 0..<rank], SolvingTests.numbers([2, n], phase: 2)[0..<rank]) * scale
        let (u, s, vh) = svd(a)
        Self.expectClose(matmul(u * s, vh) / scale, a / scale, 1e-12)
        Self.expectClose(matmul(SolvingTests.adjoint(u), u), Tensor.eye(min(m, n)), 1e-12)
        Self.expectClose(matmul(vh, SolvingTests.adjoint(vh)), Tensor.eye(min(m, n)), 1e-12)
      }
    }
    let a = Self.hermitian([5, 5]) * scale
    let (values, vectors) = symmetricEigen(a)
    Self.expectClose(matmul(vectors * (values / scale), SolvingTests.adjoint(vectors)), a / scale, 1e-12)
  }

  @Test func notFinite() {
    for bad in [Double.nan, .infinity, -.infinity] {
      var a = Self.hermitian([2, 3, 3])
      a[0, 1, 1] = Tensor(bad)
      let (values, vectors) = symmetricEigen(a)
      #expect(Bool(isNaN(values[0]).all()) && Bool(isNaN(vectors[0]).all()) && Bool(isFinite(vectors[1]).all()))
      let (u, s, vh) = svd(a)
      #expect(
        Bool(isNaN(u[0]).all()) && Bool(isNaN(s[0]).all()) && Bool(isNaN(vh[0]).all()) && Bool(isFinite(u[1]).all()))
      #expect(Bool(isNaN(matrixFunction(a, .exponential)[0]).all()))
    }
  }

  @Test func empty() {
    let (values, vectors) = symmetricEigen(Tensor.zeros([2, 0, 0]))
    #expect(values.shape.dimensions == [2, 0] && vectors.shape.dimensions == [2, 0, 0])
    let (u, s, vh) = svd(Tensor.zeros([0, 3]), full: true)
    #expect(u.shape.dimensions == [0, 0] && s.shape.dimensions == [0] && vh.shape.dimensions == [3, 3])
    #expect(Double(grad { svd($0).s.sum() }(Tensor.zeros([3, 0])).sum()) == 0)
    #expect(matrixFunction(Tensor.zeros([0, 0]), .exponential).count == 0)
    #expect(Double(spectralSum(Tensor.zeros([0, 0]), .exponential)) == 0)
  }

  @Test func errors() {
    let functions: [(Tensor) -> Tensor] = [
      { symmetricEigen($0).values }, { symmetricEigenvalues($0) }, { matrixFunction($0, .sine) },
      { spectralSum($0, .sine) },
    ]
    for function in functions {
      #expect(throws: TensorError.self) { try catchingTensorErrors { function(Tensor.zeros([2, 3])) } }
      #expect(throws: TensorError.self) { try catchingTensorErrors { function(Tensor.zeros([3])) } }
    }
    #expect(throws: TensorError.self) { try catchingTensorErrors { svd(Tensor.zeros([3])).s } }
    #expect(throws: TensorError.self) {
      try catchingTensorErrors { singularValues(Tensor.zeros([3, 3], dtype: .int32)) }
    }
  }

  /// Three orders, in both modes, against differences.
  @Test func thirdOrders() throws {
    let a = Self.hermitian([3, 3])
    _ = try checkGradients({ (symmetricEigenvalues($0) ** 3).sum() }, at: a, order: 3)
    _ = try checkGradients({ symmetricEigenvalues($0)[0] }, at: a, order: 3)
    _ = try checkGradients({ (symmetricEigen($0).vectors ** 3).sum() }, at: a, order: 3)
    let b = SolvingTests.numbers([3, 2])
    _ = try checkGradients({ (svd($0).u ** 3).sum() + (svd($0).vh ** 3).sum() }, at: b, order: 3)
    _ = try checkGradients({ (singularValues($0) ** 3).sum() }, at: b, order: 3)
    _ = try checkGradients({ (matrixFunction($0, .exponential) ** 2).sum() }, at: a, order: 3)
    _ = try checkGradients({ (matrixFunction(matmul($0, $0), .squareRoot) ** 2).sum() }, at: a, order: 3)
  }

  /// Orders that a text or JSON names are refused, not computed with.
  @Test(arguments: [Int.max, .max - 1, -1, .min]) func impossibleOrders(order: Int) {
    let types = [TensorType(.float64, [3, 3]), TensorType(.float64, [3]), TensorType(.float64, [3, 3])]
    #expect(throws: TensorError.self) { try SpectralForm(.exponential, order: order).resultTypes(of: types) }
    #expect(throws: TensorError.self) { try DividedDifferences(.sine, order: order).resultTypes(of: [types[1]]) }
  }
}
