import Foundation
import Jacobi
import Testing

// Formulas as users write them: literals, Swift numbers, powers, comparisons, in-place operators and nested array
// literals, in long expressions. They must type-check quickly; Scripts/check-type-checking.sh fails when one does not.
// Foundation is imported because its functions of the same names are in scope in real programs, too.

/// One Runge-Kutta step of the Lorenz system.
func lorenzStep(_ state: Tensor, dt: Double, sigma: Double = 10, rho: Double = 28, beta: Double = 8.0 / 3.0) -> Tensor {
  func f(_ s: Tensor) -> Tensor {
    [sigma * (s[1] - s[0]), s[0] * (rho - s[2]) - s[1], s[0] * s[1] - beta * s[2]]
  }
  let k1 = f(state)
  let k2 = f(state + dt / 2 * k1)
  let k3 = f(state + dt / 2 * k2)
  let k4 = f(state + dt * k3)
  return state + dt / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
}

/// The tanh approximation of GELU.
func gelu(_ x: Tensor) -> Tensor {
  0.5 * x * (1 + tanh(sqrt(2 / Double.pi) * (x + 0.044715 * x ** 3)))
}

/// The logarithm of a Gaussian density of two correlated variables.
func gaussianLogDensity(_ x: Tensor, _ y: Tensor, _ rho: Tensor, mean: Double, deviation: Double) -> Tensor {
  let u = (x - mean) / deviation
  let v = (y - mean) / deviation
  let quadratic = (u ** 2 - 2 * rho * u * v + v ** 2) / (1 - rho ** 2)
  return -0.5 * quadratic - log(2 * Double.pi) - 2 * log(deviation) - 0.5 * log(1 - rho * rho)
}

/// Rosenbrock's valley.
func rosenbrock(_ x: Tensor) -> Tensor {
  100 * (x[1] - x[0] ** 2) ** 2 + (1 - x[0]) ** 2 + 100 * (x[2] - x[1] ** 2) ** 2 + (1 - x[1]) ** 2
}

/// The price of a European call option.
func blackScholes(spot: Tensor, strike: Double, rate: Tensor, volatility: Tensor, years: Double) -> Tensor {
  let d1 = (log(spot / strike) + (rate + 0.5 * volatility ** 2) * years) / (volatility * sqrt(years))
  let d2 = d1 - volatility * sqrt(years)
  func normal(_ x: Tensor) -> Tensor { 0.5 * (1 + erf(x / sqrt(2.0))) }
  return spot * normal(d1) - strike * exp(-rate * years) * normal(d2)
}

/// Softmax cross entropy of one example.
func crossEntropy(_ logits: Tensor, _ target: Tensor) -> Tensor {
  let shifted = logits - max(max(logits[0], logits[1]), logits[2])
  return log(exp(shifted).sum()) - (shifted * target).sum() + 1e-4 * (logits ** 2).sum()
}

/// A loss with kinks: Huber's, with a penalty, masks and in-place sums.
func huber(_ residual: Tensor, _ weights: Tensor, delta: Double, strength: Double) -> Tensor {
  let size = abs(residual)
  let isSmall = (size .<= delta) .& .!isNaN(residual) .| (size .== 0)
  var loss = Tensor.where(isSmall, 0.5 * residual ** 2, delta * (size - 0.5 * delta)).sum()
  loss += strength * (abs(weights) + 0.5 * weights ** 2 - 2 * relu(-weights)).sum()
  loss *= 1 / (1 + strength ** 2 * Tensor(2.0))
  return loss
}

/// A rotation and scaling of the plane, with nested literals that mix tensors and numbers.
func transform(_ angle: Tensor, _ scale: Double) -> Tensor {
  let c = cos(angle)
  let s = sin(angle)
  let rotation: Tensor = [[scale * c, -scale * s, 0], [scale * s, scale * c, 0], [0, 0, 1]]
  let shear: Tensor = [[1, 0.5 * s ** 2, 0], [0, 1, -2 * c], [0, 0, 1 + angle / 3]]
  return rotation * shear + [[1, 2, 3], [4, 5, 6], [7, 8, 9]] / 10.0 - 2 ** (-angle * angle + 1)
}

@Suite("Long formulas")
struct LongFormulas {
  @Test("give what the same formulas give in Double")
  func values() {
    let (x, y, rho) = (0.3, -0.7, 0.4)
    func close(_ a: Tensor, _ b: Double) -> Bool { Swift.abs(Double(a) - b) < 1e-12 * (1 + Swift.abs(b)) }
    let cubic: Double = x + 0.044715 * x * x * x
    #expect(close(gelu(Tensor(x)), 0.5 * x * (1 + Foundation.tanh((2 / Double.pi).squareRoot() * cubic))))
    let (u, v) = ((x - 0.1) / 2, (y - 0.1) / 2)
    let quadratic: Double = (u * u - 2 * rho * u * v + v * v) / (1 - rho * rho)
    let density: Double =
      -0.5 * quadratic - Foundation.log(2 * Double.pi) - 2 * Foundation.log(2) - 0.5 * Foundation.log(1 - rho * rho)
    #expect(close(gaussianLogDensity(Tensor(x), Tensor(y), Tensor(rho), mean: 0.1, deviation: 2), density))
    #expect(close(rosenbrock([1, 1, 1]), 0))
    #expect(close(rosenbrock([0, 1, 2]), 201))
    // Hull, "Options, Futures, and Other Derivatives": spot 42, strike 40, rate 10 %, volatility 20 %, half a year.
    let call = blackScholes(
      spot: 42, strike: 40, rate: Tensor(0.1), volatility: Tensor(0.2), years: 0.5)
    #expect(Swift.abs(Double(call) - 4.76) < 0.005)
    #expect(close(crossEntropy([0, 0, 0], [1, 0, 0]), Foundation.log(3)))
    #expect(close(huber([0.5, 3], [0, 0], delta: 1, strength: 0), 0.125 + 2.5))
    #expect(close(transform(0, 1)[0][0], 1.1 - 2))
    let middle = Double(lorenzStep([1, 1, 1], dt: 1e-3)[1])
    #expect(Swift.abs(middle - 1.026) < 1e-3)
  }

  @Test("keep float32")
  func float32() {
    let x = Tensor([Float(0.5), 1.5, -0.25])
    for result in [
      lorenzStep(x, dt: 0.01), gelu(x), gaussianLogDensity(x, x, Tensor(Float(0.5)), mean: 1, deviation: 2),
      rosenbrock(x), crossEntropy(x, x), huber(x, x, delta: 1, strength: 0.1), transform(Tensor(Float(0.5)), 2),
      blackScholes(spot: abs(x), strike: 2, rate: Tensor(Float(0.1)), volatility: Tensor(Float(0.2)), years: 1),
    ] {
      #expect(result.dtype == .float32)
    }
  }
}
