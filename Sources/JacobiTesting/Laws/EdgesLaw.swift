import Jacobi

/// Forward and reverse mode agree where formulas break: at ties, at zero, at infinity, next to overflow and underflow, and
/// where one element outweighs the others. A finite value at finite operands never has a derivative that is `nan`.
///
/// Elementwise primitives are checked on all pairs of edge numbers, to second order by every combination of the modes; others
/// at ties and winners, entry by entry of the Jacobian. Primitives with programs are left out: a loop that ends for drawn
/// operands need not end for others.
public struct EdgesLaw: Law {
  public static let name = "edges"

  /// The law.
  public init() {}

  /// Jacobians are compared up to this number of entries.
  private static let mostEntries = 200

  public func check(_ subject: inout LawSubject) throws {
    guard subject.dtype == .float32 || subject.dtype == .float64, !subject.active.isEmpty,
      !subject.primitive.traits.contains(.discrete), subject.primitive.control == nil
    else { return }
    if subject.primitive.traits.contains(.elementwise) {
      if subject.types.allSatisfy(\.shape.isScalar) { try checkElements(&subject) }
    } else {
      try checkJacobians(&subject)
    }
  }

  // MARK: - Elementwise

  private func checkElements(_ subject: inout LawSubject) throws {
    let operands = try grid(subject)
    let active = subject.active
    let value = subject.results(operands)[0]
    guard value.dtype.isDifferentiable, !value.dtype.isComplex else { return }
    let values = try value.coordinates()
    let largest = Self.largest(subject.dtype)
    let points = try operands.map { try $0.coordinates() }
    let ones = Tensor.ones(value.shape, dtype: subject.dtype)
    let cotangents = Tensor.ones(value.shape, dtype: value.dtype)
    let results = subject.results
    /// The function of one operand.
    func function(_ place: Int, of others: [Tensor]) -> (Tensor) -> Tensor {
      { moving in
        var all = others
        all[place] = moving
        return results(all)[0]
      }
    }
    for place in active {
      let f = function(place, of: operands)
      let forward = try jvp(f, at: operands[place], along: ones).tangent.coordinates()
      let reverse = try vjp(f, at: operands[place]).pullback(cotangents).coordinates()
      let besides = try [1e-3, -1e-3].map { try subject.results(Self.moved(operands, place, by: $0))[0].coordinates() }
      for index in forward.indices {
        let at = points.map { $0[index] }
        try expectAgreement(
          forward[index], reverse[index], "the derivative by operand \(place) at \(at), forward and reverse", &subject)
        // Where the value exists at the very place alone, as (-2)^y at whole y, there is no derivative.
        let isFinite =
          at.allSatisfy(\.isFinite) && values[index].isFinite && besides.contains { !$0[index].isNaN }
          && (at.count == 1 || at[place].magnitude < 1e6)
        try subject.expect(
          !isFinite || !forward[index].isNaN, "the derivative by operand \(place) at \(at) is nan, the value is finite")
      }
      for other in active {
        func derivative(_ reversed: Bool, _ all: [Tensor]) -> Tensor {
          let f = function(place, of: all)
          return reversed ? vjp(f, at: all[place]).pullback(cotangents) : jvp(f, at: all[place], along: ones).tangent
        }
        var seconds: [[Double]] = []
        for (outer, inner) in [(false, false), (false, true), (true, false), (true, true)] {
          let g = { (moving: Tensor) in
            var all = operands
            all[other] = moving
            return derivative(inner, all)
          }
          let ofSlope = Tensor.ones(value.shape, dtype: inner ? subject.dtype : value.dtype)
          let second =
            outer ? vjp(g, at: operands[other]).pullback(ofSlope) : jvp(g, at: operands[other], along: ones).tangent
          seconds.append(try second.coordinates())
        }
        // Twice the largest number is infinite, and stands in many a second derivative.
        for index in forward.indices where !points.contains(where: { $0[index].magnitude == largest }) {
          for mode in 1..<4 {
            try expectAgreement(
              seconds[0][index], seconds[mode][index],
              "the second derivative by operands \(place) and \(other) at \(points.map { $0[index] }), by modes 0 and \(mode)",
              &subject)
          }
        }
      }
    }
  }

  /// All pairs of edge numbers of the first operand and of the others, as vectors.
  private func grid(_ subject: LawSubject) throws -> [Tensor] {
    let numbers = subject.types.map { type in
      type.dtype.isDifferentiable ? Self.numbers(type.dtype) : type.dtype.edgeNumbers
    }
    let count = numbers.map(\.count).max() ?? 1
    return try zip(subject.types, numbers).enumerated().map { place, operand in
      let (type, numbers) = operand
      let coordinates = (0..<(count * count)).map { number in
        numbers[(place == 0 ? number : place == 1 ? number / count : number / count + number) % numbers.count]
      }
      return Tensor(try HostTensor(TensorType(type.dtype, [count * count]), coordinates: coordinates))
    }
  }

  private static func moved(_ operands: [Tensor], _ place: Int, by distance: Double) -> [Tensor] {
    var moved = operands
    moved[place] = moved[place] + distance
    return moved
  }

  private static func largest(_ dtype: DType) -> Double {
    dtype == .float32 ? Double(Float.greatestFiniteMagnitude) : .greatestFiniteMagnitude
  }

  private static func numbers(_ dtype: DType) -> [Double] {
    let largest = largest(dtype)
    let least = dtype == .float32 ? Double(Float.leastNormalMagnitude) : .leastNormalMagnitude
    let sizes: [Double] = [0, least, 0.5, 1, 2, 40, 700.5, largest / 8, largest, .infinity]
    return sizes + sizes.map { -$0 } + [.nan]
  }

  // MARK: - Jacobians

  private func checkJacobians(_ subject: inout LawSubject) throws {
    for place in subject.active {
      let type = subject.types[place]
      guard type.dtype == subject.dtype, type.shape.count > 0 else { continue }
      for numbers in Self.places(type.shape.count) {
        let x = Tensor(try HostTensor(type, coordinates: numbers))
        let function = subject.function(of: [place])
        let results = function([x])
        let sizes = try results.map { try $0.coordinates() }
        let count = sizes.reduce(0) { $0 + $1.count }
        if count == 0 || count * numbers.count > Self.mostEntries || results.contains(where: \.dtype.isComplex) {
          return
        }
        let isFinite = sizes.allSatisfy { $0.allSatisfy(\.isFinite) }
        if !isFinite { continue }
        var columns: [[Double]] = []
        for index in numbers.indices {
          let direction = Tensor(try HostTensor(type, coordinates: numbers.indices.map { $0 == index ? 1 : 0 }))
          let tangents = jvp(function, at: [x], along: [direction]).tangent
          columns.append(try tangents.flatMap { try $0.coordinates() })
        }
        let pullback = vjp(function, at: [x]).pullback
        var row = 0
        for (result, own) in zip(results.indices, sizes) {
          for entry in own.indices {
            let cotangents = try results.indices.map { other in
              let chosen = sizes[other].indices.map { other == result && $0 == entry ? 1.0 : 0 }
              return Tensor(try HostTensor(results[other].type, coordinates: chosen))
            }
            let gradient = try pullback(cotangents)[0].coordinates()
            for column in gradient.indices {
              let what = "the derivative of number \(row) by number \(column) of operand \(place) at \(numbers)"
              try expectAgreement(columns[column][row], gradient[column], "\(what), forward and reverse", &subject)
              try subject.expect(!gradient[column].isNaN, "\(what) is nan, the value is finite")
            }
            row += 1
          }
        }
      }
    }
  }

  /// Ties, and one number that outweighs the others.
  private static func places(_ count: Int) -> [[Double]] {
    let ties = [0, 1, -2, 1e20].map { [Double](repeating: $0, count: count) }
    return ties + [40, -40, 1e10].map { winner in [winner] + [Double](repeating: 0, count: count - 1) }
  }

  // MARK: - Comparing

  /// Numbers agree when both are `nan`, the same infinity, or equal up to rounding.
  private func expectAgreement(
    _ x: Double, _ y: Double, _ what: @autoclosure () -> String, _ subject: inout LawSubject
  ) throws {
    let tolerance = 64 * subject.dtype.epsilon
    let least = subject.dtype == .float32 ? Double(Float.leastNormalMagnitude) : .leastNormalMagnitude
    let isEqual =
      x == y || (x.isNaN && y.isNaN) || (x - y).magnitude <= tolerance * Swift.max(x.magnitude, y.magnitude)
      || (x - y).magnitude <= least
    try subject.expect(isEqual, "\(what()): \(x) and \(y)")
  }
}
