/// An equation that is a loop of one pass, in parts; variables are those of the program that it stands in.
struct PlainLoop {
  let primitive: any LoopPrimitive
  let length: Int
  let isDescending: Bool
  /// One step: from the fixed operands, the state and the slices to the state and a slice of each stacked result.
  let step: Program
  let fixed: [Int32]
  let states: [Int32]
  let slices: [Int32]
  /// The last state.
  let lastStates: [Int32]
  /// What the steps' outputs are stacked to.
  let stacks: [Int32]

  /// The parts of an equation; `nil` where it is not such a loop.
  init?(_ equation: Equation, in program: Program) {
    guard equation.primitive.traits.contains(.control), let primitive = equation.primitive as? any LoopPrimitive,
      let shape = primitive.plainShape, let length = shape.length
    else { return nil }
    let sweep = shape.sweeps[0]
    let operands = Array(program.operands(of: equation))
    let results = equation.results.map { Int32(truncatingIfNeeded: $0) }
    let slicedStart = shape.fixedCount + sweep.stateCount
    self.primitive = primitive
    self.length = length
    isDescending = sweep.isDescending
    step = sweep.step.program
    fixed = Array(operands[..<shape.fixedCount])
    states = Array(operands[shape.fixedCount..<slicedStart])
    slices = Array(operands[slicedStart...])
    lastStates = Array(results[..<sweep.stateCount])
    stacks = Array(results[sweep.stateCount...])
  }

  /// The last state, and what is stacked.
  var results: [Int32] { lastStates + stacks }

  /// The step's variables for the fixed operands, the states, and the slices.
  var fixedInputs: ArraySlice<Int32> { step.inputs[..<fixed.count] }
  var stateInputs: ArraySlice<Int32> { step.inputs[fixed.count..<(fixed.count + states.count)] }
  var sliceInputs: ArraySlice<Int32> { step.inputs[(fixed.count + states.count)...] }
  /// The step's variables for the next state, and for the slices of the stacked results.
  var stateOutputs: ArraySlice<Int32> { step.outputs[..<states.count] }
  var stackOutputs: ArraySlice<Int32> { step.outputs[states.count...] }

  /// A loop of as many steps in the same direction.
  func with(step: Program, fixedCount: Int, stateCount: Int, slicedCount: Int) -> any Primitive {
    primitive.with(
      LoopShape(
        length: length, fixedCount: fixedCount,
        sweeps: [
          LoopShape.SweepShape(
            step: Subprogram(step), stateCount: stateCount, slicedCount: slicedCount, recordCount: 0,
            isDescending: isDescending)
        ]))
  }
}
