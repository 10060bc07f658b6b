import Numerics

/// The derivative of an order by s of Hurwitz's zeta function Σ 1 / (q + k)ˢ, for s > 1 and q > 0.
///
/// The first terms, and the others by the formula of Euler and Maclaurin, in Taylor series in s.
func hurwitzZeta(_ order: Int, _ s: Double, _ q: Double) -> Double {
  guard s >= 1, q >= 0 else { return .nan }
  let sign: Double = order % 2 == 0 ? 1 : -1
  if s == 1 { return sign * .infinity }
  if q == 0 { return .infinity }
  if q == .infinity { return s == .infinity ? .nan : 0 }
  if s == .infinity { return q > 1 ? 0 : q == 1 && order == 0 ? 1 : q == 1 ? 0 : .infinity }
  // The derivatives of (q + k)⁻ˢ have factors -log(q + k).
  func term(_ place: Double) -> Double { .pow(place, -s) * .pow(-.log(place), order) }
  var terms: [Double] = []
  var place = q
  var largest = 0.0
  while place < 12 + Double(order) || place < s {
    let value = term(place)
    terms.append(value)
    largest = Swift.max(largest, value.magnitude)
    place += 1
    // What follows is smaller than this; for a large s that happens soon.
    let isNegligible = value == 0 || value.magnitude * place < 1e-20 * largest
    if s > 10, place > 3, isNegligible { return terms.reversed().reduce(0, +) }
  }
  let tail = zetaTail(order, s, place)
  return tail + terms.reversed().reduce(0, +)
}

/// The sum from a place on.
private func zetaTail(_ order: Int, _ s: Double, _ place: Double) -> Double {
  // place⁻ˢ as a Taylor series in s is place⁻ˢ exp(-log(place) ε).
  let logarithm = Double.log(place)
  var powers = [1.0]
  for k in stride(from: 1, through: order, by: 1) { powers.append(-powers[k - 1] * logarithm / Double(k)) }
  /// Multiplies by a constant and ε.
  func times(_ series: [Double], _ constant: Double) -> [Double] {
    series.indices.map { constant * series[$0] + ($0 > 0 ? series[$0 - 1] : 0) }
  }
  // 1 / (s - 1 + ε).
  var inverse = [1 / (s - 1)]
  for k in stride(from: 1, through: order, by: 1) { inverse.append(-inverse[k - 1] / (s - 1)) }
  var sum = [Double](repeating: 0, count: order + 1)
  // Σ B₂ⱼ / (2j)! s (s + 1) ... (s + 2j - 2) place⁻²ʲ⁺¹, from the largest on; the last ones are far below rounding.
  var rising = times([1] + Array(repeating: 0, count: order), s)
  var scale = 1 / place
  for (index, number) in bernoulliOverFactorial.enumerated() {
    for k in sum.indices { sum[k] += number * scale * rising[k] }
    let next = s + Double(2 * index + 1)
    rising = times(times(rising, next), next + 1)
    scale /= place * place
  }
  sum[0] += 0.5
  for k in sum.indices { sum[k] = sum[k] / place + inverse[k] }
  var coefficient = 0.0
  for k in 0...order { coefficient += powers[k] * sum[order - k] }
  let factorial = (0..<order).reduce(1.0) { $0 * Double($1 + 1) }
  return .pow(place, 1 - s) * factorial * coefficient
}

/// B₂ⱼ / (2j)!.
private let bernoulliOverFactorial: [Double] = [
  1.0 / 12, -1.0 / 720, 1.0 / 30240, -1.0 / 1_209_600, 1.0 / 47_900_160, -691.0 / 1_307_674_368_000,
  1.0 / 74_724_249_600, -3617.0 / 10_670_622_842_880_000, 43867.0 / 5_109_094_217_170_944_000,
]
