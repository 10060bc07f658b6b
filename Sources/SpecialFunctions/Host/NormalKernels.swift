import Numerics

/// exp(x²) erfc(x).
func scaledErfc(_ x: Double) -> Double {
  if x < 25 { return x < -27 ? .infinity : exponentialOfSquare(x, times: 1) * .erfc(x) }
  // The asymptotic series 1 / (x √π) Σ (-1)ᵏ (2k - 1)!! / (2x²)ᵏ.
  let ratio = 0.5 / x / x
  var sum = 1.0
  for factor in stride(from: 15.0, to: 0, by: -2) { sum = 1 - factor * ratio * sum }
  return sum * inverseRootPi / x
}

/// The derivative of exp(x²) erfc(x) of an order of at least 1: (-2)ⁿ 2/√π ∫ sⁿ exp(-s² - 2 x s) ds over positive s.
///
/// Source: NIST Handbook of Mathematical Functions, 7.18.2 and 7.18.4.
func scaledErfcDerivative(_ order: Int, _ x: Double) -> Double {
  if x.isNaN { return x }
  if x < -27 { return order % 2 == 0 ? .infinity : -.infinity }
  // 1 / (x √π).
  if x > 1e100 { return (0..<order).reduce(inverseRootPi / x) { -$0 * Double($1 + 1) / x } }
  let n = Double(order)
  // In units in which the exponential falls by a factor of e or so, s = unit · v.
  let unit = 1 / Swift.max(2 * x, 1)
  let (square, linear) = (unit * unit, 2 * x * unit)
  // For negative x the largest value is exp(x²), which comes to the front.
  let top = x < 0 ? x : 0
  func exponent(_ v: Double) -> Double { x < 0 ? -(v + x) * (v + x) : -(square * v * v + linear * v) }
  let end = Quadrature.end(from: 0.1) { v in v == 0 ? exponent(0) : exponent(v) + n * .log(v) }
  let integral = Quadrature.integral(to: end, detail: 1) { v in .pow(v, order) * .exp(exponent(v)) }
  let scale = exponentialOfSquare(top, times: 1) * 2 * inverseRootPi
  return .pow(-2 * unit, order) * unit * scale * integral
}

/// log Φ(x), the logarithm of the normal distribution function.
func logNormalCDFValue(_ x: Double) -> Double {
  if x == -.infinity { return x }
  return x < -1
    ? .log(scaledErfc(-x * rootHalf) / 2) - x * x / 2
    : .log(onePlus: -0.5 * .erfc(x * rootHalf))
}

/// The derivative of log Φ(x) of an order of at least 1.
///
/// The first one is φ(x) / Φ(x), and the others follow from h' = -h (x + h). On the left, where that cancels, they are the
/// cumulants of the distance s with the density exp(x s - s²/2), as Φ(x) = φ(x) ∫ exp(x s - s²/2) ds.
func logNormalCDFDerivative(_ order: Int, _ x: Double) -> Double {
  if x.isNaN { return x }
  let first = rootTwoOverPi / scaledErfc(-x * rootHalf)
  if order == 1 { return first }
  if x.isInfinite { return x < 0 && order == 2 ? -1 : 0 }
  if x < -1 { return cumulant(order, -x) - (order == 2 ? 1 : 0) }
  var derivatives = [first]
  for n in 0..<(order - 1) {
    var sum = x * derivatives[n] + (n > 0 ? Double(n) * derivatives[n - 1] : 0)
    var binomial = 1.0
    for j in 0...n {
      sum += binomial * derivatives[j] * derivatives[n - j]
      binomial *= Double(n - j) / Double(j + 1)
    }
    derivatives.append(-sum)
  }
  return derivatives[order - 1]
}

/// The cumulant of an order of at least 2 of the density proportional to exp(-x s - s²/2) on positive s.
private func cumulant(_ order: Int, _ x: Double) -> Double {
  // In units of 1 / x.
  let half = 0.5 / x / x
  func density(_ v: Double) -> Double { .exp(-v - half * v * v) }
  let end = Quadrature.end(from: 1) { v in v > 0 ? -v - half * v * v + Double(order) * .log(v) : 0 }
  func moment(_ power: Int, around center: Double) -> Double {
    Quadrature.integral(to: end, detail: 1) { v in .pow(v - center, power) * density(v) }
  }
  let total = moment(0, around: 0)
  let mean = moment(1, around: 0) / total
  let moments = (0...order).map { $0 == 0 ? 1 : $0 == 1 ? 0 : moment($0, around: mean) / total }
  // Σ over j of (n-1 over j-1) κ_j m_{n-j} is m_n.
  var cumulants = [Double](repeating: 0, count: order + 1)
  for n in 2...order {
    var sum = moments[n]
    var binomial = 1.0
    for j in 1..<n {
      sum -= binomial * cumulants[j] * moments[n - j]
      binomial *= Double(n - j) / Double(j)
    }
    cumulants[n] = sum
  }
  return cumulants[order] * .pow(1 / x, order)
}

/// The number below which a standard normal number is with a probability.
///
/// Next to 1/2 it is the inverse error function; below, Newton's method on log Φ, which is concave, so that it cannot miss.
func normalQuantileValue(_ p: Double) -> Double {
  guard p >= 0, p <= 1 else { return .nan }
  if p == 0 || p == 1 { return p == 0 ? -.infinity : .infinity }
  if p >= 0.25 && p <= 0.75 { return 2.0.squareRoot() * inverseErf(2 * p - 1) }
  if p > 0.5 { return -normalQuantileOfLogarithm(.log(1 - p)) }
  return normalQuantileOfLogarithm(.log(p))
}

/// The number below which a standard normal number is with a probability of at most 1/4, whose logarithm is given.
func normalQuantileOfLogarithm(_ logarithm: Double) -> Double {
  if logarithm == -.infinity { return logarithm }
  let square = -2 * logarithm
  var x = -(square - .log(2 * .pi * square)).squareRoot()
  if x.isNaN || x > -0.3 { x = -0.3 }
  for _ in 0..<20 {
    let step = (logNormalCDFValue(x) - logarithm) / logNormalCDFDerivative(1, x)
    x -= step
    if step.magnitude <= 1e-9 * x.magnitude { break }
  }
  // The last step, of 10⁻⁹, leaves 10⁻¹⁸; what is left is rounding.
  return x
}

/// 1 / √π.
let inverseRootPi = 0.5641895835477563
/// √(1/2).
let rootHalf = 0.7071067811865476
/// √(2/π).
let rootTwoOverPi = 0.7978845608028654
