import HostLibraries
import Jacobi
import JacobiTesting
import Numerics
import Testing

@testable import LinearAlgebra

/// Eigenvalues of matrices that are not symmetric.
@Suite struct EigenTests {
  @Test(arguments: SolvingTests.dtypes, SpectraTests.sizes) func definition(_ dtype: DType, _ shape: [Int]) {
    let a = SolvingTests.numbers(shape, dtype)
    let (values, vectors) = eigen(a)
    let complexType: DType = dtype.realPart == .float32 ? .complex64 : .complex128
    #expect(values.dtype == complexType && vectors.dtype == complexType)
    let whole = a.asType(complexType)
    let tolerance = SolvingTests.tolerance(dtype) * 10
    SpectraTests.expectClose(matmul(whole, vectors), vectors * values.expandedDimensions(axis: -2), tolerance)
    let lengths = square(abs(vectors)).sum(axis: -2)
    SpectraTests.expectClose(lengths, Tensor.ones(like: lengths), tolerance)
    SpectraTests.expectClose(eigenvalues(a), values, tolerance)
    let (again, left, right) = twoSidedEigen(a)
    SpectraTests.expectClose(again, values, 0)
    SpectraTests.expectClose(right, vectors, 0)
    let adjoint = SolvingTests.adjoint(left)
    SpectraTests.expectClose(
      matmul(adjoint, whole), adjoint * values.expandedDimensions(axis: -1), tolerance * 10)
    if !dtype.isComplex {
      // Pairs of conjugates, exactly.
      let sum = imaginaryPart(values).sum(axis: -1)
      SpectraTests.expectClose(sum, Tensor.zeros(like: sum), tolerance)
    }
  }

  @Test(.enabled(if: LAPACK.shared != nil), arguments: [24, 50]) func library(_ n: Int) throws {
    let matrix = try SolvingTests.numbers([n, n], .complex128).hostValue().elements(as: Complex<Double>.self)
    for isReal in [true, false] {
      let given = isReal ? matrix.map { Complex($0.real) } : matrix
      var results: [([Complex<Double>], [Complex<Double>])] = []
      let routine = try #require(LAPACK.eigen(.complex128))
      for library in [nil, routine] {
        var values = [Complex<Double>](repeating: .zero, count: n)
        var vectors = [Complex<Double>](repeating: .zero, count: n * n)
        writeEigen(of: given, n, isReal: isReal, &values, &vectors, by: library)
        results.append((values, vectors))
      }
      #expect(zip(results[0].0, results[1].0).allSatisfy { ($0 - $1).size < 1e-11 })
      #expect(zip(results[0].1, results[1].1).allSatisfy { ($0 - $1).size < 1e-9 })
    }
  }

  @Test func specialMatrices() {
    // A rotation, a companion matrix, a cycle, triangles, zero.
    let roots = eigenvalues(Tensor([[6.0, -11, 6], [1, 0, 0], [0, 1, 0]]))
    SpectraTests.expectClose(realPart(roots), [1, 2, 3], 1e-13)
    SpectraTests.expectClose(imaginaryPart(roots), [0, 0, 0], 0)
    let cycle = Tensor.eye(6).rolled(by: 1, axis: 0)
    SpectraTests.expectClose(abs(eigenvalues(cycle)), Tensor.ones([6]), 1e-13)
    SpectraTests.expectClose(abs(eigenvalues(Tensor.zeros([5, 5]))), Tensor.zeros([5]), 0)
    let triangle = SolvingTests.numbers([5, 5]).triu()
    SpectraTests.expectClose(realPart(eigenvalues(triangle)), triangle.diagonal().sorted(), 1e-13)
    // A Jordan block, whose vectors are all parallel: the derivative does not exist.
    let jordan = Tensor([[2.0, 1, 0], [0, 2, 1], [0, 0, 2]])
    SpectraTests.expectClose(realPart(eigenvalues(jordan)), [2, 2, 2], 1e-4)
    #expect(Bool(isNaN(grad { realPart(eigenvalues($0))[0] }(jordan)).any()))
    for scale in [1e-300, 1e300] {
      let a = SolvingTests.numbers([4, 4])
      SpectraTests.expectClose(eigenvalues(a * scale) / Tensor(scale).asType(.complex128), eigenvalues(a), 1e-12)
    }
  }

  @Test func derivatives() throws {
    let a = SolvingTests.numbers([3, 3])
    _ = try checkGradients({ (abs(eigenvalues($0)) ** 3).sum() }, at: a, order: 3)
    _ = try checkGradients({ (abs(eigen($0).vectors) ** 3).sum() }, at: a, order: 2)
    let b = SolvingTests.numbers([3, 3], .complex128)
    _ = try checkGradients({ (realPart(eigenvalues($0) ** 3)).sum() }, at: b, order: 3)
    _ = try checkGradients({ realPart(twoSidedEigen($0).left).sum() }, at: b, order: 2)
    // Sums of powers are traces, also where eigenvalues are equal.
    for matrix in [a, Tensor.eye(3), Tensor([2.0, 2, 5]).diagonalMatrix()] {
      let cubes = grad { realPart(eigenvalues($0) ** 3).sum() }(matrix)
      SpectraTests.expectClose(cubes, 3 * matmul(matrix, matrix).transposed(), 1e-11)
    }
  }
}
