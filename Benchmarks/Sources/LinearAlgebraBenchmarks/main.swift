import Foundation
import Jacobi

// Milliseconds of linear algebra, of values and of gradients, compiled; the same functions of JAX are in
// Peers/linear_algebra.py:
//
//     swift run --package-path Benchmarks -c release LinearAlgebraBenchmarks
//     python Benchmarks/Peers/linear_algebra.py
//
// Each value is checked before it is timed.

/// Numbers that look random.
func numbers(_ shape: [Int]) -> Tensor {
  let places = (mod(Tensor.arange(shape.reduce(1, *)), 9973) + 1) ** 2
  return sin(places * 12.9898).reshaped(shape)
}

/// Symmetric matrices with large numbers on the diagonal.
func positive(_ shape: [Int]) -> Tensor {
  let n = shape[shape.count - 1]
  let x = numbers(shape)
  let transposed = x.transposed(Array(0..<(shape.count - 2)) + [shape.count - 1, shape.count - 2])
  return 0.5 * (x + transposed) + Double(2 * n) * Tensor.eye(n)
}

/// The median time of a call in milliseconds.
func milliseconds(_ run: () -> Tensor) -> Double {
  _ = run().scalars(as: Double.self).first
  var times: [Double] = []
  let begin = ContinuousClock.now
  while times.count < 5 || (ContinuousClock.now - begin < .seconds(1) && times.count < 1000) {
    let start = ContinuousClock.now
    let result = run()
    let duration = ContinuousClock.now - start
    withExtendedLifetime(result) {}
    times.append(Double(duration.components.attoseconds) * 1e-15 + Double(duration.components.seconds) * 1e3)
  }
  return times.sorted()[times.count / 2]
}

struct Case {
  let name: String
  let function: (Tensor) -> Tensor
  let operand: Tensor
  /// Whether a value is right: a residual that must be small.
  let residual: (Tensor) -> Tensor
}

func logDeterminantByCholesky(_ a: Tensor) -> Tensor { 2 * log(cholesky(a).diagonal()).sum() }

var cases: [Case] = []
for n in [10, 100, 1000] {
  let a = positive([n, n])
  let b = numbers([n])
  cases += [
    Case(name: "log det by Cholesky \(n)", function: logDeterminantByCholesky, operand: a) {
      $0 - logDeterminant(a).logAbs
    },
    Case(name: "log det by LU \(n)", function: { logDeterminant($0).logAbs }, operand: a) {
      $0 - logDeterminantByCholesky(a)
    },
    Case(name: "solve \(n)", function: { solve($0, b).sum() }, operand: a) { $0 - choleskySolve(cholesky(a), b).sum() },
  ]
}
for n in [100, 500] {
  let (a, b) = (positive([n, n]), numbers([n, n]))
  cases += [
    Case(
      name: "symmetric eigen \(n)",
      function: {
        let (values, vectors) = symmetricEigen($0)
        return values.sum() + (vectors ** 4).sum()
      }, operand: a
    ) { _ in
      let (values, vectors) = symmetricEigen(a)
      return abs(matmul(vectors * values, vectors.transposed()) - a).max()
    },
    Case(name: "eigenvalues \(n)", function: { symmetricEigenvalues($0)[n / 2] }, operand: a) {
      $0 - symmetricEigen(a).values[n / 2]
    },
    Case(
      name: "SVD \(n)",
      function: {
        let (u, s, vh) = svd($0)
        return s.sum() + (u ** 4).sum() + (vh ** 4).sum()
      }, operand: b
    ) { _ in
      let (u, s, vh) = svd(b)
      return abs(matmul(u * s, vh) - b).max()
    },
  ]
}
for n in [3, 4, 8] {
  let a = positive([10_000, n, n])
  let b = numbers([10_000, n, 1])
  cases += [
    Case(name: "solve 10^4 x \(n)", function: { solve($0, b).sum() }, operand: a) {
      $0 - choleskySolve(cholesky(a), b).sum()
    },
    Case(name: "Cholesky 10^4 x \(n)", function: { cholesky($0).sum() }, operand: a) {
      let l = cholesky(a)
      return $0 - l.sum() + (matmul(l, l.transposed([0, 2, 1])) - a).sum()
    },
  ]
}

func column(_ number: Double) -> String { String(repeating: " ", count: max(0, 12 - "\(number)".count)) + "\(number)" }
print("milliseconds              value    gradient  first gradient")
for item in cases {
  let residual = abs(Double(item.residual(item.function(item.operand))))
  precondition(residual < 1e-6, "\(item.name) is wrong by \(residual)")
  let (value, gradient) = (jit(item.function), jit(grad(item.function)))
  let start = ContinuousClock.now
  _ = gradient(item.operand).scalars(as: Double.self).first
  let first = Double((ContinuousClock.now - start).components.attoseconds) * 1e-15
  let times = [milliseconds { value(item.operand) }, milliseconds { gradient(item.operand) }, first]
  print(
    item.name.padding(toLength: 22, withPad: " ", startingAt: 0),
    times.map { column(($0 * 1000).rounded() / 1000) }.joined())
}
