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

  /// The numbers of all nodes together, of which there are some for each step.
  private let evaluatedNumbers: Int

  /// The values at all places are computed at once where they have no more numbers than this together.
  private static let mostBatchedNumbers = 1 << 25
  private static let steps: [Double] = [1e-2, 1e-3, 1e-4, 1e-5]
  private static let singleSteps: [Double] = [1e-1, 3e-2, 1e-2, 3e-3]

  init(_ problem: Problem) {
    function = problem.function
    point = problem.point
    evaluatedNumbers = problem.evaluation.nodes.reduce(1) { $0 + $1.count }
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
    for estimate in estimates(along: direction, steps.map { $0 * size }) {
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

  /// The derivatives of all output numbers along a direction, estimated with each step; all values are computed at once.
  private func estimates(along direction: [Tensor], _ steps: [Double]) -> [[Double]] {
    let terms = FiniteDifferenceScheme.fivePoint.terms
    let places = steps.flatMap { step in terms.map { $0.place * step } }
    guard places.count * evaluatedNumbers <= Self.mostBatchedNumbers else {
      return steps.map { step in
        finiteDifference({ (x: [Tensor]) in function(x) }, at: point, along: direction, step: step).flatMap(\.numbers)
      }
    }
    let moved = zip(point, direction).map { x, v -> Tensor in
      let (x, v, shape) = (x.numbers, v.numbers, x.shape.dimensions)
      let numbers = places.flatMap { place in zip(x, v).map { $0 + place * $1 } }
      return function.dtype == .float32
        ? Tensor(shape: [places.count] + shape, scalars: numbers.map { Float($0) })
        : Tensor(shape: [places.count] + shape, scalars: numbers)
    }
    // Without variables there is no batch, and nothing to differ.
    let outputs = (moved.isEmpty ? [] : vmap { (x: [Tensor]) in function(x) }(moved)).map(\.numbers)
    return steps.indices.map { index in
      outputs.flatMap { numbers -> [Double] in
        let width = numbers.count / places.count
        return (0..<width).map { output in
          terms.indices.reduce(0) { sum, term in
            let value = numbers[(index * terms.count + term) * width + output]
            return sum + terms[term].weight * value / steps[index]
          }
        }
      }
    }
  }
}
