import Jacobi
import Testing

/// Values and derivatives at zero, at infinity and next to overflow, where a formula would give `nan`, or a number that is
/// wrong; eagerly and compiled.
@Suite("Derivatives at zero, infinity and overflow") struct EdgeTests {
  private func check(
    _ f: @escaping (Tensor) -> Tensor, _ x: Tensor, _ expected: [Double], tolerance: Double = 4e-16,
    sourceLocation: Testing.SourceLocation = #_sourceLocation
  ) {
    for (mode, function) in [("eagerly", f), ("compiled", { jit(f)($0) })] {
      let actual = function(x).asType(.float64).scalars(as: Double.self)
      let isClose =
        actual.count == expected.count
        && zip(actual, expected).allSatisfy {
          $0 == $1 || abs($0 - $1) <= tolerance * abs($1) || ($0.isNaN && $1.isNaN)
        }
      if !isClose {
        Issue.record("\(mode) \(actual) at \(x), expected \(expected)", sourceLocation: sourceLocation)
      }
    }
  }

  /// The partial derivatives of a function of a vector, in forward mode.
  private func tangents(_ f: @escaping (Tensor) -> Tensor) -> (Tensor) -> Tensor {
    { x in
      Tensor.stacked(
        (0..<x.count).map { i in
          jvp(f, at: x, along: Tensor((0..<x.count).map { $0 == i ? 1.0 : 0 }).asType(x.dtype)).tangent
        })
    }
  }

  @Test func powerOfTwo() {
    check(grad { exp2($0) }, 1024, [1.2460659279417838e308])
    check(tangents { exp2($0.sum()) }, [1024], [1.2460659279417838e308])
    check(grad { exp2($0) }, Tensor(Float(128)), [2.3586576322551330e38], tolerance: 1e-7)
    check(grad { exp2($0) }, 10, [709.78271289338397])
  }

  /// Φ far out: the logarithm's argument is tiny, and so is its derivative. The values are from mpmath.
  @Test func logarithmOfSmallNumbers() {
    let logProbability: (Tensor) -> Tensor = { log(0.5 * erfc(-$0 / 2.0.squareRoot())) }
    check(grad(logProbability), -30, [30.033259667433677], tolerance: 1e-13)
    let second = [-0.998896228488110]
    check(grad(grad(logProbability)), -30, second, tolerance: 1e-11)
    check({ x in jvp(grad(logProbability), at: x, along: 1).tangent }, -30, second, tolerance: 1e-11)
    check({ x in grad { y in jvp(logProbability, at: y, along: 1).tangent }(x) }, -30, second, tolerance: 1e-11)
    check(
      { x in jvp({ jvp(logProbability, at: $0, along: 1).tangent }, at: x, along: 1).tangent }, -30, second,
      tolerance: 1e-11)
    // The same kind: what is divided by is as small as its derivative.
    for f: (Tensor) -> Tensor in [
      { log(exp($0)) }, { log2(exp($0)) * 0.6931471805599453 }, { -log(1 / exp($0)) }, { -log(exp($0) ** -1) },
      { log(sqrt(exp($0)) ** 2) },
    ] {
      check(grad(f), -500, [1], tolerance: 1e-14)
      check({ 1 + grad(grad(f))($0) }, -500, [1], tolerance: 1e-12)
      check({ x in 1 + jvp(grad(f), at: x, along: 1).tangent }, -500, [1], tolerance: 1e-12)
    }
  }

  @Test func lengthsAtInfinity() {
    let inf = Double.infinity
    for (x, expected) in [
      ([inf, 1], [1.0, 0]), ([-inf, 1], [-1, 0]), ([3, inf], [0, 1]), ([inf, inf], [1, 1]), ([-inf, inf], [-1, 1]),
      ([0, 0], [0, 0]), ([3, -4], [0.6, -0.8]),
    ] {
      for length: (Tensor) -> Tensor in [{ $0.norm() }, { hypot($0[0], $0[1]) }] {
        check(grad(length), Tensor(x), expected)
        check(tangents(length), Tensor(x), expected)
      }
      let modulus: (Tensor) -> Tensor = { abs(complex($0[0], $0[1])) }
      check(grad(modulus), Tensor(x), expected)
      check(tangents(modulus), Tensor(x), expected)
    }
    check(grad { $0.norm() }, Tensor([Float.infinity, 1]), [1, 0])
    check(grad { abs($0) }, Tensor(-inf), [-1])
    // The distance overflows, its direction does not.
    check(grad { hypot($0[0], $0[1]) }, [1.5e308, 1.5e308], [0.7071067811865476, 0.7071067811865476])
  }

  @Test func complexPowersAtZero() {
    // Infinity is one point of the complex plane, whatever the signs of its parts.
    func parts(_ f: @escaping (Tensor) -> Tensor) -> (Tensor) -> Tensor {
      { x in
        let z = complex(x, Tensor.zeros(like: x))
        return abs(realPart(jvp(f, at: z, along: Tensor.ones(like: z)).tangent))
      }
    }
    let inf = Double.infinity
    check(parts { sqrt($0) }, 0, [inf])
    check(parts { $0 ** 0.5 }, 0, [inf])
    check(parts { $0 ** -1 }, 0, [inf])
    check(parts { $0 ** -1.0 }, 0, [inf])
    check(parts { $0 ** 2.0 }, 0, [0])
    check(parts { $0 ** 1.0 }, 0, [1])
    check(parts { $0 ** 2.5 }, 0, [0])
    check(parts { $0 ** 0.5 }, 4, [0.25])
  }

  /// A quotient in place of the product would have a constant where the exponent is 0, and overflow where x² underflows.
  @Test func complexPowersToSecondOrder() {
    let z = complex(Tensor(2.0), Tensor(0.0))
    func number(_ x: Double) -> Tensor { complex(Tensor(x), Tensor(0.0)) }
    func by(_ f: @escaping (Tensor) -> Tensor) -> (Tensor) -> Tensor {
      { x in jvp(f, at: x, along: Tensor.ones(like: x)).tangent }
    }
    let mixed = by { w in by { $0 ** w }(z) }(number(0))
    #expect(abs(Double(realPart(mixed)) - 0.5) < 1e-15, "\(mixed)")
    for w in [2.0, 3] {
      let second = by(by { $0 ** number(w) })(number(0))
      #expect(Double(realPart(second)) == (w == 2 ? 2 : 0), "\(second)")
    }
    let small = complex(Tensor(Float(1e-20)), Tensor(Float(0)))
    let second = by(by { $0 ** complex(Tensor(Float(2)), Tensor(Float(0))) })(small)
    #expect(abs(Double(realPart(second).asType(.float64)) - 2) < 1e-5, "\(second)")
  }

  @Test func quotientsOfSubnormalNumbers() {
    #expect(Double(grad { Tensor(0.0) / $0 }(Tensor(1e-309))) == 0)
    let slope = grad { Tensor(Float(1e-40)) / $0 }(Tensor(Float(2e-39)))
    #expect(abs(Double(slope.asType(.float64)) / -2.5e37 - 1) < 1e-3, "\(slope)")
  }

  @Test func sumsOfTwoExponentials() {
    let sum: (Tensor) -> Tensor = { logAddExp($0[0], $0[1]) }
    check(sum, [700, 701], [701.3132616875182])
    check({ hessian(sum)($0) }, [2, 2], [0.25, -0.25, -0.25, 0.25])
    check({ hessian(sum)($0) }, [700, 701], [1, -1, -1, 1].map { $0 * 0.19661193324148185 }, tolerance: 1e-14)
    let inf = Double.infinity
    for (x, value, weights) in [
      ([inf, 1], inf, [1.0, 0]), ([inf, inf], inf, [0.5, 0.5]), ([-inf, 2], 2, [0, 1]),
      ([-inf, -inf], -inf, [0.5, 0.5]),
      ([-inf, inf], inf, [0, 1]),
    ] {
      check(sum, Tensor(x), [value])
      check(grad(sum), Tensor(x), weights)
      check(tangents(sum), Tensor(x), weights)
    }
  }
}
