import HostLibraries
import Numerics
import Primitives

/// Writes the factors of an m x n matrix A = U S Vᴴ: the singular values in descending order, U [m, k] and Vᴴ [k, n], where k is
/// the smaller of m and n.
///
/// In each column of U the component of the largest magnitude is real and positive, and so it is in each column of V whose
/// singular value is zero. Elements that are not finite make all results `nan`. Without a library Jacobi's one-sided rotations
/// are used, which find small values to full relative accuracy (Demmel and Veselić, SIAM J. Matrix Anal. Appl. 13, 1992).
func writeSVD<Scalar: MatrixScalar>(
  of matrix: UnsafePointer<Scalar>, _ m: Int, _ n: Int, _ u: UnsafeMutablePointer<Scalar>?,
  _ values: UnsafeMutablePointer<Scalar.RealPart>, _ vh: UnsafeMutablePointer<Scalar>?, by library: LAPACK.SVD?
) {
  let k = Swift.min(m, n)
  func fail() {
    values.update(repeating: .nan, count: k)
    u?.update(repeating: .notANumber, count: m &* k)
    vh?.update(repeating: .notANumber, count: k &* n)
  }
  var largest: Scalar.RealPart = 0
  for index in 0..<(m &* n) {
    if !matrix[index].size.isFinite { return fail() }
    largest = Swift.max(largest, matrix[index].size)
  }
  let scale = scaling(of: largest)
  let fits = k <= LAPACK.largestSpectrum && Swift.max(m, n) <= 1 << 20
  if let library, k >= LAPACK.smallestSpectrum, fits {
    var copy = (0..<(m &* n)).map { matrix[$0].scaled(by: scale) }
    if copy.withUnsafeMutableBytes({ library.call($0.baseAddress!, m, n, u, values, vh) }) {
      for index in 0..<k { values[index] /= scale }
      if let u, let vh { turn(u, values, vh, m, n) }
      return
    }
  }
  // The columns of A, or those of Aᴴ, whichever are fewer.
  let isTall = m >= n
  let length = Swift.max(m, n)
  var vectors = [Scalar](repeating: .zeroScalar, count: m &* n)
  for row in 0..<m {
    for column in 0..<n {
      let element = matrix[row &* n &+ column].scaled(by: scale)
      if isTall {
        vectors[column &* m &+ row] = element
      } else {
        vectors[row &* n &+ column] = element.conjugated
      }
    }
  }
  var jacobi = OneSidedJacobi(vectors, k, length, hasRotations: u != nil)
  guard jacobi.run() else { return fail() }
  for (place, source) in jacobi.order.enumerated() { values[place] = jacobi.lengths[source] / scale }
  guard let u, let vh else { return }
  jacobi.complete()
  for (place, source) in jacobi.order.enumerated() {
    for index in 0..<length {
      let element = jacobi.vectors[source &* length &+ index]
      if isTall { u[index &* k &+ place] = element } else { vh[place &* n &+ index] = element.conjugated }
    }
    for index in 0..<k {
      let element = jacobi.rotations[source &* k &+ index]
      if isTall { vh[place &* n &+ index] = element.conjugated } else { u[index &* k &+ place] = element }
    }
  }
  turn(u, values, vh, m, n)
}

/// Turns the columns of U and those of V with them.
private func turn<Scalar: MatrixScalar>(
  _ u: UnsafeMutablePointer<Scalar>, _ values: UnsafeMutablePointer<Scalar.RealPart>,
  _ vh: UnsafeMutablePointer<Scalar>,
  _ m: Int, _ n: Int
) {
  let k = Swift.min(m, n)
  for place in 0..<k {
    let column = (0..<m).map { u[$0 &* k &+ place] }
    let factor = column.withUnsafeBufferPointer { phase(of: $0.baseAddress!, m) }
    for row in 0..<m { u[row &* k &+ place] *= factor.conjugated }
    let row = vh + place &* n
    // U S Vᴴ stays the same; where the value is zero, V has a phase of its own.
    let own = values[place] == 0 ? phase(of: row, n).conjugated : factor
    for index in 0..<n { row[index] *= own }
  }
}

/// Rotations that make vectors orthogonal to each other, in pairs.
struct OneSidedJacobi<Scalar: MatrixScalar> {
  typealias Real = Scalar.RealPart

  /// The number of vectors.
  let count: Int
  /// The length of each.
  let length: Int
  /// The vectors, one after the other: orthonormal ones once they are complete.
  private(set) var vectors: [Scalar]
  /// The product of the rotations, column after column.
  private(set) var rotations: [Scalar]
  /// The lengths of the vectors.
  private(set) var lengths: [Real]
  /// The indices of the vectors in the descending order of their lengths.
  private(set) var order: [Int]

  init(_ vectors: [Scalar], _ count: Int, _ length: Int, hasRotations: Bool) {
    (self.vectors, self.count, self.length) = (vectors, count, length)
    lengths = []
    order = []
    rotations = hasRotations ? [Scalar](repeating: .zeroScalar, count: count &* count) : []
    if hasRotations { for index in 0..<count { rotations[index &* count &+ index] = 1 } }
  }

  /// Rotates until all vectors are orthogonal to rounding.
  ///
  /// - Returns: whether that was reached; ten sweeps usually suffice.
  mutating func run() -> Bool {
    var isDone = false
    for _ in 0..<60 where !isDone {
      isDone = true
      for p in 0..<count { for q in (p &+ 1)..<Swift.max(count, p &+ 1) where rotate(p, q) { isDone = false } }
    }
    let (length, all) = (self.length, vectors)
    lengths = (0..<count).map { index in
      all[(index &* length)..<((index &+ 1) &* length)].reduce(Real.zero) { $0 + $1.squaredSize }.squareRoot()
    }
    let sizes = lengths
    order = (0..<count).sorted { sizes[$0] > sizes[$1] }
    return isDone
  }

  /// Makes two vectors orthogonal.
  ///
  /// - Returns: whether they were not.
  private mutating func rotate(_ p: Int, _ q: Int) -> Bool {
    var (alpha, beta, gamma): (Real, Real, Scalar) = (0, 0, .zeroScalar)
    vectors.withUnsafeBufferPointer { vectors in
      guard let first = vectors.baseAddress else { return }
      let (x, y) = (first + p &* length, first + q &* length)
      for index in 0..<length {
        alpha += x[index].squaredSize
        beta += y[index].squaredSize
        gamma += x[index].conjugated * y[index]
      }
    }
    let size = gamma.squaredSize.squareRoot()
    let bound = 4 * Real.ulpOfOne * alpha.squareRoot() * beta.squareRoot()
    if size <= bound || size == 0 { return false }
    let turn = gamma.scaled(by: 1 / size).conjugated
    let zeta = (beta - alpha) / (2 * size)
    let tangent = (zeta < 0 ? -1 : 1) / (zeta.magnitude + Real.hypot(1, zeta))
    let cosine = 1 / Real.hypot(1, tangent)
    let sine = cosine * tangent
    Self.rotate(&vectors, p, q, length, cosine, sine, turn)
    if !rotations.isEmpty { Self.rotate(&rotations, p, q, count, cosine, sine, turn) }
    return true
  }

  private static func rotate(
    _ rows: inout [Scalar], _ p: Int, _ q: Int, _ length: Int, _ cosine: Real, _ sine: Real, _ turn: Scalar
  ) {
    rows.withUnsafeMutableBufferPointer { rows in
      guard let first = rows.baseAddress else { return }
      let (x, y) = (first + p &* length, first + q &* length)
      for index in 0..<length {
        let (a, b) = (x[index], y[index] * turn)
        x[index] = a.scaled(by: cosine) - b.scaled(by: sine)
        y[index] = a.scaled(by: sine) + b.scaled(by: cosine)
      }
    }
  }

  /// Divides the vectors by their lengths, and puts unit vectors orthogonal to the others in the place of those that vanish.
  mutating func complete() {
    let largest = lengths.max() ?? 0
    let least = Swift.max(largest * Real.ulpOfOne * Real.ulpOfOne, Real.leastNormalMagnitude)
    var done: [Int] = []
    for index in order {
      if lengths[index] > least {
        let factor = 1 / lengths[index]
        for place in 0..<length {
          vectors[index &* length &+ place] = vectors[index &* length &+ place].scaled(by: factor)
        }
      } else {
        lengths[index] = 0
        fill(index, beside: done)
      }
      done.append(index)
    }
  }

  /// The unit vector of an axis, without its parts along other vectors; of the axis where most of it is left.
  private mutating func fill(_ index: Int, beside others: [Int]) {
    var best = (left: Real.zero, axis: 0)
    for axis in 0..<length {
      let left = others.reduce(Real(1)) { $0 - vectors[$1 &* length &+ axis].squaredSize }
      if left > best.left { best = (left, axis) }
    }
    let start = index &* length
    for place in 0..<length { vectors[start &+ place] = place == best.axis ? 1 : .zeroScalar }
    // Twice is enough (Kahan; see Parlett, The Symmetric Eigenvalue Problem, 6.9).
    for _ in 0..<2 {
      for other in others {
        var inner = Scalar.zeroScalar
        for place in 0..<length { inner += vectors[other &* length &+ place].conjugated * vectors[start &+ place] }
        for place in 0..<length { vectors[start &+ place] -= vectors[other &* length &+ place] * inner }
      }
      let size = vectors[start..<(start &+ length)].reduce(Real.zero) { $0 + $1.squaredSize }.squareRoot()
      for place in 0..<length { vectors[start &+ place] = vectors[start &+ place].scaled(by: 1 / size) }
    }
  }
}
