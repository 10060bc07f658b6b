import Jacobi

/// An evaluation fails for values of its operands if, and only if, a condition that the primitive states is met.
///
/// Each operand gets numbers at the edges of its type and of the ranges that are stated. Primitives that contain programs
/// get only the latter: the programs' equations state for themselves what they fail for, and a loop might not end.
public struct FailureLaw: Law {
  public static let name = "failures"

  /// The law.
  public init() {}

  public func check(_ subject: inout LawSubject) throws {
    let types = subject.types
    let conditions = subject.primitive.failureConditions(of: types)
    let hosts = try subject.hosts()
    try check(hosts, conditions, &subject)
    let containsPrograms = subject.primitive.control != nil
    for (place, type) in types.enumerated() where type.shape.count > 0 {
      var numbers = conditions.flatMap { $0.edges(of: place, type.dtype) }
      if !containsPrograms { numbers += type.dtype.edgeNumbers }
      let drawn = hosts[place].coordinates
      for number in numbers {
        for replaced in [[0], [drawn.count - 1], Array(drawn.indices)] {
          var coordinates = drawn
          for index in replaced { coordinates[index] = number }
          var operands = hosts
          operands[place] = try HostTensor(type, coordinates: coordinates)
          try check(operands, conditions, &subject)
        }
      }
    }
  }

  private func check(
    _ operands: [HostTensor], _ conditions: [FailureCondition], _ subject: inout LawSubject
  ) throws {
    let answers = conditions.map { $0.isMet(by: operands) }
    let isMet = answers.contains(true)
    if !isMet && answers.contains(nil) { return try subject.expect(true, "") }
    var failure: TensorError?
    do { _ = try subject.primitive.evaluate(operands) } catch { failure = error }
    let given = operands.map(\.coordinates)
    if let failure {
      try subject.expect(isMet, "no condition says that \(given) fail: \(failure.message)")
    } else {
      try subject.expect(!isMet, "\(conditions) say that \(given) fail, but they do not")
    }
  }
}

extension FailureCondition {
  /// Numbers at the edges of the range, if it is about an operand.
  fileprivate func edges(of place: Int, _ dtype: DType) -> [Double] {
    guard case .index(place, let range) = self else { return [] }
    let edges = [range.lowerBound, range.lowerBound - 1, range.upperBound].map { Double($0) }
    return edges.filter { dtype == .int32 ? Int32(exactly: $0) != nil : Int64(exactly: $0) != nil }
  }
}
