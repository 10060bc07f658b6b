// What compiled functions cost for a number of their argument: functions that no vector library has, and tensors of shapes
// that do not fit into vectors.
//
//   taskset -c 0 swift run --package-path Benchmarks -c release ShapeBenchmarks
//
// With JACOBI_VECTOR_MATH=none functions are called for each number.
import Foundation
import Jacobi

setenv("JACOBI_THREADS", "1", 0)

/// Prints the median of 15 calls, for a number, after the result has been compared with the reference engine's.
@MainActor func time(_ name: String, _ x: [Tensor], _ f: @escaping ([Tensor]) -> [Tensor]) throws {
  let compiled = jit(f)
  let expected = f(x)
  for (a, b) in zip(compiled(x), expected) {
    let difference = Double(abs(a - b).max()) / max(1, Double(abs(b).max()))
    guard difference < (a.dtype.realPart == .float32 ? 1e-6 : 1e-11) else {
      fatalError("\(name) differs by \(difference)")
    }
  }
  var rounds: [Double] = []
  for _ in 0..<15 {
    let start = ContinuousClock.now
    _ = compiled(x)
    rounds.append(Double((ContinuousClock.now - start).components.attoseconds) * 1e-9 / Double(x[0].count))
  }
  print("\(name): \(String(format: "%.2f", rounds.sorted()[7])) ns")
}

func numbers(_ shape: [Int], from low: Double, to high: Double) -> Tensor {
  let count = shape.reduce(1, *)
  let all = (0..<count).map { low + (high - low) * Double(($0 * 7919) % count) / Double(count) }
  return Tensor(all).reshaped(shape)
}

let small = numbers([100_000], from: 0.1, to: 20)
try time("logGamma", [small]) { [logGamma($0[0])] }
try time("digamma", [small]) { [digamma($0[0])] }
try time("erfinv", [numbers([100_000], from: -0.999, to: 0.999)]) { [erfinv($0[0])] }
for (name, f) in [("log2", log2), ("log10", log10), ("exp2", exp2), ("cbrt", cbrt)] as [(String, (Tensor) -> Tensor)] {
  try time(name, [small]) { [f($0[0])] }
}
for columns in [2, 3, 4, 5, 8] {
  let x = numbers([120_000 / columns, columns], from: -1, to: 1)
  try time("softmax of rows of \(columns)", [x]) { [$0[0].softmax(axis: 1)] }
  try time("its gradient", [x]) { (x: [Tensor]) in [grad { (x: Tensor) in (x.softmax(axis: 1) ** 2).sum() }(x[0])] }
  try time("normalized rows of \(columns)", [x]) { [$0[0] / ($0[0] * $0[0]).sum(axis: 1, keepingDimensions: true)] }
}
for size in [2, 3, 4, 8, 16] {
  let count = 100_000 / (size * size)
  let (a, b) = (numbers([count, size, size], from: -1, to: 1), numbers([count, size, size], from: -1, to: 1))
  try time("products of \(count) matrices \(size) x \(size)", [a, b]) { [matmul($0[0], $0[1])] }
  try time("their gradient by both", [a, b]) { (x: [Tensor]) in
    let (x, y) = (x[0], x[1])
    return [
      grad { (x: Tensor) in (matmul(x, y) ** 2).sum() }(x), grad { (y: Tensor) in (matmul(x, y) ** 2).sum() }(y),
    ]
  }
  let v = numbers([count, size], from: -1, to: 1)
  try time("their products with vectors, and the gradient", [a, v]) { (x: [Tensor]) in
    let (x, v) = (x[0], x[1])
    return [grad { (x: Tensor) in (einsum("nij,nj->ni", x, v) ** 2).sum() }(x)]
  }
}
for dtype in [DType.complex128, .complex64] {
  let (z, w) = (
    complex(numbers([100_000], from: -1, to: 1), numbers([100_000], from: 0.5, to: 2)).asType(dtype),
    complex(numbers([100_000], from: -2, to: 2), numbers([100_000], from: 1, to: 3)).asType(dtype)
  )
  try time("\(dtype): products and sums", [z, w]) { [$0[0] * $0[1] + $0[0]] }
  try time("\(dtype): quotients", [z, w]) { [$0[0] / $0[1]] }
  try time("\(dtype): exponentials", [z]) { [exp($0[0])] }
  try time("\(dtype): sum of squared absolute values, and its gradient", [z, w]) { (x: [Tensor]) in
    let (value, gradient) = valueAndGrad { (z: Tensor) in square(abs(z * x[1])).sum() }(x[0])
    return [value, gradient]
  }
}
