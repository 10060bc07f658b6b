// swift-format-ignore-file
// Made from Documentation/Tutorial.md by Scripts/extract-snippets.sh; change the document, not this file.
import Jacobi
import JacobiTesting
import Testing

#sourceLocation(file: "Documentation/Tutorial.md", line: 8)


private func f(_ x: Tensor) -> Tensor { log(x[0]) + x[0] * x[1] - sin(x[1]) }
#sourceLocation()
#sourceLocation(file: "Documentation/Tutorial.md", line: 19)
private func forwardDifference(_ h: Double) -> Double { Double(f([2 + Tensor(h), 5]) - f([2, 5])) / h }
private func centralDifference(_ h: Double) -> Double { Double(f([2 + Tensor(h), 5]) - f([2 - Tensor(h), 5])) / (2 * h) }





#sourceLocation()
#sourceLocation(file: "Documentation/Tutorial.md", line: 93)
private func branches(_ x: Tensor) -> Tensor { Bool(x .< 0) ? -x : x * x }


#sourceLocation()
#sourceLocation(file: "Documentation/Tutorial.md", line: 156)
private func polar(_ x: Tensor) -> Tensor { [hypot(x[0], x[1]), atan2(y: x[1], x: x[0])] }







#sourceLocation()
#sourceLocation(file: "Documentation/Tutorial.md", line: 187)
private func jvpByReverse(_ f: @escaping (Tensor) -> Tensor, at x: Tensor, along v: Tensor) -> Tensor {
  let (value, pullback) = vjp(f, at: x)
  return vjp(pullback, at: Tensor.zeros(like: value)).pullback(v)
}



#sourceLocation()
#sourceLocation(file: "Documentation/Tutorial.md", line: 209)




private func rosenbrock(_ x: Tensor) -> Tensor {
  let (a, b) = (x[..<(-1)], x[1...])
  return (100 * square(b - square(a)) + square(1 - a)).sum()
}


#sourceLocation()
#sourceLocation(file: "Documentation/Tutorial.md", line: 224)
private func solve(_ product: (Tensor) -> Tensor, _ r: Tensor, steps: Int) -> Tensor {
  var (s, residual) = (Tensor.zeros(like: r), r)
  var direction = residual
  for _ in 0..<steps {
    let image = product(direction)
    let length = dot(residual, residual)
    let step = length / dot(direction, image)
    s += step * direction
    residual -= step * image
    direction = residual + dot(residual, residual) / length * direction
  }
  return s
}
private func bowl(_ x: Tensor) -> Tensor { x[0] ** 4 + x[0] * x[1] + square(x[1]) }


#sourceLocation()

@Suite("Documentation/Tutorial.md") struct Documentation_TutorialSnippets {
  @Test("What it is not: finite differences") func section1() throws {
    let checks = SnippetChecks(count: 6)
#sourceLocation(file: "Documentation/Tutorial.md", line: 19)



checks.expect(0, abs(forwardDifference(1e-2) - 5.5), #"≈ 1.25e-3"#)
checks.expect(1, abs(forwardDifference(1e-4) - 5.5), #"≈ 1.25e-5"#)
checks.expect(2, abs(centralDifference(1e-2) - 5.5), #"≈ 4.17e-6"#)
checks.expect(3, abs(centralDifference(1e-3) - 5.5), #"≈ 4.17e-8"#)
#sourceLocation()
#sourceLocation(file: "Documentation/Tutorial.md", line: 32)
checks.expect(4, abs(forwardDifference(1e-13) - 5.5) > abs(forwardDifference(1e-8) - 5.5), #"true"#)
checks.expect(5, abs(centralDifference(1e-13) - 5.5) > abs(centralDifference(1e-5) - 5.5), #"true"#)
#sourceLocation()
    checks.finish()
  }
  @Test("The primal trace") func section2() throws {
    let checks = SnippetChecks(count: 4)
#sourceLocation(file: "Documentation/Tutorial.md", line: 58)
let journal = program(of: f, at: [2, 5])
checks.expect(0, journal.equations.count, #"9"#)
#sourceLocation()
#sourceLocation(file: "Documentation/Tutorial.md", line: 65)
let twoArguments = { (x1: Tensor, x2: Tensor) in log(x1) + x1 * x2 - sin(x2) }
checks.expect(1, program(of: twoArguments, at: Tensor(2.0), Tensor(5.0)), #"program f(a: float64[], b: float64[]) -> float64[] {\#n  c: float64[] = log a\#n  d: float64[] = multiply a b\#n  e: float64[] = add c d\#n  f: float64[] = sin b\#n  g: float64[] = subtract e f\#n  return g\#n}"#)
// program f(a: float64[], b: float64[]) -> float64[] {
//   c: float64[] = log a
//   d: float64[] = multiply a b
//   e: float64[] = add c d
//   f: float64[] = sin b
//   g: float64[] = subtract e f
//   return g
// }
#sourceLocation()
#sourceLocation(file: "Documentation/Tutorial.md", line: 93)

checks.expect(2, grad(branches)(-3), #"-1.0"#)
checks.expect(3, grad(branches)(3), #"6.0"#)
#sourceLocation()
    checks.finish()
  }
  @Test("Forward mode") func section3() throws {
    let checks = SnippetChecks(count: 4)
#sourceLocation(file: "Documentation/Tutorial.md", line: 104)
let (v0, v1) = (2.0, 5.0)
let (dv0, dv1) = (1.0, 0.0)
let dv2 = dv0 / v0
let dv3 = dv0 * v1 + v0 * dv1
let dv4 = dv2 + dv3
let dv5 = dv1 * Double(cos(Tensor(v1)))
let dv6 = dv4 - dv5
checks.expect(0, dv6, #"5.5"#)
#sourceLocation()
#sourceLocation(file: "Documentation/Tutorial.md", line: 118)
checks.expect(1, jvp(f, at: [2, 5], along: [1, 0]).tangent, #"5.5"#)
checks.expect(2, jvp(f, at: [2, 5], along: [0, 1]).tangent, #"1.7163378145367738"#)
checks.expect(3, jvp(f, at: [2, 5], along: [1, 1]).tangent, #"7.216337814536774"#)
#sourceLocation()
    checks.finish()
  }
  @Test("Reverse mode") func section4() throws {
    let checks = SnippetChecks(count: 5)
#sourceLocation(file: "Documentation/Tutorial.md", line: 129)
let (v0, v1) = (2.0, 5.0)
let v6Bar = 1.0
let v5Bar = -v6Bar
let v4Bar = v6Bar
let v3Bar = v4Bar
let v2Bar = v4Bar
let v1Bar = v5Bar * Double(cos(Tensor(v1))) + v3Bar * v0
let v0Bar = v3Bar * v1 + v2Bar / v0
checks.expect(0, v0Bar, #"5.5"#)
checks.expect(1, v1Bar, #"1.7163378145367738"#)
#sourceLocation()
#sourceLocation(file: "Documentation/Tutorial.md", line: 145)
let (value, pullback) = vjp(f, at: [2, 5])
checks.expect(2, value, #"11.652071455223084"#)
checks.expect(3, pullback(1), #"[5.5 1.7163378145367738]"#)
checks.expect(4, grad(f)([2, 5]), #"[5.5 1.7163378145367738]"#)
#sourceLocation()
    checks.finish()
  }
  @Test("Columns and rows") func section5() throws {
    let checks = SnippetChecks(count: 6)
#sourceLocation(file: "Documentation/Tutorial.md", line: 156)

let x: Tensor = [3, 4]

checks.expect(0, jacobian(polar)(x), #"[[0.6 0.8] [-0.16 0.12]]"#)
checks.expect(1, jvp(polar, at: x, along: [1, 0]).tangent, #"[0.6 -0.16]"#)
checks.expect(2, vjp(polar, at: x).pullback([1, 0]), #"[0.6 0.8]"#)
checks.expect(3, jacobian(polar)(x)[..., 0], #"[0.6 -0.16]"#)
checks.expect(4, jacobian(polar)(x)[0], #"[0.6 0.8]"#)
#sourceLocation()
#sourceLocation(file: "Documentation/Tutorial.md", line: 177)
let (a, b) = (jacobian(polar, mode: .forward)([3, 4]), jacobian(polar, mode: .reverse)([3, 4]))
checks.expect(5, Bool(max(abs(a - b), 0).max() .< 1e-15), #"true"#)
#sourceLocation()
    checks.finish()
  }
  @Test("A JVP from two VJPs") func section6() throws {
    let checks = SnippetChecks(count: 3)
#sourceLocation(file: "Documentation/Tutorial.md", line: 187)




checks.expect(0, jvpByReverse(polar, at: [3, 4], along: [1, 2]), #"[2.2 0.08]"#)
checks.expect(1, jvp(polar, at: [3, 4], along: [1, 2]).tangent, #"[2.2 0.08]"#)
checks.expect(2, jvpByReverse(f, at: [2, 5], along: [1, 0]), #"5.5"#)
#sourceLocation()
    checks.finish()
  }
  @Test("Hessians, and products with them") func section7() throws {
    let checks = SnippetChecks(count: 7)
#sourceLocation(file: "Documentation/Tutorial.md", line: 201)
checks.expect(0, hessian(f)([2, 5]), #"[[-0.25 1.] [1. -0.9589242746631385]]"#)
checks.expect(1, jacobian(grad(f))([2, 5]), #"[[-0.25 1.] [1. -0.9589242746631385]]"#)
#sourceLocation()
#sourceLocation(file: "Documentation/Tutorial.md", line: 209)
checks.expect(2, hvp(f, at: [2, 5], along: [1, 0]), #"[-0.25 1.]"#)
checks.expect(3, jvp(grad(f), at: [2, 5], along: [1, 0]).tangent, #"[-0.25 1.]"#)
checks.expect(4, grad { x in dot(grad(f)(x), [1, 0]) }([2, 5]), #"[-0.25 1.]"#)





let many = Tensor.ones([1_000])
checks.expect(5, hvp(rosenbrock, at: many, along: many)[0..<3], #"[402. 202. 202.]"#)
#sourceLocation()
#sourceLocation(file: "Documentation/Tutorial.md", line: 224)














let s = solve({ v in hvp(bowl, at: [1, 1], along: v) }, [13, 3], steps: 2)
checks.expect(6, Bool(abs(s - 1).max() .< 1e-14), #"true"#)
#sourceLocation()
    checks.finish()
  }
}
