import Foundation
import Jacobi

// A Gaussian process with 1000 points: the logarithm of its marginal likelihood with gradient and Hessian with respect to the
// logarithms of amplitude, length scale and noise, a fit by Newton's method, and the curve that is drawn in the guide:
//
//     swift run --package-path Benchmarks -c release GaussianProcess curve.csv
//     python Benchmarks/Peers/gaussian_process.py
//     python Benchmarks/Peers/gaussian_process_plot.py curve.csv Documentation/Pictures/gaussian-process.svg

let pointCount = 1000
let points = Tensor.linspace(0, 10, count: pointCount)
/// Numbers that look random, between -1 and 1, with gaps in the fractional parts of squares.
let noise = sin(12.9898 * (Tensor.arange(pointCount) + 1.0) ** 2)
let heights = sin(points) + 0.3 * cos(3 * points) + 0.3 * noise

/// The covariances of two lists of points.
func covariances(_ x: Tensor, _ y: Tensor, _ logs: Tensor) -> Tensor {
  exp(2 * logs[0] - 0.5 * square((x.expandedDimensions(axis: 1) - y) * exp(-logs[1])))
}

/// The Cholesky factor of the covariance matrix of the observed heights.
func factor(_ logs: Tensor) -> Tensor {
  cholesky(covariances(points, points, logs) + exp(2 * logs[2]) * Tensor.eye(pointCount))
}

/// log p(heights | points, amplitude, length scale, noise).
func logLikelihood(_ logs: Tensor) -> Tensor {
  let l = factor(logs)
  let weights = choleskySolve(l, heights)
  return -0.5 * dot(heights, weights) - log(l.diagonal()).sum() - 0.5 * Double(pointCount) * log(2 * Tensor(Double.pi))
}

/// The median time of a call in milliseconds.
func milliseconds(_ run: () -> Tensor) -> Double {
  _ = run().scalars(as: Double.self)
  let times = (0..<7).map { _ in
    let start = ContinuousClock.now
    _ = run().scalars(as: Double.self)
    let duration = ContinuousClock.now - start
    return Double(duration.components.attoseconds) * 1e-15 + Double(duration.components.seconds) * 1e3
  }
  return times.sorted()[3]
}

let value = jit(logLikelihood)
let gradient = jit(grad(logLikelihood))
let curvature = jit(hessian(logLikelihood))
let start: Tensor = [0, 0.5, -1]
print("at \(start): \(value(start)), gradient \(gradient(start))")
print("Hessian \(curvature(start))")
print(
  "milliseconds: value \(milliseconds { value(start) }), gradient \(milliseconds { gradient(start) }), "
    + "Hessian \(milliseconds { curvature(start) })")

// Newton's method. A multiple of the identity makes the matrix positive definite, and steps are halved until the likelihood
// grows.
var logs = start
for step in 1...50 {
  let slope = gradient(logs)
  if Double(slope.norm()) < 1e-6 { break }
  let matrix = -curvature(logs)
  var shift = 0.0
  while !Double(cholesky(matrix + shift * Tensor.eye(3)).sum()).isFinite { shift = max(10, 2 * shift) }
  let direction = choleskySolve(cholesky(matrix + shift * Tensor.eye(3)), slope)
  var scale = 1.0
  while scale > 1e-6, !Bool(value(logs + scale * direction) .>= value(logs)) { scale /= 2 }
  logs = logs + scale * direction
  print("step \(step): \(Double(value(logs))), gradient's norm \(Double(gradient(logs).norm()))")
}
print("amplitude, length scale, noise: \(exp(logs))")

if CommandLine.arguments.count > 1 {
  let places = Tensor.linspace(-1, 11, count: 301)
  let l = factor(logs)
  let cross = covariances(places, points, logs)
  let mean = matmul(cross, choleskySolve(l, heights))
  let explained = square(triangularSolve(l, cross.transposed(), .lower)).sum(axis: 0)
  let deviation = sqrt(exp(2 * logs[0]) - explained)
  var lines = ["kind,x,y,deviation"]
  for (x, y) in zip(points.scalars(as: Double.self), heights.scalars(as: Double.self)) {
    lines.append("data,\(x),\(y),0")
  }
  for index in 0..<301 {
    lines.append("curve,\(Double(places[index])),\(Double(mean[index])),\(Double(deviation[index]))")
  }
  try (lines.joined(separator: "\n") + "\n").write(toFile: CommandLine.arguments[1], atomically: true, encoding: .utf8)
}
