import HostLibraries
import Numerics
import Primitives

/// Writes the eigenvalues of a complex matrix, by their real and then their imaginary parts, and unit eigenvectors in columns.
///
/// - Parameters:
///   - isReal: whether the matrix is real; then values and vectors are real, or pairs of conjugates, exactly.
///   - values: memory for n numbers.
///   - vectors: memory for n x n numbers, or `nil` where no vectors are wanted.
func writeEigen<Real: ComplexPart>(
  of matrix: [Complex<Real>], _ n: Int, isReal: Bool, _ values: UnsafeMutablePointer<Complex<Real>>,
  _ vectors: UnsafeMutablePointer<Complex<Real>>?, by library: LAPACK.Eigen?
) {
  func fail() {
    values.update(repeating: .notANumber, count: n)
    vectors?.update(repeating: .notANumber, count: n &* n)
  }
  var largest: Real = 0
  for element in matrix {
    if !element.size.isFinite { return fail() }
    largest = Swift.max(largest, element.size)
  }
  let scale = scaling(of: largest)
  let scaled = scale == 1 ? matrix : matrix.map { $0.scaled(by: scale) }
  var found = [Complex<Real>](repeating: .zero, count: n)
  var rows = [Complex<Real>](repeating: .zero, count: n &* n)
  var isDone = false
  if let library, n >= LAPACK.smallestSpectrum, n <= LAPACK.largestSpectrum {
    isDone = scaled.withUnsafeBytes { matrix in
      found.withUnsafeMutableBytes { found in
        rows.withUnsafeMutableBytes { library.call(matrix.baseAddress!, n, found.baseAddress!, $0.baseAddress!) }
      }
    }
  }
  if !isDone {
    var schur = ComplexSchur(hessenberg: scaled, n)
    guard schur.triangularize() else { return fail() }
    found = (0..<n).map { schur.t[$0 &* (n &+ 1)] }
    rows = schur.eigenvectors()
  }
  rows.withUnsafeMutableBufferPointer { rows in
    guard let first = rows.baseAddress else { return }
    for index in 0..<n { normalize(first + index &* n, n) }
    if isReal { makeConjugate(&found, first, n) }
  }
  let order = spectralOrder(found)
  for (place, source) in order.enumerated() { values[place] = found[source].scaled(by: 1 / scale) }
  if let vectors { writeColumns(rows, order, n, vectors) }
}

/// Divides a vector by its length, and turns it so that its largest component is real.
private func normalize<Real: ComplexPart>(_ row: UnsafeMutablePointer<Complex<Real>>, _ n: Int) {
  var largest: Real = 0
  for index in 0..<n { largest = Swift.max(largest, row[index].size) }
  if largest == 0 { return }
  for index in 0..<n { row[index] = row[index].scaled(by: 1 / largest) }
  var sum: Real = 0
  for index in 0..<n { sum += row[index].squaredSize }
  let turn = phase(of: UnsafePointer(row), n).conjugate.scaled(by: 1 / sum.squareRoot())
  for index in 0..<n { row[index] *= turn }
}

/// Replaces what a real matrix has up to rounding, real values and pairs of conjugates, by such.
private func makeConjugate<Real: ComplexPart>(
  _ values: inout [Complex<Real>], _ rows: UnsafeMutablePointer<Complex<Real>>, _ n: Int
) {
  var rest = Set(0..<n)
  // The largest imaginary parts first, so that what is left for the small ones is real.
  for index in (0..<n).sorted(by: { values[$0].imaginary > values[$1].imaginary }) where rest.contains(index) {
    rest.remove(index)
    let mirror = values[index].conjugate
    let partner = rest.min { (values[$0] - mirror).squaredSize < (values[$1] - mirror).squaredSize }
    if let partner, (values[partner] - mirror).squaredSize < (values[index] - mirror).squaredSize {
      rest.remove(partner)
      values[partner] = mirror
      for place in 0..<n { rows[partner &* n &+ place] = rows[index &* n &+ place].conjugate }
    } else {
      values[index] = Complex(values[index].real)
      for place in 0..<n { rows[index &* n &+ place] = Complex(rows[index &* n &+ place].real) }
    }
  }
}

/// The indices of eigenvalues in the order of their real parts, and of the imaginary parts where the real ones are equal up to
/// rounding.
private func spectralOrder<Real: ComplexPart>(_ values: [Complex<Real>]) -> [Int] {
  let order = values.indices.sorted { values[$0].real < values[$1].real }
  let largest = values.reduce(Real.zero) { Swift.max($0, $1.size) }
  let bound = 8 * Real.ulpOfOne * Real(values.count) * largest
  var groups: [[Int]] = []
  for index in order {
    if let last = groups.last?.last, values[index].real - values[last].real <= bound {
      groups[groups.count - 1].append(index)
    } else {
      groups.append([index])
    }
  }
  return groups.flatMap { group in group.sorted { values[$0].imaginary < values[$1].imaginary } }
}
