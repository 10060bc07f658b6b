import HostLibraries
import JacobiTesting
import Numerics
import Testing

@testable import LinearAlgebra
import Jacobi

/// The factorizations in Swift against those of LAPACK, where it is found, for sizes that the library gets.
@Suite struct KernelTests {
  private static func matrix<Scalar: MatrixScalar>(
    _ rows: Int, _ columns: Int, seed: UInt64, _: Scalar.Type, isPositive: Bool = false
  ) throws -> [Scalar] {
    let domain: OperandSample.Domain = isPositive ? .positiveDefinite : .any
    let sample = PrimitiveSample(LU(), [OperandSample([rows, columns], domain)], dtypes: [Scalar.dtype])
    return try OperandDrawing(sample, Scalar.dtype, seed: seed).tensors()[0].scalars(as: Scalar.self)
  }

  private static func distance<Scalar: MatrixScalar>(_ x: [Scalar], _ y: [Scalar]) -> Scalar.RealPart {
    zip(x, y).map { ($0 - $1).size }.max() ?? 0
  }

  private func cholesky<Scalar: MatrixScalar>(_ n: Int, _: Scalar.Type, _ tolerance: Scalar.RealPart) throws {
    let library = try #require(LAPACK.cholesky(Scalar.dtype))
    var own = try Self.matrix(n, n, seed: 3, Scalar.self, isPositive: true)
    var other = own
    own.withUnsafeMutableBufferPointer { $0.baseAddress!.factorCholesky(n, by: nil) }
    other.withUnsafeMutableBufferPointer { $0.baseAddress!.factorCholesky(n, by: library) }
    #expect(Self.distance(own, other) < tolerance)
  }

  @Test(.enabled(if: LAPACK.shared != nil), arguments: [24, 61]) func cholesky(_ n: Int) throws {
    try cholesky(n, Double.self, 1e-12)
    try cholesky(n, Float.self, 1e-3)
    try cholesky(n, Complex<Double>.self, 1e-12)
    try cholesky(n, Complex<Float>.self, 1e-3)
  }

  @Test(.enabled(if: LAPACK.shared != nil)) func notPositiveDefinite() throws {
    let library = try #require(LAPACK.cholesky(.float64))
    for library in [nil, library] {
      var matrix = [Double](repeating: 1, count: 30 * 30)
      matrix.withUnsafeMutableBufferPointer { $0.baseAddress!.factorCholesky(30, by: library) }
      #expect(matrix.allSatisfy { $0.isNaN })
    }
  }

  private func lu<Scalar: MatrixScalar>(_ m: Int, _ n: Int, _: Scalar.Type, _ tolerance: Scalar.RealPart) throws {
    let library = try #require(LAPACK.lu(Scalar.dtype))
    var results: [([Scalar], [Int64])] = []
    for library in [nil, library] {
      var matrix = try Self.matrix(m, n, seed: 5, Scalar.self)
      var permutation = [Int64](repeating: 0, count: m)
      matrix.withUnsafeMutableBufferPointer { matrix in
        permutation.withUnsafeMutableBufferPointer {
          matrix.baseAddress!.factorLU(m, n, $0.baseAddress!, by: library)
        }
      }
      results.append((matrix, permutation))
    }
    #expect(results[0].1 == results[1].1)
    #expect(Self.distance(results[0].0, results[1].0) < tolerance)
  }

  @Test(.enabled(if: LAPACK.shared != nil), arguments: [(24, 24), (61, 61), (30, 45), (45, 30)])
  func lu(_ m: Int, _ n: Int) throws {
    try lu(m, n, Double.self, 1e-11)
    try lu(m, n, Float.self, 1e-2)
    try lu(m, n, Complex<Double>.self, 1e-11)
  }

  private func qr<Scalar: MatrixScalar>(_ m: Int, _ n: Int, _: Scalar.Type, _ tolerance: Scalar.RealPart) throws {
    let library = try #require(LAPACK.qr(Scalar.dtype))
    let k = min(m, n)
    var results: [([Scalar], [Scalar])] = []
    for library in [nil, library] {
      var matrix = try Self.matrix(m, n, seed: 9, Scalar.self)
      var q = [Scalar](repeating: .zeroScalar, count: m * k)
      var r = [Scalar](repeating: .zeroScalar, count: k * n)
      matrix.withUnsafeMutableBufferPointer { matrix in
        q.withUnsafeMutableBufferPointer { q in
          r.withUnsafeMutableBufferPointer { r in
            matrix.baseAddress!.factorQR(m, n, q.baseAddress!, r.baseAddress!, by: library)
          }
        }
      }
      results.append((q, r))
    }
    #expect(Self.distance(results[0].0, results[1].0) < tolerance)
    #expect(Self.distance(results[0].1, results[1].1) < tolerance)
  }

  @Test(.enabled(if: LAPACK.shared != nil), arguments: [(24, 24), (61, 61), (30, 45), (80, 30)])
  func qr(_ m: Int, _ n: Int) throws {
    try qr(m, n, Double.self, 1e-11)
    try qr(m, n, Float.self, 1e-2)
    try qr(m, n, Complex<Double>.self, 1e-11)
    try qr(m, n, Complex<Float>.self, 1e-2)
  }

  private func triangular<Scalar: MatrixScalar>(_: Scalar.Type, _ tolerance: Scalar.RealPart) throws {
    let n = 40
    let columns = 7
    var matrix = try Self.matrix(n, n, seed: 7, Scalar.self)
    for row in 0..<n { matrix[row * n + row] += 60 }
    let sides = try Self.matrix(n, columns, seed: 8, Scalar.self)
    for isUpper in [true, false] {
      for transform in MatrixTransform.allCases {
        for isUnit in [true, false] {
          // Elements far below 1 keep the solution of ones on the diagonal small.
          let scaled = isUnit ? matrix.map { $0 / Scalar(100 as Scalar.RealPart) } : matrix
          let system = TriangularSystem(isUpper: isUpper, transform: transform, hasUnitDiagonal: isUnit)
          var results: [[Scalar]] = []
          for library in [nil, BLAS.shared] {
            var solution = sides
            solution.withUnsafeMutableBufferPointer {
              $0.baseAddress!.solve(system, scaled, n, columns: columns, by: library)
            }
            results.append(solution)
          }
          #expect(Self.distance(results[0], results[1]) < tolerance, "\(system)")
        }
      }
    }
  }

  @Test(.enabled(if: BLAS.shared != nil)) func triangular() throws {
    try triangular(Double.self, 1e-12)
    try triangular(Float.self, 1e-3)
    try triangular(Complex<Double>.self, 1e-12)
    try triangular(Complex<Float>.self, 1e-3)
  }
}
