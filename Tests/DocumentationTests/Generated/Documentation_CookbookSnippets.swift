// swift-format-ignore-file
// Made from Documentation/Cookbook.md by Scripts/extract-snippets.sh; change the document, not this file.
import Jacobi
import JacobiTesting
import Testing

#sourceLocation(file: "Documentation/Cookbook.md", line: 11)


private func loss(_ w: Tensor, _ b: Tensor) -> Tensor { square(w * 2 + b).sum() }





#sourceLocation()
#sourceLocation(file: "Documentation/Cookbook.md", line: 25)
private struct Line: TensorTree {
  var slope: Tensor
  var offset: Tensor
  mutating func forEachTensor(_ body: (inout Tensor) -> Void) {
    body(&slope)
    body(&offset)
  }
}

private func misfit(_ line: Line) -> Tensor {
  let (x, y): (Tensor, Tensor) = ([0, 1, 2], [1, 3, 5])
  return square(line.slope * x + line.offset - y).sum()
}







#sourceLocation()
#sourceLocation(file: "Documentation/Cookbook.md", line: 52)
private func error(_ w: Tensor, _ x: Tensor, _ y: Tensor) -> Tensor { square(dot(w, x) - y) }










#sourceLocation()
#sourceLocation(file: "Documentation/Cookbook.md", line: 68)
private func f(_ x: Tensor) -> Tensor { log(x[0]) + x[0] * x[1] - sin(x[1]) }










#sourceLocation()
#sourceLocation(file: "Documentation/Cookbook.md", line: 98)
private struct Training: TensorTree {
  var line: Line
  var velocity: Line
  mutating func forEachTensor(_ body: (inout Tensor) -> Void) {
    line.forEachTensor(body)
    velocity.forEachTensor(body)
  }
}

private func batchLoss(_ line: Line, _ x: Tensor, _ y: Tensor) -> Tensor {
  square(line.slope * x + line.offset - y).mean()
}























#sourceLocation()
#sourceLocation(file: "Documentation/Cookbook.md", line: 144)

private func logLikelihood(_ parameters: Tensor, _ measurements: Tensor) -> Tensor {
  let (drift, q) = (parameters[0], exp(parameters[1]))
  let r = 0.5  // the variance of a measurement
  let filter = { (state: [Tensor], z: Tensor) -> ([Tensor], Tensor) in
    let (mean, variance) = (state[0] + drift, state[1] + q)
    let s = variance + r
    let gain = variance / s
    let surprise = z - mean
    let term = -0.5 * (log(2 * .pi * s) + square(surprise) / s)
    return ([mean + gain * surprise, (1 - gain) * variance], term)
  }
  return scan(filter, [Tensor(0.0), Tensor(1.0)], over: measurements).results.sum()
}













#sourceLocation()
#sourceLocation(file: "Documentation/Cookbook.md", line: 191)

private func courant() -> Double { 0.25 }

private func advanced(_ before: Tensor, _ now: Tensor) -> Tensor {
  let bend = now[2...] - 2 * now[1..-1] + now[..-2]
  var next = 2 * now - before
  next[1..-1] += courant() * bend
  next[0] = 0
  next[-1] = 0
  return next
}

private func simulated(_ initial: Tensor, steps: Int) -> Tensor {
  var start = initial
  start[0] = 0
  start[-1] = 0
  // At rest: the first step is half of what a step adds.
  var first = start
  first[1..-1] += 0.5 * courant() * (start[2...] - 2 * start[1..-1] + start[..-2])
  return scan({ (s: [Tensor]) in ([s[1], advanced(s[0], s[1])], []) }, [start, first], length: steps - 1).state[1]
}






#sourceLocation()

@Suite("Documentation/Cookbook.md") struct Documentation_CookbookSnippets {
  @Test("Gradients by several arguments") func section1() throws {
    let checks = SnippetChecks(count: 6)
#sourceLocation(file: "Documentation/Cookbook.md", line: 11)




checks.expect(0, grad(loss)([1, 2], 3), #"[20. 28.]"#)
let (dw, db) = gradients(loss)([1, 2], 3)
checks.expect(1, dw, #"[20. 28.]"#)
checks.expect(2, db, #"24.0"#)
#sourceLocation()
#sourceLocation(file: "Documentation/Cookbook.md", line: 25)














let start = Line(slope: 0, offset: 0)
let g = grad(misfit)(start)
checks.expect(3, g.slope, #"-26.0"#)
checks.expect(4, hessian(misfit)(start).slope.offset, #"6.0"#)
let moved = start.mapTensors(with: g) { p, dp in p - 0.01 * dp }
checks.expect(5, moved.slope, #"0.26"#)
#sourceLocation()
    checks.finish()
  }
  @Test("Gradients of each example") func section2() throws {
    let checks = SnippetChecks(count: 3)
#sourceLocation(file: "Documentation/Cookbook.md", line: 52)


let xs: Tensor = [[1, 0], [0, 1], [1, 1]]
let ys: Tensor = [1, 2, 3]
let each = vmap(grad(error), axes: [nil, 0, 0])
checks.expect(0, each([1, 1], xs, ys), #"[[0. 0.] [0. -2.] [-2. -2.]]"#)

let both = jit(vmap { x, y in valueAndGrad(error)([1, 1], x, y) })
let (errors, slopes) = both(xs, ys)
checks.expect(1, errors, #"[0. 1. 1.]"#)
checks.expect(2, slopes.sum(axis: 0), #"[-2. -4.]"#)
#sourceLocation()
    checks.finish()
  }
  @Test("Three ways to a Hessian-vector product") func section3() throws {
    let checks = SnippetChecks(count: 5)
#sourceLocation(file: "Documentation/Cookbook.md", line: 68)

let (at, along): (Tensor, Tensor) = ([2, 5], [1, 0])

checks.expect(0, hvp(f, at: at, along: along), #"[-0.25 1.]"#)
checks.expect(1, jvp(grad(f), at: at, along: along).tangent, #"[-0.25 1.]"#)
checks.expect(2, grad { x in dot(grad(f)(x), along) }(at), #"[-0.25 1.]"#)

// Value, gradient and product from one run:
let (now, change) = jvp(valueAndGrad(f), at: at, along: along)
checks.expect(3, now.1, #"[5.5 1.7163378145367738]"#)
checks.expect(4, change.1, #"[-0.25 1.]"#)
#sourceLocation()
    checks.finish()
  }
  @Test("A clipped gradient") func section4() throws {
    let checks = SnippetChecks(count: 1)
#sourceLocation(file: "Documentation/Cookbook.md", line: 87)
let clip = customVJP({ x in x }, isExact: false, { x in (x, x) }) { _, ct in min(max(ct, -1), 1) }
checks.expect(0, grad { x in exp(clip(x)) }(3), #"1.0"#)
#sourceLocation()
    checks.finish()
  }
  @Test("Training with mini-batches") func section5() throws {
    let checks = SnippetChecks(count: 3)
#sourceLocation(file: "Documentation/Cookbook.md", line: 98)













let step = jitInPlace { (state: inout Training, x: Tensor, y: Tensor) -> Tensor in
  let (loss, gradient) = valueAndGrad(batchLoss)(state.line, x, y)
  state.velocity = state.velocity.mapTensors(with: gradient) { v, g in 0.9 * v - 0.05 * g }
  state.line = state.line.mapTensors(with: state.velocity) { p, v in p + v }
  return loss
}

let inputs = Tensor.linspace(-1, 1, count: 256)
let targets = 3 * inputs - 0.5 + 0.1 * sin(1000 * inputs)
// The examples in an order that mixes them: each batch has some of everywhere.
let order = (0..<256).map { $0 * 37 % 256 }
let (mixedInputs, mixedTargets) = (inputs.take(order).reshaped(8, 32), targets.take(order).reshaped(8, 32))

let zero = Line(slope: 0, offset: 0)
var state = Training(line: zero, velocity: zero)
var last: Tensor = 0
for _ in 0..<30 {
  for batch in 0..<8 { last = step(&state, mixedInputs[batch], mixedTargets[batch]) }
}
checks.expect(0, Bool(abs(state.line.slope - 3) .< 0.05), #"true"#)
checks.expect(1, Bool(abs(state.line.offset + 0.5) .< 0.05), #"true"#)
checks.expect(2, Bool(last .< 0.02), #"true"#)
#sourceLocation()
    checks.finish()
  }
  @Test("A Kalman filter") func section6() throws {
    let checks = SnippetChecks(count: 2)
#sourceLocation(file: "Documentation/Cookbook.md", line: 144)
/// log p(measurements) for a random walk with drift: parameters are the drift and the logarithm of the variance of the steps.














let z: Tensor = [1.1, 1.9, 3.2, 3.9, 5.1, 6.0]
let fit = jit(valueAndGrad { p in logLikelihood(p, z) })
let curvature = jit(hessian { p in logLikelihood(p, z) })

// Newton's method to the parameters that are most likely, with the 2x2 system solved by hand.
var p: Tensor = [0.5, -1]
for _ in 0..<8 {
  let (g, h) = (fit(p).1, curvature(p) - 0.5 * Tensor.eye(2))
  let determinant = h[0, 0] * h[1, 1] - h[0, 1] * h[1, 0]
  p -= [h[1, 1] * g[0] - h[0, 1] * g[1], h[0, 0] * g[1] - h[1, 0] * g[0]] / determinant
}
checks.expect(0, Bool(abs(fit(p).1[0]) .< 1e-3), #"true"#)
#sourceLocation()
#sourceLocation(file: "Documentation/Cookbook.md", line: 176)
let (d, v) = (0.5, exp(Tensor(-1.0)))
// Means d and 2d; covariance of the steps, of the first position, and of the measurements.
let (a, b, c) = (1 + v + 0.5, 1 + v, 1 + 2 * v + 0.5)
let (u, w) = (z[0] - d, z[1] - 2 * d)
let det = a * c - b * b
let joint = -0.5 * (2 * log(2 * .pi) + log(det) + (c * u * u - 2 * b * u * w + a * w * w) / det)
checks.expect(1, Bool(abs(joint - logLikelihood([0.5, -1], z[..<2])) .< 1e-12), #"true"#)
#sourceLocation()
    checks.finish()
  }
  @Test("A wave on a grid") func section7() throws {
    let checks = SnippetChecks(count: 2)
#sourceLocation(file: "Documentation/Cookbook.md", line: 191)
/// The square of the time step times the speed of the wave, in units of the grid.





















// One mode of the string keeps its form: after t steps it is multiplied by cos(ω t).
let mode = sin(.pi * Tensor.linspace(0, 1, count: 64))
let omega = 2 * asin(0.5 * sin(Tensor(Double.pi / 126)))
let simulate = jit { u in simulated(u, steps: 100) }
checks.expect(0, Bool(abs(simulate(mode) - cos(100 * omega) * mode).max() .< 1e-12), #"true"#)
#sourceLocation()
#sourceLocation(file: "Documentation/Cookbook.md", line: 223)
let target = simulate(mode)
let distance = { (u: Tensor) in square(simulated(u, steps: 100) - target).sum() }
let slope = jit(valueAndGrad(distance))
var guess = Tensor.zeros([64])
for _ in 0..<60 {
  let (_, g) = slope(guess)
  guess -= 0.4 * g
}
checks.expect(1, Bool(abs(guess - mode).max() .< 1e-6), #"true"#)
#sourceLocation()
    checks.finish()
  }
}
