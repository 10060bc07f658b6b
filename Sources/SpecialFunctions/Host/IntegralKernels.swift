import Numerics

/// The derivative of an order by ν of the exponential integral E_ν(x) = ∫ exp(-x t) / t^ν dt from 1 on: with t = exp(s) it is
/// (-1)ᵏ exp(-x) ∫ sᵏ exp((1 - ν) s - x (exp(s) - 1)) ds over positive s.
func exponentialIntegral(_ order: Int, _ nu: Double, _ x: Double) -> Double {
  guard x >= 0, !nu.isNaN else { return .nan }
  let sign: Double = order % 2 == 0 ? 1 : -1
  if x == .infinity || nu == .infinity { return 0 }
  if nu == -.infinity { return sign * .infinity }
  if x == 0 {
    if nu <= 1 { return sign * .infinity }
    return (0..<order).reduce(sign / (nu - 1)) { $0 * Double($1 + 1) / (nu - 1) }
  }
  let front = Double.exp(-x)
  let n = Double(order)
  func exponent(_ s: Double) -> Double { (1 - nu) * s - x * .expMinusOne(s) }
  let detail = 1 / Swift.max((nu - 1 + x).magnitude, x.squareRoot(), 1)
  let end = Quadrature.end(from: detail) { s in s > 0 ? exponent(s) + n * .log(s) : exponent(0) }
  let integral = Quadrature.integral(to: end, detail: detail) { s in .pow(s, order) * .exp(exponent(s)) }
  // The exponential may vanish although the integral is large.
  return front == 0 ? 0 : sign * front * integral
}

/// The exponential integral Ei(x), the principal value of ∫ exp(t) / t dt up to x.
func exponentialIntegralEi(_ x: Double) -> Double {
  if x < 0 { return -exponentialIntegral(0, 1, -x) }
  if x == 0 || x == .infinity { return x == 0 ? -.infinity : x }
  if x < 40 {
    var (term, sum, k) = (1.0, 0.0, 0.0)
    while true {
      k += 1
      term *= x / k
      let next = sum + term / k
      if next == sum || next.isNaN { break }
      sum = next
    }
    return eulerGamma + .log(x) + sum
  }
  // exp(x) / x · Σ k! / xᵏ.
  var (term, sum, k) = (1.0, 1.0, 0.0)
  while term > 1e-18 && k < 40 {
    k += 1
    term *= k / x
    sum += term
  }
  let half = Double.exp(x / 2)
  return half / x * sum * half
}

/// The integrals of exp(-x t) / (1 + t²) and of t exp(-x t) / (1 + t²) over positive t, for x of at least 4.
private func auxiliaryIntegrals(_ x: Double) -> (f: Double, g: Double) {
  let unit = 1 / x
  func weight(_ v: Double) -> Double { .exp(-v) / (1 + v * unit * v * unit) }
  let f = Quadrature.integral(to: 45, detail: 4) { v in weight(v) }
  let g = Quadrature.integral(to: 55, detail: 4) { v in v * weight(v) }
  return (f * unit, g * unit * unit)
}

/// The sum of ± xᵏ / (k! k) over every second degree k, after a first term and a sum so far.
private func trigonometricIntegral(_ x: Double, first: Double, sum: Double, degree: Double) -> Double {
  let square = -x * x
  var (term, sum, k) = (first, sum, degree)
  while true {
    term *= square / ((k + 1) * (k + 2))
    k += 2
    let next = sum + term / k
    if next == sum || next.isNaN { return sum }
    sum = next
  }
}

/// The sine integral ∫ sin(t) / t dt from 0 to x.
func sineIntegral(_ x: Double) -> Double {
  let size = x.magnitude
  if size < 4 {
    return trigonometricIntegral(x, first: x, sum: x, degree: 1)
  }
  if size > 1e17 || x.isNaN { return x.isNaN ? x : x < 0 ? -.pi / 2 : .pi / 2 }
  let (f, g) = auxiliaryIntegrals(size)
  let value = .pi / 2 - (f * .cos(size) + g * .sin(size))
  return x < 0 ? -value : value
}

/// The cosine integral, -∫ cos(t) / t dt from x on.
func cosineIntegral(_ x: Double) -> Double {
  guard x >= 0 else { return .nan }
  if x == 0 || x == .infinity { return x == 0 ? -.infinity : 0 }
  if x < 4 {
    return eulerGamma + .log(x) + trigonometricIntegral(x, first: 1, sum: 0, degree: 0)
  }
  let (f, g) = auxiliaryIntegrals(x)
  return f * .sin(x) - g * .cos(x)
}

/// Euler's constant.
private let eulerGamma = 0.5772156649015329
