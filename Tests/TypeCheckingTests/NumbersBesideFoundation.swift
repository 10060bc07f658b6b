import Foundation
import Jacobi
import Testing

// Formulas of plain numbers beside Foundation: an import of Jacobi must not make them slower, though it adds overloads of
// their operators and functions.

/// A polynomial by `pow`, as it stands in a program for semiconductor alloys.
func polynomial(_ s: Double) -> Double {
  2 * (s * s * pow(s, 24) + 2 * s * pow(s, 18) + s * s * pow(s, 12))
}

/// The great-circle distance in kilometers.
func haversine(_ lat1: Double, _ lon1: Double, _ lat2: Double, _ lon2: Double) -> Double {
  let (p, q) = (lat1 * .pi / 180, lat2 * .pi / 180)
  let h = pow(sin((q - p) / 2), 2) + cos(p) * cos(q) * pow(sin((lon2 - lon1) * .pi / 360), 2)
  return 2 * 6371 * asin(min(1, sqrt(h)))
}

/// A mixture of comparisons, logic and bits.
func bounds(_ n: Int, _ m: Int, _ x: Double, _ y: Double) -> Bool {
  (n & 3 > 2 && m > 3 * n + 1) || !(n == m) && (2 * x + 3 * y * y + 1 > 3 * x + 1) && (n | 4) < m << 2
}

/// The logarithm of a density with the functions of C.
func logDensity(_ x: Double, _ a: Double, _ b: Double) -> Double {
  lgamma(a + b) - lgamma(a) - lgamma(b) + (a - 1) * log(x) + (b - 1) * log1p(-x) - fabs(fmax(0, x - 1)) - expm1(x)
    / tgamma(a)
}

/// π beside tensors and numbers.
func waves(_ x: Tensor, _ t: Double) -> Tensor {
  sin(2 * .pi * x - 2 * .pi * t) + 0.5 * cos(.pi * x / 3) * exp(-x * x / (2 * pow(t, 2)))
}

@Suite struct NumbersBesideFoundationTests {
  @Test func values() {
    #expect(polynomial(1) == 8)
    #expect(abs(haversine(0, 0, 0, 90) - 10007.543398010286) < 1e-9)
    #expect(bounds(3, 11, 1, 2))
    #expect(logDensity(0.5, 1, 1).isFinite)
    #expect(waves([0.25], 1).shape == [1])
  }
}
