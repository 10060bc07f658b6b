import Jacobi

/// What a primitive says about itself is true. (That it is linear has a law of its own.)
public struct TraitsLaw: Law {
  public static let name = "traits"

  /// The law.
  public init() {}

  public func check(_ subject: inout LawSubject) throws {
    let traits = subject.primitive.traits
    let results = subject.results(subject.operands)
    if traits.contains(.elementwise) { try checkElementwise(results, &subject) }
    if traits.contains(.structural) { try checkStructural(results, &subject) }
    if traits.contains(.discrete) { try checkDiscrete(&subject) }
    if traits.contains(.commutative) {
      let swapped = subject.results(Array(subject.operands.reversed()))
      try subject.expectEqual(swapped, results, tolerance: 0, "commutative, but exchanged operands differ")
      if traits.contains(.elementwise) { try checkCommutative(&subject) }
    }
    if traits.contains(.reduction), let operand = subject.operands.first {
      try subject.expect(
        results.allSatisfy { $0.count <= max(operand.count, 1) || operand.count == 0 },
        "a reduction, but there are more elements than before")
    }
    if traits.contains(.control) {
      try subject.expect(subject.primitive.control != nil, "control, but there are no whole-operation rules")
    }
  }

  /// Exchanged operands must give the same bits for all pairs of numbers at the edges; for `nan`, any `nan`.
  private func checkCommutative(_ subject: inout LawSubject) throws {
    guard subject.operands.count == 2, subject.types[0] == subject.types[1] else { return }
    let isSingle = subject.dtype.realPart == .float32
    let greatest = isSingle ? Double(Float.greatestFiniteMagnitude) : .greatestFiniteMagnitude
    let least = isSingle ? Double(Float.leastNonzeroMagnitude) : .leastNonzeroMagnitude
    let numbers = [0, -0.0, 1, -1, 0.1, 3, .infinity, -.infinity, .nan, greatest, -greatest, least, -least]
    let dtype = subject.types[0].dtype
    let width = dtype.isComplex ? 2 : 1
    let pairs = numbers.flatMap { a in numbers.map { (a, $0) } }
    let shape: Shape = [pairs.count / width]
    let count = pairs.count / width * width
    // The elements of complex operands are pairs of such numbers themselves.
    let a = Tensor(try HostTensor(TensorType(dtype, shape), coordinates: pairs.prefix(count).map(\.0)))
    let b = Tensor(try HostTensor(TensorType(dtype, shape), coordinates: pairs.prefix(count).map(\.1)))
    let (straight, exchanged) = (subject.results([a, b])[0], subject.results([b, a])[0])
    for ((x, y), (p, q)) in zip(zip(try straight.coordinates(), try exchanged.coordinates()), pairs) {
      try subject.expect(
        x.bitPattern == y.bitPattern || (x.isNaN && y.isNaN),
        "commutative, but with \(p) and \(q) the result is \(x), and \(y) when they are exchanged")
    }
  }

  /// Each result element must come from the operand elements at its place.
  private func checkElementwise(_ results: [Tensor], _ subject: inout LawSubject) throws {
    let shapes = subject.operands.map(\.shape)
    let shape = shapes.max { a, b in a.count < b.count || a.rank < b.rank } ?? .scalar
    try subject.expect(
      results.count == 1 && results[0].shape == shape || subject.operands.contains { $0.count == 0 },
      "elementwise, but the results have types \(results.map(\.type)) for operands of shape \(shape)")
    let whole = try results[0].coordinates()
    let width = results[0].dtype.isComplex ? 2 : 1
    for place in 0..<(whole.count / width) {
      var elements: [Tensor] = []
      for operand in subject.operands {
        let numbers = try operand.coordinates()
        let width = operand.dtype.isComplex ? 2 : 1
        let start = operand.count == 1 ? 0 : place * width
        let element = Array(numbers[start..<(start + width)])
        elements.append(Tensor(try HostTensor(TensorType(operand.dtype, .scalar), coordinates: element)))
      }
      let alone = try subject.results(elements)[0].coordinates()
      let together = Array(whole[(place * width)..<((place + 1) * width)])
      try subject.expect(
        alone.elementsEqual(together) { $0 == $1 || ($0.isNaN && $1.isNaN) },
        "elementwise, but element \(place) is \(together), and \(alone) when it is computed alone")
    }
  }

  /// Each result element must be an operand element, or zero.
  private func checkStructural(_ results: [Tensor], _ subject: inout LawSubject) throws {
    var given: Set<Double> = [0]
    for operand in subject.operands { given.formUnion(try operand.coordinates()) }
    for result in results {
      let made = try result.coordinates().first { !given.contains($0) }
      try subject.expect(made == nil, "structural, but the result has the number \(made ?? 0), which no operand has")
    }
  }

  /// Nothing must flow through, forward or back.
  private func checkDiscrete(_ subject: inout LawSubject) throws {
    let active = subject.active
    if active.isEmpty { return }
    let point = subject.operands(at: active)
    let function = subject.function(of: active)
    let tangents = jvp(function, at: point, along: try subject.random.tensors(point.map(\.type))).tangent
    let cotangents = try subject.random.tensors(tangents.map(\.type))
    let pulled = vjp(function, at: point).pullback(cotangents)
    for tensor in tangents + pulled {
      try subject.expect(try tensor.coordinates().allSatisfy { $0 == 0 }, "discrete, but there is a tangent")
    }
  }
}
