import Jacobi

/// What a selection did not choose does not matter, in forward and in reverse mode: neither operands that are infinite or
/// not a number, nor results that they make so.
public struct StrongZerosLaw: Law {
  public static let name = "strong zeros"

  /// The law.
  public init() {}

  public func check(_ subject: inout LawSubject) throws {
    let active = subject.active
    if active.isEmpty { return }
    // In the place of what has no tangent these put zeros; a product has a factor of zero there only by its numbers.
    if !subject.primitive.traits.isDisjoint(with: [.linear, .control]) {
      for places in LawSubject.subsets(of: active) where places.count < active.count {
        try checkConstants(beside: places, &subject)
      }
    }
    // A loop may wait in vain for a number to grow.
    let isLoop = subject.primitive.traits.contains(.control)
    for poison in isLoop ? [Double.infinity, .nan] : [Double.infinity, -.infinity, .nan] {
      for place in active {
        for poisoning in try Poisoning.all(of: subject, place: place, number: poison) {
          for places in LawSubject.subsets(of: active) {
            try check(poisoning, places, &subject)
            try checkNothingChosen(poisoning, places, &subject)
          }
        }
      }
    }
  }

  /// What does not depend on operands with a tangent has none, in forward mode, also before an infinite factor.
  private func checkConstants(beside places: [Int], _ subject: inout LawSubject) throws {
    let point = subject.operands(at: places)
    let direction = try subject.random.tensors(point.map(\.type))
    let function = subject.function(of: places)
    let tangents = jvp(function, at: point, along: direction).tangent
    var factors: [Tensor] = []
    for tangent in tangents {
      let width = tangent.dtype.isComplex ? 2 : 1
      var coordinates = try tangent.coordinates()
      for first in stride(from: 0, to: coordinates.count, by: width) {
        // The direction is random: what is exactly zero does not depend on it.
        let isConstant = coordinates[first..<(first + width)].allSatisfy { $0 == 0 }
        for index in first..<(first + width) { coordinates[index] = 0 }
        coordinates[first] = isConstant ? .infinity : 1
      }
      factors.append(Tensor(try HostTensor(tangent.type, coordinates: coordinates)))
    }
    if !(try factors.contains { try $0.coordinates().contains(.infinity) }) { return }
    let scaled = { (moving: [Tensor]) in zip(function(moving), factors).map { $0 * $1 } }
    try subject.expectEqual(
      jvp(scaled, at: point, along: direction).tangent, tangents, tolerance: subject.rounding(tangents),
      "the tangent before factors that are infinite where it is constant, active \(places)")
  }

  /// Behind selections that leave out what is poisoned and what it changes, derivatives are those without the poison.
  private func check(_ poisoning: Poisoning, _ places: [Int], _ subject: inout LawSubject) throws {
    let point = subject.operands(at: places)
    let direction = try subject.random.tensors(point.map(\.type))
    let cotangents = try subject.random.tensors(poisoning.clean.map(\.type))
    let expected = poisoning.function(places, isPoisoned: false)
    let function = poisoning.function(places, isPoisoned: true)
    let what = "behind selections, with \(poisoning.number) in operand \(poisoning.place), active \(places)"
    let tangents = jvp(expected, at: point, along: direction).tangent
    try subject.expectEqual(
      jvp(function, at: point, along: direction).tangent, tangents, tolerance: subject.rounding(tangents), floor: 1e-3,
      "the tangent \(what), against the one without it")
    let pulled = vjp(expected, at: point).pullback(cotangents)
    try subject.expectEqual(
      vjp(function, at: point).pullback(cotangents), pulled, tolerance: subject.rounding(pulled), floor: 1e-3,
      "the cotangent \(what), against the one without it")
  }

  /// Where no operand is chosen, or no result, all derivatives are zero, whatever the others are.
  private func checkNothingChosen(_ poisoning: Poisoning, _ places: [Int], _ subject: inout LawSubject) throws {
    let point = subject.operands(at: places)
    let direction = try subject.random.tensors(point.map(\.type))
    let cotangents = try subject.random.tensors(poisoning.clean.map(\.type))
    for isBefore in [true, false] {
      let function = poisoning.function(places, choosesOperands: !isBefore)
      let derivatives =
        jvp(function, at: point, along: direction).tangent + vjp(function, at: point).pullback(cotangents)
      for derivative in derivatives {
        let wrong = try derivative.coordinates().first { $0 != 0 }
        try subject.expect(
          wrong == nil,
          "no \(isBefore ? "operand" : "result") is chosen, with \(poisoning.number) in operand \(poisoning.place), "
            + "active \(places), but a derivative is \(wrong ?? 0)")
      }
    }
  }
}

/// A primitive's operands with numbers in one of them replaced by one that is not finite.
private struct Poisoning {
  private let run: ([Tensor]) -> [Tensor]
  let operands: [Tensor]
  let poisoned: [Tensor]
  let place: Int
  let number: Double
  /// Where the operand keeps its numbers.
  let isKept: Tensor
  /// The results that can have a tangent, without the poison.
  let clean: [Tensor]
  /// Where the results are the same with it.
  let isSame: [Tensor]

  /// One with the first element replaced, and one with all of them; none where the primitive does not take such numbers.
  static func all(of subject: LawSubject, place: Int, number: Double) throws -> [Poisoning] {
    let operand = subject.operands[place]
    if operand.count == 0 { return [] }
    var all: [Poisoning] = []
    for count in Set([1, operand.count]) {
      if let poisoning = try Poisoning(subject, place, number, count) { all.append(poisoning) }
    }
    return all
  }

  private init?(_ subject: LawSubject, _ place: Int, _ number: Double, _ count: Int) throws {
    (run, operands, self.place, self.number) = (subject.results, subject.operands, place, number)
    let operand = operands[place]
    let width = operand.dtype.isComplex ? 2 : 1
    var coordinates = try operand.coordinates()
    for index in 0..<(count * width) { coordinates[index] = number }
    var poisoned = operands
    poisoned[place] = Tensor(try HostTensor(operand.type, coordinates: coordinates))
    self.poisoned = poisoned
    isKept = Tensor(try HostTensor(operand.shape, (0..<operand.count).map { $0 >= count }))
    var hosts: [HostTensor] = []
    for tensor in poisoned { hosts.append(try tensor.hostValue()) }
    guard let dirty = try? subject.primitive.evaluate(hosts) else { return nil }
    let results = subject.primitive.bind(operands)
    let active = results.indices.filter { results[$0].dtype.isDifferentiable }
    clean = active.map { results[$0] }
    var isSame: [Tensor] = []
    for index in active {
      let (a, b) = (try results[index].hostValue(), dirty[index])
      let width = a.dtype.isComplex ? 2 : 1
      let (x, y) = (a.coordinates, b.coordinates)
      isSame.append(
        Tensor(
          try HostTensor(
            a.shape, (0..<a.count).map { x[($0 * width)..<(($0 + 1) * width)] == y[($0 * width)..<(($0 + 1) * width)] })
        ))
    }
    self.isSame = isSame
  }

  /// The primitive between a selection of operands and one of results, as a function of the operands at places.
  func function(_ places: [Int], isPoisoned: Bool) -> ([Tensor]) -> [Tensor] {
    { moving in
      var all = isPoisoned ? poisoned : operands
      for (position, tensor) in zip(places, moving) {
        all[position] = position == place ? `where`(isKept, tensor, all[position]) : tensor
      }
      return zip(isSame, differentiable(all)).map { `where`($0, $1, 0) }
    }
  }

  /// The primitive with poison, behind a selection that chooses nothing.
  func function(_ places: [Int], choosesOperands: Bool) -> ([Tensor]) -> [Tensor] {
    { moving in
      let none = Tensor(false)
      var all = poisoned
      for (position, tensor) in zip(places, moving) {
        // The numbers of the operand take part in either case; with them its tangent, or nothing.
        all[position] =
          choosesOperands
          ? tensor + (poisoned[position] - operands[position]) : `where`(none, tensor, poisoned[position])
      }
      return differentiable(all).map { choosesOperands ? `where`(none, $0, 0) : $0 }
    }
  }

  private func differentiable(_ all: [Tensor]) -> [Tensor] { run(all).filter(\.dtype.isDifferentiable) }
}
