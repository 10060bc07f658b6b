// swift-format-ignore-file
// Made from Documentation/YourOwnPrimitives.md by Scripts/extract-snippets.sh; change the document, not this file.
import Jacobi
import JacobiTesting
import Testing

#sourceLocation(file: "Documentation/YourOwnPrimitives.md", line: 16)


private struct SquareLog: RealUnary {
  static let name = "squareLog"
  func scalar<S: RealSemantics>(_ x: S) -> S { S.log(x) * S.log(x) }
  func derivative(x: Tensor, y: Tensor) -> LinearMap { .scale(by: 2 * log(x) / x) }
  static var samples: [PrimitiveSample] {
    [[], [2, 3], [1], [0]].map { PrimitiveSample(SquareLog(), [OperandSample($0, .positive)], dtypes: dtypes) }
  }
}
private func squareLog(_ x: Tensor) -> Tensor { SquareLog().bind(x) }




#sourceLocation()
#sourceLocation(file: "Documentation/YourOwnPrimitives.md", line: 42)
private struct Filter: LinearPrimitive {
  static let name = "filter"
  /// The weight of what was before.
  var decay: Double
  /// Whether it runs from the last element to the first.
  var isReversed = false

  var traits: PrimitiveTraits { .linear }

  func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    guard operands.count == 1, operands[0].dtype == .float64, operands[0].shape.rank > 0 else {
      throw TensorError(
        .dtype, Self.name, "takes one float64 tensor with an axis, not \(operands)",
        hint: "convert it with .asType(.float64)")
    }
    return operands
  }

  func evaluate(_ operands: [HostTensor]) throws(TensorError) -> [HostTensor] {
    let shape = operands[0].shape
    var numbers = operands[0].elements(as: Double.self)
    let length = max(shape.dimensions.last ?? 1, 1)
    for start in stride(from: 0, to: numbers.count, by: length) {
      let places = Array(start..<(start + length))
      var before = 0.0
      for place in isReversed ? places.reversed() : places {
        before = decay * before + numbers[place]
        numbers[place] = before
      }
    }
    return [try HostTensor(shape, numbers)]
  }

  func differential(of operand: Int, at point: EquationPoint) -> LinearMap { .itself(self) }

  func transposed(_ cotangents: [Tensor?], of operand: Int, at point: EquationPoint) -> Tensor {
    // One result, so that its cotangent is there.
    Filter(decay: decay, isReversed: !isReversed).bind(cotangents[0]!)
  }

  // The last axis stays the last one when a batch axis comes in front.
  func batched(_ operands: [Tensor], isBatched: [Bool], size: Int) -> [Tensor] { bind(operands) }

  static var samples: [PrimitiveSample] {
    let shapes: [Shape] = [[4], [2, 3], [1], [0]]
    return [false, true].flatMap { isReversed in
      shapes.map {
        PrimitiveSample(Filter(decay: 0.5, isReversed: isReversed), [OperandSample($0)], dtypes: [.float64])
      }
    }
  }
}
private func filtered(_ x: Tensor) -> Tensor { Filter(decay: 0.5).bind(x) }







#sourceLocation()
#sourceLocation(file: "Documentation/YourOwnPrimitives.md", line: 120)
private struct Iterated: ControlPrimitive {
  static let name = "iterated"
  /// From a fixed tensor and the state to the next state.
  var step: Subprogram
  var count: Int

  var subprograms: [Subprogram] { [step] }
  func replacingSubprograms(_ programs: [Subprogram]) -> Iterated { Iterated(step: programs[0], count: count) }

  var ports: ControlPorts {
    ControlPorts(
      .steps(count), bodies: [.init(program: 0, inputs: [.operand(0), .state(0)], outputs: [.state(0)])],
      states: [.init(operand: 1, result: 0)])
  }

  func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    guard operands == step.program.inputTypes, step.program.outputTypes == [operands[1]] else {
      throw TensorError(.program, Self.name, "\(operands) do not fit the program")
    }
    return [operands[1]]
  }

  func evaluate(_ operands: [HostTensor]) throws(TensorError) -> [HostTensor] {
    var state = operands[1]
    for _ in 0..<count { state = try step.program.run([operands[0], state])[0] }
    return [state]
  }

  /// The same in other operations.
  private func unrolled(_ operands: [Tensor]) -> [Tensor] {
    var state = operands[1]
    for _ in 0..<count { state = step.program(operands[0], state)[0] }
    return [state]
  }

  func linearized(_ operands: [Tensor], isActive: [Bool]) -> (results: [Tensor], map: JointLinearMap) {
    linearized(by: unrolled, at: operands, isActive: isActive)
  }

  func batched(_ operands: [Tensor], isBatched: [Bool], size: Int) -> [Tensor] {
    let all = zip(operands, isBatched).map { operand, isBatched in
      isBatched ? operand : operand.broadcast(to: [size] + operand.shape.dimensions)
    }
    return vmap { (x: [Tensor]) in unrolled(x) }(all)
  }

  static var samples: [PrimitiveSample] {
    let point: [Tensor] = [[0.5, 1.5], [1, 2]]
    let step = program(of: { (x: [Tensor]) in [sin(x[0] * x[1])] }, at: point)
    return [PrimitiveSample(
      Iterated(step: Subprogram(step), count: 2), [OperandSample([2]), OperandSample([2])], dtypes: [.float64])]
  }
}
private func powers(_ x: Tensor) -> Tensor {
  let product = program(of: { (x: [Tensor]) in [x[0] * x[1]] }, at: [Tensor(2.0), Tensor(1.0)])
  return Iterated(step: Subprogram(product), count: 3).bind([x, 1])[0]
}






#sourceLocation()
#sourceLocation(file: "Documentation/YourOwnPrimitives.md", line: 219)
private struct WrongCube: RealUnary {
  static let name = "wrongCube"
  func scalar<S: RealSemantics>(_ x: S) -> S { x * x * x }
  func derivative(x: Tensor, y: Tensor) -> LinearMap { .scale(by: 2 * x * x) }
  static var samples: [PrimitiveSample] { [PrimitiveSample(WrongCube(), [OperandSample([2])], dtypes: [.float64])] }
}

#sourceLocation()

@Suite("Documentation/YourOwnPrimitives.md") struct Documentation_YourOwnPrimitivesSnippets {
  @Test("A formula, element by element") func section1() throws {
    let checks = SnippetChecks(count: 3)
#sourceLocation(file: "Documentation/YourOwnPrimitives.md", line: 16)












checks.expect(0, squareLog(Tensor([1, 2] as [Float])).dtype, #"float32"#)
checks.expect(1, grad(squareLog)(1), #"0.0"#)
checks.expect(2, grad(grad(squareLog))(1), #"2.0"#)
#sourceLocation()
    checks.finish()
  }
  @Test("A function written in Swift") func section2() throws {
    let checks = SnippetChecks(count: 6)
#sourceLocation(file: "Documentation/YourOwnPrimitives.md", line: 42)






















































checks.expect(0, filtered([1, 0, 0, 8]), #"[1. 0.5 0.25 8.125]"#)
checks.expect(1, grad { x in filtered(x).sum() }([0, 0, 0]), #"[1.75 1.5 1.]"#)
checks.expect(2, jvp(filtered, at: [0, 0, 0], along: [1, 0, 0]).tangent, #"[1. 0.5 0.25]"#)
checks.expect(3, hessian { x in square(filtered(x)).sum() }([0, 0]), #"[[2.5 1.] [1. 2.]]"#)
checks.expect(4, vmap(grad { x in square(filtered(x)).sum() })([[1, 0], [0, 1]]), #"[[2.5 1.] [1. 2.]]"#)
checks.expect(5, grad { x in scan({ h, a in (filtered(h) * a, h.sum()) }, x, over: [2, 3]).state.sum() }([0, 0]), #"[12. 6.]"#)
#sourceLocation()
    checks.finish()
  }
  @Test("An operation that contains programs") func section3() throws {
    let checks = SnippetChecks(count: 5)
#sourceLocation(file: "Documentation/YourOwnPrimitives.md", line: 120)


























































checks.expect(0, powers(2), #"8.0"#)
checks.expect(1, grad(powers)(2), #"12.0"#)
checks.expect(2, grad(grad(powers))(2), #"12.0"#)
checks.expect(3, vmap(grad(powers))([1, 2]), #"[3. 12.]"#)
checks.expect(4, jit(grad(powers))(2), #"12.0"#)
#sourceLocation()
    checks.finish()
  }
  @Test("In programs") func section4() throws {
    let checks = SnippetChecks(count: 2)
#sourceLocation(file: "Documentation/YourOwnPrimitives.md", line: 193)
let smooth = program(of: filtered, at: [1, 2], name: "smooth")
checks.expect(0, smooth, #"program smooth(a: float64[2]) -> float64[2] {\#n  b: float64[2] = filter[decay=0.5, isReversed=false] a\#n  return b\#n}"#)
// program smooth(a: float64[2]) -> float64[2] {
//   b: float64[2] = filter[decay=0.5, isReversed=false] a
//   return b
// }
let read = try Program(parsing: smooth.text) { name in
  name == Filter.name ? Filter.self : PrimitiveCatalog.primitive(named: name)
}
checks.expect(1, read == smooth, #"true"#)
#sourceLocation()
    checks.finish()
  }
  @Test("Under all laws") func section5() throws {
    let checks = SnippetChecks(count: 2)
#sourceLocation(file: "Documentation/YourOwnPrimitives.md", line: 211)


checks.expect(0, checkLaws(of: [SquareLog.self, Filter.self, Iterated.self]).isPassed, #"true"#)
#sourceLocation()
#sourceLocation(file: "Documentation/YourOwnPrimitives.md", line: 219)






checks.expect(1, checkLaws(of: [WrongCube.self]).violations.contains { $0.law == "forward mode" }, #"true"#)
#sourceLocation()
    checks.finish()
  }
}
