import Numerics

/// cos(2π k / n) and sin(2π k / n) for 0 ≤ k ≤ n, within about an ulp: the angle is reduced to an eighth of the circle in
/// whole numbers.
func unitRoot(_ k: Int, of n: Int) -> (cosine: Double, sine: Double) {
  // In steps of which a quarter of the circle has n.
  var step = 4 &* k
  let isBelow = step > 2 &* n
  if isBelow { step = 4 &* n &- step }
  let isLeft = step > n
  if isLeft { step = 2 &* n &- step }
  let isSteep = 2 &* step > n
  if isSteep { step = n &- step }
  let angle = Double(step) / Double(n) * (Double.pi / 2)
  var (x, y) = (Double.cos(angle), Double.sin(angle))
  if isSteep { swap(&x, &y) }
  return (isLeft ? -x : x, isBelow ? -y : y)
}

/// The factors that a transform of a length is done in, four at first; nothing where one of them is large.
///
/// Primes up to a bound are summed directly, which is faster than what longer ones need.
func fourierFactors(_ count: Int) -> [Int]? {
  var rest = count
  var factors: [Int] = []
  let twos = rest.trailingZeroBitCount
  rest >>= twos
  switch twos {
  case 0: break
  case 1: factors = [2]
  case let twos where twos % 2 == 0: factors = Array(repeating: 4, count: twos / 2)
  default: factors = Array(repeating: 4, count: (twos - 3) / 2) + [8]
  }
  for prime in [3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47] {
    while rest % prime == 0 {
      factors.append(prime)
      rest /= prime
    }
  }
  return rest == 1 ? factors : nil
}
