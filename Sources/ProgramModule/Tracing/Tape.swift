/// Equations with the values of their variables: what a trace records, and what derivatives are computed from.
///
/// Variables are numbered in the order of their definition; the inputs come first. A variable that is neither an input
/// nor a result was captured: a tensor from outside that an equation uses.
///
/// A tape belongs to one thread and no access to it calls back into it, so that exclusivity needs no check at run time.
package final class Tape {
  @exclusivity(unchecked) package var equations: [Equation] = []
  @exclusivity(unchecked) package var operandTable: [Int32] = []
  /// The value of each variable, one level further out; `invalid` where only the type is known.
  @exclusivity(unchecked) package var values: [Tensor] = []
  /// The type of each variable, kept only where values may be unknown (else it is empty).
  @exclusivity(unchecked) package var types: [TensorType] = []
  @exclusivity(unchecked) package var inputCount = 0
  /// The variables that were captured, in ascending order.
  @exclusivity(unchecked) package var captured: [Int32] = []
  /// The captured tensors themselves, where `values` has their numbers instead; else it is empty.
  @exclusivity(unchecked) package var originals: [Tensor] = []
  /// Where in the user's source each equation comes from; empty when that is not recorded.
  @exclusivity(unchecked) package var locations: [String?] = []
  /// The derivatives of equations that contain programs, by equation, where they have been made already.
  @exclusivity(unchecked) package var controlMaps: [Int: JointLinearMap] = [:]
  /// Which variables depend differentiably on an input, as far as it has been asked for.
  @exclusivity(unchecked) private var isActive: [Bool] = []
  /// The number of equations that `isActive` takes account of.
  @exclusivity(unchecked) private var activeEquationCount = 0

  package init() {}

  /// The type of a variable.
  package func type(of variable: Int32) -> TensorType {
    let index = Int(variable)
    return types.isEmpty ? values[index].type : types[index]
  }

  /// Which of some variables depend differentiably on an input. Each equation is looked at once, however often this is
  /// asked.
  func activity(of variables: [Int32]) -> [Bool] {
    if isActive.isEmpty {
      isActive = (0..<inputCount).map { type(of: Int32(truncatingIfNeeded: $0)).dtype.isDifferentiable }
    }
    isActive += repeatElement(false, count: values.count - isActive.count)
    while activeEquationCount < equations.count {
      let equation = equations[activeEquationCount]
      activeEquationCount += 1
      let traits = equation.primitive.traits
      if traits.contains(.discrete) || !operandTable[equation.operandRange].contains(where: { isActive[Int($0)] }) {
        continue
      }
      for result in equation.results {
        isActive[result] = !traits.contains(.control) || values[result].dtype.isDifferentiable
      }
    }
    return variables.map { isActive[Int($0)] }
  }

  /// Forgets everything but keeps the memory, for the next trace.
  package func reset() {
    equations.removeAll(keepingCapacity: true)
    operandTable.removeAll(keepingCapacity: true)
    values.removeAll(keepingCapacity: true)
    types.removeAll(keepingCapacity: true)
    captured.removeAll(keepingCapacity: true)
    originals.removeAll(keepingCapacity: true)
    locations.removeAll(keepingCapacity: true)
    inputCount = 0
    if !controlMaps.isEmpty { controlMaps = [:] }
    isActive.removeAll(keepingCapacity: true)
    activeEquationCount = 0
  }
}
