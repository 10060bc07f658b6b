import HostLibraries
import Numerics
import Primitives

extension UnsafeMutablePointer where Pointee: MatrixScalar {
  /// Replaces a matrix by its factors: below the diagonal the lower one, whose diagonal is 1, and the upper one in the rest.
  /// A matrix with a number that is not finite becomes `nan`. Rows are exchanged so that the largest element of a column is divided by.
  ///
  /// - Parameter permutation: for each row of the product of the factors, the row of the matrix.
  func factorLU(
    _ rows: Int, _ columns: Int, _ permutation: UnsafeMutablePointer<Int64>, by library: LAPACK.Routine<LAPACK.LU>?
  ) {
    for row in 0..<rows { permutation[row] = Int64(row) }
    guard UnsafePointer(self).areAllFinite(rows &* columns) else {
      return update(repeating: .notANumber, count: rows &* columns)
    }
    if let library, Swift.min(rows, columns) >= LAPACK.smallestSize {
      library.call(UnsafeMutableRawPointer(self), rows, columns) { i, j in
        (permutation[i], permutation[j]) = (permutation[j], permutation[i])
      }
      return
    }
    for k in 0..<Swift.min(rows, columns) {
      var pivot = k
      for row in k..<rows where self[row &* columns &+ k].size > self[pivot &* columns &+ k].size { pivot = row }
      if pivot != k {
        (permutation[k], permutation[pivot]) = (permutation[pivot], permutation[k])
        for column in 0..<columns {
          let (a, b) = (k &* columns &+ column, pivot &* columns &+ column)
          (self[a], self[b]) = (self[b], self[a])
        }
      }
      let top = self + k &* columns
      // A column of zeros is left as it is.
      if top[k] == .zeroScalar { continue }
      for row in (k &+ 1)..<Swift.max(rows, k &+ 1) {
        let own = self + row &* columns
        own[k] /= top[k]
        let factor = own[k]
        for column in (k &+ 1)..<Swift.max(columns, k &+ 1) { own[column] -= factor * top[column] }
      }
    }
  }
}
