import Engines

// What the values of a group combine.

extension UnitEmitter {
  /// How a value of a group combines elements, if it does.
  func combination(of value: Int) -> Combination? {
    guard case .pure(let lowering, _) = graph.values[value].origin else { return nil }
    switch lowering {
    case .reduction(let combination, _): return combination
    case .contraction: return .sum
    default: return nil
    }
  }

  /// What a value of a group reads at a place of its space.
  func terms(of value: Int, at places: [AffineIndex]) -> [(Int, [AffineIndex])] {
    guard case .pure(let lowering, let operands) = graph.values[value].origin else { return [] }
    switch lowering {
    case .reduction: return [(operands[0], places)]
    case .contraction(let product):
      let (lhs, rhs) = factorPlaces(product, operands, places)
      return [(operands[0], lhs), (operands[1], rhs)]
    default: return [(value, places)]
    }
  }

  /// The tensor in memory that a value is a view of, and the place in it.
  func strided(_ value: Int, at places: [AffineIndex]) -> (value: Int, place: AffineIndex)? {
    let shape = graph.values[value].type.shape
    guard !shape.isScalar else { return nil }
    if !isComputedWhereRead(value) { return (value, linear(places, shape)) }
    guard case .pure(.view(let maps), let operands) = graph.values[value].origin else { return nil }
    return strided(operands[0], at: maps.map { places.mapped($0) })
  }

  /// What a value of a group combines, at a place of its space.
  func term(of value: Int, at places: [AffineIndex], _ loops: LoopEmitter) -> ScalarCode {
    guard case .pure(let lowering, let operands) = graph.values[value].origin else {
      preconditionFailure("only functions of values are combined")
    }
    guard case .contraction(let product) = lowering else { return loops.value(operands[0], at: places) }
    let (lhs, rhs) = factorPlaces(product, operands, places)
    let (a, b) = (loops.value(operands[0], at: lhs), loops.value(operands[1], at: rhs))
    let plain = function.binary(.multiply, a, b)
    if !product.absorbsZeros { return plain }
    let zero = function.constant(0, a.dtype)
    let isZero = function.binary(.or, function.binary(.equal, a, zero), function.binary(.equal, b, zero))
    return function.select(isZero, zero, plain)
  }

  /// The places of the factors for a place of a product's space: batch axes, free axes of the left and of the right factor,
  /// summed axes.
  private func factorPlaces(_ product: Contraction, _ operands: [Int], _ places: [AffineIndex]) -> (
    [AffineIndex], [AffineIndex]
  ) {
    let ranks = operands.map { graph.values[$0].type.shape.rank }
    let summed = places.count - product.contracting.count
    var next = product.batch.count
    func factor(_ rank: Int, _ axis: (Contraction.Pair) -> Int) -> [AffineIndex] {
      (0..<rank).map { own in
        if let index = product.batch.firstIndex(where: { axis($0) == own }) { return places[index] }
        if let index = product.contracting.firstIndex(where: { axis($0) == own }) { return places[summed + index] }
        next += 1
        return places[next - 1]
      }
    }
    let lhs = factor(ranks[0], \.lhs)
    return (lhs, factor(ranks[1], \.rhs))
  }

  /// A value of a group when all has been combined. A sum of products begins with 0, as that of the host does, so that it
  /// is never a negative zero.
  func finished(_ total: ScalarCode, of value: Int) -> ScalarCode {
    guard case .pure(.contraction, _) = graph.values[value].origin, !total.dtype.isInteger else { return total }
    return function.binary(.add, total, function.constant(0, total.dtype))
  }
}
