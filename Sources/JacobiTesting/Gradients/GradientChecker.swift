import Jacobi

/// A function from a list of tensors to a list of tensors, to which every function of trees comes down.
typealias ListFunction = ([Tensor]) -> [Tensor]

/// Compares the derivatives of a function with each other and with differences, to any order.
struct GradientChecker {
  let modes: Set<GradientMode>
  let tolerance: GradientTolerance?
  private(set) var report: GradientReport
  private var random: CountingGenerator

  init(modes: Set<GradientMode>, tolerance: GradientTolerance?, seed: UInt64) {
    self.modes = modes
    self.tolerance = tolerance
    report = GradientReport(seed: seed)
    random = CountingGenerator(seed: seed)
  }

  /// Checks a function, then its derivatives as functions of point and direction, and so on.
  ///
  /// - Parameters:
  ///   - function: from floating-point tensors to floating-point tensors.
  ///   - name: such as `vjp of f`.
  ///   - order: how many derivatives are still to be checked.
  mutating func check(
    _ function: @escaping ListFunction, at point: [Tensor], name: String, order: Int, depth: Int = 1
  ) throws {
    guard order > 0, !point.isEmpty else { return }
    let results = function(point)
    let types = results.map(\.type)
    let allowed = tolerance ?? .usual(for: point + results)
    let direction = try random.direction(at: point)
    let expected = try preciseDifferences(function, at: point, along: direction)
    if modes.contains(.forward) {
      let tangents = jvp(function, at: point, along: direction).tangent
      for (index, (tangent, expected)) in zip(tangents, expected).enumerated() {
        var found = try compared(tangent, expected, floor: try results[index].coordinates())
        found.place = "result \(index), " + found.place
        found.function = name
        found.order = depth
        found.tolerance = allowed.differences
        report.comparisons.append(found)
      }
      let count = point.count
      try check(
        { jvp(function, at: Array($0[..<count]), along: Array($0[count...])).tangent }, at: point + direction,
        name: "jvp of \(name)", order: order - 1, depth: depth + 1)
    }
    if modes.contains(.reverse) {
      let cotangents = try random.tensors(types)
      let pulled = vjp(function, at: point).pullback(cotangents)
      try compareAdjoint(function, point, direction, cotangents, pulled, expected, name, depth, allowed)
      let count = point.count
      try check(
        { vjp(function, at: Array($0[..<count])).pullback(Array($0[count...])) }, at: point + cotangents,
        name: "vjp of \(name)", order: order - 1, depth: depth + 1)
    }
  }

  private mutating func compareAdjoint(
    _ function: @escaping ListFunction, _ point: [Tensor], _ direction: [Tensor], _ cotangents: [Tensor],
    _ pulled: [Tensor], _ expected: [Tensor], _ name: String, _ depth: Int, _ allowed: GradientTolerance
  ) throws {
    let isExact = modes.contains(.forward)
    let direction = isExact ? try random.tensors(point.map(\.type)) : direction
    let tangents = isExact ? jvp(function, at: point, along: direction).tangent : expected
    let forward = try dotProduct(cotangents, tangents)
    let reverse = try dotProduct(pulled, direction)
    let error = relativeError(reverse.value - forward.value, size: max(reverse.size, forward.size))
    report.comparisons.append(
      GradientComparison(
        kind: isExact ? .reverseAgainstForward : .reverseAgainstDifferences, function: name, order: depth,
        place: "Re<transposed J ct, v> against Re<ct, J v>", actual: reverse.value, expected: forward.value,
        relativeError: error, tolerance: isExact ? allowed.adjoint : allowed.differences))
  }
}

/// Differences in double precision where the function can be evaluated in it, else in the precision of the point.
private func preciseDifferences(
  _ function: ListFunction, at point: [Tensor], along direction: [Tensor]
) throws -> [Tensor] {
  if point.contains(where: { $0.dtype.widened != $0.dtype }) {
    let wide = try? catchingTensorErrors {
      try differences(function, at: try point.map { try $0.widened() }, along: try direction.map { try $0.widened() })
    }
    if let wide { return wide }
  }
  return try differences(function, at: point, along: direction)
}

/// A derivative against what it must be, element by element.
///
/// - Parameter floor: the values of the function; a derivative that is much smaller than they are cannot be seen in
///   differences.
func compared(_ actual: Tensor, _ expected: Tensor, floor: [Double]) throws -> GradientComparison {
  let (a, b) = (try actual.coordinates(), try expected.coordinates())
  let values = floor.map(\.magnitude).max() ?? 0
  let size = (a + b).reduce(1e-4 * (values.isFinite ? values : 0)) { Swift.max($0, $1.magnitude) }
  var comparison = GradientComparison(
    kind: .forwardAgainstDifferences, function: "", order: 1, place: "no element", actual: 0, expected: 0,
    relativeError: 0, tolerance: 0)
  guard actual.shape == expected.shape, a.count == b.count else {
    comparison.place = "type \(actual.type) where \(expected.type) is expected"
    comparison.relativeError = .infinity
    return comparison
  }
  for (index, (a, b)) in zip(a, b).enumerated() {
    let error = relativeError(a - b, size: size)
    guard error > comparison.relativeError || index == 0 else { continue }
    comparison.place = "element \(actual.dtype.isComplex ? index / 2 : index)"
    comparison.actual = a
    comparison.expected = b
    comparison.relativeError = error
  }
  return comparison
}

/// A difference relative to a size; sizes below 1e-6 count as 1e-6. What is not a finite number is infinitely wrong.
package func relativeError(_ difference: Double, size: Double) -> Double {
  guard difference.isFinite, size.isFinite else { return .infinity }
  return difference.magnitude / Swift.max(size, 1e-6)
}
