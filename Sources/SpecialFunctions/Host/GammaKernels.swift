import Numerics

/// xᵃ exp(-x) / Γ(a + 1) for a ≥ 0 and x ≥ 0.
func gammaWeight(_ a: Double, _ x: Double) -> Double {
  if x == .infinity { return 0 }
  if x == 0 { return a == 0 ? 1 : 0 }
  if a < 10 {
    let half = Double.exp(-x / 2)
    let power = Double.pow(x, a) * half
    // The power is small or large, but not both it and the exponential.
    return power.isNormal ? power / .gamma(a + 1) * half : .exp(a * .log(x) - x - .logGamma(a + 1))
  }
  return .exp(-a * relativeDistance(x, a) - stirlingRemainder(a)) / (2 * .pi * a).squareRoot()
}

/// x/a - 1 - log(x/a).
private func relativeDistance(_ x: Double, _ a: Double) -> Double {
  if x < a / 2 { return x / a - 1 - (.log(x) - .log(a)) }
  return -logarithmRemainder((x - a) / a)
}

/// log x - ψ(a + 1), accurate where both are large and close.
func logarithmBesideDigamma(_ x: Double, _ a: Double) -> Double {
  if a < 10 { return .log(x) - polygamma(0, a + 1) }
  let ratio = x > a / 2 && x < 2 * a ? Double.log(onePlus: (x - a) / a) : .log(x) - .log(a)
  // ψ(a + 1) = log a + 1 / (2a) - Σ B₂ⱼ / (2j a²ʲ).
  let square = 1 / (a * a)
  let coefficients: [Double] = [
    1.0 / 12, -1.0 / 120, 1.0 / 252, -1.0 / 240, 1.0 / 132, -691.0 / 32760, 1.0 / 12, -3617.0 / 8160,
  ]
  let series = coefficients.reversed().reduce(0) { ($0 + $1) * square }
  return ratio - 0.5 / a + series
}

/// The polynomial in the first derivative of g which is the derivative of an order of exp(g), divided by exp(g): coefficients
/// from the lowest on, from the other derivatives of g from the second on.
func exponentialPolynomial(_ order: Int, _ slopes: [Double]) -> [Double] {
  // At a first derivative of 0; the derivative of the polynomial of order n is n times that of order n - 1.
  var constants = [1.0]
  for n in 0..<order {
    var sum = 0.0
    for j in stride(from: 1, through: n, by: 1) { sum += choose(n, j) * slopes[j - 1] * constants[n - j] }
    constants.append(sum)
  }
  return (0...order).map { choose(order, $0) * constants[order - $0] }
}

/// The number of ways to choose k of n things.
func choose(_ n: Int, _ k: Int) -> Double {
  if k < 0 || k > n { return 0 }
  var ways = 1.0
  for index in 0..<k { ways = ways * Double(n - index) / Double(index + 1) }
  return ways
}

/// The regularized incomplete gamma functions P and Q, and their derivatives of an order by a.
///
/// Both are an integral over the density tᵃ⁻¹ exp(-t) / Γ(a), below and above x. With t = x exp(∓s) that is
/// xᵃ exp(-x) / Γ(a + 1) times the integral of exp(∓a s - x (exp(∓s) - 1)) W(s) over positive s, where W is a, and for
/// derivatives by a what these make of the density. Of the two sides that one is integrated which is small, or on which a first
/// derivative has one sign; the other follows, as their sum is 1.
struct IncompleteGammaKernel {
  let order: Int
  /// Whether the value is Q, else P.
  let isUpper: Bool

  func callAsFunction(_ a: Double, _ x: Double) -> Double {
    guard a > 0, x >= 0, !(a == .infinity && x == .infinity) else { return .nan }
    if order == 0 { return value(a, x) }
    if x == 0 || x == .infinity || a == .infinity { return 0 }
    let front = gammaWeight(a, x)
    return front == 0 ? 0 : front * derivative(a, x)
  }

  /// The derivative by a, divided by the weight.
  private func derivative(_ a: Double, _ x: Double) -> Double {
    let center = logarithmBesideDigamma(x, a)
    // log x against ψ(a) = ψ(a + 1) - 1 / a.
    let isAbove = center + 1 / a > 0
    let slopes = (1..<order).map { -polygamma($0, a + 1) }
    // The density is a times an exponential.
    var weight = exponentialPolynomial(order, slopes).map { a * $0 }
    for (power, coefficient) in exponentialPolynomial(order - 1, slopes).enumerated() {
      weight[power] += Double(order) * coefficient
    }
    let integral = Self.side(a, x, above: isAbove, powers: Double(order)) { s in
      let slope = center + (isAbove ? s : -s)
      var value = 0.0
      for power in stride(from: order, through: 0, by: -1) { value = value * slope + weight[power] }
      return value
    }
    return isAbove == isUpper ? integral : -integral
  }

  private func value(_ a: Double, _ x: Double) -> Double {
    if x == 0 || a == .infinity { return isUpper ? 1 : 0 }
    if x == .infinity { return isUpper ? 0 : 1 }
    let isAbove = x >= a || (a < 1 && Double.log(x) * a > -1.2)
    let front = gammaWeight(a, x)
    let integral = front == 0 ? 0 : front * Self.side(a, x, above: isAbove, powers: 0) { _ in a }
    return isAbove == isUpper ? integral : 1 - integral
  }

  /// The integral over the density times a weight, on one side of x, divided by the weight at x.
  fileprivate static func side(
    _ a: Double, _ x: Double, above: Bool, powers: Double, _ weight: (Double) -> Double
  ) -> Double {
    let slope = above ? x - a : a - x
    func exponent(_ s: Double) -> Double { -slope * s - x * exponentialRemainder(above ? s : -s) }
    let detail = 1 / Swift.max(slope.magnitude, x.squareRoot(), 1)
    let end = Quadrature.end(from: detail) { s in s > 0 ? exponent(s) + powers * .log(s) : 0 }
    return Quadrature.integral(to: end, detail: detail) { s in .exp(exponent(s)) * weight(s) }
  }
}

/// The integral over positive s of sʲ (1 - exp(-s))ᵏ exp(-a s - x (exp(-s) - 1)), or on the other side of
/// sʲ (exp(s) - 1)ᵏ exp(a s - x (exp(s) - 1)).
///
/// For j = k = 0 it is P(a, x), or Q(a, x), divided by xᵃ exp(-x) / Γ(a). The derivatives are of the same kind, and of one sign.
struct GammaTailKernel {
  let (powerOfPlace, powerOfGrowth): (Int, Int)
  let isUpper: Bool

  func callAsFunction(_ a: Double, _ x: Double) -> Double {
    guard a > 0, x >= 0, !(a == .infinity && x == .infinity) else { return .nan }
    if isUpper ? x == 0 || a == .infinity : x == .infinity { return .infinity }
    if isUpper ? x == .infinity : a == .infinity { return 0 }
    let (j, k) = (powerOfPlace, powerOfGrowth)
    // (exp(s) - 1)ᵏ is exp(k s) (1 - exp(-s))ᵏ, where the first factor may be too large to be a number.
    let exponent = isUpper ? a + Double(k) : a
    return IncompleteGammaKernel.side(exponent, x, above: isUpper, powers: Double(j + k)) { s in
      Double.pow(s, j) * .pow(-.expMinusOne(-s), k)
    }
  }
}
