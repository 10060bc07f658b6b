import Numerics

// The logarithms of both tails of the gamma distribution are concave in log x, and those of the beta distribution in
// log (x / (1 - x)). Newton's method on them cannot fail: after one step it is on the side from which it converges.

/// The x where P(a, x) is a probability, or Q(a, x).
func inverseGamma(_ a: Double, _ probability: Double, isUpper: Bool) -> Double {
  guard a > 0, probability >= 0, probability <= 1 else { return .nan }
  if probability == (isUpper ? 1 : 0) { return 0 }
  if probability == (isUpper ? 0 : 1) { return .infinity }
  if a == .infinity { return a }
  // By the smaller tail; 1 - p is exact where p is at least 1/2.
  if probability > 0.5 { return inverseGamma(a, tail: 1 - probability, isUpper: !isUpper) }
  return inverseGamma(a, tail: probability, isUpper: isUpper)
}

private func inverseGamma(_ a: Double, tail: Double, isUpper: Bool) -> Double {
  // P(a, x) is at most xᵃ / Γ(a + 1), and almost that for small x.
  let p = isUpper ? 1 - tail : tail
  var x = a < 100 ? Double.pow(p * .gamma(a + 1), 1 / a) : .exp((.log(p) + .logGamma(a + 1)) / a)
  if !isUpper && x < 1e-17 { return x }
  if isUpper || !(x <= a + 1) { x = a + 1e-3 }
  let kernel = IncompleteGammaKernel(order: 0, isUpper: isUpper)
  var known = x
  for _ in 0..<100 {
    let value = kernel(a, x)
    if value == 0 {
      // Beyond what there are numbers for: half of the way back.
      x = known == x ? (isUpper ? x / 2 : x * 2) : (known + x) / 2
      continue
    }
    known = x
    let slope = a * gammaWeight(a, x)
    let step = Double.log(value / tail) * value / slope
    let bounded = Swift.max(-3, Swift.min(3, isUpper ? -step : step))
    x *= .exp(-bounded)
    if step.isNaN || x == 0 || bounded.magnitude * Swift.max(1, a.squareRoot()) < 1e-8 { break }
  }
  return x
}

/// The x where I_x(a, b) is a probability.
func inverseBeta(_ a: Double, _ b: Double, _ probability: Double) -> Double {
  guard a > 0, b > 0, (a + b).isFinite, probability >= 0, probability <= 1 else { return .nan }
  if probability == 0 || probability == 1 { return probability }
  if probability <= 0.5 {
    let odds = inverseOdds(a, b, probability)
    return odds < 1e300 ? odds / (1 + odds) : 1
  }
  // 1 - p is exact.
  let odds = inverseOdds(b, a, 1 - probability)
  return 1 / (1 + odds)
}

/// The x / (1 - x) where I_x(a, b) is a probability of at most 1/2.
private func inverseOdds(_ a: Double, _ b: Double, _ p: Double) -> Double {
  // I is almost xᵃ / (a B(a, b)) for small x.
  let start = Double.exp((.log(p) + .log(a) + logBetaValue(a, b)) / a)
  let limit = a / b
  if start * (b + 1) < 1e-17 && start > 0 { return start }
  var odds = start < 1 && start / (1 - start) < limit ? start / (1 - start) : limit
  if odds == 0 { odds = .leastNormalMagnitude }
  let kernel = IncompleteBetaKernel(0, 0)
  for _ in 0..<200 {
    let (x, y) = odds < 1e300 ? (odds / (1 + odds), 1 / (1 + odds)) : (1, 1 / odds)
    let value = kernel.value(a, b, x, y)
    if value == 0 {
      odds *= 2
      continue
    }
    let slope = betaWeight(a, b, x, y) * (a / (a + b) * b)
    let step = Double.log(value / p) * value / slope
    let bounded = Swift.max(-3, Swift.min(3, step))
    odds *= .exp(-bounded)
    let width = Swift.max(1, Swift.min(a, b).squareRoot())
    if step.isNaN || odds == 0 || odds == .infinity || bounded.magnitude * width < 1e-8 { break }
  }
  return odds
}
