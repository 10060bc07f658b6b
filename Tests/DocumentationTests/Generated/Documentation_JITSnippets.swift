// swift-format-ignore-file
// Made from Documentation/JIT.md by Scripts/extract-snippets.sh; change the document, not this file.
import Jacobi
import JacobiTesting
import Testing

#sourceLocation(file: "Documentation/JIT.md", line: 7)


private func f(_ x: Tensor) -> Tensor { log(x[0]) + x[0] * x[1] - sin(x[1]) }



#sourceLocation()
#sourceLocation(file: "Documentation/JIT.md", line: 57)
private func root(_ a: Tensor) -> Tensor {
  var x = a
  while Bool(abs(x * x - a) .> 1e-12) { x = (x + a / x) / 2 }
  return x
}




#sourceLocation()
#sourceLocation(file: "Documentation/JIT.md", line: 148)
private func g(_ x: Tensor) -> Tensor { sin(x) * x }




#sourceLocation()

@Suite("Documentation/JIT.md") struct Documentation_JITSnippets {
  @Test("Documentation/JIT.md") func section1() throws {
    let checks = SnippetChecks(count: 3)
#sourceLocation(file: "Documentation/JIT.md", line: 7)



let fast = jit(grad(f))
checks.expect(0, fast([2, 5]), #"[5.5 1.7163378145367738]"#)
checks.expect(1, fast([1, 0]), #"[1. 0.]"#)
#sourceLocation()
#sourceLocation(file: "Documentation/JIT.md", line: 19)
let statistics = JITStatistics()
let double = jit({ x in 2 * x }, engine: ReferenceEngine(), statistics: statistics)
for count in [3, 3, 4, 3] { _ = double(Tensor.zeros([count])) }
checks.expect(2, statistics, #"4 calls: 2 hits, 2 traces, 0 not compiled\#n2 paths for 2 signatures, 0 guards\#nengine: reference\#nlast trace: argument tensor 0 was float64[3], and is float64[4]"#)
// 4 calls: 2 hits, 2 traces, 0 not compiled
// 2 paths for 2 signatures, 0 guards
// engine: reference
// last trace: argument tensor 0 was float64[3], and is float64[4]
#sourceLocation()
    checks.finish()
  }
  @Test("`if`, `while`, and numbers") func section2() throws {
    let checks = SnippetChecks(count: 8)
#sourceLocation(file: "Documentation/JIT.md", line: 57)





let fastRoot = jit(root)
checks.expect(0, fastRoot(4), #"2.0"#)
checks.expect(1, fastRoot(9), #"3.0"#)
checks.expect(2, jit(grad(root))(4), #"0.25"#)
#sourceLocation()
#sourceLocation(file: "Documentation/JIT.md", line: 72)
let statistics = JITStatistics()
let scaled = jit({ x in Double(x) > 1 ? 2 * x : x }, guards: .paths(atMost: 2), statistics: statistics)
for number in [1.0, 2.0, 3.0, 2.0] { _ = scaled(Tensor(number)) }
checks.expect(3, statistics.hits, #"1"#)
checks.expect(4, statistics.eagerCalls, #"1"#)
#sourceLocation()
#sourceLocation(file: "Documentation/JIT.md", line: 83)
let strict = jit({ x in Bool(x .> 0) ? x : -x }, guards: .forbidden)
do {
  _ = try catchingTensorErrors { strict(1) }
} catch let error as TensorError {
  checks.expect(5, error.message, #"the function reads the value of a traced tensor, which guards: .forbidden does not allow"#)
  // the function reads the value of a traced tensor, which guards: .forbidden does not allow
}
#sourceLocation()
#sourceLocation(file: "Documentation/JIT.md", line: 95)
let power = jit { (n: Int, x: Tensor) in (0..<n).reduce(Tensor(1.0)) { y, _ in y * x } }
checks.expect(6, power(3, 2), #"8.0"#)
checks.expect(7, grad { x in power(3, x) }(2), #"12.0"#)
#sourceLocation()
    checks.finish()
  }
  @Test("What it does") func section3() throws {
    let checks = SnippetChecks(count: 2)
#sourceLocation(file: "Documentation/JIT.md", line: 106)
let plan = try explain({ x in (exp(x) * 2 + 1).sum() }, at: Tensor.ones([1000]), engine: ReferenceEngine())
checks.expect(0, plan.pieces.map(\.title), #"["exp", "broadcast[shape=[1000], axes=[]]", "multiply", "broadcast[shape=[1000], axes=[]]", "add", "sum[axes=[0]]"]"#)
checks.expect(1, plan.operations, #"23000"#)
#sourceLocation()
    checks.finish()
  }
  @Test("In place") func section4() throws {
    let checks = SnippetChecks(count: 3)
#sourceLocation(file: "Documentation/JIT.md", line: 124)
let descend = jitInPlace { (w: inout [Tensor], x: Tensor) -> Tensor in
  let (loss, slope) = valueAndGrad { (w: [Tensor]) in ((w[0] * x + w[1] - 3) ** 2).sum() }(w)
  for index in w.indices { w[index] = w[index] - 0.125 * slope[index] }
  return loss
}
var weights = [[1.0, 1.0], [0.0, 0.0]] as [Tensor]
let before = weights
checks.expect(0, descend(&weights, [1, 2]), #"5.0"#)
checks.expect(1, descend(&weights, [1, 2]), #"1.0625"#)
checks.expect(2, before[0], #"[1. 1.]"#)
#sourceLocation()
    checks.finish()
  }
  @Test("With other transforms") func section5() throws {
    let checks = SnippetChecks(count: 4)
#sourceLocation(file: "Documentation/JIT.md", line: 148)

checks.expect(0, grad(jit(g))(0), #"0.0"#)
checks.expect(1, vmap(jit(grad(g)))([0, 1]), #"[0. 1.3817732906760363]"#)
checks.expect(2, hessian(jit(g))(0), #"2.0"#)
checks.expect(3, program(of: jit(g), at: Tensor(0.0)).equations.count, #"1"#)
#sourceLocation()
    checks.finish()
  }
  @Test("Many threads") func section6() throws {
    let checks = SnippetChecks(count: 3)
#sourceLocation(file: "Documentation/JIT.md", line: 170)
let shared = CompiledFunction<Tensor, Tensor> { x in (x * x).sum() }
checks.expect(0, shared([3, 4]), #"25.0"#)
checks.expect(1, shared.statistics.traces, #"1"#)
checks.expect(2, grad(shared.function)([3, 4]), #"[6. 8.]"#)
#sourceLocation()
    checks.finish()
  }
}
