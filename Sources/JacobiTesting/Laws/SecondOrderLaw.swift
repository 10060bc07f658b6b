import Jacobi

/// The second derivative, by every combination of the modes, is one, and is what the differences of the first give.
///
/// The function is the projection Re<w, f(x)> on a random w, whose gradient is the pullback of w.
public struct SecondOrderLaw: Law {
  public static let name = "second order"

  /// The law.
  public init() {}

  public func check(_ subject: inout LawSubject) throws {
    let active = subject.active
    if active.isEmpty || subject.primitive.traits.contains(.discrete) { return }
    let function = subject.function(of: active)
    let point = subject.operands(at: active)
    let direction = try subject.random.direction(at: point)
    let results = function(point)
    let weights = try subject.random.tensors(results.map(\.type))
    let gradient = { (x: [Tensor]) in vjp(function, at: x).pullback(weights) }

    let first = gradient(point)
    let forwardOverReverse = jvp(gradient, at: point, along: direction).tangent
    let reverseOverForward = vjp({ (x: [Tensor]) in jvp(function, at: x, along: direction).tangent }, at: point)
      .pullback(weights)
    let reverseOverReverse = vjp(gradient, at: point).pullback(direction)
    let differentiated = try secondDifferences(subject, active, weights, direction)
    let narrowed = try zip(differentiated, point).map { Tensor(try HostTensor($1.type, coordinates: $0.coordinates())) }

    var floor = 1e-2
    for tensor in first { floor = try tensor.coordinates().reduce(floor) { max($0, $1.magnitude) } }
    try subject.expectEqual(
      forwardOverReverse, narrowed, tolerance: subject.truncation(results), floor: floor,
      "forward over reverse mode against differences of the gradient")
    try subject.expectEqual(
      reverseOverForward, forwardOverReverse, tolerance: subject.rounding(results), floor: floor,
      "reverse over forward mode against forward over reverse mode")
    try subject.expectEqual(
      reverseOverReverse, forwardOverReverse, tolerance: subject.rounding(results), floor: floor,
      "reverse over reverse mode against forward over reverse mode")
  }

  /// The differences of the gradient, in double precision where that can be had.
  private func secondDifferences(
    _ subject: LawSubject, _ active: [Int], _ weights: [Tensor], _ direction: [Tensor]
  ) throws -> [Tensor] {
    guard let precise = try subject.widened() else {
      let function = subject.function(of: active)
      return try differences(
        { vjp(function, at: $0).pullback(weights) }, at: subject.operands(at: active), along: direction)
    }
    let function = precise.function(of: active)
    let point = precise.operands(at: active)
    let types = function(point).map(\.type)
    let wideWeights = try zip(weights, types).map { $0.type == $1 ? $0 : try $0.widened() }
    let wideDirection = try zip(direction, point).map { $0.type == $1.type ? $0 : try $0.widened() }
    return try differences({ vjp(function, at: $0).pullback(wideWeights) }, at: point, along: wideDirection)
  }
}
