import Jacobi
import Testing

/// Stacking and concatenating very many pieces has derivatives in time proportional to the result, in both modes. In time
/// that grows with the square of the number of pieces each of these takes more than a minute.
@Suite struct ManyOperandsTests {
  static let count = 60_000

  /// What a closure computes; an issue is recorded when it takes more than a minute.
  static func withinAMinute<Result>(_ body: () -> Result) -> Result {
    var result: Result?
    let time = ContinuousClock().measure { result = body() }
    #expect(time < .seconds(60))
    return result!
  }

  /// Every piece is used, the one in the middle twice.
  static func stacked(_ pieces: [Tensor]) -> Tensor {
    let all = Tensor.stacked(pieces + [pieces[count / 2]])
    return (all * Tensor.arange(count + 1)).sum()
  }

  @Test func reverseMode() {
    let point = (0..<Self.count).map { Tensor(Double($0 % 7)) }
    let gradient = Self.withinAMinute { grad(Self.stacked)(point) }
    for (place, derivative) in gradient.enumerated() {
      // The sum is weighted with the places.
      let expected = place == Self.count / 2 ? Double(place + Self.count) : Double(place)
      #expect(Double(derivative) == expected)
    }
  }

  @Test func forwardMode() {
    let point = (0..<Self.count).map { Tensor(Double($0 % 7)) }
    let direction = (0..<Self.count).map { Tensor($0 % 1000 == 3 ? 1.0 : 0) }
    // 3 + 1003 + ... + 59003: sixty terms with the mean 29503.
    let tangent = Self.withinAMinute { jvp(Self.stacked, at: point, along: direction).tangent }
    #expect(Double(tangent) == 60 * 29503)
  }

  @Test func piecesOfDifferentSizes() {
    let pieces = (0..<Self.count).map { Tensor((0..<($0 % 3)).map(Double.init)) }
    let f = { (x: [Tensor]) in square(Tensor.concatenated(x)).sum() }
    let gradient = Self.withinAMinute { grad(f)(pieces) }
    for (place, derivative) in gradient.enumerated() {
      #expect(derivative.scalars(as: Double.self) == (0..<(place % 3)).map { 2 * Double($0) })
    }
  }
}
