// swift-format-ignore-file
// Made from Documentation/CustomRules.md by Scripts/extract-snippets.sh; change the document, not this file.
import Jacobi
import JacobiTesting
import Testing

#sourceLocation(file: "Documentation/CustomRules.md", line: 74)
private func scaled(_ w: Tensor, _ x: Tensor) -> Tensor {
  customJVP({ x in w * sin(x) }) { x, dx in (w * sin(x), w * cos(x) * dx) }(x)
}


#sourceLocation()
#sourceLocation(file: "Documentation/CustomRules.md", line: 182)
private func block(_ x: Tensor) -> Tensor { sin(named(sin(sin(x)), "hidden")) }








#sourceLocation()

@Suite("Documentation/CustomRules.md") struct Documentation_CustomRulesSnippets {
  @Test("A rule for tangents") func section1() throws {
    let checks = SnippetChecks(count: 6)
#sourceLocation(file: "Documentation/CustomRules.md", line: 12)


let softplus = customJVP({ x in log(1 + exp(x)) }) { x, dx in (log(1 + exp(x)), dx / (1 + exp(-x))) }

checks.expect(0, softplus(0), #"0.6931471805599453"#)
checks.expect(1, grad(softplus)(0), #"0.5"#)
checks.expect(2, grad(grad(softplus))(0), #"0.25"#)
checks.expect(3, vmap(grad(softplus))([0, 0]), #"[0.5 0.5]"#)
#sourceLocation()
#sourceLocation(file: "Documentation/CustomRules.md", line: 30)
let leaky = customJVP({ x in Double(x) > 0 ? x : 0.1 * x }) { x, dx in
  Double(x) > 0 ? (x, dx) : (0.1 * x, 0.1 * dx)
}
checks.expect(4, grad(leaky)(-3), #"0.1"#)

let squared = customJVP({ x in x * x }) { x, dx in (x * x, dx * dx) }
do {
  _ = try catchingTensorErrors { grad(squared)(3) }
} catch let error as TensorError {
  checks.expect(5, error.message, #"the rule is not linear in its tangent: the operation multiply combines two things that depend on it"#)
  // the rule is not linear in its tangent: the operation multiply combines two things that depend on it
}
#sourceLocation()
    checks.finish()
  }
  @Test("Rules for reverse mode") func section2() throws {
    let checks = SnippetChecks(count: 4)
#sourceLocation(file: "Documentation/CustomRules.md", line: 50)
let root = customVJP({ x in sqrt(x) }, { x in (sqrt(x), sqrt(x)) }) { y, ct in ct / (2 * y) }

checks.expect(0, grad(root)(4), #"0.25"#)
checks.expect(1, grad(grad(root))(4), #"-0.03125"#)
checks.expect(2, jvp(root, at: 4, along: 1).tangent, #"0.25"#)
#sourceLocation()
#sourceLocation(file: "Documentation/CustomRules.md", line: 61)
let power = customJVP({ (n: Int, x: Tensor) in x ** Double(n) }) { n, x, dx in
  (x ** Double(n), Double(n) * x ** Double(n - 1) * dx)
}
checks.expect(3, grad { x in power(3, x) }(2), #"12.0"#)
#sourceLocation()
    checks.finish()
  }
  @Test("Tensors from outside") func section3() throws {
    let checks = SnippetChecks(count: 2)
#sourceLocation(file: "Documentation/CustomRules.md", line: 74)



checks.expect(0, grad { w in scaled(w, 0.5) }(3), #"0.479425538604203"#)
checks.expect(1, grad { x in scaled(3, x) }(0), #"3.0"#)
#sourceLocation()
    checks.finish()
  }
  @Test("Wrong rules, and rules that deviate") func section4() throws {
    let checks = SnippetChecks(count: 10)
#sourceLocation(file: "Documentation/CustomRules.md", line: 87)
let wrong = customJVP({ x in x * x }) { x, dx in (x * x, x * dx) }
do {
  _ = try catchingTensorErrors { grad(wrong)(3) }
} catch let error as TensorError {
  checks.expect(0, error.message.hasPrefix("the rule is wrong"), #"true"#)
}
#sourceLocation()
#sourceLocation(file: "Documentation/CustomRules.md", line: 98)
let straight = customJVP({ x in round(x) }, isExact: false) { x, dx in (round(x), dx) }
checks.expect(1, grad { x in square(straight(x)) }(2.6), #"6.0"#)

let halved = customVJP({ x in x }, isExact: false, { x in (x, x) }) { _, ct in 0.5 * ct }
checks.expect(2, grad { x in square(halved(x)) }(3), #"3.0"#)
#sourceLocation()
#sourceLocation(file: "Documentation/CustomRules.md", line: 110)
let clipped = customVJP({ x in x }, isExact: false, { x in (x, x) }) { _, ct in min(max(ct, -1), 1) }
let cube = { (x: Tensor) in clipped(x) ** 3 }
checks.expect(3, grad(cube)(0.5), #"0.75"#)
checks.expect(4, grad(cube)(2), #"1.0"#)
checks.expect(5, grad(grad(cube))(0.5), #"3.0"#)
checks.expect(6, grad(grad(cube))(2), #"0.0"#)

let shortened = customVJP({ x in x }, isExact: false, { x in (x, x) }) { _, ct in ct * min(1, 5 / ct.norm()) }
checks.expect(7, grad { x in (shortened(x) * Tensor([30.0, 40.0])).sum() }([1, 2]), #"[3. 4.]"#)

do {
  _ = try catchingTensorErrors { jvp(cube, at: 0.5, along: 1) }
} catch let error as TensorError {
  checks.expect(8, error.message, #"the backward rule is not linear in the cotangent, so that it says nothing about forward mode"#)
  // the backward rule is not linear in the cotangent, so that it says nothing about forward mode
}
#sourceLocation()
#sourceLocation(file: "Documentation/CustomRules.md", line: 131)


checks.expect(9, try checkGradients(softplus, at: 0.3, order: 3).isPassed, #"true"#)
#sourceLocation()
    checks.finish()
  }
  @Test("More kinds of rules") func section5() throws {
    let checks = SnippetChecks(count: 2)
#sourceLocation(file: "Documentation/CustomRules.md", line: 142)
let mirrored = withRule({ x in x.flipped(axis: 0) }, CustomRule(transpose: { ct in ct.flipped(axis: 0) }))
checks.expect(0, grad { x in (Tensor([1.0, 10.0, 100.0]) * mirrored(x)).sum() }([0, 0, 0]), #"[100. 10. 1.]"#)
#sourceLocation()
#sourceLocation(file: "Documentation/CustomRules.md", line: 149)
let total = withRule({ x in x.sum() }, CustomRule(vmap: { (x: Tensor, isBatched, size) in x.sum(axis: 1) }))
checks.expect(1, vmap(total)([[1, 2], [3, 4]]), #"[3. 7.]"#)
#sourceLocation()
    checks.finish()
  }
  @Test("Functions outside") func section6() throws {
    let checks = SnippetChecks(count: 4)
#sourceLocation(file: "Documentation/CustomRules.md", line: 159)
let table = pureCallback(name: "table") { x in
  try HostTensor(x.shape, x.elements(as: Double.self).map { $0 * $0 * $0 })
}
checks.expect(0, vmap(table)([1, 2]), #"[1. 8.]"#)

do {
  _ = try catchingTensorErrors { grad(table)(2) }
} catch let error as TensorError {
  checks.expect(1, error.message, #"table is a function outside, which has no derivative"#)
}

let ruled = customJVP(table) { x, dx in (table(x), 3 * x * x * dx) }
checks.expect(2, grad(ruled)(2), #"12.0"#)
checks.expect(3, grad(grad(ruled))(2), #"12.0"#)
#sourceLocation()
    checks.finish()
  }
  @Test("Memory: checkpoints") func section7() throws {
    let checks = SnippetChecks(count: 9)
#sourceLocation(file: "Documentation/CustomRules.md", line: 182)

let ones = Tensor.ones([1000])

checks.expect(0, residuals(of: block, at: ones).byteCount, #"24000"#)
checks.expect(1, residuals(of: { x in sin(x) * x }, at: [1, 2]), #"kept for reverse mode: 3 tensors, 48 bytes, 32 of them computed\#n  float64[2]  16 bytes  cos, for the derivative of sin, needed by sin\#n  float64[2]  16 bytes  argument 0, needed by multiply\#n  float64[2]  16 bytes  result of sin, needed by multiply"#)
// kept for reverse mode: 3 tensors, 48 bytes, 32 of them computed
//   float64[2]  16 bytes  cos, for the derivative of sin, needed by sin
//   float64[2]  16 bytes  argument 0, needed by multiply
//   float64[2]  16 bytes  result of sin, needed by multiply
#sourceLocation()
#sourceLocation(file: "Documentation/CustomRules.md", line: 197)
checks.expect(2, residuals(of: checkpoint(block), at: ones).computedByteCount, #"0"#)
checks.expect(3, residuals(of: checkpoint(block, keeping: .named(["hidden"])), at: ones).computedByteCount, #"8000"#)
checks.expect(4, grad { x in checkpoint(block)(x).sum() }([0, 0]), #"[1. 1.]"#)
#sourceLocation()
#sourceLocation(file: "Documentation/CustomRules.md", line: 207)
let weights: Tensor = [[0.3, -0.2], [0.5, 0.1]]
let layers = { (x: Tensor) in scan({ h in (sin(matmul(weights, h)), []) }, x, length: 10).state }
checks.expect(5, residuals(of: layers, at: [1, 2]).computedByteCount, #"160"#)
checks.expect(6, residuals(of: checkpoint(layers), at: [1, 2]).computedByteCount, #"0"#)
checks.expect(7, residuals(of: checkpoint(layers, keeping: .matrixProducts), at: [1, 2]).computedByteCount, #"160"#)
#sourceLocation()
#sourceLocation(file: "Documentation/CustomRules.md", line: 217)
let sparing = { (x: Tensor) in
  scan({ h in (sin(matmul(weights, h)), []) }, x, length: 10, checkpoint: .binomial(slots: 3)).state
}
checks.expect(8, residuals(of: sparing, at: [1, 2]), #"kept for reverse mode: 1 tensor, 16 bytes, 0 of them computed\#n  float64[2]  16 bytes  argument 0, needed by loop\#nkept while reverse mode runs:\#n  loop, .binomial(slots: 3): 3 states of 16 bytes, 1 step of 16 bytes, 64 bytes at a time"#)
// kept for reverse mode: 1 tensor, 16 bytes, 0 of them computed
//   float64[2]  16 bytes  argument 0, needed by loop
// kept while reverse mode runs:
//   loop, .binomial(slots: 3): 3 states of 16 bytes, 1 step of 16 bytes, 64 bytes at a time
#sourceLocation()
    checks.finish()
  }
}
