import Linearization

/// The derivative of a loop whose steps run once more together with the linear ones.
///
/// Forward mode carries a tangent beside each tensor, in the same sweeps. Reverse mode runs the sweeps, in which each step
/// records what its derivative needs, and then for each of them, the last one first, a sweep in the opposite direction.
struct RecomputedLoop {
  private let loop: Loop
  private let operands: [Tensor]
  private let isActive: [Bool]

  init(_ loop: Loop, _ operands: [Tensor], isActive: [Bool]) {
    self.loop = loop
    self.operands = operands
    self.isActive = differentiable(operands, isActive)
  }

  private var fixed: ArraySlice<Tensor> { operands[loop.fixedOperands] }
  private var lengthOperand: ArraySlice<Tensor> { operands[..<loop.fixedOperands.lowerBound] }
  private var resultCount: Int { loop.firstResult(of: loop.sweeps.count) }

  private func states(_ sweep: Int) -> ArraySlice<Tensor> {
    let first = loop.firstOperand(of: sweep)
    return operands[first..<(first + loop.sweeps[sweep].stateCount)]
  }

  private func sliced(_ sweep: Int) -> ArraySlice<Tensor> {
    let first = loop.firstOperand(of: sweep)
    return operands[(first + loop.sweeps[sweep].stateCount)..<(first + loop.sweeps[sweep].operandCount)]
  }

  private func recorded(
    _ name: String, _ types: [TensorType], _ body: ([Tensor]) -> [Tensor]
  ) -> Subprogram? {
    Program.tracing(name, types, unreadable: .readInRule(of: name), body).map { Subprogram($0.program) }
  }
}

// MARK: - Forward

extension RecomputedLoop {
  /// The results' tangents.
  ///
  /// - Parameter isMasked: whether zeros in the tangents may be strong; then whether those of the results may.
  func applied(to tangents: [Tensor?], isMasked: inout Bool) -> [Tensor?] {
    let nothing = [Tensor?](repeating: nil, count: resultCount)
    guard let some = tangents.lazy.compactMap({ $0 }).first else { return nothing }
    let flags = LoopFlags(activityOf: loop, tangents.map { $0 != nil })
    let fixedTangents = tangents[loop.fixedOperands].compactMap { $0 }
    for (number, sweep) in loop.sweeps.enumerated() where !isMasked {
      let own = flags.sweeps[number]
      guard let linear = ProgramDerivative.of(sweep.step, own.inputs(flags.fixed))?.linear else {
        return nothing.map { _ in Tensor(.invalid) }
      }
      // Zeros stand for what has no tangent: in the first state, in a step's operands, and after a step.
      isMasked =
        zip(own.state, tangents[loop.firstOperand(of: number)...]).contains { $0 && $1 == nil }
        || linear.lacksTangents(own.inputs(flags.fixed)) || linear.leavesOut(own.outputs) || linear.makesStrongZeros
    }
    let absorbs = isMasked
    let tangentSteps = loop.derived(.tangents, tangents.map { $0 != nil } + [absorbs]) { () -> [Subprogram]? in
      let steps = loop.sweeps.indices.compactMap { tangentStep($0, flags, absorbs) }
      return steps.count < loop.sweeps.count ? nil : steps
    }
    guard let tangentSteps else { return nothing.map { _ in Tensor(.invalid) } }
    var given = lengthOperand + fixed + fixedTangents
    var sweeps: [Sweep] = []
    for (number, sweep) in loop.sweeps.enumerated() {
      let own = flags.sweeps[number]
      sweeps.append(
        Sweep(
          tangentSteps[number], stateCount: sweep.stateCount + count(own.state),
          slicedCount: sweep.slicedCount + count(own.sliced),
          recordCount: sweep.recordCount + count(own.records), isDescending: sweep.isDescending))
      let first = loop.firstOperand(of: number)
      given += states(number)
      for (index, type) in sweep.stateTypes.enumerated() where own.state[index] {
        given.append(tangents[first + index] ?? zeros(type, beside: some))
      }
      given += sliced(number)
      given += tangents[(first + sweep.stateCount)..<(first + sweep.operandCount)].compactMap { $0 }
    }
    let tangentLoop = Loop(
      length: loop.length, fixedCount: loop.fixedCount + fixedTangents.count, sweeps: sweeps,
      checkpointing: loop.checkpointing)
    let results = tangentLoop.bind(Array(given))
    guard results.count == tangentLoop.firstResult(of: sweeps.count), !results.contains(where: \.isInvalid) else {
      return nothing.map { _ in Tensor(.invalid) }
    }
    var found: [Tensor?] = []
    for (number, sweep) in loop.sweeps.enumerated() {
      let own = flags.sweeps[number]
      let first = tangentLoop.firstResult(of: number)
      let stackedStart = first + sweeps[number].stateCount
      found += spread(results[(first + sweep.stateCount)..<stackedStart], own.state)
      found += spread(results[(stackedStart + sweep.stackedCount)...], own.stacked)
    }
    return found
  }

  /// A step with a tangent beside each tensor: behind the fixed operands, the records of each sweep, the states, and so
  /// on, come the tangents of those that have one.
  private func tangentStep(_ number: Int, _ flags: LoopFlags, _ absorbs: Bool) -> Subprogram? {
    let sweep = loop.sweeps[number]
    let own = flags.sweeps[number]
    guard let derivative = ProgramDerivative.of(sweep.step, own.inputs(flags.fixed)) else { return nil }
    let groups = TangentGroups(loop, number, flags)
    return recorded("\(sweep.step.program.name)_tangent", groups.types) { inputs in
      let (primals, tangents) = groups.separated(inputs)
      let known = derivative.known.program.applied(to: primals)
      let outputs = known[..<derivative.outputCount]
      var isMasked = absorbs
      let linear = derivative.linear.applied(
        to: tangents, known[derivative.outputCount...], count: derivative.outputCount, isInlined: true,
        isMasked: &isMasked)
      let types = sweep.step.program.outputTypes
      let pairs = outputs.indices.map { index in
        (outputs[index], own.outputs[index] ? linear[index] ?? zeros(types[index], beside: inputs) : nil)
      }
      let stackedEnd = sweep.stateCount + sweep.stackedCount
      return [pairs[..<sweep.stateCount], pairs[sweep.stateCount..<stackedEnd], pairs[stackedEnd...]].flatMap { group in
        group.map(\.0) + group.compactMap(\.1)
      }
    }
  }
}

/// The inputs of a step with tangents, group by group.
private struct TangentGroups {
  /// The types of the tensors of a group, and which of them have a tangent.
  private var groups: [(types: ArraySlice<TensorType>, flags: [Bool])] = []

  init(_ loop: Loop, _ number: Int, _ flags: LoopFlags) {
    let types = loop.sweeps[number].step.program.inputTypes
    var first = 0
    func add(_ flags: [Bool]) {
      groups.append((types[first..<(first + flags.count)], flags))
      first += flags.count
    }
    add(flags.fixed)
    for earlier in 0..<number { add(flags.sweeps[earlier].records) }
    add(flags.sweeps[number].state)
    add(flags.sweeps[number].sliced)
  }

  var types: [TensorType] { groups.flatMap { $0.types + picked($0.types, $0.flags) } }

  /// The tensors, and the tangents of those that have one.
  func separated(_ inputs: [Tensor]) -> (primals: [Tensor], tangents: [Tensor?]) {
    var (primals, tangents): ([Tensor], [Tensor?]) = ([], [])
    var first = 0
    for (types, flags) in groups {
      primals += inputs[first..<(first + types.count)]
      first += types.count
      tangents += spread(inputs[first...], flags)
      first += count(flags)
    }
    return (primals, tangents)
  }
}

private func count(_ flags: [Bool]) -> Int { flags.lazy.filter { $0 }.count }

// MARK: - Reverse

extension RecomputedLoop {
  /// The operands' cotangents.
  ///
  /// - Parameter isMasked: set, as zeros of what it gives may be strong whatever those of the results' cotangents are.
  func transposed(_ cts: [Tensor?], isMasked: inout Bool) -> [Tensor?] {
    isMasked = true
    let nothing = [Tensor?](repeating: nil, count: operands.count)
    guard let some = cts.lazy.compactMap({ $0 }).first else { return nothing }
    let failed = nothing.map { _ -> Tensor? in Tensor(.invalid) }
    let flags = LoopFlags(activityOf: loop, isActive)
    var parts: [TransposedSweep] = []
    for number in loop.sweeps.indices {
      guard let part = TransposedSweep(loop, number, flags, fixed, cts) else { return failed }
      parts.append(part)
    }
    let once = parts.flatMap(\.once)
    let sweeps = loop.derived(.cotangents, isActive + parts.flatMap(\.isStackedGiven)) { () -> [Sweep]? in
      let recording = loop.sweeps.indices.compactMap { recordingSweep($0, parts, once) }
      let reverse = loop.sweeps.indices.reversed().compactMap { reverseSweep($0, parts, flags, once) }
      return recording.count + reverse.count < 2 * loop.sweeps.count ? nil : recording + reverse
    }
    guard let sweeps else { return failed }
    let firstResult = sweeps[..<loop.sweeps.count].reduce(0) { $0 + $1.resultCount }
    var given = lengthOperand + fixed + once
    for number in loop.sweeps.indices { given += states(number) + sliced(number) }
    for number in loop.sweeps.indices.reversed() {
      let types = loop.sweeps[number].stateTypes
      for index in types.indices where flags.sweeps[number].state[index] {
        given.append(cts[loop.firstResult(of: number) + index] ?? zeros(types[index], beside: some))
      }
      given += picked(fixed, flags.fixed).map { zeros($0.type, beside: some) }
      given += parts[number].stackedCts
    }
    let reversal = Loop(
      length: loop.length, fixedCount: loop.fixedCount + once.count, sweeps: sweeps, checkpointing: loop.checkpointing)
    let results = reversal.bind(Array(given))
    guard results.count == reversal.firstResult(of: sweeps.count), !results.contains(where: \.isInvalid) else {
      return failed
    }
    return collected(results[firstResult...], flags)
  }

  /// The operands' cotangents from the results of the reversed sweeps, of which the last one comes first.
  private func collected(_ results: ArraySlice<Tensor>, _ flags: LoopFlags) -> [Tensor?] {
    var found = [Tensor?](repeating: nil, count: operands.count)
    var next = results.startIndex
    func take(_ flags: [Bool], _ first: Int, adds: Bool = false) {
      for (index, isSet) in flags.enumerated() where isSet {
        let already = adds ? found[first + index] : nil
        found[first + index] = already.map { $0 + results[next] } ?? results[next]
        next += 1
      }
    }
    for number in loop.sweeps.indices.reversed() {
      let first = loop.firstOperand(of: number)
      take(flags.sweeps[number].state, first)
      take(flags.fixed, loop.fixedOperands.lowerBound, adds: true)
      take(flags.sweeps[number].sliced, first + loop.sweeps[number].stateCount)
    }
    return found
  }

  /// A sweep of the loop that also records what its derivative needs.
  private func recordingSweep(_ number: Int, _ parts: [TransposedSweep], _ once: [Tensor]) -> Sweep? {
    let sweep = loop.sweeps[number]
    let plan = parts[number].plan
    let earlier = (0..<number).map { (own: loop.sweeps[$0].recordTypes, kept: parts[$0].plan.keptTypes) }
    let inputTypes = sweep.step.program.inputTypes
    let stateStart = inputTypes.count - sweep.operandCount
    var types = inputTypes[..<loop.fixedCount] + once.map(\.type)
    for records in earlier { types += records.own + records.kept }
    types += inputTypes[stateStart...]
    let step = recorded("\(sweep.step.program.name)_recording", Array(types)) { inputs in
      var given = inputs[..<loop.fixedCount]
      var next = loop.fixedCount + once.count
      for records in earlier {
        given += inputs[next..<(next + records.own.count)]
        next += records.own.count + records.kept.count
      }
      let outputs = plan.known.program.applied(to: Array(given + inputs[next...]))
      return Array(outputs[..<sweep.stateCount] + outputs[(sweep.stateCount + sweep.stackedCount)...])
    }
    return step.map {
      Sweep(
        $0, stateCount: sweep.stateCount, slicedCount: sweep.slicedCount,
        recordCount: sweep.recordCount + plan.keptTypes.count, isDescending: sweep.isDescending)
    }
  }

  /// The transposed sweep. Its records are cotangents of the records of earlier sweeps, the first of those first.
  private func reverseSweep(
    _ number: Int, _ parts: [TransposedSweep], _ flags: LoopFlags, _ once: [Tensor]
  ) -> Sweep? {
    let sweep = loop.sweeps[number]
    let part = parts[number]
    let own = flags.sweeps[number]
    let layout = ReverseInputs(
      loop, number, parts.map(\.plan.keptTypes), flags, fixed.map(\.type), once.map(\.type), part)
    let onceStart = parts[..<number].reduce(0) { $0 + $1.once.count }
    let step = recorded("\(sweep.step.program.name)_cotangent", layout.types) { inputs in
      // Zeros of a cotangent may be strong.
      let cts = part.derivative.transposed.applied(
        to: layout.cotangents(inputs),
        part.plan.residuals(
          fixed: inputs[..<loop.fixedCount], once: inputs[(loop.fixedCount + onceStart)...],
          kept: inputs[layout.keptStart...])[...],
        count: sweep.step.program.inputs.count, isInlined: true)
      let types = sweep.step.program.inputTypes
      func present(_ range: Range<Int>, _ flags: [Bool]) -> [Tensor] {
        picked(range, flags).map { cts[$0] ?? zeros(types[$0], beside: inputs) }
      }
      let stateStart = types.count - sweep.operandCount
      let slicedStart = stateStart + sweep.stateCount
      let sums = zip(layout.sums(inputs), picked(0..<loop.fixedCount, flags.fixed)).map { sum, index in
        cts[index].map { sum + $0 } ?? sum
      }
      return present(stateStart..<slicedStart, own.state) + sums + present(slicedStart..<types.count, own.sliced)
        + present(loop.fixedCount..<stateStart, own.earlierRecords)
    }
    return step.map {
      Sweep(
        $0, stateCount: count(own.state) + count(flags.fixed), slicedCount: part.stackedCts.count,
        recordCount: count(own.earlierRecords), isDescending: !sweep.isDescending)
    }
  }
}

/// What is known of one sweep before it is transposed.
private struct TransposedSweep {
  let derivative: ProgramDerivative
  let plan: StepResiduals
  /// What its residuals have of the fixed operands.
  let once: [Tensor]
  /// Which stacked results have a cotangent, and those.
  let isStackedGiven: [Bool]
  let stackedCts: [Tensor]

  init?(_ loop: Loop, _ number: Int, _ flags: LoopFlags, _ fixed: ArraySlice<Tensor>, _ cts: [Tensor?]) {
    let sweep = loop.sweeps[number]
    let own = flags.sweeps[number]
    guard let derivative = ProgramDerivative.of(sweep.step, own.inputs(flags.fixed)) else { return nil }
    self.derivative = derivative
    plan = StepResiduals.of(derivative, fixedCount: loop.fixedCount)
    once = plan.once.applied(to: Array(fixed))
    let first = loop.firstResult(of: number) + sweep.stateCount
    let given = cts[first..<(first + sweep.stackedCount)]
    isStackedGiven = zip(own.stacked, given).map { $0 && $1 != nil }
    stackedCts = picked(given, isStackedGiven).compactMap { $0 }
  }
}

/// The inputs of a transposed step: fixed operands; what was computed once; the records of the recording sweeps; the
/// records of the transposed sweeps before it; cotangents of its states; sums for the fixed operands; cotangents of its
/// stacked slices.
private struct ReverseInputs {
  private(set) var types: [TensorType]
  /// Where the residuals that its sweep kept begin.
  private(set) var keptStart = 0
  /// For each of its sweep's records, where its cotangents are.
  private var recordCts: [[Int]]
  private let stateStart: Int
  private let flags: LoopFlags.OfSweep
  private let isStackedGiven: [Bool]
  private let sumCount: Int

  init(
    _ loop: Loop, _ number: Int, _ kept: [[TensorType]], _ flags: LoopFlags, _ fixed: [TensorType],
    _ once: [TensorType], _ part: TransposedSweep
  ) {
    types = fixed + once
    for (index, sweep) in loop.sweeps.enumerated() {
      types += sweep.recordTypes
      if index == number { keptStart = types.count }
      types += kept[index]
    }
    let own = flags.sweeps[number]
    recordCts = own.records.map { _ in [] }
    for later in loop.sweeps.indices.reversed() where later > number {
      for earlier in 0..<later {
        for (record, isSet) in flags.sweeps[earlier].records.enumerated() where isSet {
          if earlier == number { recordCts[record].append(types.count) }
          types.append(loop.sweeps[earlier].recordTypes[record])
        }
      }
    }
    stateStart = types.count
    let sweep = loop.sweeps[number]
    types += picked(sweep.stateTypes, own.state)
    let sums = picked(fixed, flags.fixed)
    types += sums + picked(sweep.stackedTypes, part.isStackedGiven)
    self.flags = own
    isStackedGiven = part.isStackedGiven
    sumCount = sums.count
  }

  /// The cotangents of the step's outputs.
  func cotangents(_ inputs: [Tensor]) -> [Tensor?] {
    let sumStart = stateStart + count(flags.state)
    let records = recordCts.map { places -> Tensor? in
      places.dropFirst().reduce(places.first.map { inputs[$0] }) { total, place in total.map { $0 + inputs[place] } }
    }
    return spread(inputs[stateStart..<sumStart], flags.state)
      + spread(inputs[(sumStart + sumCount)...], isStackedGiven) + records
  }

  /// The sums for the fixed operands so far.
  func sums(_ inputs: [Tensor]) -> ArraySlice<Tensor> {
    let start = stateStart + count(flags.state)
    return inputs[start..<(start + sumCount)]
  }
}
