import Jacobi

/// An operation that is not chosen does not fail: not in a branch that an example of a batch did not take, and not in a
/// loop without steps, also where it is the same in every step and could run before the loop.
///
/// Operands are numbers for which the primitive states that it fails.
public struct UnchosenLaw: Law {
  public static let name = "unchosen operations"

  /// The law.
  public init() {}

  public func check(_ subject: inout LawSubject) throws {
    let hosts = try subject.hosts()
    for condition in subject.primitive.failureConditions(of: subject.types) {
      guard let (place, number) = condition.offendingNumber(for: hosts) else { continue }
      var failing = subject.operands
      failing[place] = Tensor(
        try HostTensor(hosts[place].type, coordinates: hosts[place].coordinates.map { _ in number }))
      guard condition.isMet(by: try failing.map { try $0.hostValue() }) == true else { continue }
      try checkBranches(&subject, failing)
      try checkLoops(&subject, failing)
    }
  }

  private func checkBranches(_ subject: inout LawSubject, _ failing: [Tensor]) throws {
    let primitive = subject.primitive
    let types = try primitive.resultTypes(of: subject.types)
    func chosen(_ inputs: [Tensor]) -> [Tensor] {
      cond(inputs[0]) {
        primitive.bind(Array(inputs.dropFirst()))
      } else: {
        types.map { Tensor.zeros($0.shape.dimensions, dtype: $0.dtype) }
      }
    }
    let flags = Tensor([true, false])
    let batches = [flags] + zip(subject.operands, failing).map { Tensor.stacked([$0, $1]) }
    let results = try catchingTensorErrors { vmap(chosen)(batches) }
    try subject.expectEqual(
      results.map { $0[0] }, primitive.bind(subject.operands), tolerance: subject.rounding(subject.operands),
      "the example that chose the branch")
    let compiled = try catchingTensorErrors { jit(vmap(chosen))(batches) }
    try subject.expectEqual(
      compiled.map { $0[0] }, results.map { $0[0] }, tolerance: subject.rounding(subject.operands),
      "the example that chose the branch, compiled")
  }

  private func checkLoops(_ subject: inout LawSubject, _ failing: [Tensor]) throws {
    let primitive = subject.primitive
    let types = try primitive.resultTypes(of: subject.types)
    let initial = types.map { Tensor.zeros($0.shape.dimensions, dtype: $0.dtype) }
    func withoutSteps(_ operands: [Tensor]) -> [Tensor] {
      forLoop(from: 0, to: 0, initial) { _, _ in primitive.bind(operands) }
    }
    func withoutStepsAtRunTime(_ inputs: [Tensor]) -> [Tensor] {
      forLoop(from: Tensor(Int64(0)), to: inputs[0], initial) { _, _ in primitive.bind(Array(inputs.dropFirst())) }
    }
    let none = [Tensor(Int64(0))] + failing
    for (what, run) in [
      ("a loop without steps", { withoutSteps(failing) }),
      ("a loop whose number of steps is 0 at run time", { withoutStepsAtRunTime(none) }),
      ("a compiled loop without steps", { jit(withoutSteps)(failing) }),
      ("a compiled loop whose number of steps is 0 at run time", { jit(withoutStepsAtRunTime)(none) }),
    ] {
      do {
        try subject.expectEqual(try catchingTensorErrors(run), initial, tolerance: 0, what)
      } catch let error as TensorError {
        throw subject.violation("\(what) failed: \(error)")
      }
    }
  }
}

extension FailureCondition {
  /// An operand and a number in all places of it for which the operation fails, if there is one and a number for which it
  /// does not fail.
  fileprivate func offendingNumber(for operands: [HostTensor]) -> (operand: Int, number: Double)? {
    switch self {
    case .index(let operand, let range):
      if range.isEmpty || operands[operand].shape.count == 0 { return nil }
      return (operand, range.upperBound < Int(Int32.max) ? Double(range.upperBound) : Double(range.lowerBound - 1))
    case .conversion(let operand, let dtype):
      if operands[operand].shape.count == 0 { return nil }
      return (operand, dtype == .int32 ? 0x1p40 : 1e30)
    case .division(_, let divisor): return operands[divisor].shape.count == 0 ? nil : (divisor, 0)
    case .other: return nil
    }
  }
}
