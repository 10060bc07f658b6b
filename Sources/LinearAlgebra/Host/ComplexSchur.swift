import Numerics
import Primitives

/// A complex matrix as Z T Zᴴ with a unitary Z and an upper triangular T.
///
/// Householder's reflections make it a Hessenberg matrix; the QR iteration with single shifts makes it triangular (Golub and
/// Van Loan, Matrix Computations, 7.5; the shifts are those of EISPACK's `comqr`).
struct ComplexSchur<Real: ComplexPart> {
  typealias Number = Complex<Real>

  /// The number of rows.
  let n: Int
  /// The triangular matrix, in rows.
  private(set) var t: [Number]
  /// Row j is column j of Z.
  private(set) var z: [Number]

  /// The Hessenberg form of a matrix in rows.
  init(hessenberg matrix: [Number], _ n: Int) {
    self.n = n
    t = matrix
    z = [Number](repeating: .zero, count: n &* n)
    for k in 0..<n { z[k &* n &+ k] = 1 }
    for k in 0..<Swift.max(n - 2, 0) { reflect(k) }
  }

  /// Reflects rows and columns behind k, so that column k is zero below its second element under the diagonal.
  private mutating func reflect(_ k: Int) {
    let rows = (k &+ 1)..<n
    var v = rows.map { t[$0 &* n &+ k] }
    let tail = v.dropFirst().reduce(Real.zero) { $0 + $1.squaredSize }
    if tail == 0 { return }
    let length = (v[0].squaredSize + tail).squareRoot()
    // The first element keeps its phase.
    let size = v[0].squaredSize.squareRoot()
    let turn = size == 0 ? Number(1) : v[0].scaled(by: 1 / size)
    v[0] += turn.scaled(by: length)
    let factor: Real = 2 / v.reduce(Real.zero) { $0 + $1.squaredSize }
    for column in k..<n {
      var sum = Number.zero
      for (i, row) in rows.enumerated() { sum += v[i].conjugate * t[row &* n &+ column] }
      sum = sum.scaled(by: factor)
      for (i, row) in rows.enumerated() { t[row &* n &+ column] -= v[i] * sum }
    }
    for row in 0..<n {
      var sum = Number.zero
      for (i, column) in rows.enumerated() { sum += t[row &* n &+ column] * v[i] }
      sum = sum.scaled(by: factor)
      for (i, column) in rows.enumerated() { t[row &* n &+ column] -= sum * v[i].conjugate }
    }
    for index in 0..<n {
      var sum = Number.zero
      for (i, column) in rows.enumerated() { sum += z[column &* n &+ index] * v[i] }
      sum = sum.scaled(by: factor)
      for (i, column) in rows.enumerated() { z[column &* n &+ index] -= sum * v[i].conjugate }
    }
    for row in rows.dropFirst() { t[row &* n &+ k] = .zero }
  }

  /// Makes the Hessenberg matrix triangular.
  ///
  /// - Returns: whether the iteration converged, as it does within a few steps per row.
  mutating func triangularize() -> Bool {
    var (end, step) = (n - 1, 0)
    while end > 0 {
      var start = end
      while start > 0 {
        let size = t[(start - 1) &* (n &+ 1)].size + t[start &* (n &+ 1)].size
        if t[start &* n &+ start &- 1].size <= Real.ulpOfOne * size {
          t[start &* n &+ start &- 1] = .zero
          break
        }
        start -= 1
      }
      if start == end {
        (end, step) = (end - 1, 0)
        continue
      }
      step += 1
      if step > 120 { return false }
      iterate(start, end, shift(end, isExceptional: step % 10 == 0))
    }
    return true
  }

  /// The eigenvalue of the last two rows that is closer to the last element; now and then another number, which breaks cycles.
  private func shift(_ end: Int, isExceptional: Bool) -> Number {
    let (a, b) = (t[(end &- 1) &* (n &+ 1)], t[(end &- 1) &* n &+ end])
    let (c, d) = (t[end &* n &+ end &- 1], t[end &* (n &+ 1)])
    if isExceptional { return d + Number(c.size) }
    let half = (a - d).scaled(by: 0.5)
    let root = Number.sqrt(half * half + b * c)
    let larger = (half + root).squaredSize > (half - root).squaredSize ? half + root : half - root
    return larger == .zero ? d : d - b * c / larger
  }

  /// One QR step between two rows.
  private mutating func iterate(_ start: Int, _ end: Int, _ shift: Number) {
    var (f, g) = (t[start &* (n &+ 1)] - shift, t[(start &+ 1) &* n &+ start])
    for k in start..<end {
      if k > start { (f, g) = (t[k &* n &+ k &- 1], t[(k &+ 1) &* n &+ k &- 1]) }
      let (first, second) = (f.squaredSize.squareRoot(), g.squaredSize.squareRoot())
      if second == 0 { continue }
      let length = Real.hypot(first, second)
      let cosine = first / length
      let turn = first == 0 ? Number(1) : f.scaled(by: 1 / first)
      let sine = turn * g.conjugate.scaled(by: 1 / length)
      rotate(&t, k &* n, (k &+ 1) &* n, Swift.max(k - 1, start)..<n, 1, cosine, sine)
      rotate(&t, k, k &+ 1, 0..<(Swift.min(k &+ 2, end) &+ 1), n, cosine, sine.conjugate)
      rotate(&z, k &* n, (k &+ 1) &* n, 0..<n, 1, cosine, sine.conjugate)
      if k > start { t[(k &+ 1) &* n &+ k &- 1] = .zero }
    }
  }

  /// x, y := c x + s y, c y - s̄ x for two rows or columns.
  private func rotate(
    _ numbers: inout [Number], _ x: Int, _ y: Int, _ places: Range<Int>, _ stride: Int, _ c: Real, _ s: Number
  ) {
    numbers.withUnsafeMutableBufferPointer { numbers in
      for place in places {
        let (i, j) = (x &+ place &* stride, y &+ place &* stride)
        let (a, b) = (numbers[i], numbers[j])
        numbers[i] = a.scaled(by: c) + s * b
        numbers[j] = b.scaled(by: c) - s.conjugate * a
      }
    }
  }

  /// The eigenvectors, each in a row, by back substitution; divisors that vanish are taken as rounding errors.
  func eigenvectors() -> [Number] {
    let largest = t.reduce(Real.zero) { Swift.max($0, $1.size) }
    let least = Swift.max(largest * Real.ulpOfOne, Real.leastNormalMagnitude)
    var vectors = [Number](repeating: .zero, count: n &* n)
    for k in 0..<n {
      var x = [Number](repeating: .zero, count: k + 1)
      x[k] = 1
      for i in stride(from: k - 1, through: 0, by: -1) {
        var sum = Number.zero
        for j in (i &+ 1)...k { sum += t[i &* n &+ j] * x[j] }
        let divisor = t[i &* (n &+ 1)] - t[k &* (n &+ 1)]
        x[i] = -sum / (divisor.size < least ? Number(least) : divisor)
        // Only the direction counts.
        if x[i].size > 1 / Real.ulpOfOne {
          let scale = 1 / x[i].size
          for j in i...k { x[j] = x[j].scaled(by: scale) }
        }
      }
      for j in 0...k { for index in 0..<n { vectors[k &* n &+ index] += z[j &* n &+ index] * x[j] } }
    }
    return vectors
  }
}
