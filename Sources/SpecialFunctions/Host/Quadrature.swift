import Numerics

/// Integrals of smooth functions from 0 on, by Gauss's formula on panels that are halved until they agree.
///
/// Panels grow by a factor of 4 from the smallest on, so that what is next to 0 is seen, however long the way is.
enum Quadrature {
  /// The integral of a function from 0 to an end.
  ///
  /// - Parameters:
  ///   - end: the end; an integral to infinity goes to where ``end(from:logarithm:)`` says.
  ///   - detail: the length next to 0 on which the function may change.
  static func integral(to end: Double, detail: Double, _ function: (Double) -> Double) -> Double {
    guard end > 0, end.isFinite else { return end == 0 ? 0 : .nan }
    var panels: [(start: Double, end: Double, sum: Double)] = []
    var last = end
    var size = 0.0
    while last > 0 {
      let start = last > detail && last > end * 0x1p-1000 ? last / 4 : 0
      let sum = panel(start, last, function)
      size += sum.magnitude
      panels.append((start, last, sum))
      last = start
    }
    // An integrand of one sign has an infinite integral, others none.
    guard size.isFinite else { return panels.reduce(0) { $0 + $1.sum } }
    var total = 0.0
    // From the smallest on.
    for panel in panels.reversed() {
      total += halved(panel.start, panel.end, panel.sum, tolerance: 1e-13 * size, depth: 0, function)
    }
    return total
  }

  /// A place behind which an integrand is negligible, whose logarithm falls once it has begun to fall.
  static func end(from start: Double, logarithm: (Double) -> Double) -> Double {
    // Above 0, from where doubling leads on: lengths beside numbers that overflow are 0.
    var place = Swift.max(start, .leastNormalMagnitude)
    var top = logarithm(0)
    while place < 0x1p1000 {
      let value = logarithm(place)
      // The integrand, 2⁻⁷² of the largest.
      if !(value > top - 50) { break }
      top = Swift.max(top, value)
      place *= 2
    }
    var (low, high) = (place / 2, place)
    for _ in 0..<3 {
      let middle = (low + high) / 2
      if logarithm(middle) > top - 50 { low = middle } else { high = middle }
    }
    return high
  }

  /// A panel whose two halves agree with the whole, or the halves one by one. The halves are far closer to the integral than
  /// to the whole.
  private static func halved(
    _ start: Double, _ end: Double, _ whole: Double, tolerance: Double, depth: Int, _ function: (Double) -> Double
  ) -> Double {
    let middle = (start + end) / 2
    let (left, right) = (panel(start, middle, function), panel(middle, end, function))
    let sum = left + right
    if !((sum - whole).magnitude > tolerance) || depth == 12 { return sum }
    return halved(start, middle, left, tolerance: tolerance, depth: depth + 1, function)
      + halved(middle, end, right, tolerance: tolerance, depth: depth + 1, function)
  }

  private static func panel(_ start: Double, _ end: Double, _ function: (Double) -> Double) -> Double {
    let (middle, half) = ((start + end) / 2, (end - start) / 2)
    var sum = 0.0
    for point in points {
      let distance = half * point.place
      sum += point.weight * (function(middle - distance) + function(middle + distance))
    }
    return half * sum
  }

  /// The positive places of Gauss's formula with 20 places between -1 and 1, and their weights: the zeros of Legendre's
  /// polynomial by Newton's method, and 2 / ((1 - x²) P'(x)²).
  private static let points: [(place: Double, weight: Double)] = {
    let count = 20
    return (0..<(count / 2)).map { index in
      var x = Double.cos(.pi * (Double(index) + 0.75) / (Double(count) + 0.5))
      var slope = 0.0
      for _ in 0..<8 {
        var (before, value) = (1.0, x)
        for degree in 2...count {
          let degree = Double(degree)
          (before, value) = (value, ((2 * degree - 1) * x * value - (degree - 1) * before) / degree)
        }
        slope = Double(count) * (x * value - before) / (x * x - 1)
        x -= value / slope
      }
      return (x, 2 / ((1 - x * x) * slope * slope))
    }
  }()
}
