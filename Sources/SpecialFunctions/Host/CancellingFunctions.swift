import Numerics

// Functions whose formulas cancel, to the accuracy of other elementary functions.

/// exp(x) - 1 - x.
func exponentialRemainder(_ x: Double) -> Double {
  guard x.magnitude < 0.5 else { return .expMinusOne(x) - x }
  var sum = 0.0
  for power in stride(from: 17, to: 2, by: -1) { sum = (sum + 1) * x / Double(power) }
  return (sum + 1) * x * x / 2
}

/// log(1 + x) - x.
func logarithmRemainder(_ x: Double) -> Double {
  guard x > -0.4, x < 0.6 else { return .log(onePlus: x) - x }
  // log(1 + x) = 2 artanh(r), and 2 r = x - x r.
  let r = x / (2 + x)
  let square = r * r
  var sum = 0.0
  for denominator in stride(from: 29, to: 1, by: -2) { sum = sum * square + 1 / Double(denominator) }
  return 2 * r * square * sum - x * r
}

/// exp(x² · factor) for a factor that is a power of 2 or its negative, with the digits of x² that a double has no room for.
func exponentialOfSquare(_ x: Double, times factor: Double) -> Double {
  let square = x * x
  guard square.isFinite else { return factor < 0 ? 0 : square }
  let rest = (-square).addingProduct(x, x)
  let value = Double.exp(factor * square)
  return value.isFinite ? value + value * (factor * rest) : value
}

/// log Γ(x) - ((x - 1/2) log x - x + log √(2π)) for x of at least 10.
func stirlingRemainder(_ x: Double) -> Double {
  // B₂ⱼ / (2j (2j - 1)).
  let coefficients: [Double] = [
    1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360360, 1.0 / 156, -3617.0 / 122400,
    43867.0 / 244188,
  ]
  let square = 1 / (x * x)
  return coefficients.reversed().reduce(0) { $0 * square + $1 } / x
}

/// log Γ(x) - ((x - 1/2) log x - x + log √(2π)) for positive x.
func stirlingRemainderOfPositive(_ x: Double) -> Double {
  if x >= 10 { return stirlingRemainder(x) }
  return .logGamma(x) - ((x - 0.5) * .log(x) - x + 0.9189385332046728)
}
