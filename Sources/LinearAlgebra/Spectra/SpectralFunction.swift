#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A real function that is applied to the eigenvalues of a Hermitian matrix: see ``matrixFunction(_:_:)``.
///
/// Its Taylor coefficients are known in closed form, so that derivatives of every order are exact, also at repeated eigenvalues.
public enum SpectralFunction: Hashable, Sendable, Codable {
  /// exp x.
  case exponential
  /// log x; `nan` for negative x.
  case logarithm
  /// x to a power; for exponents that are no integers, `nan` for negative x.
  case power(Double)
  /// sin x.
  case sine
  /// cos x.
  case cosine
  /// |x|, with the derivative 0 at 0.
  case absoluteValue
  /// 1 for numbers above a limit, and 0 for others. Of a matrix this is the orthogonal projector onto the space of the eigenvectors
  /// with such values; its derivatives are right as long as no eigenvalue is at the limit.
  case step(above: Double)

  /// √x.
  public static var squareRoot: SpectralFunction { .power(0.5) }
  /// 1 / √x.
  public static var inverseSquareRoot: SpectralFunction { .power(-0.5) }
  /// 1 / x.
  public static var inverse: SpectralFunction { .power(-1) }
}

extension SpectralFunction {
  /// The Taylor coefficients f⁽ʲ⁾(x) / j! from j = 0 on.
  func coefficients(at x: Double, count: Int) -> [Double] {
    var result = [Double](repeating: 0, count: count)
    switch self {
    case .exponential:
      var term = exp(x)
      for j in 0..<count {
        result[j] = term
        term /= Double(j + 1)
      }
    case .sine, .cosine:
      let (s, c) = (sin(x), cos(x))
      let cycle = self == .sine ? [s, c, -s, -c] : [c, -s, -c, s]
      var factorial = 1.0
      for j in 0..<count {
        result[j] = cycle[j % 4] / factorial
        factorial *= Double(j + 1)
      }
    case .absoluteValue:
      result[0] = x.magnitude
      if count > 1 { result[1] = x.isNaN ? x : x > 0 ? 1 : x < 0 ? -1 : 0 }
    case .step(let limit): result[0] = x.isNaN ? x : x > limit ? 1 : 0
    case .logarithm:
      var inverse = 1 / x
      for j in 0..<count {
        if j == 0 {
          result[0] = log(x)
        } else {
          // A slope at a negative number would be one of a function that is not real there.
          result[j] = x < 0 ? .nan : (j % 2 == 0 ? -inverse : inverse) / Double(j)
          inverse /= x
        }
      }
    case .power(let exponent):
      var binomial = 1.0
      for j in 0..<count {
        // Behind the last power of a polynomial come zeros, also where x is 0.
        result[j] = binomial == 0 ? 0 : binomial * pow(x, exponent - Double(j))
        binomial *= (exponent - Double(j)) / Double(j + 1)
      }
    }
    return result
  }

  /// The distance from a point up to which the Taylor series there converges fast.
  private func radius(at x: Double) -> Double {
    switch self {
    case .exponential, .sine, .cosine: 0.5
    case .logarithm, .power: 0.125 * x.magnitude
    // The recursion is exact on both sides of the kink.
    case .absoluteValue, .step: 0
    }
  }

  /// The divided difference f[x₀, ..., xₖ] of points in any order, also equal ones; f[x] is f(x).
  ///
  /// Points that are close to each other are taken together by the Taylor series about their mean, Σ cⱼ hⱼ₋ₖ(x - mean), where h is
  /// a complete homogeneous polynomial; others by the recursion, whose differences do not cancel then.
  func dividedDifference(_ points: [Double]) -> Double {
    if let degree = wholeDegree {
      let order = points.count - 1
      return order > degree ? 0 : Self.homogeneous(points, count: degree - order + 1)[degree - order]
    }
    return difference(points.sorted()[...])
  }

  /// The divided difference of two points in ascending order, in closed form where that does not cancel.
  func slope(_ a: Double, _ b: Double) -> Double {
    if a == b { return coefficients(at: a, count: 2)[1] }
    if !a.isFinite || !b.isFinite { return .nan }
    if wholeDegree != nil { return dividedDifference([a, b]) }
    let (half, mean) = ((b - a) / 2, a + (b - a) / 2)
    switch self {
    case .exponential where half < 1: return exp(mean) * (sinh(half) / half)
    case .sine: return cos(mean) * (sin(half) / half)
    case .cosine: return -sin(mean) * (sin(half) / half)
    case .logarithm where a > 0: return log1p((b - a) / a) / (b - a)
    case .power(let exponent) where a > 0 && b < 2 * a:
      return pow(a, exponent) * expm1(exponent * log1p((b - a) / a)) / (b - a)
    default: return (coefficients(at: b, count: 1)[0] - coefficients(at: a, count: 1)[0]) / (b - a)
    }
  }

  /// The divided difference of three points in ascending order, from those of two.
  func curvature(_ a: Double, _ b: Double, _ c: Double, lower: Double, upper: Double) -> Double {
    let half = (c - a) / 2
    return wholeDegree == nil && half > radius(at: a + half) ? (upper - lower) / (c - a) : dividedDifference([a, b, c])
  }

  /// The degree of a polynomial of one power.
  private var wholeDegree: Int? {
    guard case .power(let exponent) = self, let degree = Int(exactly: exponent), (0...64).contains(degree) else {
      return nil
    }
    return degree
  }

  private func difference(_ points: ArraySlice<Double>) -> Double {
    let (first, last) = (points[points.startIndex], points[points.endIndex - 1])
    if points.count == 1 { return coefficients(at: first, count: 1)[0] }
    if points.count == 2 { return slope(first, last) }
    if !first.isFinite || !last.isFinite { return .nan }
    let spread = last - first
    let mean = first + spread / 2
    if spread == 0 || spread / 2 <= radius(at: mean) {
      let order = points.count - 1
      if spread == 0 { return coefficients(at: first, count: points.count)[order] }
      // (1/8)ʲ, or 1/2ʲ j!, is below the rounding error.
      let terms = 20
      let coefficients = coefficients(at: mean, count: order + terms)
      let polynomials = Self.homogeneous(points.map { $0 - mean }, count: terms)
      var sum = 0.0
      for j in stride(from: terms - 1, through: 0, by: -1) { sum += coefficients[order + j] * polynomials[j] }
      return sum
    }
    return (difference(points.dropFirst()) - difference(points.dropLast())) / spread
  }

  /// The complete homogeneous polynomials of the degrees from 0 on: the sums of all products of so many points.
  private static func homogeneous(_ points: [Double], count: Int) -> [Double] {
    var sums = [Double](repeating: 0, count: count)
    sums[0] = 1
    for point in points { for degree in 1..<Swift.max(count, 1) { sums[degree] += point * sums[degree - 1] } }
    return sums
  }
}
