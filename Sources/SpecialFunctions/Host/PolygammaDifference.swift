import Numerics

/// ψ⁽ⁿ⁾(a + b) - ψ⁽ⁿ⁾(a) for positive a and nonnegative b, without cancellation where b is small beside a.
func polygammaDifference(_ order: Int, _ a: Double, _ b: Double) -> Double {
  guard a > 0, b >= 0 else { return .nan }
  if b == 0 { return 0 }
  if b == .infinity { return order == 0 ? .infinity : -polygamma(order, a) }
  if a == .infinity { return 0 }
  // Terms of the series up to where the formula of Euler and Maclaurin holds, in differences of powers.
  let exponent = Double(order + 1)
  let count = Swift.max(0, Int((12 + exponent - Swift.min(a, 1e6)).rounded(.up)))
  let end = a + Double(count)
  // n! / endⁿ
  var front = 1.0
  for k in 0..<order { front *= Double(k + 1) / end }
  let growth = Double.log(onePlus: b / end)
  /// The difference of xᵖ between end + b and end, divided by endᵖ, for p of -power.
  func change(_ power: Double) -> Double { .expMinusOne(-power * growth) }
  // The tail of n! Σ 1 / (x + k)ⁿ⁺¹ has the integral, half the first term, and the terms with Bernoulli's numbers.
  var sum = 0.0
  var factor = exponent / (end * end)
  for (index, number) in scaledBernoulli.enumerated() {
    let power = exponent + Double(2 * index + 1)
    sum += number * factor * change(power)
    factor *= power * (power + 1) / (end * end)
  }
  sum += change(exponent) / (2 * end)
  sum += order == 0 ? -growth : change(Double(order)) / Double(order)
  sum *= front
  for index in (0..<count).reversed() {
    let place = a + Double(index)
    var term = 1 / place
    for k in 0..<order { term *= Double(k + 1) / place }
    sum += term * .expMinusOne(-exponent * .log(onePlus: b / place))
  }
  return order % 2 == 0 ? -sum : sum
}

/// B₂ⱼ / (2j)! of the formula of Euler and Maclaurin.
private let scaledBernoulli: [Double] = [
  1.0 / 12, -1.0 / 720, 1.0 / 30240, -1.0 / 1_209_600, 1.0 / 47_900_160, -691.0 / 1_307_674_368_000,
  1.0 / 74_724_249_600, -3617.0 / 10_670_622_842_880_000,
]

/// log B(a, b) for nonnegative arguments.
func logBetaValue(_ a: Double, _ b: Double) -> Double {
  guard a >= 0, b >= 0 else { return .nan }
  let (small, large) = (Swift.min(a, b), Swift.max(a, b))
  if small == 0 { return large == .infinity ? .nan : .infinity }
  if large == .infinity { return -.infinity }
  if large < 10 {
    return .log((1 / small + 1 / large) * (.gamma(small + 1) * .gamma(large + 1) / .gamma(small + large + 1)))
  }
  let sum = small + large
  if small >= 10 {
    let remainders = stirlingRemainder(small) + stirlingRemainder(large) - stirlingRemainder(sum)
    let first = (small - 0.5) * -(Double.log(onePlus: large / small))
    return first - large * .log(onePlus: small / large) - 0.5 * .log(large) + 0.9189385332046727 + remainders
  }
  // log Γ(b + a) - log Γ(b) by Stirling's formula.
  let remainders = stirlingRemainder(sum) - stirlingRemainder(large)
  let growth = (sum - 0.5) * Double.log(onePlus: small / large) + small * (.log(large) - 1) + remainders
  return .logGamma(small) - growth
}
