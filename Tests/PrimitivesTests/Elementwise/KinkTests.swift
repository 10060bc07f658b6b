import Jacobi
import Testing

/// One row of `Documentation/Kinks.md`: a function at a place where its derivative must be decided.
struct Kink: Sendable, CustomTestStringConvertible {
  let name: String
  let x: Double
  let value: Double
  let first: Double
  let second: Double
  let function: @Sendable (Tensor) -> Tensor

  init(
    _ name: String, at x: Double, _ value: Double, _ first: Double, _ second: Double,
    _ function: @escaping @Sendable (Tensor) -> Tensor
  ) {
    (self.name, self.x, self.value, self.first, self.second) = (name, x, value, first, second)
    self.function = function
  }

  var testDescription: String { name }
}

private let infinity = Double.infinity

/// A number that is no literal, so that `**` does not see a whole exponent.
private func number(_ value: Double) -> Tensor { Tensor(value) }

let kinks: [Kink] = [
  Kink("abs at 0", at: 0, 0, 0, 0) { abs($0) },
  Kink("square(abs(x)) at 0", at: 0, 0, 0, 2) { square(abs($0)) },
  Kink("abs(x) * abs(x) at 0", at: 0, 0, 0, 2) {
    let y = abs($0); return y * y
  },
  Kink("square(-3 * abs(x) / 2) at 0", at: 0, 0, 0, 4.5) { square(-(3 * abs($0) / 2)) },
  Kink("abs(x) ** 4 at 0", at: 0, 0, 0, 0) { abs($0) ** 4 },
  Kink("square(hypot) at the origin", at: 0, 0, 0, 10) { square(hypot($0, 2 * $0)) },
  Kink("square of a norm at the origin", at: 0, 0, 0, 10) { square(Tensor.stacked([$0, 2 * $0]).norm()) },
  Kink("square of a standard deviation", at: 0, 0, 0, 2) {
    square(Tensor.stacked([$0, -$0]).standardDeviation(axis: 0))
  },
  Kink("square(sqrt(x)) at 0", at: 0, 0, 1, 0) { square(sqrt($0)) },
  Kink("square(abs(x)) elsewhere", at: -3, 9, -6, 2) { square(abs($0)) },
  Kink("sqrt(abs(x)) at 0", at: 0, 0, 0, 0) { sqrt(abs($0)) },
  Kink("abs of a complex number at 0", at: 0, 0, 0, 0) { abs(complex($0, 2 * $0)) },
  Kink("max, tie", at: 1, 1, 1.5, 1) { max($0, $0 * $0) },
  Kink("max with a constant, tie", at: 1, 1, 0.5, 0) { max($0, 1) },
  Kink("min, tie", at: 1, 1, 1.5, 1) { min($0, $0 * $0) },
  Kink("max, the other is infinite in its derivative", at: 0, 1, 0, 0) { max(sqrt($0), 1) },
  Kink("relu at 0", at: 0, 0, 0, 0) { relu($0) },
  Kink("sqrt(relu(x)) below 0", at: -1, 0, 0, 0) { sqrt(relu($0)) },
  Kink("clip at the lower bound", at: 0, 0, 1, 0) { $0.clipped(to: 0...1) },
  Kink("clip at the upper bound", at: 1, 1, 1, 0) { $0.clipped(to: 0...1) },
  Kink("clip outside", at: 2, 1, 0, 0) { $0.clipped(to: 0...1) },
  Kink("clip to a moving bound", at: 2, 8, 12, 12) { clip(number(9), $0, $0 ** 3) },
  Kink("sqrt at 0", at: 0, 0, infinity, -infinity) { sqrt($0) },
  Kink("x ** 0 at 0, whole exponent", at: 0, 1, 0, 0) { $0 ** 0 },
  Kink("x ** 0 at 0", at: 0, 1, 0, 0) { $0 ** number(0) },
  Kink("x ** 1 at 0", at: 0, 0, 1, 0) { $0 ** number(1) },
  Kink("x ** 2 at 0", at: 0, 0, 0, 2) { $0 ** number(2) },
  Kink("x ** 2 at 0, whole exponent", at: 0, 0, 0, 2) { $0 ** 2 },
  Kink("x ** 0.5 at 0", at: 0, 0, infinity, -infinity) { $0 ** number(0.5) },
  Kink("negative base, whole exponent", at: -2, -8, 12, -12) { $0 ** number(3) },
  Kink("negative base, whole negative exponent", at: -2, -0.125, -3.0 / 16, -3.0 / 8) { $0 ** number(-3) },
  Kink("negative base, fraction", at: -2, .nan, .nan, .nan) { $0 ** 0.5 },
  Kink("0 ** y, y positive", at: 2, 0, 0, 0) { number(0) ** $0 },
  Kink("0 ** y at y = 0", at: 0, 1, 0, 0) { number(0) ** $0 },
  Kink("atan2 at the origin", at: 0, 0, 0, 0) { atan2(y: $0, x: number(0)) },
  Kink("atan2 at the origin, other operand", at: 0, 0, 0, 0) { atan2(y: number(0), x: $0) },
  Kink("hypot at the origin", at: 0, 0, 0, 0) { hypot($0, 2 * $0) },
  Kink("sqrt(hypot) at the origin", at: 0, 0, 0, 0) { sqrt(hypot($0, 2 * $0)) },
  Kink("sqrt of a norm at the origin", at: 0, 0, 0, 0) { sqrt(Tensor.stacked([$0, 2 * $0]).norm()) },
  Kink("log in the branch not taken, at 0", at: 0, 0, 0, 0) { `where`($0 .> 0, log($0), 0) },
  Kink("log in the branch not taken, below 0", at: -1, 1, -2, 2) { `where`($0 .> 0, log($0), $0 * $0) },
  Kink("log in the branch taken", at: 2, 0.6931471805599453, 0.5, -0.25) { `where`($0 .> 0, log($0), $0 * $0) },
  Kink("sqrt in the branch not taken", at: 0, 0, 1, 0) { `where`($0 .> 0, sqrt($0), $0) },
  Kink("sqrt of a negative number not taken", at: -4, -4, 1, 0) { `where`($0 .> 0, sqrt($0) * $0, $0) },
  Kink("1/x in the branch not taken", at: 0, 1, 0, 0) { `where`($0 .== 0, 1, sin($0) / $0) },
  Kink("overflow in the branch not taken", at: 800, 800, 1, 0) { `where`($0 .> 30, $0, log(1 + exp($0))) },
  Kink("nested branches", at: 0, 0, 3, 0) { x in
    `where`(x .> 1, log(log(x)), `where`(x .> 0, 1 / sqrt(x), 3 * x))
  },
  Kink("x ** 1.5 in the branch not taken", at: -1, 1, -2, 2) { `where`($0 .> 0, $0 ** 1.5, $0 * $0) },
  Kink("tan, asin, acosh and division not taken", at: 2, 4, 4, 2) { x in
    `where`(x .< 1, asin(x) + atanh(x) * hypot(x, x - 2) / (x - 2) + acosh(x - 3), x * x)
  },
  Kink("abs of nan not taken", at: -1, 1, -2, 2) { `where`($0 .> 0, abs(log($0)) + hypot(log($0), 1), $0 * $0) },
  Kink("hypot and atan2 of infinity not taken", at: 800, 800, 1, 0) { x in
    `where`(x .> 30, x, hypot(exp(x), x) + atan2(y: exp(x), x: exp(2 * x)) + relu(exp(x) - exp(2 * x)))
  },
  Kink("powers of nan not taken", at: -1, 1, -2, 2) { x in
    `where`(x .> 0, log(x) ** x + x ** log(x) + log(x) ** 3 + max(log(x), x) + clip(log(x), x, 1), x * x)
  },
  Kink("complex functions not taken", at: 0, 0, 3, 0) { x in
    `where`(x .> 0, realPart(log(complex(x, 0)) ** 0.5) + abs(1 / complex(x, x)) + phase(complex(log(x), x)), 3 * x)
  },
  Kink("sign at 0", at: 0, 0, 0, 0) { sign($0) },
  Kink("floor at a whole number", at: 2, 2, 0, 0) { floor($0) },
  Kink("x - floor(x)", at: 2.25, 0.25, 1, 0) { $0 - floor($0) },
  Kink("round at a half", at: 2.5, 3, 0, 0) { round($0) },
  Kink("1/x at 0", at: 0, infinity, -infinity, infinity) { reciprocal($0) },
  Kink("x ** -1 at 0", at: 0, infinity, -infinity, infinity) { $0 ** -1 },
  Kink("log at 0", at: 0, -infinity, infinity, -infinity) { log($0) },
  Kink("silu at -infinity", at: -infinity, 0, 0, 0) { silu($0) },
  Kink("silu at infinity", at: infinity, infinity, 1, 0) { silu($0) },
  Kink("gelu at -infinity", at: -infinity, 0, 0, 0) { gelu($0) },
  Kink("gelu at infinity", at: infinity, infinity, 1, 0) { gelu($0) },
  Kink("approximate gelu at -infinity", at: -infinity, 0, 0, 0) { gelu($0, approximate: true) },
  Kink("elu at 0", at: 0, 0, 2, 2) { elu($0, alpha: 2) },
  Kink("sinc at 0", at: 0, 1, 0, -3.289868133696453) { sinc($0) },
  Kink("sinc at infinity", at: infinity, 0, 0, 0) { sinc($0) },
  Kink("xLogY by y, both 0", at: 0, 0, 0, 0) { xLogY(number(0), $0) },
  Kink("x log x at 0", at: 0, 0, -infinity, infinity) { xLogY($0, $0) },
  Kink("xLogY by x at y = 0", at: 0, 0, -infinity, 0) { xLogY($0, number(0)) },
  Kink("logit at 0", at: 0, -infinity, infinity, -infinity) { logit($0) },
  Kink("logit at 1", at: 1, infinity, infinity, infinity) { logit($0) },
  Kink("rsqrt at 0", at: 0, infinity, -infinity, infinity) { rsqrt($0) },
  Kink("mod at a jump", at: -4, 0, 1, 0) { mod($0, number(2)) },
  Kink("cummax, tie", at: 1, 1, 1.5, 1) { Tensor.stacked([$0, $0 * $0]).cummax(axis: 0)[1] },
  Kink("cummin, tie", at: 1, 1, 1.5, 1) { Tensor.stacked([$0, $0 * $0]).cummin(axis: 0)[1] },
  Kink("cumprod with zeros", at: 0, 0, 0, 2) { Tensor.stacked([$0, $0, $0 + 1]).cumprod(axis: 0)[2] },
  Kink("logCumSumExp at infinity", at: infinity, infinity, 1, 0) {
    Tensor.stacked([$0, $0]).logCumSumExp(axis: 0)[1]
  },
  Kink("median, tie", at: 1, 1, 1.5, 1) { Tensor.stacked([$0, $0 * $0]).median(axis: 0) },
  Kink("quantile, tie", at: 1, 1, 1, 0) { Tensor.stacked([$0, $0 * $0]).quantile(0, axis: 0) },
  Kink("maxWithIndex, tie", at: 1, 1, 1, 0) { Tensor.stacked([$0, $0 * $0]).maxWithIndex(axis: 0).value },
  Kink("topK, tie", at: 1, 1, 1, 0) { Tensor.stacked([$0, $0 * $0]).topK(1, axis: 0).values[0] },
  Kink("nanMax, tie", at: 1, 1, 1.5, 1) { Tensor.stacked([$0, number(.nan), $0 * $0]).nanMax(axis: 0) },
  Kink("interp at the last place", at: 2, 0, -2, 0) { interp($0, [0, 1, 2], [1, 2, 0]) },
  Kink("interp outside", at: 3, 0, 0, 0) { interp($0, [0, 1, 2], [1, 2, 0]) },
  Kink("interp at a place", at: 1, 2, -2, 0) { interp($0, [0, 1, 2], [1, 2, 0]) },
  Kink("tanh far out", at: 800, 1, 0, 0) { tanh($0) },
  Kink("sigmoid far out", at: -800, 0, 0, 0) { sigmoid($0) },
  Kink("softplus far out", at: 800, 800, 1, 0) { softplus($0) },
]

@Suite("Kinks and edges")
struct KinkTests {
  private func same(_ a: Double, _ b: Double) -> Bool { a.isNaN && b.isNaN || a == b || abs(a - b) < 1e-14 }

  @Test("value and derivatives are those of the table", arguments: kinks)
  func table(_ kink: Kink) {
    let x = Tensor(kink.x)
    let f = kink.function
    #expect(same(Double(f(x)), kink.value))
    #expect(same(Double(grad(f)(x)), kink.first))
    #expect(same(Double(grad(grad(f))(x)), kink.second))
  }

  @Test("the same in forward mode, and by mixed modes", arguments: kinks)
  func otherModes(_ kink: Kink) {
    let x = Tensor(kink.x)
    let f = kink.function
    let forward = { (x: Tensor) in jvp(f, at: x, along: 1).tangent }
    #expect(same(Double(forward(x)), kink.first))
    #expect(same(Double(jvp(forward, at: x, along: 1).tangent), kink.second))
    #expect(same(Double(grad(forward)(x)), kink.second))
    #expect(same(Double(hvp(f, at: x, along: 1)), kink.second))
  }

  @Test("the same inside a batch", arguments: kinks)
  func batched(_ kink: Kink) {
    let x = Tensor([kink.x, kink.x])
    for element in vmap(kink.function)(x).scalars(as: Double.self) { #expect(same(element, kink.value)) }
    for element in vmap(grad(kink.function))(x).scalars(as: Double.self) { #expect(same(element, kink.first)) }
  }

  @Test("the same inside a vector", arguments: kinks)
  func inVector(_ kink: Kink) {
    let x = Tensor([kink.x, kink.x])
    let f = { (x: Tensor) in kink.function(x).sum() }
    for element in grad(f)(x).scalars(as: Double.self) { #expect(same(element, kink.first)) }
    for element in grad({ grad(f)($0).sum() })(x).scalars(as: Double.self) { #expect(same(element, kink.second)) }
  }

  @Test("nan passes through selections")
  func notANumber() {
    let nan = Tensor(Double.nan)
    for result in [
      max(nan, 1), max(1, nan), min(nan, 1), min(1, nan), relu(nan), nan.clipped(to: 0...1), abs(nan), sign(nan),
      floor(nan), round(nan), sigmoid(nan), softplus(nan),
    ] {
      #expect(Double(result).isNaN)
    }
    #expect(Double(nan ** 0) == 1)
  }
}
