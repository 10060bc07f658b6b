import HostLibraries
import Numerics
import Primitives

/// Writes the eigenvalues of a Hermitian matrix in ascending order, and the eigenvectors in columns.
///
/// The lower triangle is read, and the real parts of the diagonal. Elements that are not finite make all results `nan`.
///
/// - Parameters:
///   - values: memory for n numbers.
///   - vectors: memory for n x n elements, or `nil` where no vectors are wanted.
func writeHermitianEigen<Scalar: MatrixScalar>(
  of matrix: UnsafePointer<Scalar>, _ n: Int, _ values: UnsafeMutablePointer<Scalar.RealPart>,
  _ vectors: UnsafeMutablePointer<Scalar>?, by library: LAPACK.HermitianEigen?
) {
  func fail() {
    values.update(repeating: .nan, count: n)
    vectors?.update(repeating: .notANumber, count: n &* n)
  }
  var whole = [Scalar](repeating: .zeroScalar, count: n &* n)
  var largest: Scalar.RealPart = 0
  for row in 0..<n {
    for column in 0...row {
      let element = row == column ? Scalar(matrix[row &* n &+ row].realPart) : matrix[row &* n &+ column]
      if !element.size.isFinite { return fail() }
      largest = Swift.max(largest, element.size)
      whole[row &* n &+ column] = element
      whole[column &* n &+ row] = element.conjugated
    }
  }
  let scale = scaling(of: largest)
  if scale != 1 { for index in whole.indices { whole[index] = whole[index].scaled(by: scale) } }

  if let library, n >= LAPACK.smallestSpectrum, n <= LAPACK.largestSpectrum {
    var copy = whole
    let isDone = copy.withUnsafeMutableBytes { library.call($0.baseAddress!, n, values, vectors: vectors != nil) }
    if isDone {
      for index in 0..<n { values[index] /= scale }
      for index in copy.indices where vectors != nil { copy[index] = copy[index].conjugated }
      if let vectors { writeColumns(copy, Array(0..<n), n, vectors) }
      return
    }
  }
  var tridiagonal = HermitianTridiagonal(whole, n, vectors: vectors != nil)
  guard tridiagonal.diagonalize() else { return fail() }
  let order = tridiagonal.diagonal.indices.sorted { tridiagonal.diagonal[$0] < tridiagonal.diagonal[$1] }
  for (place, source) in order.enumerated() { values[place] = tridiagonal.diagonal[source] / scale }
  if let vectors { writeColumns(tridiagonal.vectors, order, n, vectors) }
}

/// A power of two that brings the largest element near 1, where squares of the elements could overflow or vanish; else 1.
func scaling<Real: ComplexPart>(of largest: Real) -> Real {
  if largest == 0 { return 1 }
  let (exponent, limit) = (Int(largest.exponent), Int(Real.greatestFiniteMagnitude.exponent))
  if exponent.magnitude < limit / 4 { return 1 }
  return Real(
    sign: .plus, exponent: Real.Exponent(Swift.min(Swift.max(-exponent, -limit + 2), limit - 2)), significand: 1)
}

/// Writes vectors that lie in rows as columns, in an order, each turned so that ``phase(of:_:)`` is 1.
func writeColumns<Scalar: MatrixScalar>(
  _ rows: [Scalar], _ order: [Int], _ length: Int, _ columns: UnsafeMutablePointer<Scalar>
) {
  rows.withUnsafeBufferPointer { rows in
    guard let first = rows.baseAddress else { return }
    for (place, source) in order.enumerated() {
      let row = first + source &* length
      let turn = phase(of: row, length).conjugated
      for index in 0..<length { columns[index &* order.count &+ place] = row[index] * turn }
    }
  }
}

/// The phase of the component of a vector that has the largest magnitude, the first of those whose magnitudes are equal up to
/// the square root of the rounding error; 1 for a zero vector.
func phase<Scalar: MatrixScalar>(of vector: UnsafePointer<Scalar>, _ count: Int) -> Scalar {
  var largest: Scalar.RealPart = 0
  for index in 0..<count { largest = Swift.max(largest, vector[index].squaredSize) }
  if largest == 0 { return 1 }
  let enough = largest * (1 - 2 * Scalar.RealPart.ulpOfOne.squareRoot())
  for index in 0..<count where vector[index].squaredSize >= enough {
    let chosen = vector[index]
    return chosen.scaled(by: 1 / chosen.squaredSize.squareRoot())
  }
  return .notANumber
}

extension LAPACK {
  /// Smaller matrices have their eigenvalues and singular values computed without the library.
  static var smallestSpectrum: Int { 24 }
  /// Larger matrices would need more work space than 32 bits can count.
  static var largestSpectrum: Int { 16384 }
}
