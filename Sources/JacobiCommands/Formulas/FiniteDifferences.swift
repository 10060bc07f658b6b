import Jacobi
import JacobiTesting

/// Compares derivatives with differences of values: central differences with five points, at several step sizes.
///
/// No one step suits all functions, so the closest of several counts: a wrong derivative agrees with none.
struct FiniteDifferences {
  let function: FormulaFunction
  let point: [Tensor]
  /// The size of the values, below which differences are rounding errors.
  let scale: Double

  private static let steps: [Double] = [1e-2, 1e-3, 1e-4, 1e-5]
  private static let singleSteps: [Double] = [1e-1, 3e-2, 1e-2, 3e-3]

  init(_ problem: Problem) {
    function = problem.function
    point = problem.point
    scale = problem.outputs.flatMap(\.numbers).map { abs($0) }.filter(\.isFinite).max() ?? 0
  }

  /// The largest error of the derivatives of all output numbers along a direction, relative to the derivative; `nan`
  /// where either is not finite.
  ///
  /// - Parameter candidates: the derivatives by several methods, each of which must agree.
  func relativeError(of candidates: [[Double]], along direction: [Tensor]) -> Double {
    let size = zip(point, direction).reduce(1.0) { size, pair in
      zip(pair.0.numbers, pair.1.numbers).reduce(size) { $1.1 == 0 ? $0 : max($0, abs($1.0)) }
    }
    var best = candidates.map { [Double](repeating: .infinity, count: $0.count) }
    let steps = function.dtype == .float32 ? Self.singleSteps : Self.steps
    for step in steps {
      let estimate = finiteDifference({ (x: [Tensor]) in function(x) }, at: point, along: direction, step: step * size)
        .flatMap(\.numbers)
      for (number, derivative) in candidates.enumerated() {
        for index in derivative.indices {
          let error = abs(derivative[index] - estimate[index])
          let least = max(abs(derivative[index]), abs(estimate[index]), scale / size, .leastNormalMagnitude)
          let relative = error == 0 ? 0 : error / least
          if relative < best[number][index] || !best[number][index].isFinite { best[number][index] = relative }
        }
      }
    }
    return best.joined().reduce(0) { $0.isNaN || $1.isNaN ? .nan : max($0, $1) }
  }
}
