import Jacobi

/// Wrong numbers, shapes and mixtures of operands give an error, and never stop the process; what is taken has the stated
/// types.
public struct OperandsLaw: Law {
  public static let name = "wrong operands"

  /// The law.
  public init() {}

  public func check(_ subject: inout LawSubject) throws {
    try checkCounts(&subject)
    for (place, operand) in subject.operands.enumerated() {
      for shape in strangeShapes(operand.shape) {
        var types = subject.types
        types[place].shape = shape
        try checkTaken(types, &subject)
      }
      for dtype in DType.allCases where dtype != operand.dtype {
        var types = subject.types
        types[place].dtype = dtype
        try checkTaken(types, &subject)
      }
    }
    for shape in strangeShapes([2, 3]) {
      try checkTaken(subject.types.map { TensorType($0.dtype, shape) }, &subject)
    }
  }

  private func checkCounts(_ subject: inout LawSubject) throws {
    let own = subject.types
    // A primitive that takes any number of operands shows it by its samples.
    let counts = Set(type(of: subject.primitive).samples.map(\.operands.count))
    for count in 0...(own.count + 2) where count != own.count {
      let types = (0..<count).map { own.isEmpty ? TensorType(.float64, [2]) : own[min($0, own.count - 1)] }
      if counts.count > 1 && count > 0 {
        try checkTaken(types, &subject)
        continue
      }
      let taken = try? subject.primitive.resultTypes(of: types)
      try subject.expect(taken == nil, "takes \(count) operands, where its samples have \(own.count)")
    }
  }

  private func strangeShapes(_ shape: Shape) -> [Shape] {
    let sizes = shape.dimensions
    var shapes: [Shape] = [
      [], [0], [1], [7], [5, 1], [0, 3], [2, 3, 4, 5], [Int.max], [Int.max, Int.max], [1 << 40],
    ]
    shapes += [Shape(sizes + [2]), Shape([2] + sizes), Shape(sizes.dropLast()), Shape(sizes.map { $0 + 1 })]
    shapes += sizes.indices.map { axis in
      var changed = sizes
      changed[axis] = changed[axis] == 0 ? 2 : 0
      return Shape(changed)
    }
    return shapes
  }

  /// States that the primitive refuses operands of some types, or evaluates them to the types that it states.
  private func checkTaken(_ types: [TensorType], _ subject: inout LawSubject) throws {
    guard let stated = try? subject.primitive.resultTypes(of: types) else { return try subject.expect(true, "") }
    // Only what is small is evaluated; the others have shown that their sizes do not stop the process.
    let counts = (types + stated).map { $0.shape.checkedCount ?? .max }
    guard counts.allSatisfy({ $0 < 4096 }) else { return try subject.expect(true, "") }
    var operands: [HostTensor] = []
    for type in types {
      let numbers = [Double](repeating: 0, count: type.coordinateCount)
      operands.append(try HostTensor(type, coordinates: numbers))
    }
    guard let results = try? subject.primitive.evaluate(operands) else { return try subject.expect(true, "") }
    try subject.expect(
      results.map(\.type) == stated, "for \(types) the results have types \(results.map(\.type)), stated are \(stated)")
  }
}
