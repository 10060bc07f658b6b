import Linearization

/// The derivative of a loop of one sweep whose residuals were stacked when it ran.
///
/// The linear part is a loop over the stacks in the same direction, its transpose one in the opposite direction, with the
/// cotangents of the fixed operands as a further state that each step adds to.
struct StackedLoop {
  /// The results of the loop.
  let results: [Tensor]
  private let loop: Loop
  private let derivative: ProgramDerivative
  private let plan: StepResiduals
  private let activity: LoopFlags
  private let isActive: [Bool]
  private let operandTypes: [TensorType]
  private let fixed: [Tensor]
  private let once: [Tensor]
  private let kept: [Tensor]

  /// Runs the loop; `nil` when a rule is invalid, which has been reported.
  init?(_ loop: Loop, _ operands: [Tensor], isActive: [Bool]) {
    let sweep = loop.sweeps[0]
    self.loop = loop
    self.isActive = differentiable(operands, isActive)
    activity = LoopFlags(activityOf: loop, self.isActive)
    guard let derivative = ProgramDerivative.of(sweep.step, activity.sweeps[0].inputs(activity.fixed)) else {
      return nil
    }
    self.derivative = derivative
    plan = StepResiduals.of(derivative, fixedCount: loop.fixedCount)
    let known = Loop(
      length: loop.length, fixedCount: loop.fixedCount,
      sweeps: [
        Sweep(
          plan.known, stateCount: sweep.stateCount, slicedCount: sweep.slicedCount,
          isDescending: sweep.isDescending)
      ])
    let all = known.bind(operands)
    guard all.count == sweep.resultCount + plan.keptTypes.count else { return nil }
    results = Array(all[..<sweep.resultCount])
    kept = Array(all[sweep.resultCount...])
    fixed = Array(operands[..<loop.fixedCount])
    once = plan.once.applied(to: fixed)
    operandTypes = operands.map(\.type)
  }

  private var sweep: Sweep { loop.sweeps[0] }
  private var flags: LoopFlags.OfSweep { activity.sweeps[0] }

  /// The fixed operands of the linear loops: the residuals that are the same in every step.
  private var fixedResiduals: [Tensor] { fixed + once }

  /// The residuals of a step, from the fixed operands of a linear loop, after `first`, and the slices of the stacks.
  private func residuals(_ inputs: ArraySlice<Tensor>, _ slices: ArraySlice<Tensor>) -> ArraySlice<Tensor> {
    plan.residuals(fixed: inputs.prefix(fixed.count), once: inputs.dropFirst(fixed.count), kept: slices)[...]
  }

  /// The results' tangents.
  ///
  /// - Parameter isMasked: whether zeros in the tangents may be strong; then whether those of the results may.
  func applied(to tangents: [Tensor?], isMasked: inout Bool) -> [Tensor?] {
    let nothing = [Tensor?](repeating: nil, count: sweep.resultCount)
    guard let some = tangents.lazy.compactMap({ $0 }).first else { return nothing }
    let present = tangents.map { $0 != nil }
    let active = LoopFlags(activityOf: loop, present)
    let flags = active.sweeps[0]
    let slicedStart = loop.fixedCount + sweep.stateCount
    let fixedTangents = tangents[..<loop.fixedCount].compactMap { $0 }
    let slicedTangents = tangents[slicedStart...].compactMap { $0 }
    let states = sweep.stateTypes.indices.filter { flags.state[$0] }.map { index in
      tangents[loop.fixedCount + index] ?? zeros(sweep.stateTypes[index], beside: some)
    }
    let operands = fixedTangents + fixedResiduals + states + slicedTangents + kept
    let stateTypes = picked(sweep.stateTypes, flags.state)
    let inputTypes =
      (fixedTangents + fixedResiduals).map(\.type) + stateTypes + (slicedTangents + kept).map { $0.type.slice }
    // Zeros stand for what has no tangent: in the first state, in a step's operands, and after a step.
    let stateTangents = tangents[loop.fixedCount..<slicedStart]
    isMasked =
      isMasked || zip(flags.state, stateTangents).contains { $0 && $1 == nil }
      || derivative.linear.lacksTangents(flags.inputs(active.fixed))
      || derivative.linear.leavesOut(flags.outputs) || derivative.linear.makesStrongZeros
    let absorbs = isMasked
    let step = recorded(.stackedTangents, present + [absorbs], "\(sweep.step.program.name)_tangent", inputTypes) {
      inputs in
      let fixedEnd = fixedTangents.count + fixedResiduals.count
      let slices = inputs[(fixedEnd + states.count)...]
      let given =
        spread(inputs[..<fixedTangents.count], active.fixed)
        + spread(inputs[fixedEnd..<(fixedEnd + states.count)], flags.state)
        + spread(slices.prefix(slicedTangents.count), flags.sliced)
      var isMasked = absorbs
      let results = derivative.linear.applied(
        to: given, residuals(inputs[fixedTangents.count..<fixedEnd], slices.dropFirst(slicedTangents.count)),
        count: derivative.outputCount, isInlined: true, isMasked: &isMasked)
      let types = sweep.step.program.outputTypes
      return flags.outputs.indices.filter { flags.outputs[$0] }.map {
        results[$0] ?? zeros(types[$0], beside: inputs)
      }
    }
    guard let step else { return nothing.map { _ in Tensor(.invalid) } }
    let values = linearLoop(
      step, fixedCount: fixedTangents.count + fixedResiduals.count, stateCount: states.count,
      slicedCount: slicedTangents.count + kept.count, isDescending: sweep.isDescending, operands)
    return values.map { spread($0[...], flags.outputs) } ?? nothing.map { _ in Tensor(.invalid) }
  }

  /// The operands' cotangents.
  ///
  /// - Parameter isMasked: whether zeros in the results' cotangents may be strong; then whether those of the operands may.
  func transposed(_ cts: [Tensor?], isMasked: inout Bool) -> [Tensor?] {
    let nothing = [Tensor?](repeating: nil, count: operandTypes.count)
    guard let some = cts.lazy.compactMap({ $0 }).first else { return nothing }
    let isStackedGiven = zip(flags.stacked, cts[sweep.stateCount...]).map { $0 && $1 != nil }
    let states = sweep.stateTypes.indices.filter { flags.state[$0] }.map { index in
      cts[index] ?? zeros(sweep.stateTypes[index], beside: some)
    }
    let sums = picked(operandTypes[..<loop.fixedCount], activity.fixed).map { zeros($0, beside: some) }
    let stacked = picked(cts[sweep.stateCount...], isStackedGiven).compactMap { $0 }
    let operands = fixedResiduals + states + sums + stacked + kept
    let inputTypes =
      fixedResiduals.map(\.type) + picked(sweep.stateTypes, flags.state) + sums.map(\.type)
      + (stacked + kept).map { $0.type.slice }
    let needed = sweep.step.program.inputs.indices.map {
      $0 >= loop.fixedCount && $0 < loop.fixedCount + sweep.stateCount && flags.state[$0 - loop.fixedCount]
    }
    isMasked =
      isMasked || zip(flags.state, cts).contains { $0 && $1 == nil }
      || derivative.transposed.lacksTangents(flags.state + isStackedGiven)
      || derivative.transposed.leavesOut(needed) || derivative.transposed.makesStrongZeros
    let absorbs = isMasked
    let step = recorded(
      .stackedCotangents, isStackedGiven + [absorbs], "\(sweep.step.program.name)_cotangent", inputTypes
    ) {
      inputs in
      let fixedEnd = fixedResiduals.count
      let sumStart = fixedEnd + states.count
      let slices = inputs[(sumStart + sums.count)...]
      let given =
        spread(inputs[fixedEnd..<sumStart], flags.state) + spread(slices.prefix(stacked.count), isStackedGiven)
      var isMasked = absorbs
      let results = derivative.transposed.applied(
        to: given, residuals(inputs[..<fixedEnd], slices.dropFirst(stacked.count)),
        count: sweep.step.program.inputs.count, isInlined: true, isMasked: &isMasked)
      return outputs(
        results, adding: Array(inputs[sumStart..<(sumStart + sums.count)]),
        beside: inputs)
    }
    guard let step else { return nothing.map { _ in Tensor(.invalid) } }
    let values = linearLoop(
      step, fixedCount: fixedResiduals.count, stateCount: states.count + sums.count,
      slicedCount: stacked.count + kept.count, isDescending: !sweep.isDescending, operands)
    guard let values else { return nothing.map { _ in Tensor(.invalid) } }
    return spread(values[states.count..<(states.count + sums.count)], activity.fixed)
      + spread(values[..<states.count], flags.state) + spread(values[(states.count + sums.count)...], flags.sliced)
  }

  /// What a transposed step gives: cotangents of the states, sums for the fixed operands, cotangents of the slices.
  private func outputs(_ cts: [Tensor?], adding sums: [Tensor], beside inputs: [Tensor]) -> [Tensor] {
    let types = sweep.step.program.inputTypes
    let stateEnd = loop.fixedCount + sweep.stateCount
    var results: [Tensor] = []
    for index in loop.fixedCount..<stateEnd where flags.state[index - loop.fixedCount] {
      results.append(cts[index] ?? zeros(types[index], beside: inputs))
    }
    for (sum, index) in zip(sums, activity.fixed.indices.filter { activity.fixed[$0] }) {
      results.append(cts[index].map { sum + $0 } ?? sum)
    }
    for index in stateEnd..<types.count where flags.sliced[index - stateEnd] {
      results.append(cts[index] ?? zeros(types[index], beside: inputs))
    }
    return results
  }

  /// A linear step, recorded once for what has a tangent or cotangent.
  private func recorded(
    _ part: LoopPart, _ isGiven: [Bool], _ name: String, _ types: [TensorType],
    _ body: ([Tensor]) -> [Tensor]
  ) -> Subprogram? {
    loop.derived(part, isActive + isGiven) {
      Program.tracing(name, types, unreadable: .readInRule(of: name), body).map { Subprogram($0.program) }
    }
  }

  /// The results of a loop of one linear sweep; `nil` when it is invalid, which has been reported.
  private func linearLoop(
    _ step: Subprogram, fixedCount: Int, stateCount: Int, slicedCount: Int, isDescending: Bool, _ operands: [Tensor]
  ) -> [Tensor]? {
    let sweep = Sweep(step, stateCount: stateCount, slicedCount: slicedCount, isDescending: isDescending)
    let results = Loop(length: loop.length, fixedCount: fixedCount, sweeps: [sweep]).bind(operands)
    return results.count == sweep.resultCount && !results.contains(where: \.isInvalid) ? results : nil
  }
}

extension TensorType {
  /// The type of one slice along the first axis.
  package var slice: TensorType { TensorType(dtype, Shape(Array(shape.dimensions.dropFirst()))) }
}
