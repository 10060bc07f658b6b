import Linearization

// The derivative of a loop, in one of two ways. What each step needs to be linear (its residuals) is stacked when the loop
// runs, where the number of steps is part of the program; or the steps run once more with the linear ones, in the same
// loop, where that number is known at run time only, or where not every step is to be kept.

extension Loop {
  public func linearized(_ operands: [Tensor], isActive: [Bool]) -> (results: [Tensor], map: JointLinearMap) {
    if isStacked {
      guard let stacked = StackedLoop(self, operands, isActive: isActive) else {
        return failedLinearization(sweeps[0].resultCount)
      }
      return (
        stacked.results,
        JointLinearMap(
          apply: { stacked.applied(to: $0, isMasked: &$1) }, transpose: { stacked.transposed($0, isMasked: &$1) })
      )
    }
    let count = firstResult(of: sweeps.count)
    let results = bind(operands)
    guard results.count == count else { return failedLinearization(count) }
    let derivative = RecomputedLoop(self, operands, isActive: isActive)
    return (
      results,
      JointLinearMap(
        apply: { derivative.applied(to: $0, isMasked: &$1) },
        transpose: { derivative.transposed($0, isMasked: &$1) })
    )
  }
}

extension Loop {
  /// Whether the forward run stacks what the derivative needs of each step.
  var isStacked: Bool { length != nil && sweeps.count == 1 && checkpointing == nil }

  /// A part of the derivative, which is made once for each set of flags.
  func derived<Part: Sendable>(_ part: LoopPart, _ flags: [Bool], _ make: () -> Part?) -> Part? {
    DerivedPrograms.shared.value(of: sweeps[0].step, DerivedPart(loop: self, part: part, flags: flags), make)
  }
}

/// The parts of a loop's derivative.
enum LoopPart: Hashable {
  case stackedTangents
  case stackedCotangents
  case tangents
  case cotangents
}

private struct DerivedPart: Hashable {
  var loop: Loop
  var part: LoopPart
  var flags: [Bool]
}

private struct ResidualsOfStep: Hashable {
  var fixedCount: Int
  var outputCount: Int
}

/// Where the linear part of a step gets each of its residuals from.
package struct StepResiduals: Sendable {
  enum Origin: Equatable, Sendable {
    /// A fixed operand of the loop.
    case fixed(Int)
    /// What depends on fixed operands alone, computed once.
    case once(Int)
    /// What each step makes, among those that have to be kept.
    case kept(Int)
  }

  /// One for each residual.
  private(set) var origins: [Origin] = []
  /// From the fixed operands to what is computed once.
  let once: Program
  /// The known part of a step: its outputs, followed by the residuals that have to be kept.
  let known: Subprogram
  /// The types of the residuals that have to be kept.
  package let keptTypes: [TensorType]

  /// The residuals of a step, found once.
  package static func of(_ derivative: ProgramDerivative, fixedCount: Int) -> StepResiduals {
    let kind = ResidualsOfStep(fixedCount: fixedCount, outputCount: derivative.outputCount)
    return DerivedPrograms.shared.value(of: derivative.known, kind) {
      StepResiduals(derivative, fixedCount: fixedCount)
    }
      ?? StepResiduals(derivative, fixedCount: fixedCount)
  }

  private init(_ derivative: ProgramDerivative, fixedCount: Int) {
    let program = derivative.known.program
    let isFixed = program.fixedVariables(fixedInputs: fixedCount)
    var kept: [Int32] = []
    var once: [Int32] = []
    func place(_ variable: Int32, in list: inout [Int32]) -> Int {
      if let place = list.firstIndex(of: variable) { return place }
      list.append(variable)
      return list.count - 1
    }
    for residual in program.outputs[derivative.outputCount...] {
      if let input = program.inputs[..<fixedCount].firstIndex(of: residual) {
        origins.append(.fixed(input))
      } else if isFixed[Int(residual)] {
        origins.append(.once(place(residual, in: &once)))
      } else {
        origins.append(.kept(place(residual, in: &kept)))
      }
    }
    self.once = program.computing(once, from: Array(program.inputs[..<fixedCount]))
    known = Subprogram(
      program.computing(program.outputs[..<derivative.outputCount] + kept, from: program.inputs))
    keptTypes = kept.map { program.types[Int($0)] }
  }

  /// The residuals from their origins.
  func residuals(fixed: ArraySlice<Tensor>, once: ArraySlice<Tensor>, kept: ArraySlice<Tensor>) -> [Tensor] {
    origins.map { origin in
      switch origin {
      case .fixed(let index): fixed[fixed.startIndex + index]
      case .once(let index): once[once.startIndex + index]
      case .kept(let index): kept[kept.startIndex + index]
      }
    }
  }
}

extension LoopFlags {
  /// Which tensors of a loop have a derivative.
  init(activityOf loop: Loop, _ isActive: [Bool]) {
    self.init(loop, isActive, loop.activity(isActive, loop.firstResult(of: loop.sweeps.count)))
  }
}

/// The operands that are active and can have a tangent.
func differentiable(_ operands: [Tensor], _ isActive: [Bool]) -> [Bool] {
  zip(operands, isActive).map { $1 && $0.dtype.isDifferentiable }
}

/// The elements for which a flag is set.
func picked<Element>(_ elements: some Sequence<Element>, _ flags: [Bool]) -> [Element] {
  zip(elements, flags).filter(\.1).map(\.0)
}

/// A list with the given elements where a flag is set, and `nil` elsewhere.
func spread(_ elements: ArraySlice<Tensor>, _ flags: [Bool]) -> [Tensor?] {
  var next = elements.startIndex
  return flags.map { isSet in
    guard isSet else { return nil }
    defer { next += 1 }
    return elements[next]
  }
}
