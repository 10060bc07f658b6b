import Jacobi

/// Numbers between `low` and `low + size` that look random, by the rule of `Peers/functions.py`.
func numbers(_ count: Int, _ low: Double = 0.5, _ size: Double = 1) -> [Double] {
  (0..<count).map { low + size * Double(($0 * 7919) % 1013) / 1013 }
}

/// One function with the point where it is evaluated; `Peers/functions.py` has the same.
struct Function: Sendable {
  let name: String
  let point: Tensor
  let evaluate: @Sendable (Tensor) -> Tensor
}

private let rows = Tensor(numbers(1000 * 50, -1, 2)).reshaped(1000, 50)
private let labels = Tensor((0..<1000).map { $0 % 2 == 0 ? 1.0 : -1 })
private let inputs = Tensor(numbers(128 * 64, -1, 2)).reshaped(128, 64)
private let targets = Tensor(numbers(128 * 10, -1, 2)).reshaped(128, 10)
private let samples = Tensor(numbers(1000 * 8, -2, 4)).reshaped(1000, 1, 8)
private let observed = Tensor(numbers(2 * 1000, 0, 1)).reshaped(2, 1000)

@Sendable private func mlp(_ p: Tensor) -> Tensor {
  let hidden = tanh(matmul(inputs, p[0..<4096].reshaped(64, 64)) + p[4096..<4160])
  return square(matmul(hidden, p[4160...].reshaped(64, 10)) - targets).sum()
}

@Sendable private func mixture(_ p: Tensor) -> Tensor {
  let (means, scales, weights) = (p[0..<64].reshaped(1, 8, 8), p[64..<128].reshaped(8, 8), p[128...])
  let z = (samples - means) * exp(scales)
  let terms = weights + scales.sum(axes: [1]) - 0.5 * square(z).sum(axes: [2])
  return terms.logSumExp(axis: 1).sum()
}

@Sendable private func reprojection(_ p: Tensor) -> Tensor {
  let (r, t) = (p[0..<3], p[3..<6])
  let points = p[6...].reshaped(3, 1000)
  let x = (0..<3).map { points[$0] }
  let angle = sqrt(square(r).sum())
  let unit = r / angle
  let k = (0..<3).map { unit[$0] }
  let (c, s) = (cos(angle), sin(angle))
  let dot = k[0] * x[0] + k[1] * x[1] + k[2] * x[2]
  func rotated(_ i: Int) -> Tensor {
    let (j, l) = ((i + 1) % 3, (i + 2) % 3)
    let cross = k[j] * x[l] - k[l] * x[j]
    return x[i] * c + cross * s + k[i] * dot * (1 - c) + t[i]
  }
  let depth = rotated(2) + 2
  let (u, v) = (rotated(0) / depth, rotated(1) / depth)
  let d = 1 + 0.1 * (u * u + v * v)
  return (square(u * d - observed[0]) + square(v * d - observed[1])).sum()
}

@Sendable private func lorenz(_ x: Tensor) -> Tensor {
  func slope(_ s: [Tensor]) -> [Tensor] {
    [10 * (s[1] - s[0]), s[0] * (28 - s[2]) - s[1], s[0] * s[1] - 8.0 / 3 * s[2]] as [Tensor]
  }
  func moved(_ s: [Tensor], _ k: [Tensor], _ h: Double) -> [Tensor] { zip(s, k).map { $0 + h * $1 } }
  let state = forLoop(from: 0, to: 1000, [x[0], x[1], x[2]] as [Tensor]) { _, s in
    let h = 0.002
    let k1 = slope(s)
    let k2 = slope(moved(s, k1, h / 2))
    let k3 = slope(moved(s, k2, h / 2))
    let k4 = slope(moved(s, k3, h))
    return s.indices.map { s[$0] + h / 6 * (k1[$0] + 2 * k2[$0] + 2 * k3[$0] + k4[$0]) }
  }
  return state[0] + state[1] + state[2]
}

let allFunctions: [Function] = [
  Function(name: "talk", point: [2, 5]) { x in log(x[0]) + x[0] * x[1] - sin(x[1]) },
  Function(name: "rosenbrock", point: Tensor(numbers(1_000_000))) { x in
    (100 * square(x[1...] - square(x[..<(-1)])) + square(1 - x[..<(-1)])).sum()
  },
  Function(name: "logSumExp", point: Tensor(numbers(100_000, -2, 4))) { x in x.logSumExp(axis: 0) },
  Function(name: "logistic", point: Tensor(numbers(50, -0.5))) { w in log(onePlus: exp(-labels * matmul(rows, w))).sum()
  },
  Function(name: "mlp", point: Tensor(numbers(64 * 64 + 64 + 64 * 10, -0.1, 0.2)), evaluate: mlp),
  Function(name: "mixture", point: Tensor(numbers(2 * 8 * 8 + 8, -1, 2)), evaluate: mixture),
  Function(name: "reprojection", point: Tensor(numbers(6 + 3 * 1000, 0.1, 0.4)), evaluate: reprojection),
  Function(name: "lorenz", point: [1, 0.5, 2], evaluate: lorenz),
  Function(name: "scan", point: Tensor([0.7])) { x in
    forLoop(from: 0, to: 100_000, x[0]) { _, h in h + 1e-5 * sin(h) }
  },
]

/// A product of matrices, of which only the value is computed.
let product = Function(
  name: "product", point: Tensor((0..<(1024 * 1024)).map { Double($0 % 13) - 6 }).reshaped(1024, 1024)
) { x in matmul(x, x) }

/// The kinds of things that are computed of each function.
enum Kind: String, CaseIterable {
  case value, gradient, jvp, hvp

  /// What is computed, from ``arguments(_:)``.
  func computed(_ f: Function) -> ([Tensor]) -> [Tensor] {
    let f = f.evaluate
    return switch self {
    case .value: { x in [f(x[0])] as [Tensor] }
    case .gradient:
      { x in
        let (value, gradient) = valueAndGrad(f)(x[0])
        return [value, gradient] as [Tensor]
      }
    case .jvp: { x in [Jacobi.jvp(f, at: x[0], along: x[1]).tangent] as [Tensor] }
    case .hvp: { x in [Jacobi.hvp(f, at: x[0], along: x[1])] as [Tensor] }
    }
  }

  /// The point; for products with derivatives also a direction.
  func arguments(_ f: Function) -> [Tensor] {
    switch self {
    case .value, .gradient: [f.point]
    case .jvp, .hvp: [f.point, Tensor(numbers(f.point.count, -0.5))]
    }
  }
}
