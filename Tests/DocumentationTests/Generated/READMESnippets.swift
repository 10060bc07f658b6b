// swift-format-ignore-file
// Made from README.md by Scripts/extract-snippets.sh; change the document, not this file.
import Jacobi
import JacobiTesting
import Testing

#sourceLocation(file: "README.md", line: 9)


private func f(_ x: Tensor) -> Tensor { log(x[0]) + x[0] * x[1] - sin(x[1]) }






#sourceLocation()
#sourceLocation(file: "README.md", line: 47)
private func power(_ x: Tensor, _ n: Int) -> Tensor { n == 0 ? 1 : x * power(x, n - 1) }
private func newtonRoot(_ a: Tensor) -> Tensor {
  var x = a
  while Double(abs(x * x - a)) > 1e-12 { x = (x + a / x) / 2 }
  return x
}




private struct Line: TensorTree {
  var slope: Tensor
  var offset: Tensor
  mutating func forEachTensor(_ body: (inout Tensor) -> Void) {
    body(&slope)
    body(&offset)
  }
}
private func loss(_ line: Line, _ xs: Tensor, _ ys: Tensor) -> Tensor { square(line.slope * xs + line.offset - ys).mean() }





#sourceLocation()

@Suite("README.md") struct READMESnippets {
  @Test("README.md") func section1() throws {
    let checks = SnippetChecks(count: 4)
#sourceLocation(file: "README.md", line: 9)



let x: Tensor = [2, 5]

checks.expect(0, f(x), #"11.652071455223084"#)
checks.expect(1, grad(f)(x), #"[5.5 1.7163378145367738]"#)
checks.expect(2, hessian(f)(x), #"[[-0.25 1.] [1. -0.9589242746631385]]"#)
checks.expect(3, vmap(grad(f))(Tensor([[2.0, 5.0], [1.0, 0.0]])), #"[[5.5 1.7163378145367738] [1. 0.]]"#)
#sourceLocation()
    checks.finish()
  }
  @Test("What works") func section2() throws {
    let checks = SnippetChecks(count: 3)
#sourceLocation(file: "README.md", line: 47)







checks.expect(0, grad { x in power(x, 3) }(2), #"12.0"#)
checks.expect(1, grad(newtonRoot)(4), #"0.25"#)











let xs: Tensor = [0, 1, 2]
let ys: Tensor = [1, 3, 5]
let gradient = grad(loss)(Line(slope: 1, offset: 0), xs, ys)
checks.expect(2, gradient.offset, #"-4.0"#)
#sourceLocation()
    checks.finish()
  }
  @Test("Test your derivatives") func section3() throws {
    let checks = SnippetChecks(count: 0)
#sourceLocation(file: "README.md", line: 92)


try checkGradients({ x in sin(x) * x }, at: Tensor([1.0, 2.0, 3.0]), order: 2)
#sourceLocation()
    checks.finish()
  }
  @Test("Conventions") func section4() throws {
    let checks = SnippetChecks(count: 5)
#sourceLocation(file: "README.md", line: 202)
let single = Tensor([1, 2] as [Float])
checks.expect(0, (single * 2.5).dtype, #"float32"#)
checks.expect(1, (single.asType(.float64) * Tensor([1.0, 2.0])).dtype, #"float64"#)
checks.expect(2, Tensor(3.0).shape, #"[]"#)
#sourceLocation()
#sourceLocation(file: "README.md", line: 216)
let z = complex(Tensor(3.0), Tensor(4.0))
checks.expect(3, grad { z in realPart(conjugate(z) * z) }(z), #"6.0+8.0j"#)
#sourceLocation()
#sourceLocation(file: "README.md", line: 224)
checks.expect(4, grad { x in Tensor.where(x .> 0, sqrt(x), 0) }(Tensor(-1.0)), #"0.0"#)
#sourceLocation()
    checks.finish()
  }
  @Test("Errors") func section5() throws {
    let checks = SnippetChecks(count: 3)
#sourceLocation(file: "README.md", line: 234)
let weights = Tensor.ones([3, 2])
do {
  _ = try catchingTensorErrors { grad { w in matmul(w, Tensor.ones([3])).sum() }(weights) }
} catch let error as TensorError {
  checks.expect(0, error.kind, #"shape"#)
  checks.expect(1, error.message, #"the shapes [3, 2] and [3] do not fit: 2 columns, 3 rows"#)
  checks.expect(2, error.hint ?? "", #"the last axis of the left and the last but one of the right must have one size; transpose one of them"#)
  // the last axis of the left and the last but one of the right must have one size; transpose one of them
}
#sourceLocation()
    checks.finish()
  }
}
