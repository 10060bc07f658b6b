import Linearization

extension Loop {
  public var ports: ControlPorts {
    var ports = ControlPorts(
      length.map { .steps($0) } ?? .count(operand: 0), bodies: [],
      residuals: isStacked ? .all : .recomputed(sweeps.count == 1 ? checkpointing : nil))
    let fixed = fixedOperands.map { ControlPorts.Input.operand($0) }
    var records: [ControlPorts.Input] = []
    for (number, sweep) in sweeps.enumerated() {
      let (operand, result) = (firstOperand(of: number), firstResult(of: number))
      let states = (0..<sweep.stateCount).map { ports.states.count + $0 }
      ports.states += (0..<sweep.stateCount).map { ControlPorts.State(operand: operand + $0, result: result + $0) }
      let slices = (0..<sweep.slicedCount).map { ControlPorts.Input.slice(operand + sweep.stateCount + $0) }
      let stacks = (0..<sweep.stackedCount).map { ControlPorts.Output.stack(result + sweep.stateCount + $0) }
      let firstRecord = sweep.stateCount + sweep.stackedCount
      ports.bodies.append(
        ControlPorts.Body(
          program: number, inputs: fixed + records + states.map { .state($0) } + slices,
          outputs: states.map { .state($0) } + stacks
            + [ControlPorts.Output](repeating: .record, count: sweep.recordCount),
          isDescending: sweep.isDescending))
      records += (0..<sweep.recordCount).map { .record(body: number, output: firstRecord + $0) }
    }
    return ports
  }

  public func rewired(_ programs: [Subprogram], _ ports: ControlPorts) -> (any ControlPrimitive)? {
    let sweeps = zip(programs, ports.bodies).map { program, body in
      Sweep(
        program, stateCount: body.stateCount, slicedCount: body.slicedCount, recordCount: body.recordCount,
        isDescending: body.isDescending)
    }
    let loop = Loop(
      length: length, fixedCount: ports.bodies.first?.fixedCount ?? 0, sweeps: sweeps, checkpointing: checkpointing)
    return loop.ports == ports ? loop : nil
  }
}
