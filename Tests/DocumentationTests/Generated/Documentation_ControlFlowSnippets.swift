// swift-format-ignore-file
// Made from Documentation/ControlFlow.md by Scripts/extract-snippets.sh; change the document, not this file.
import Jacobi
import JacobiTesting
import Testing

#sourceLocation(file: "Documentation/ControlFlow.md", line: 17)
private func integral(_ f: (Tensor) -> Tensor, _ a: Tensor, _ b: Tensor, tolerance: Double) -> Tensor {
  let middle = (a + b) / 2
  func simpson(_ a: Tensor, _ b: Tensor) -> Tensor { (b - a) / 6 * (f(a) + 4 * f((a + b) / 2) + f(b)) }
  let whole = simpson(a, b)
  let halves = simpson(a, middle) + simpson(middle, b)
  if Double(abs(halves - whole)) < tolerance { return halves }
  return integral(f, a, middle, tolerance: tolerance / 2) + integral(f, middle, b, tolerance: tolerance / 2)
}





#sourceLocation()
#sourceLocation(file: "Documentation/ControlFlow.md", line: 79)
private func spiral(_ w: Tensor) -> Tensor { scan({ (h: Tensor) in (h * sin(w), h) }, 1, length: 50).state }












#sourceLocation()
#sourceLocation(file: "Documentation/ControlFlow.md", line: 115)
private func newton(_ a: Tensor) -> Tensor {
  let goesOn = { (s: [Tensor]) in s[1] .> 0 }
  let step = { (s: [Tensor]) -> [Tensor] in
    let x = (s[0] + a / s[0]) / 2
    return [x, Tensor.where(abs(x * x - a) .<= 1e-14 * a, s[1] - 1, s[1])]
  }
  return whileLoop(goesOn, step, [a, 3], maximumSteps: 100)[0]
}




#sourceLocation()

@Suite("Documentation/ControlFlow.md") struct Documentation_ControlFlowSnippets {
  @Test("Swift's own") func section1() throws {
    let checks = SnippetChecks(count: 2)
#sourceLocation(file: "Documentation/ControlFlow.md", line: 17)









// The integral of exp(-k x) from 0 to 1 and its derivative by k, at 2.
let decay = { (k: Tensor) in integral({ x in exp(-k * x) }, 0, 1, tolerance: 1e-10) }
checks.expect(0, decay(2), #"≈ 0.4323323583816936"#)
checks.expect(1, grad(decay)(2), #"≈ -0.14849853757254047"#)
#sourceLocation()
    checks.finish()
  }
  @Test("Branches") func section2() throws {
    let checks = SnippetChecks(count: 4)
#sourceLocation(file: "Documentation/ControlFlow.md", line: 37)
let root = { (x: Tensor) in cond(x .> 0) { sqrt(x) } else: { -x } }
checks.expect(0, grad(root)(4), #"0.25"#)
checks.expect(1, grad(root)(-4), #"-1.0"#)
checks.expect(2, vmap(grad(root))([4, -4, 0.25]), #"[0.25 -1. 1.]"#)
#sourceLocation()
#sourceLocation(file: "Documentation/ControlFlow.md", line: 51)
checks.expect(3, vmap(root, strategy: .sequential)([4, -4, 0.25]), #"[2. 4. 0.5]"#)
#sourceLocation()
    checks.finish()
  }
  @Test("Loops over slices") func section3() throws {
    let checks = SnippetChecks(count: 8)
#sourceLocation(file: "Documentation/ControlFlow.md", line: 60)
let decayRate: Tensor = 0.5
let (state, path) = scan({ (y: Tensor, kick: Tensor) in (y * decayRate + kick, y) }, 1, over: [1, 0, 2])
checks.expect(0, state, #"2.375"#)
checks.expect(1, path, #"[1. 1.5 0.75]"#)
#sourceLocation()
#sourceLocation(file: "Documentation/ControlFlow.md", line: 70)
checks.expect(2, forLoop(from: 1, to: 5, 1) { i, product in product * i.asType(.float64) }, #"24.0"#)
checks.expect(3, map({ row in row.sum() }, over: Tensor([[1.0, 2.0], [3.0, 4.0]]), chunk: 2), #"[3. 7.]"#)
checks.expect(4, associativeScan({ a, b in max(a, b) }, over: [3, 1, 4, 1, 5]), #"[3. 3. 4. 4. 5.]"#)
#sourceLocation()
#sourceLocation(file: "Documentation/ControlFlow.md", line: 79)

checks.expect(5, program(of: spiral, at: 1), #"program step(a: float64[], b: float64[]) -> (float64[], float64[]) {\#n  c: float64[] = multiply b a\#n  return c, b\#n}\#n\#nprogram f(a: float64[]) -> float64[] {\#n  b: float64[] = constant 1.0\#n  c: float64[] = sin a\#n  d: float64[], e: float64[50] = loop[length=50, fixedCount=1, sweeps=[{step=@step, stateCount=1, slicedCount=0, recordCount=0, isDescending=false}]] c b\#n  return d\#n}"#)
// program step(a: float64[], b: float64[]) -> (float64[], float64[]) {
//   c: float64[] = multiply b a
//   return c, b
// }
//
// program f(a: float64[]) -> float64[] {
//   b: float64[] = constant 1.0
//   c: float64[] = sin a
//   d: float64[], e: float64[50] = loop[length=50, fixedCount=1, sweeps=[{step=@step, stateCount=1, slicedCount=0, recordCount=0, isDescending=false}]] c b
//   return d
// }
#sourceLocation()
#sourceLocation(file: "Documentation/ControlFlow.md", line: 99)
let order = Tensor(3.0)
checks.expect(6, forLoop(from: 0, to: 4, 1) { _, y in Double(order + 1) > 3 ? y * 2 : y }, #"16.0"#)
do {
  _ = try catchingTensorErrors { forLoop(from: 0, to: 4, 1) { _, y in Double(y) > 3 ? y : y * 2 } }
} catch let error as TensorError {
  checks.expect(7, error.hint ?? "", #"choose with cond or where instead of if, repeat with whileLoop instead of while"#)
}
#sourceLocation()
    checks.finish()
  }
  @Test("Loops that end by a condition") func section4() throws {
    let checks = SnippetChecks(count: 4)
#sourceLocation(file: "Documentation/ControlFlow.md", line: 115)








checks.expect(0, newton(2), #"≈ 1.4142135623730951"#)
checks.expect(1, grad(newton)(2), #"≈ 0.35355339059327373"#)
checks.expect(2, grad(grad(newton))(2), #"≈ -0.08838834764831843"#)
checks.expect(3, vmap(grad(newton))([0.01, 1, 10000]), #"[5. 0.5 0.005]"#)
#sourceLocation()
    checks.finish()
  }
  @Test("Memory") func section5() throws {
    let checks = SnippetChecks(count: 2)
#sourceLocation(file: "Documentation/ControlFlow.md", line: 152)
let long = { (w: Tensor) in
  scan({ (h: Tensor) in (sin(h * w), []) }, 0.5, length: 1000, checkpoint: .binomial(slots: 8)).state
}
let short = { (w: Tensor) in scan({ (h: Tensor) in (sin(h * w), []) }, 0.5, length: 1000).state }
checks.expect(0, Double(grad(long)(1.1)) == Double(grad(short)(1.1)), #"true"#)
checks.expect(1, CheckpointSchedule.advances(steps: 1000, slots: 8), #"3999"#)
#sourceLocation()
    checks.finish()
  }
}
