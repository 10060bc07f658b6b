import Jacobi

// Indices computed in closures, which must find the subscripts for integers.

/// Reads by integers that are expressions of closure arguments.
func subscriptsInClosures(_ x: Tensor, _ rows: [[Int]]) -> [Tensor] {
  let element = (0..<900).reduce(Tensor(0)) { $0 + x[$1 / 30, $1 % 30] }
  let chained = (0..<900).reduce(Tensor(0)) { $0 + x[$1 / 30][$1 % 30] }
  let computed = (0..<900).reduce(Tensor(0)) { $0 + x[$1 / 30 + 1, -$1] }
  let products = (0..<900).reduce(Tensor(0)) { $0 + x[$1] * x[2 * $1 - 1] }
  let diagonal = (0..<3).map { x[$0, 2 - $0] }
  let halves = (0..<3).map { x[$0 / 2] * x[$0 % 2, 0] }
  let mixed = (0..<3).map { i in x[i / 2, 0...] + x[..., i] + x[[0, i], 0] }
  let listed = rows.map { x[$0[0], $0[1]] }
  return [element, chained, computed, products] + diagonal + halves + mixed + listed
}

/// Writes by such integers.
func assignmentsInClosures(_ x: Tensor) -> Tensor {
  var y = x
  (0..<900).forEach { y[$0 / 30, $0 % 30] = x[$0 % 30, 0] }
  (0..<30).forEach { y[$0 / 2] += x[$0 % 2] }
  return y
}
