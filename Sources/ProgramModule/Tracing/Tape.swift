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
  /// Where in the user's source each equation comes from; shorter than the equations
  /// where that is not recorded of the last ones.
  @exclusivity(unchecked) package var places: [SourcePlace?] = []
  /// The derivatives of equations that contain programs, by equation, where they have been made already.
  @exclusivity(unchecked) package var controlMaps: [Int: JointLinearMap] = [:]
  /// Which variables depend differentiably on an input, as far as it has been asked for.
  @exclusivity(unchecked) private var activity = Activity(variableCount: 0)
  /// The number of equations that `activity` takes account of.
  @exclusivity(unchecked) private var activeEquationCount = 0

  /// The first variables whose numbers the function read, with the stack where places are recorded.
  @exclusivity(unchecked) package private(set) var readings: [Reading] = []

  /// A variable whose numbers were read.
  package struct Reading {
    package let variable: Int32
    package let stack: CapturedStack?
  }

  package init() {}

  /// Notes that numbers were read. Of a long loop over values the beginning is enough.
  func noteReading(of variable: Int32) {
    guard readings.count < 64 else { return }
    readings.append(Reading(variable: variable, stack: ThreadState.current.keepsLocations ? .capture() : nil))
  }

  /// The equations of a program, with the values of its variables.
  package init(_ program: Program, values: [Tensor], inputCount: Int = 0) {
    equations = program.equations
    operandTable = program.operandTable
    types = program.types
    self.values = values
    self.inputCount = inputCount
  }

  /// The type of a variable.
  package func type(of variable: Int32) -> TensorType {
    let index = Int(variable)
    return types.isEmpty ? values[index].type : types[index]
  }

  /// Which of some variables depend differentiably on an input. Each equation is looked at once, however often this is
  /// asked.
  func activity(of variables: [Int32]) -> [Bool] {
    if activity.isActive.isEmpty {
      activity.grow(to: inputCount)
      for input in 0..<inputCount where type(of: Int32(truncatingIfNeeded: input)).dtype.isDifferentiable {
        activity.activate(input)
      }
    }
    activity.grow(to: values.count)
    while activeEquationCount < equations.count {
      activity.propagate(equations[activeEquationCount], operandTable) { values[$0].dtype }
      activeEquationCount += 1
    }
    return variables.map { activity.isActive[Int($0)] }
  }

  /// Forgets everything but keeps the memory, for the next trace.
  package func reset() {
    equations.removeAll(keepingCapacity: true)
    operandTable.removeAll(keepingCapacity: true)
    values.removeAll(keepingCapacity: true)
    types.removeAll(keepingCapacity: true)
    captured.removeAll(keepingCapacity: true)
    originals.removeAll(keepingCapacity: true)
    places.removeAll(keepingCapacity: true)
    inputCount = 0
    if !controlMaps.isEmpty { controlMaps = [:] }
    if !readings.isEmpty { readings.removeAll(keepingCapacity: true) }
    activity.removeAll()
    activeEquationCount = 0
  }
}
