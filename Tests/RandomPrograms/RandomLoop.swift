import Jacobi
import JacobiTesting

extension ProgramBuilder {
  /// Adds a loop of two or three random steps over random variables; its results. Loops that go over the results of others
  /// come up often.
  mutating func addRandomLoop(
    over variables: [Variable], _ generator: inout CountingGenerator
  ) throws -> [Variable] {
    let length = Bool.random(using: &generator) ? 2 : 3
    let small = try variables.filter { try type(of: $0).shape.rank < 2 }
    let sliceable = try variables.filter { try type(of: $0).shape.dimensions.first == length }
    func some(_ list: [Variable], _ count: ClosedRange<Int>) -> [Variable] {
      (0..<Int.random(in: count, using: &generator)).compactMap { _ in
        // What was made last is taken often.
        Bool.random(using: &generator)
          ? list.suffix(4).randomElement(using: &generator) : list.randomElement(using: &generator)
      }
    }
    let (fixed, states, slices) = (some(small, 0...2), some(small, 1...2), some(sliceable, 0...3))
    var step = ProgramBuilder(name: "step")
    var inner: [Variable] = []
    var stateTypes: [TensorType] = []
    for variable in fixed { inner.append(step.input(try type(of: variable))) }
    for variable in states {
      stateTypes.append(try type(of: variable))
      inner.append(step.input(try type(of: variable)))
    }
    for variable in slices {
      let whole = try type(of: variable)
      inner.append(step.input(TensorType(whole.dtype, Shape(Array(whole.shape.dimensions.dropFirst())))))
    }
    for _ in 0..<Int.random(in: 0...8, using: &generator) {
      let unary: [any Primitive] = [Sin(), Negate(), Broadcast(shape: [3], axes: []), Sum(axes: [0])]
      let binary: [any Primitive] = [Add(), Multiply(), Subtract()]
      let x = inner.randomElement(using: &generator) ?? inner[0]
      let own = try step.type(of: x)
      let y = try inner.filter { try step.type(of: $0) == own }.randomElement(using: &generator) ?? x
      let isUnary = Bool.random(using: &generator)
      let primitive = (isUnary ? unary : binary).randomElement(using: &generator) ?? Sin()
      if let results = try? step.add(primitive, isUnary ? [x] : [x, y]) { inner += results }
    }
    var outputs: [Variable] = []
    for own in stateTypes {
      outputs.append(try inner.filter { try step.type(of: $0) == own }.randomElement(using: &generator) ?? inner[0])
    }
    outputs += some(inner, 0...3)
    let sweep = Sweep(
      Subprogram(try step.finish(outputs)), stateCount: states.count, slicedCount: slices.count,
      isDescending: Int.random(in: 0..<3, using: &generator) == 0)
    let loop = Loop(length: length, fixedCount: fixed.count, sweeps: [sweep])
    return try add(loop, fixed + states + slices)
  }
}
