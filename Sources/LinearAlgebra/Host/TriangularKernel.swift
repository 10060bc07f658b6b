import HostLibraries
import Numerics
import Primitives

/// A triangle of a matrix as the matrix of equations.
struct TriangularSystem: Hashable, Sendable {
  /// Whether the upper triangle is read, and not the lower one.
  var isUpper: Bool
  /// The matrix, its transpose or its adjoint.
  var transform: MatrixTransform
  /// Whether the diagonal is read as ones.
  var hasUnitDiagonal: Bool
  /// Whether products with a zero, and quotients of zeros, are zero whatever the other number is.
  var absorbsZeros = false
}

extension UnsafeMutablePointer where Pointee: MatrixScalar {
  /// Replaces the right sides of equations by the solutions, all of them `nan` where the diagonal has a zero and zeros do not
  /// absorb.
  ///
  /// - Parameters:
  ///   - matrix: n x n elements.
  ///   - columns: the number of right sides; a row has so many elements.
  func solve(
    _ system: TriangularSystem, _ matrix: UnsafePointer<Pointee>, _ n: Int, columns: Int, by library: BLAS?
  ) {
    if n == 0 || columns == 0 { return }
    let isSingular = !system.hasUnitDiagonal && (0..<n).contains { matrix[$0 &* (n &+ 1)] == .zeroScalar }
    let absorbs =
      system.absorbsZeros
      && (isSingular || !matrix.areAllFinite(n &* n) || !UnsafePointer(self).areAllFinite(n &* columns))
    if isSingular, !absorbs {
      return update(repeating: .notANumber, count: n &* columns)
    }
    if !absorbs, let library, n >= LAPACK.smallestSize,
      library.solveTriangular(
        UnsafeRawPointer(matrix), UnsafeMutableRawPointer(self), Pointee.dtype, size: n, columns: columns,
        isUpper: system.isUpper, isTransposed: system.transform != .identity,
        isConjugated: system.transform == .adjoint, hasUnitDiagonal: system.hasUnitDiagonal)
    {
      return
    }
    // From the first row on where the equations are lower triangular.
    let isForward = system.isUpper == (system.transform != .identity)
    for step in 0..<n {
      let i = isForward ? step : n &- 1 &- step
      let row = self + i &* columns
      for earlier in 0..<step {
        let j = isForward ? earlier : n &- 1 &- earlier
        let factor: Pointee =
          switch system.transform {
          case .identity: matrix[i &* n &+ j]
          case .transpose: matrix[j &* n &+ i]
          case .adjoint: matrix[j &* n &+ i].conjugated
          }
        let known = self + j &* columns
        if absorbs {
          if factor == .zeroScalar { continue }
          for column in 0..<columns where known[column] != .zeroScalar { row[column] -= factor * known[column] }
        } else {
          for column in 0..<columns { row[column] -= factor * known[column] }
        }
      }
      if system.hasUnitDiagonal { continue }
      let diagonal = matrix[i &* (n &+ 1)]
      let divisor = system.transform == .adjoint ? diagonal.conjugated : diagonal
      for column in 0..<columns where !absorbs || row[column] != .zeroScalar { row[column] /= divisor }
    }
  }
}

extension UnsafePointer where Pointee: MatrixScalar {
  /// Whether no number is infinite or `nan`.
  func areAllFinite(_ count: Int) -> Bool { (0..<count).allSatisfy { self[$0].size.isFinite } }
}
