import HostTensors

extension BLAS {
  private typealias SingleSolver =
    @convention(c) (
      Int32, Int32, Int32, Int32, Int32, Int32, Int32, Float, UnsafeRawPointer, Int32, UnsafeMutableRawPointer, Int32
    ) -> Void
  private typealias DoubleSolver =
    @convention(c) (
      Int32, Int32, Int32, Int32, Int32, Int32, Int32, Double, UnsafeRawPointer, Int32, UnsafeMutableRawPointer, Int32
    ) -> Void
  private typealias ComplexSolver =
    @convention(c) (
      Int32, Int32, Int32, Int32, Int32, Int32, Int32, UnsafeRawPointer, UnsafeRawPointer, Int32,
      UnsafeMutableRawPointer, Int32
    ) -> Void

  /// Replaces the right sides of triangular equations by the solutions; matrices lie row by row, without gaps.
  ///
  /// - Parameters:
  ///   - size: the number of equations.
  ///   - columns: the number of right sides.
  ///   - isUpper: whether the upper triangle of the matrix is read.
  ///   - isConjugated: whether a transposed matrix is conjugated, too.
  /// - Returns: whether they were solved; not where the library has no such routine.
  package func solveTriangular(
    _ matrix: UnsafeRawPointer, _ sides: UnsafeMutableRawPointer, _ dtype: DType, size: Int, columns: Int,
    isUpper: Bool, isTransposed: Bool, isConjugated: Bool, hasUnitDiagonal: Bool
  ) -> Bool {
    // The values of CblasRowMajor, CblasLeft, CblasUpper and CblasLower, CblasNoTrans to CblasConjTrans, CblasUnit.
    let (rowMajor, left, triangle): (Int32, Int32, Int32) = (101, 141, isUpper ? 121 : 122)
    let transform: Int32 = isTransposed ? (isConjugated ? 113 : 112) : 111
    let diagonal: Int32 = hasUnitDiagonal ? 132 : 131
    let (n, k) = (Int32(size), Int32(columns))
    func complex<Part: BinaryFloatingPoint>(_ name: String, _: Part.Type) -> Bool {
      guard let solve = library.function(name, as: ComplexSolver.self) else { return false }
      withUnsafeBytes(of: (1 as Part, 0 as Part)) { one in
        guard let one = one.baseAddress else { return }
        solve(rowMajor, left, triangle, transform, diagonal, n, k, one, matrix, n, sides, k)
      }
      return true
    }
    switch dtype {
    case .float32:
      guard let solve = library.function("cblas_strsm", as: SingleSolver.self) else { return false }
      solve(rowMajor, left, triangle, transform, diagonal, n, k, 1, matrix, n, sides, k)
      return true
    case .float64:
      guard let solve = library.function("cblas_dtrsm", as: DoubleSolver.self) else { return false }
      solve(rowMajor, left, triangle, transform, diagonal, n, k, 1, matrix, n, sides, k)
      return true
    case .complex64: return complex("cblas_ctrsm", Float.self)
    case .complex128: return complex("cblas_ztrsm", Double.self)
    case .int32, .int64, .bool: preconditionFailure("\(dtype) has no equations in BLAS")
    }
  }
}
