import HostLibraries
import Numerics
import Primitives

extension UnsafeMutablePointer where Pointee: MatrixScalar {
  /// Writes the factors of this m x n matrix: Q, m x k with orthonormal columns, and R, k x n and upper triangular, where k is the
  /// smaller of m and n. This memory is written over.
  func factorQR(
    _ m: Int, _ n: Int, _ q: UnsafeMutablePointer, _ r: UnsafeMutablePointer, by library: LAPACK.QR?
  ) {
    let k = Swift.min(m, n)
    guard UnsafePointer(self).areAllFinite(m &* n) else {
      q.update(repeating: .notANumber, count: m &* k)
      return r.update(repeating: .notANumber, count: k &* n)
    }
    if let library, k >= LAPACK.smallestSize { return library.call(self, m, n, q, r) }
    // The vectors of the reflections stay below the diagonal, with a 1 on it that is not stored.
    var factors = [Pointee](repeating: .zeroScalar, count: k)
    for column in 0..<k { factors[column] = reflectColumn(column, m, n) }
    for row in 0..<k {
      for column in 0..<n { r[row &* n &+ column] = column < row ? .zeroScalar : self[row &* n &+ column] }
    }
    // Q is the product of the reflections, from the last one on applied to the first columns of the identity.
    for row in 0..<m { for column in 0..<k { q[row &* k &+ column] = row == column ? 1 : .zeroScalar } }
    for reflection in stride(from: k - 1, through: 0, by: -1) {
      let factor = factors[reflection]
      if factor == .zeroScalar { continue }
      for column in reflection..<k {
        var sum = q[reflection &* k &+ column]
        for row in (reflection &+ 1)..<Swift.max(m, reflection &+ 1) {
          sum += self[row &* n &+ reflection].conjugated * q[row &* k &+ column]
        }
        sum *= factor
        q[reflection &* k &+ column] -= sum
        for row in (reflection &+ 1)..<Swift.max(m, reflection &+ 1) {
          q[row &* k &+ column] -= self[row &* n &+ reflection] * sum
        }
      }
    }
  }

  /// Reflects the rest of the matrix so that a column has zeros below the diagonal, and a real number on it; the vector of the
  /// reflection takes their place.
  ///
  /// - Returns: the factor τ of the reflection 1 - τ v vᴴ, 0 where there is nothing to reflect.
  private func reflectColumn(_ column: Int, _ m: Int, _ n: Int) -> Pointee {
    let below = (column &+ 1)..<Swift.max(m, column &+ 1)
    var largest = Pointee.RealPart.zero
    for row in column..<m { largest = Swift.max(largest, self[row &* n &+ column].size) }
    if largest == 0 { return .zeroScalar }
    // Scaled, so that squares do not overflow.
    let scale = Pointee(largest)
    var tail = Pointee.RealPart.zero
    for row in below {
      let scaled = self[row &* n &+ column] / scale
      tail += (scaled * scaled.conjugated).realPart
    }
    let alpha = self[column &* n &+ column]
    let head = alpha / scale
    if tail == 0, head == Pointee(head.realPart) { return .zeroScalar }
    let length = ((head * head.conjugated).realPart + tail).squareRoot() * largest
    let beta = Pointee(alpha.realPart > 0 ? -length : length)
    let factor = (beta - alpha) / beta
    for row in below { self[row &* n &+ column] /= alpha - beta }
    self[column &* n &+ column] = beta
    let adjoint = factor.conjugated
    for other in (column &+ 1)..<Swift.max(n, column &+ 1) {
      var sum = self[column &* n &+ other]
      for row in below { sum += self[row &* n &+ column].conjugated * self[row &* n &+ other] }
      sum *= adjoint
      self[column &* n &+ other] -= sum
      for row in below { self[row &* n &+ other] -= self[row &* n &+ column] * sum }
    }
    return factor
  }
}
