import Jacobi
import Testing

@Suite("Elementwise functions against mpmath")
struct AccuracyTests {
  let fixtures: ElementaryFixtures
  init() throws { fixtures = try ElementaryFixtures.load() }

  @Test("values of real functions, in float64 and float32")
  func realValues() throws {
    for (name, function) in unaryFunctions {
      let fixture = try #require(fixtures.real[name])
      let doubles = function(Tensor(fixture.x)).scalars(as: Double.self)
      let singles = function(Tensor(fixture.x.map { Float($0) })).scalars(as: Float.self)
      for (index, expected) in fixture.value.enumerated() {
        let place = "\(name)(\(fixture.x[index]))"
        // The exponential of a square has the error of the square, and that grows with it.
        let condition = name.hasPrefix("gelu") ? 1 + fixture.x[index] * fixture.x[index] : 1
        #expect(ulps(doubles[index], expected) <= 4 * condition, "\(place) is \(doubles[index]), expected \(expected)")
        #expect(
          ulps(singles[index], Float(expected)) <= 8 * Float(condition),
          "\(place) is \(singles[index]), expected \(expected)")
        #expect(Double(function(Tensor(fixture.x[index]))) == doubles[index])
      }
    }
  }

  @Test("gamma functions and erfinv at poles, at infinity, and where numbers end")
  func edges() {
    func value(_ function: (Tensor) -> Tensor, _ x: Double) -> Double { Double(function(Tensor(x))) }
    let huge = 1e300
    for order in [0, 1, 2, 3, 170] {
      let f = { (x: Tensor) in polygamma(order, x) }
      #expect(value(f, .nan).isNaN)
      #expect(value(f, .infinity) == (order == 0 ? .infinity : 0))
      #expect(value(f, -.infinity).isNaN)
      #expect(order % 2 == 1 ? value(f, -3) == .infinity : value(f, -3).isNaN)
    }
    #expect(ulps(value({ digamma($0) }, huge), 690.7755278982137) <= 1)
    #expect(value({ polygamma(1, $0) }, huge) == 1e-300)
    #expect(value({ polygamma(1, $0) }, 1e-200) == .infinity)
    #expect(value({ logGamma($0) }, -2) == .infinity && value({ logGamma($0) }, 0) == .infinity)
    #expect(value({ erfinv($0) }, 1) == .infinity && value({ erfinv($0) }, -1) == -.infinity)
    #expect(value({ erfinv($0) }, 1.5).isNaN && value({ erfinv($0) }, .nan).isNaN && value({ erfinv($0) }, 0) == 0)
    #expect(errorOf { polygamma(171, Tensor(1.0)) }?.message == "order 171 is not between 0 and 170")
    #expect(errorOf { polygamma(-1, Tensor(1.0)) }?.message == "order -1 is not between 0 and 170")
  }

  @Test("first and second derivatives of real functions")
  func realDerivatives() throws {
    for (name, function) in unaryFunctions {
      let fixture = try #require(fixtures.real[name])
      for (index, x) in fixture.x.enumerated() {
        let first = Double(grad(function)(Tensor(x)))
        let second = Double(grad(grad(function))(Tensor(x)))
        #expect(agrees(first, fixture.first[index]), "\(name)'(\(x)) is \(first), expected \(fixture.first[index])")
        #expect(
          agrees(second, fixture.second[index], 1e-11),
          "\(name)''(\(x)) is \(second), expected \(fixture.second[index])")
      }
    }
  }

  @Test("values and derivatives of holomorphic functions")
  func holomorphic() throws {
    for (name, function) in unaryFunctions {
      guard let fixture = fixtures.complex[name] else { continue }
      for (index, parts) in fixture.x.enumerated() {
        let z = complex(Tensor(parts[0]), Tensor(parts[1]))
        // The gradient of the real part is the conjugate of the complex derivative.
        let derivative = { (z: Tensor) in conjugate(grad { realPart(function($0)) }(z)) }
        let second = conjugate(grad { realPart(derivative($0)) }(z))
        for (actual, expected) in zip(
          [function(z), derivative(z), second], [fixture.value[index], fixture.first[index], fixture.second[index]])
        {
          let distance = Double(abs(actual - complex(Tensor(expected[0]), Tensor(expected[1]))))
          #expect(distance <= 2e-13 * max(1, abs(expected[0]), abs(expected[1])), "\(name)\(parts): \(actual)")
        }
      }
    }
  }

  @Test("values and derivatives of functions of two real numbers")
  func binary() throws {
    for (name, function) in binaryFunctions {
      let fixture = try #require(fixtures.binary[name])
      for index in fixture.x.indices {
        let (x, y) = (Tensor(fixture.x[index]), Tensor(fixture.y[index]))
        let dx = { (x: Tensor, y: Tensor) in grad { function($0, y) }(x) }
        let dy = { (x: Tensor, y: Tensor) in grad { function(x, $0) }(y) }
        let actual = [
          function(x, y), dx(x, y), dy(x, y), grad { dx($0, y) }(x), grad { dx(x, $0) }(y), grad { dy(x, $0) }(y),
        ].map { Double($0) }
        let expected = [fixture.value, fixture.dx, fixture.dy, fixture.dxx, fixture.dxy, fixture.dyy].map { $0[index] }
        #expect(ulps(actual[0], expected[0]) <= 2)
        for (a, e) in zip(actual, expected) {
          #expect(agrees(a, e, 1e-12), "\(name) at \(x), \(y): \(a), expected \(e)")
        }
      }
    }
  }
}
