// swift-format-ignore-file
// Made from Documentation/HowItWorks.md by Scripts/extract-snippets.sh; change the document, not this file.
import Jacobi
import JacobiTesting
import Testing

#sourceLocation(file: "Documentation/HowItWorks.md", line: 45)

private func absolute(_ x: Tensor) -> Tensor { Double(x) < 0 ? -x : x }







#sourceLocation()
#sourceLocation(file: "Documentation/HowItWorks.md", line: 90)
private struct Cube: Primitive {
  static let name = "cube"
  var traits: PrimitiveTraits { .elementwise }

  func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    guard operands.count == 1, operands[0].dtype == .float64 else {
      throw TensorError(.dtype, Self.name, "takes one float64 tensor, not \(operands)")
    }
    return operands
  }

  func evaluate(_ operands: [HostTensor]) throws(TensorError) -> [HostTensor] {
    let xs = operands[0].elements(as: Double.self)
    return [try HostTensor(operands[0].shape, xs.map { $0 * $0 * $0 })]
  }

  // The tangent of x³ is 3x² times the tangent of x.
  func differential(of operand: Int, at point: EquationPoint) -> LinearMap {
    .scale(by: 3 * square(point.operand(0)))
  }

  // Elementwise: the batch axis is an axis like others.
  func batched(_ operands: [Tensor], isBatched: [Bool], size: Int) -> [Tensor] { bind(operands) }

  static var samples: [PrimitiveSample] { [PrimitiveSample(Cube(), [OperandSample([2, 3])], dtypes: [.float64])] }
}
private func cube(_ x: Tensor) -> Tensor { Cube().bind(x) }







#sourceLocation()
#sourceLocation(file: "Documentation/HowItWorks.md", line: 130)
private struct LogCosh: RealUnary {
  static let name = "logCosh"
  func scalar<S: RealSemantics>(_ x: S) -> S { S.log(S.cosh(x)) }
  func derivative(x: Tensor, y: Tensor) -> LinearMap { .scale(by: tanh(x)) }
  static var samples: [PrimitiveSample] { [PrimitiveSample(LogCosh(), [OperandSample([3])], dtypes: dtypes)] }
}



#sourceLocation()
#sourceLocation(file: "Documentation/HowItWorks.md", line: 152)
private struct Reversal: LinearPrimitive {
  static let name = "reversal"
  var traits: PrimitiveTraits { [.structural, .linear] }
  func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    guard operands.count == 1, operands[0].shape.rank == 1, operands[0].dtype == .float64 else {
      throw TensorError(.shape, Self.name, "takes one vector of float64, not \(operands)")
    }
    return operands
  }
  func evaluate(_ operands: [HostTensor]) throws(TensorError) -> [HostTensor] {
    [try HostTensor(operands[0].shape, operands[0].elements(as: Double.self).reversed())]
  }
  func differential(of operand: Int, at point: EquationPoint) -> LinearMap { .itself(self) }
  func transposed(_ cotangents: [Tensor?], of operand: Int, at point: EquationPoint) -> Tensor {
    cotangents[0].map { bind($0) } ?? Tensor.zeros(point.operandType(0).shape.dimensions)
  }
  // Row by row; a public function on the whole batch does it.
  func batched(_ operands: [Tensor], isBatched: [Bool], size: Int) -> [Tensor] { [operands[0].flipped(axis: 1)] }
  static var samples: [PrimitiveSample] { [PrimitiveSample(Reversal(), [OperandSample([3])], dtypes: [.float64])] }
}
private func weighted(_ x: Tensor) -> Tensor { (Tensor([1.0, 10.0, 100.0]) * Reversal().bind(x)).sum() }




#sourceLocation()
#sourceLocation(file: "Documentation/HowItWorks.md", line: 187)
private func g(_ x: Tensor) -> Tensor { [x[0] * x[1], sin(x[0])] }





#sourceLocation()
#sourceLocation(file: "Documentation/HowItWorks.md", line: 245)
private func distance(_ a: Tensor, _ b: Tensor) -> Tensor { (a - b).norm() }




#sourceLocation()
#sourceLocation(file: "Documentation/HowItWorks.md", line: 270)
private func h(_ x: Tensor) -> Tensor { log(x[0]) + x[0] * x[1] - sin(x[1]) }








#sourceLocation()
#sourceLocation(file: "Documentation/HowItWorks.md", line: 326)
private func safe(_ x: Tensor) -> Tensor { Tensor.where(x .> 0, sqrt(x), 0) }



#sourceLocation()

@Suite("Documentation/HowItWorks.md") struct Documentation_HowItWorksSnippets {
  @Test("A tensor is a value") func section1() throws {
    let checks = SnippetChecks(count: 5)
#sourceLocation(file: "Documentation/HowItWorks.md", line: 12)


let x: Tensor = [2, 5]
checks.expect(0, x.type, #"float64[2]"#)
checks.expect(1, Tensor([1, 2] as [Int32]).type, #"int32[2]"#)
checks.expect(2, (Tensor([1, 2] as [Float]) * 0.5).type, #"float32[2]"#)
#sourceLocation()
#sourceLocation(file: "Documentation/HowItWorks.md", line: 35)
checks.expect(3, Sin().bind(Tensor(0.0)), #"0.0"#)
checks.expect(4, Add().bind([1, 2], [3, 4]), #"[4. 6.]"#)
#sourceLocation()
    checks.finish()
  }
  @Test("A trace becomes a program") func section2() throws {
    let checks = SnippetChecks(count: 8)
#sourceLocation(file: "Documentation/HowItWorks.md", line: 45)
// Numbers that are read choose the path; computed with, they would be constants.

checks.expect(0, grad(absolute)(-2), #"-1.0"#)

checks.expect(1, program(of: absolute, at: -2, name: "absolute"), #"program absolute(a: float64[]) -> float64[] {\#n  b: float64[] = negate a\#n  return b\#n}"#)
// program absolute(a: float64[]) -> float64[] {
//   b: float64[] = negate a
//   return b
// }
#sourceLocation()
#sourceLocation(file: "Documentation/HowItWorks.md", line: 61)
let wave = program(of: { x in 2 * sin(x) }, at: Tensor(0.0), name: "wave")
checks.expect(2, wave, #"program wave(a: float64[]) -> float64[] {\#n  b: float64[] = constant 2.0\#n  c: float64[] = sin a\#n  d: float64[] = multiply b c\#n  return d\#n}"#)
// program wave(a: float64[]) -> float64[] {
//   b: float64[] = constant 2.0
//   c: float64[] = sin a
//   d: float64[] = multiply b c
//   return d
// }
checks.expect(3, try Program(parsing: wave.text, primitives: PrimitiveCatalog.primitive(named:)) == wave, #"true"#)
checks.expect(4, wave(1)[0], #"1.682941969615793"#)
checks.expect(5, grad { x in wave(x)[0] }(0), #"2.0"#)
#sourceLocation()
#sourceLocation(file: "Documentation/HowItWorks.md", line: 77)
let twice = subprogram("twice") { x in 2 * x }
checks.expect(6, program(of: { x in twice(twice(x)) }, at: Tensor(1.0)).equations.count, #"2"#)
checks.expect(7, grad { x in twice(twice(x)) }(1), #"4.0"#)
#sourceLocation()
    checks.finish()
  }
  @Test("A primitive of your own") func section3() throws {
    let checks = SnippetChecks(count: 8)
#sourceLocation(file: "Documentation/HowItWorks.md", line: 90)




























checks.expect(0, cube(2), #"8.0"#)
checks.expect(1, grad { x in cube(x) }(2), #"12.0"#)
checks.expect(2, grad(grad { x in cube(x) })(2), #"12.0"#)
checks.expect(3, vmap(grad { x in cube(x) })([1, 2]), #"[3. 12.]"#)
checks.expect(4, hessian { x in cube(x).sum() }([1, 2]), #"[[6. 0.] [0. 12.]]"#)
checks.expect(5, jvp({ x in cube(x) }, at: 2, along: 1).tangent, #"12.0"#)
#sourceLocation()
#sourceLocation(file: "Documentation/HowItWorks.md", line: 130)







checks.expect(6, LogCosh().bind(Tensor([0, 1] as [Float])).dtype, #"float32"#)
checks.expect(7, hessian { x in LogCosh().bind(x) }(0), #"1.0"#)
#sourceLocation()
    checks.finish()
  }
  @Test("The derivative of one equation: a linear map") func section4() throws {
    let checks = SnippetChecks(count: 3)
#sourceLocation(file: "Documentation/HowItWorks.md", line: 152)






















checks.expect(0, grad(weighted)([1, 2, 3]), #"[100. 10. 1.]"#)
checks.expect(1, jacobian { x in Reversal().bind(x) }([1, 2]), #"[[0. 1.] [1. 0.]]"#)
checks.expect(2, hessian { x in cube(weighted(x)) }([0, 1, 0])[1], #"[60000. 6000. 600.]"#)
#sourceLocation()
    checks.finish()
  }
  @Test("The derivative of a program: a tape of linear maps") func section5() throws {
    let checks = SnippetChecks(count: 3)
#sourceLocation(file: "Documentation/HowItWorks.md", line: 187)

let x: Tensor = [2, 3]
let (_, differential) = linearize(g, at: x)
let (_, pullback) = vjp(g, at: x)
checks.expect(0, differential([1, 0]), #"[3. -0.4161468365471424]"#)
checks.expect(1, pullback([1, 0]), #"[3. 2.]"#)
#sourceLocation()
#sourceLocation(file: "Documentation/HowItWorks.md", line: 199)
let (v, r): (Tensor, Tensor) = ([0.5, -1], [4, 7])
let forward = dot(r, linearize(g, at: x).differential(v))
let reverse = dot(vjp(g, at: x).pullback(r), v)
checks.expect(2, Bool(abs(forward - reverse) .< 1e-14), #"true"#)
#sourceLocation()
    checks.finish()
  }
  @Test("Levels") func section6() throws {
    let checks = SnippetChecks(count: 4)
#sourceLocation(file: "Documentation/HowItWorks.md", line: 212)
checks.expect(0, grad { x in grad { y in x * y * y }(3) * x }(2), #"24.0"#)
#sourceLocation()
#sourceLocation(file: "Documentation/HowItWorks.md", line: 219)
checks.expect(1, grad { x in x * grad { y in x + y }(1) }(1), #"1.0"#)
checks.expect(2, jvp({ x in x * jvp({ y in x + y }, at: 1, along: 1).tangent }, at: 1, along: 1).tangent, #"1.0"#)
#sourceLocation()
#sourceLocation(file: "Documentation/HowItWorks.md", line: 226)
var escaped = Tensor(0.0)
_ = grad { x in
  escaped = x
  return x * x
}(3)
do {
  _ = try catchingTensorErrors { escaped + 1 }
} catch let error as TensorError {
  checks.expect(3, error.kind, #"tracing"#)
}
#sourceLocation()
    checks.finish()
  }
  @Test("Batches") func section7() throws {
    let checks = SnippetChecks(count: 5)
#sourceLocation(file: "Documentation/HowItWorks.md", line: 245)

let points = Tensor([[0.0, 0.0], [3.0, 4.0]])
checks.expect(0, vmap { p in distance(p, [0, 0]) }(points), #"[0. 5.]"#)
checks.expect(1, vmap { p in vmap { q in distance(p, q) }(points) }(points), #"[[0. 5.] [5. 0.]]"#)
checks.expect(2, vmap(grad { w in square(w) })([1, 2, 3]), #"[2. 4. 6.]"#)
#sourceLocation()
#sourceLocation(file: "Documentation/HowItWorks.md", line: 255)
do {
  _ = try catchingTensorErrors { vmap { x in Bool(x .> 0) ? x : -x }([1, -1]) }
} catch let error as TensorError {
  checks.expect(3, error.message, #"the function reads the value of a tensor that stands for all examples of the batch"#)
  // the function reads the value of a tensor that stands for all examples of the batch
}
checks.expect(4, vmap { x in Tensor.where(x .> 0, x, -x) }([1, -1]), #"[1. 1.]"#)
#sourceLocation()
    checks.finish()
  }
  @Test("Jacobians and Hessians are compositions") func section8() throws {
    let checks = SnippetChecks(count: 5)
#sourceLocation(file: "Documentation/HowItWorks.md", line: 270)

let x: Tensor = [2, 5]
let basis = Tensor.eye(2)

checks.expect(0, vmap(linearize(grad(h), at: x).differential)(basis), #"[[-0.25 1.] [1. -0.9589242746631385]]"#)
checks.expect(1, vmap(vjp(grad(h), at: x).pullback)(basis), #"[[-0.25 1.] [1. -0.9589242746631385]]"#)
checks.expect(2, hessian(h)(x), #"[[-0.25 1.] [1. -0.9589242746631385]]"#)
checks.expect(3, vmap { v in hvp(h, at: x, along: v) }(basis), #"[[-0.25 1.] [1. -0.9589242746631385]]"#)
checks.expect(4, jacobian(jacobian(jacobian(h)))(x).shape, #"[2, 2, 2]"#)
#sourceLocation()
    checks.finish()
  }
  @Test("Programs inside equations") func section9() throws {
    let checks = SnippetChecks(count: 4)
#sourceLocation(file: "Documentation/HowItWorks.md", line: 292)
let wave = program(of: { x in subprogram("wave") { y in sin(y) * y }(x) }, at: 1)
let slope = program(of: grad { x in subprogram("wave") { y in sin(y) * y }(x) }, at: 1)
checks.expect(0, wave.subprograms.map(\.program.name), #"["wave"]"#)
checks.expect(1, slope.subprograms.map(\.program.name), #"["wave_known", "wave_transposed"]"#)
#sourceLocation()
#sourceLocation(file: "Documentation/HowItWorks.md", line: 305)
let loop = program(of: { x in scan({ y in (sin(y) * x, []) }, x, length: 3).state }, at: 1)
checks.expect(2, loop.equations[0].primitive.control!.ports.steering, #"steps(3)"#)
checks.expect(3, loop.equations[0].primitive.control!.ports.bodies[0].inputs == [.operand(0), .state(0)], #"true"#)
#sourceLocation()
    checks.finish()
  }
  @Test("Strong zeros") func section10() throws {
    let checks = SnippetChecks(count: 3)
#sourceLocation(file: "Documentation/HowItWorks.md", line: 326)

checks.expect(0, grad(safe)(-1), #"0.0"#)
checks.expect(1, grad(grad(safe))(-1), #"0.0"#)
checks.expect(2, ZeroAbsorbingMultiply().bind([0, 2], [.init(Double.nan), 3]), #"[0. 6.]"#)
#sourceLocation()
    checks.finish()
  }
  @Test("Passes and engines") func section11() throws {
    let checks = SnippetChecks(count: 8)
#sourceLocation(file: "Documentation/HowItWorks.md", line: 339)
let wasteful = program(of: { x in sin(x) * sin(x) }, at: Tensor(0.0))
checks.expect(0, wasteful.equations.count, #"3"#)
checks.expect(1, try PassPipeline.standard.run(wasteful).equations.count, #"2"#)
#sourceLocation()
#sourceLocation(file: "Documentation/HowItWorks.md", line: 349)
let norm = program(of: { x in x.norm() }, at: [3, 4])
checks.expect(2, try norm.run([HostTensor([2], [3.0, 4.0])])[0], #"5.0"#)
let ready = try ReferenceEngine().compile(norm)
checks.expect(3, try ready.run([HostTensor([2], [6.0, 8.0])])[0], #"10.0"#)
checks.expect(4, ReferenceEngine().availability.isAvailable, #"true"#)
#sourceLocation()
#sourceLocation(file: "Documentation/HowItWorks.md", line: 363)
let fast = jit { x in Bool(x .> 0) ? sqrt(x) : -x }
checks.expect(5, fast(4), #"2.0"#)
checks.expect(6, fast(-4), #"4.0"#)
checks.expect(7, grad(fast)(4), #"0.25"#)
#sourceLocation()
    checks.finish()
  }
  @Test("Errors") func section12() throws {
    let checks = SnippetChecks(count: 3)
#sourceLocation(file: "Documentation/HowItWorks.md", line: 376)
var sum = 0.0
do {
  try catchingTensorErrors {
    let bad = Tensor([1.0, 2.0]) + Tensor([1.0, 2.0, 3.0])
    sum = Double((bad * 2).sum())
  }
} catch let error as TensorError {
  checks.expect(0, error.operation, #"add"#)
  checks.expect(1, error.message, #"the shapes of float64[2] and float64[3] do not broadcast to one shape"#)
}
checks.expect(2, sum.isNaN, #"true"#)
#sourceLocation()
    checks.finish()
  }
}
