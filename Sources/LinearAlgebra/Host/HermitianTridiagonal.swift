import Numerics
import Primitives

/// A Hermitian matrix as Q T Qᴴ with a unitary Q and a real tridiagonal T, and its diagonalization.
///
/// Householder's reflections make it tridiagonal; the implicit QL iteration diagonalizes it (Golub and Van Loan, Matrix
/// Computations, 8.3).
struct HermitianTridiagonal<Scalar: MatrixScalar> {
  typealias Real = Scalar.RealPart

  /// The number of rows.
  let n: Int
  /// The diagonal of T; the eigenvalues once it is diagonalized.
  private(set) var diagonal: [Real]
  /// The elements of T beside the diagonal, and 0.
  private var beside: [Real]
  /// Row j is column j of Q: an eigenvector once T is diagonalized. Empty where no vectors are wanted.
  private(set) var vectors: [Scalar]

  /// Makes a full Hermitian matrix tridiagonal.
  init(_ matrix: [Scalar], _ n: Int, vectors wantsVectors: Bool) {
    self.n = n
    diagonal = [Real](repeating: 0, count: n)
    beside = [Real](repeating: 0, count: n)
    vectors = []
    var matrix = matrix
    // Row k holds the vector of reflection k behind its diagonal.
    var factors = [Scalar](repeating: .zeroScalar, count: n)
    matrix.withUnsafeMutableBufferPointer { buffer in
      guard let a = buffer.baseAddress else { return }
      for k in 0..<(n &- 1) { (factors[k], beside[k]) = Self.reflect(a, n, k) }
      for k in 0..<n { diagonal[k] = a[k &* n &+ k].realPart }
      if wantsVectors { vectors = Self.product(of: a, factors, n) }
    }
  }

  /// Reflects column k of a matrix so that it is real below the diagonal, and zero further down.
  private static func reflect(_ a: UnsafeMutablePointer<Scalar>, _ n: Int, _ k: Int) -> (factor: Scalar, beta: Real) {
    let count = n &- k &- 1
    let v = a + (k &* n &+ k &+ 1)
    for i in 0..<count { v[i] = a[(k &+ 1 &+ i) &* n &+ k] }
    let alpha = v[0]
    var tail: Real = 0
    for i in 1..<Swift.max(count, 1) { tail += v[i].squaredSize }
    if tail == 0, alpha == Scalar(alpha.realPart) { return (.zeroScalar, alpha.realPart) }
    let length = (alpha.squaredSize + tail).squareRoot()
    let beta: Real = alpha.realPart > 0 ? -length : length
    let factor = (Scalar(beta) - alpha) / Scalar(beta)
    let divisor = alpha - Scalar(beta)
    v[0] = 1
    for i in 1..<Swift.max(count, 1) { v[i] = v[i] / divisor }
    // A - v wᴴ - w vᴴ with w = τ y - |τ|²/2 (vᴴ y) v and y = A v.
    var w = [Scalar](repeating: .zeroScalar, count: count)
    w.withUnsafeMutableBufferPointer { w in
      var inner: Real = 0
      for i in 0..<count {
        let row = a + ((k &+ 1 &+ i) &* n &+ k &+ 1)
        var sum = Scalar.zeroScalar
        for j in 0..<count { sum += row[j] * v[j] }
        w[i] = sum
        inner += (v[i].conjugated * sum).realPart
      }
      let half = factor.squaredSize * inner / 2
      for i in 0..<count { w[i] = factor * w[i] - v[i].scaled(by: half) }
      for i in 0..<count {
        let row = a + ((k &+ 1 &+ i) &* n &+ k &+ 1)
        let (vi, wi) = (v[i], w[i])
        for j in 0..<count { row[j] -= vi * w[j].conjugated + wi * v[j].conjugated }
      }
    }
    return (factor, beta)
  }

  /// The columns of the product of the reflections, as rows.
  private static func product(of a: UnsafeMutablePointer<Scalar>, _ factors: [Scalar], _ n: Int) -> [Scalar] {
    var rows = [Scalar](repeating: .zeroScalar, count: n &* n)
    for k in 0..<n { rows[k &* n &+ k] = 1 }
    rows.withUnsafeMutableBufferPointer { rows in
      guard let first = rows.baseAddress else { return }
      for k in stride(from: n - 2, through: 0, by: -1) where factors[k] != .zeroScalar {
        let v = a + (k &* n &+ k &+ 1)
        let count = n &- k &- 1
        for column in (k &+ 1)..<n {
          let z = first + (column &* n &+ k &+ 1)
          var sum = Scalar.zeroScalar
          for i in 0..<count { sum += v[i].conjugated * z[i] }
          sum *= factors[k]
          for i in 0..<count { z[i] -= v[i] * sum }
        }
      }
    }
    return rows
  }

  /// Diagonalizes T, and changes the vectors accordingly. The values are in no order.
  ///
  /// - Returns: whether the iteration converged, as it does within a few steps per value.
  mutating func diagonalize() -> Bool {
    for start in 0..<n {
      for step in 0... {
        var end = start
        while end < n - 1 {
          let size = diagonal[end].magnitude + diagonal[end + 1].magnitude
          if beside[end].magnitude <= Real.ulpOfOne * size { break }
          end += 1
        }
        if end == start { break }
        if step == 60 { return false }
        iterate(start, end)
      }
    }
    return true
  }

  /// One implicit step between two rows, from the last one up, with Wilkinson's shift.
  private mutating func iterate(_ start: Int, _ end: Int) {
    let slope = (diagonal[start + 1] - diagonal[start]) / (2 * beside[start])
    let root = Real.hypot(slope, 1)
    var g = diagonal[end] - diagonal[start] + beside[start] / (slope + (slope < 0 ? -root : root))
    var (s, c, p): (Real, Real, Real) = (1, 1, 0)
    for i in stride(from: end - 1, through: start, by: -1) {
      let f = s * beside[i]
      let b = c * beside[i]
      let r = Real.hypot(f, g)
      beside[i + 1] = r
      if r == 0 {
        diagonal[i + 1] -= p
        beside[end] = 0
        return
      }
      s = f / r
      c = g / r
      g = diagonal[i + 1] - p
      let turned = (diagonal[i] - g) * s + 2 * c * b
      p = s * turned
      diagonal[i + 1] = g + p
      g = c * turned - b
      if !vectors.isEmpty { rotate(i, c, s) }
    }
    diagonal[start] -= p
    beside[start] = g
    beside[end] = 0
  }

  /// Rotates rows i and i + 1 of the vectors.
  private mutating func rotate(_ i: Int, _ c: Real, _ s: Real) {
    vectors.withUnsafeMutableBufferPointer { vectors in
      guard let first = vectors.baseAddress else { return }
      let (x, y) = (first + i &* n, first + (i &+ 1) &* n)
      for k in 0..<n {
        let (a, b) = (x[k], y[k])
        y[k] = a.scaled(by: s) + b.scaled(by: c)
        x[k] = a.scaled(by: c) - b.scaled(by: s)
      }
    }
  }
}
