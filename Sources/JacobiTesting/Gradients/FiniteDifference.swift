import Jacobi

/// The derivative of a function along a direction, from differences of its values.
///
/// It needs nothing but the function, and so can check every derivative; but it is inexact, and it needs two or more
/// evaluations for each direction where `grad` needs one for all of them.
///
/// - Parameters:
///   - function: a function of real or complex tensors.
///   - point: where the derivative is taken.
///   - direction: of the point's shape and element type.
///   - scheme: the formula.
///   - step: how far the function is evaluated from the point, in multiples of the direction; `nil` for the scheme's own
///     step, in proportion to the sizes of point and direction.
/// - Returns: the derivative of the result along the direction, with the result's type.
public func finiteDifference(
  _ function: (Tensor) -> Tensor, at point: Tensor, along direction: Tensor,
  scheme: FiniteDifferenceScheme = .fivePoint, step: Double? = nil
) -> Tensor {
  let derivative = reportedDifferences([point], [direction], scheme, step) { [function($0[0])] }
  return derivative?.first ?? Tensor(.invalid)
}

/// The derivative of a function of any ``TensorTree`` along a direction, from differences of its values. Integers and
/// booleans in the argument stay as they are; those in the result have differences of zero.
public func finiteDifference<Argument: TensorTree, Result: TensorTree>(
  _ function: (Argument) -> Result, at point: Argument, along direction: Argument,
  scheme: FiniteDifferenceScheme = .fivePoint, step: Double? = nil
) -> Result {
  let value = function(point)
  let derivative = reportedDifferences(point.tensors, direction.tensors, scheme, step) {
    function(point.replacingTensors(with: $0)).tensors
  }
  return derivative.map { value.replacingTensors(with: $0) } ?? value.mapTensors { _ in Tensor(.invalid) }
}

private func reportedDifferences(
  _ point: [Tensor], _ direction: [Tensor], _ scheme: FiniteDifferenceScheme, _ step: Double?,
  _ function: ([Tensor]) -> [Tensor]
) -> [Tensor]? {
  do throws(TensorError) {
    let matched = try matchedDirection(direction, point)
    return try differences(function, at: point, along: matched, scheme, step: step)
  } catch {
    report(error)
    return nil
  }
}

/// The directions with their literals settled, of the points' types.
private func matchedDirection(_ direction: [Tensor], _ point: [Tensor]) throws(TensorError) -> [Tensor] {
  guard direction.count == point.count else {
    throw TensorError(
      .structure, "finiteDifference", "the direction has \(direction.count) tensors, the point has \(point.count)",
      hint: "a direction has the structure of the point")
  }
  var matched: [Tensor] = []
  for (direction, point) in zip(direction, point) {
    let adopted = try direction.literal(adopting: point.dtype, "finiteDifference")
    guard adopted.type == point.type else {
      throw TensorError(
        adopted.shape == point.shape ? .dtype : .shape, "finiteDifference",
        "the direction has type \(adopted.type), the point has \(point.type)",
        hint: "a direction has the shape and the element type of the point")
    }
    matched.append(adopted)
  }
  return matched
}

/// The derivatives of a function's results along a direction. Tensors that are not floating point stay as they are.
func differences(
  _ function: ([Tensor]) -> [Tensor], at point: [Tensor], along direction: [Tensor],
  _ scheme: FiniteDifferenceScheme = .fivePoint, step: Double? = nil
) throws(TensorError) -> [Tensor] {
  var types: [TensorType] = []
  var totals: [[Double]] = []
  var step = step ?? 0
  for (number, term) in scheme.terms.enumerated() {
    if number == 0 && step == 0 {
      let results = function(point)
      step = try usualStep(scheme, point, direction, epsilonOf: point + results)
    }
    var moved: [Tensor] = []
    for (x, v) in zip(point, direction) {
      moved.append(x.dtype.isDifferentiable ? try x.moved(term.place * step, along: v) : x)
    }
    let results = function(moved)
    if number == 0 {
      types = results.map(\.type)
      totals = types.map { [Double](repeating: 0, count: $0.coordinateCount) }
    }
    guard results.map(\.type) == types else {
      throw TensorError(
        .shape, "finiteDifference", "the function's result has types \(types) and, a step away, \(results.map(\.type))",
        hint: "a function with a derivative has results of one type near the point")
    }
    for (index, result) in results.enumerated() where result.dtype.isDifferentiable {
      let values = try result.coordinates()
      for place in values.indices { totals[index][place] += term.weight * values[place] / step }
    }
  }
  var derivatives: [Tensor] = []
  for (type, total) in zip(types, totals) { derivatives.append(Tensor(try HostTensor(type, coordinates: total))) }
  return derivatives
}

/// The scheme's step for the least precise of some tensors, for a direction of any size.
private func usualStep(
  _ scheme: FiniteDifferenceScheme, _ point: [Tensor], _ direction: [Tensor], epsilonOf tensors: [Tensor]
) throws(TensorError) -> Double {
  let epsilon = tensors.filter(\.dtype.isDifferentiable).map(\.dtype.epsilon).max() ?? Double.ulpOfOne
  let step = scheme.step(epsilon: epsilon)
  // No coordinate moves further than the step times its own size, or the step itself where it is 0.
  var scale = Double.infinity
  for (x, v) in zip(point, direction) where x.dtype.isDifferentiable {
    for (x, v) in zip(try x.coordinates(), try v.coordinates()) where v != 0 {
      scale = min(scale, (x == 0 ? 1 : x.magnitude) / v.magnitude)
    }
  }
  return scale.isFinite && scale > 0 ? step * scale : step
}
