import Numerics

/// xᵃ yᵇ Γ(a + b + 1) / (Γ(a + 1) Γ(b + 1)) for x + y = 1 and a, b ≥ 0.
func betaWeight(_ a: Double, _ b: Double, _ x: Double, _ y: Double) -> Double {
  if a < 10 && b < 10 {
    return Double.pow(x, a) * .pow(y, b) * (.gamma(a + b + 1) / (.gamma(a + 1) * .gamma(b + 1)))
  }
  if a >= 10 && b < 10 { return betaWeight(b, a, y, x) }
  let sum = a + b
  let distance = a * y - b * x
  let second = b * ratioRemainder(distance / b, y, sum / b)
  if a < 10 {
    let remainders = stirlingRemainder(sum) - stirlingRemainder(b)
    return gammaWeight(a, x * sum) * (sum / b).squareRoot() * .exp(second + remainders)
  }
  let first = a * ratioRemainder(-distance / a, x, sum / a)
  let remainders = stirlingRemainder(sum) - stirlingRemainder(a) - stirlingRemainder(b)
  return .exp(first + second + remainders) * (sum / a / (2 * .pi * b)).squareRoot()
}

/// log(1 + u) - u, where 1 + u is x times a factor.
private func ratioRemainder(_ u: Double, _ x: Double, _ factor: Double) -> Double {
  u < -0.5 ? .log(x) + .log(factor) - u : logarithmRemainder(u)
}

/// The logarithm of a number between 0 and 1 of which the difference from 1 is known, too.
func logarithm(_ x: Double, beside y: Double) -> Double { x > 0.5 ? .log(onePlus: -y) : .log(x) }

/// The regularized incomplete beta function and its derivatives of orders by a and by b.
///
/// With t / (1 - t) = x / y · exp(-s) it is xᵃ yᵇ Γ(a + b + 1) / (Γ(a + 1) Γ(b + 1)) times the integral of (t / x)ᵃ
/// ((1 - t) / y)ᵇ W over positive s, where W is ab / (a + b), and for derivatives what these make of the density. The other side
/// of x is that integral with a and b exchanged. As in ``IncompleteGammaKernel``, one side is integrated.
struct IncompleteBetaKernel {
  let (orderA, orderB): (Int, Int)

  init(_ orderA: Int, _ orderB: Int) { (self.orderA, self.orderB) = (orderA, orderB) }

  func callAsFunction(_ a: Double, _ b: Double, _ x: Double) -> Double { value(a, b, x, 1 - x) }

  /// The value for x and y = 1 - x.
  func value(_ a: Double, _ b: Double, _ x: Double, _ y: Double) -> Double {
    guard a > 0, b > 0, (a + b).isFinite, x >= 0, y >= 0 else { return .nan }
    let isDerivative = orderA + orderB > 0
    if x == 0 || y == 0 { return isDerivative || x == 0 ? 0 : 1 }
    if isDerivative {
      let front = betaWeight(a, b, x, y)
      return front == 0 ? 0 : front * derivative(a, b, x, y)
    }
    let isAbove = a * y < b * x && !(b < 1 && b * logarithm(y, beside: x) > -1.2)
    let front = betaWeight(a, b, x, y) * (a / (a + b) * b)
    let integral =
      front == 0 ? 0 : front * (isAbove ? Self.side(b, a, y, x, 0, 0) : Self.side(a, b, x, y, 0, 0))
    return isAbove ? 1 - integral : integral
  }

  /// The derivative by a and b, divided by the weight.
  private func derivative(_ a: Double, _ b: Double, _ x: Double, _ y: Double) -> Double {
    let (centerA, centerB) = Self.centers(a, b, x, y)
    // Where the first derivative by a, or by b, of the density changes its sign.
    let isAbove =
      orderA >= orderB
      ? centerA + 1 / a - 1 / (a + b) > 0 : centerB + 1 / b - 1 / (a + b) <= 0
    return isAbove ? -Self.side(b, a, y, x, orderB, orderA) : Self.side(a, b, x, y, orderA, orderB)
  }

  /// log x - ψ(a + 1) + ψ(a + b + 1), and the same for y and b.
  private static func centers(_ a: Double, _ b: Double, _ x: Double, _ y: Double) -> (Double, Double) {
    if a >= 10 && b >= 10 {
      let sum = a + b
      let middle = logarithmBesideDigamma(sum, sum)
      return (logarithmBesideDigamma(x * sum, a) - middle, logarithmBesideDigamma(y * sum, b) - middle)
    }
    return (
      logarithm(x, beside: y) + polygammaDifference(0, a + 1, b),
      logarithm(y, beside: x) + polygammaDifference(0, b + 1, a)
    )
  }

  /// The integral of the density, or of its derivative, below x, divided by the weight at x; of the density itself also by
  /// ab / (a + b).
  private static func side(
    _ a: Double, _ b: Double, _ x: Double, _ y: Double, _ orderA: Int, _ orderB: Int
  ) -> Double {
    let tail = BetaTailWeight(a, b, x, y)
    if orderA + orderB == 0 { return tail.integral(powers: 0) { _, _ in 1 } }
    let weights = BetaDerivativeWeights(a, b, orderA, orderB)
    let (centerA, centerB) = centers(a, b, x, y)
    return tail.integral(powers: orderA + orderB) { s, growth in
      weights.value(centerA - s - growth, centerB - growth)
    }
  }
}

/// (t / x)ᵃ ((1 - t) / y)ᵇ as a function of positive s, where t / (1 - t) = x / y · exp(-s), and integrals with it as a weight.
private struct BetaTailWeight {
  let (a, b, x, y): (Double, Double, Double, Double)
  private let logarithmOfY: Double

  init(_ a: Double, _ b: Double, _ x: Double, _ y: Double) {
    (self.a, self.b, self.x, self.y) = (a, b, x, y)
    logarithmOfY = logarithm(y, beside: x)
  }

  /// The logarithm of y / (1 - t): log(1 + x (exp(-s) - 1)).
  func growth(_ s: Double) -> Double {
    if x <= 0.5 { return .log(onePlus: x * .expMinusOne(-s)) }
    return s < 700 ? .log(onePlus: y * .expMinusOne(s)) - s : logarithmOfY
  }

  private func exponent(_ s: Double) -> Double {
    let sum = a + b
    let slope = a * y - b * x
    if x <= 0.5 {
      if s > 1 { return -a * s - sum * growth(s) }
      let w = x * Double.expMinusOne(-s)
      return -slope * s - sum * (logarithmRemainder(w) + x * exponentialRemainder(-s))
    }
    // Far out y is all that is left of 1 - t, and products with s would cancel.
    if s > 45 - logarithmOfY { return -a * s - sum * logarithmOfY }
    if s > 1 { return b * s - sum * .log(onePlus: y * .expMinusOne(s)) }
    let z = y * Double.expMinusOne(s)
    return -slope * s - sum * (logarithmRemainder(z) + y * exponentialRemainder(s))
  }

  /// The integral of the weight times a function of s and the growth, which is like a power of s next to 0.
  func integral(powers: Int, _ function: (Double, Double) -> Double) -> Double {
    let slope = (a * y - b * x).magnitude
    let detail = 1 / Swift.max(slope, ((a + b) * x * y).squareRoot(), 1)
    let end = Quadrature.end(from: detail) { s in s > 0 ? exponent(s) + Double(powers) * .log(s) : 0 }
    return Quadrature.integral(to: end, detail: detail) { s in .exp(exponent(s)) * function(s, growth(s)) }
  }
}

/// The integral over positive s of (s + g)ⁱ (-g)ʲ mᵏ and the weight of the incomplete beta function on one side of x, where g is
/// log(1 + x (exp(-s) - 1)), and m = (1 - exp(-s)) / (1 + x (exp(-s) - 1)).
///
/// For i = j = k = 0 it is I_x(a, b), divided by xᵃ (1 - x)ᵇ / B(a, b). On the other side a and b, and x and 1 - x are exchanged.
struct BetaTailKernel {
  let (i, j, k): (Int, Int, Int)
  let isUpper: Bool

  func callAsFunction(_ a: Double, _ b: Double, _ x: Double) -> Double {
    guard a > 0, b > 0, (a + b).isFinite, x > 0, x < 1 else { return .nan }
    let tail = isUpper ? BetaTailWeight(b, a, 1 - x, x) : BetaTailWeight(a, b, x, 1 - x)
    return tail.integral(powers: i + j + k) { s, growth in
      let slope = k == 0 ? 1 : Double.pow(-.expMinusOne(-s) / .exp(growth), k)
      return Double.pow(s + growth, i) * .pow(-growth, j) * slope
    }
  }
}

/// What the derivatives by a and b of tᵃ (1 - t)ᵇ / B(a, b) are, divided by tᵃ (1 - t)ᵇ Γ(a + b + 1) / (Γ(a + 1) Γ(b + 1)).
///
/// The density is the product of ab / (a + b) and an exponential, whose logarithm has log t and log (1 - t) in its first
/// derivatives alone.
private struct BetaDerivativeWeights {
  let (m, n): (Int, Int)
  /// The coefficients of a polynomial in the first derivatives of the logarithm, by a and by b.
  private var coefficients: [Double]

  init(_ a: Double, _ b: Double, _ m: Int, _ n: Int) {
    (self.m, self.n) = (m, n)
    let sum = a + b
    coefficients = Array(repeating: 0, count: (m + 1) * (n + 1))
    // The derivatives of the logarithm from the second on, and those of ab / (a + b).
    var slopes = Array(repeating: Array(repeating: 0.0, count: n + 1), count: m + 1)
    var factors = slopes
    for i in 0...m {
      for j in 0...n {
        let k = i + j
        if k >= 2 {
          // ψ⁽ᵏ⁻¹⁾(a + b + 1), less that of a + 1 or b + 1.
          slopes[i][j] =
            j == 0
            ? polygammaDifference(k - 1, a + 1, b)
            : i == 0 ? polygammaDifference(k - 1, b + 1, a) : polygamma(k - 1, sum + 1)
        }
        factors[i][j] = Self.factor(a, b, i, j)
      }
    }
    form(slopes, factors)
  }

  /// The derivative of orders i by a and j by b of ab / (a + b).
  private static func factor(_ a: Double, _ b: Double, _ i: Int, _ j: Int) -> Double {
    let sum = a + b
    let (partA, partB) = (a / sum, b / sum)
    let k = i + j
    if k == 0 { return a * partB }
    let scale = (2..<(k + 1)).reduce(k % 2 == 0 ? 1.0 : -1.0) { $0 * Double($1) } * .pow(sum, 1 - k)
    // ab / (a + b) is b - b² / (a + b), and a - a² / (a + b).
    if i == 0 || j == 0 {
      let part = j == 0 ? partB : partA
      return part == 0 ? 0 : -scale * part * part
    }
    let (p, q, n) = (Double(i), Double(j), Double(k))
    return scale * (partA * partB - (p * partB + q * partA) / n + p * q / (n * (n - 1)))
  }

  /// Makes the polynomial of the derivatives of the logarithm but the first ones, and of the factor's.
  private mutating func form(_ slopes: [[Double]], _ factors: [[Double]]) {
    // D(i, j) of the exponential for first derivatives of 0, by the rule of products.
    var values = Array(repeating: Array(repeating: 0.0, count: n + 1), count: m + 1)
    values[0][0] = 1
    for i in 0...m {
      for j in 0...n where i + j > 0 {
        for p in 0...i {
          for q in 0...j where p + q + 1 < i + j {
            // One derivative by a, or by b where there is none by a, has been taken of the exponential.
            let ways = i > 0 ? choose(i - 1, p) * choose(j, q) : choose(j - 1, q)
            values[i][j] += ways * values[p][q] * slopes[i - p][j - q]
          }
        }
      }
    }
    // A power of each first derivative, a derivative of the factor, and the rest of the exponential's.
    for p in 0...m {
      for q in 0...n {
        var sum = 0.0
        for i in 0...(m - p) {
          for j in 0...(n - q) {
            let ways = choose(m, p) * choose(m - p, i) * choose(n, q) * choose(n - q, j)
            sum += ways * factors[i][j] * values[m - p - i][n - q - j]
          }
        }
        coefficients[p * (n + 1) + q] = sum
      }
    }
  }

  /// The weight for first derivatives of the logarithm.
  func value(_ slopeA: Double, _ slopeB: Double) -> Double {
    var total = 0.0
    for p in stride(from: m, through: 0, by: -1) {
      var inner = 0.0
      for q in stride(from: n, through: 0, by: -1) { inner = inner * slopeB + coefficients[p * (n + 1) + q] }
      total = total * slopeA + inner
    }
    return total
  }
}
