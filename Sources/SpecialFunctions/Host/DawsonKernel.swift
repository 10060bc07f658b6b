import Numerics

/// Dawson's integral exp(-x²) ∫ exp(t²) dt from 0 to x, and its derivatives.
struct DawsonKernel {
  let order: Int
  /// The polynomial beside exp(-x²) in the derivative.
  private let polynomial: [Double]

  init(order: Int) {
    self.order = order
    // F⁽ⁿ⁾ = (-2)ⁿ Jₙ + Σ over k < n of (-2)ᵏ D^(n-1-k)[xᵏ exp(-x²)], where Jₖ = ∫ sᵏ exp(s² - 2 x s) ds from 0 to x.
    var total = [Double](repeating: 0, count: order + 1)
    for k in 0..<order {
      var term = [Double](repeating: 0, count: order + 1)
      term[k] = .pow(-2, k)
      for _ in 0..<(order - 1 - k) { term = Self.slope(term) }
      for power in total.indices { total[power] += term[power] }
    }
    polynomial = total
  }

  /// p' - 2 x p, the polynomial of the derivative of p(x) exp(-x²).
  private static func slope(_ p: [Double]) -> [Double] {
    p.indices.map { power in
      (power + 1 < p.count ? Double(power + 1) * p[power + 1] : 0) - (power > 0 ? 2 * p[power - 1] : 0)
    }
  }

  func callAsFunction(_ x: Double) -> Double {
    let value = ofPositive(x.magnitude)
    return x < 0 && order % 2 == 0 ? -value : value
  }

  private func ofPositive(_ x: Double) -> Double {
    if x.isNaN { return x }
    if order == 0 { return x < 6.5 ? series(x) : asymptotic(x) }
    if x == .infinity { return order % 2 == 0 ? 0 : -0.0 }
    // In units of 1 / (2 x) where x is large: s² - 2 x s = -v (1 - v unit²).
    let unit = x > 1 ? 0.5 / x : 1
    let scale = 2 * x * unit
    let end = Swift.min(x / unit, 60 + 10 * Double(order))
    let integral = Quadrature.integral(to: end, detail: 1) { v in
      .pow(v, order) * .exp(v * (v * unit * unit - scale))
    }
    let inner = .pow(-2 * unit, order) * unit * integral
    if x > 28 { return inner }
    var value = 0.0
    for coefficient in polynomial.reversed() { value = value * x + coefficient }
    return inner + value * exponentialOfSquare(x, times: -1)
  }

  /// exp(-x²) Σ x²ᵏ⁺¹ / (k! (2k + 1)), all terms of one sign.
  private func series(_ x: Double) -> Double {
    let square = x * x
    var (term, sum, k) = (1.0, 1.0, 0.0)
    while true {
      k += 1
      term *= square / k
      let next = sum + term / (2 * k + 1)
      if next == sum { break }
      sum = next
    }
    return x * sum * exponentialOfSquare(x, times: -1)
  }

  /// 1 / (2x) Σ (2k - 1)!! / (2x²)ᵏ.
  private func asymptotic(_ x: Double) -> Double {
    let ratio = 0.5 / x / x
    var sum = 1.0
    for factor in stride(from: 61.0, to: 0, by: -2) { sum = 1 + factor * ratio * sum }
    return sum * 0.5 / x
  }
}
