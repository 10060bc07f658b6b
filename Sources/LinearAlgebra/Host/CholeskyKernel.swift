import HostLibraries
import Numerics
import Primitives

extension UnsafeMutablePointer where Pointee: MatrixScalar {
  /// Replaces a Hermitian matrix by its lower Cholesky factor. The lower triangle is read; imaginary parts of the diagonal are
  /// not. A matrix that is not positive definite becomes `nan`.
  func factorCholesky(_ n: Int, by library: LAPACK.Routine<LAPACK.Cholesky>?) {
    let isFactored: Bool
    if let library, n >= LAPACK.smallestSize {
      isFactored = library.call(UnsafeMutableRawPointer(self), n)
    } else {
      isFactored = factorCholesky(n)
    }
    for row in 0..<n {
      for column in (isFactored ? row + 1 : 0)..<n {
        self[row &* n &+ column] = isFactored ? .zeroScalar : .notANumber
      }
    }
  }

  /// The factor row by row, by scalar products of rows.
  ///
  /// - Returns: whether the matrix is positive definite.
  private func factorCholesky(_ n: Int) -> Bool {
    for i in 0..<n {
      let row = self + i &* n
      for j in 0...i {
        let other = self + j &* n
        var sum = row[j]
        for k in 0..<j { sum -= row[k] * other[k].conjugated }
        if j < i {
          row[j] = sum / other[j]
        } else {
          let square = sum.realPart
          // `nan` is not greater, either.
          guard square > 0, square.isFinite else { return false }
          row[j] = Pointee(square.squareRoot())
        }
      }
    }
    return true
  }
}
