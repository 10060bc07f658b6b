import Foundation
import Jacobi
import Testing

/// Values and derivatives at extreme arguments have the relative accuracy that they have elsewhere, wherever they are
/// normal numbers of the type. `Fixtures/extremes.py` writes the numbers, with mpmath.
@Suite("Values and derivatives at extreme arguments against mpmath") struct ExtremeArgumentTests {
  struct Fixtures: Decodable {
    let real: [String: Real]
    let complex: [String: OfComplex]
    let binary: [String: Binary]
  }
  /// The numbers are missing where they are not normal.
  struct Real: Decodable {
    let x: [Double]
    let value, first, second: [Double?]
  }
  struct OfComplex: Decodable {
    let x: [[Double]]
    let value, first, second: [[Double]?]
  }
  struct Binary: Decodable {
    let x, y: [Double]
    let value, dx, dy, dxx, dxy, dyy: [Double?]
  }
  struct Precision: Sendable {
    let name: String
    let ulp: Double
    let tensor: @Sendable (Double) -> Tensor
  }
  static let precisions = [
    Precision(name: "double", ulp: .ulpOfOne) { Tensor($0) },
    Precision(name: "single", ulp: Double(Float.ulpOfOne)) { Tensor(Float($0)) },
  ]
  let fixtures: [String: Fixtures]

  init() throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Fixtures/extremes.json")
    fixtures = try JSONDecoder().decode([String: Fixtures].self, from: Data(contentsOf: file))
  }

  @Test func real() throws {
    for precision in Self.precisions {
      let table = try #require(fixtures[precision.name]).real
      #expect(table.count == 36)
      for (name, fixture) in table {
        let function = try #require((unaryFunctions + otherUnaryFunctions).first { $0.name == name }).function
        for (index, x) in fixture.x.enumerated() {
          let point = precision.tensor(x)
          func check(_ order: String, _ value: @autoclosure () -> Tensor, _ expected: Double?, _ ulps: Double) {
            guard let expected else { return }
            let actual = value()
            let error = abs(number(actual) - expected) / abs(expected)
            #expect(
              number(actual) == expected || error <= ulps * precision.ulp * condition(name, x),
              "\(precision.name) \(name)\(order)(\(x)) is \(actual), expected \(expected): \(error / precision.ulp) ulp"
            )
          }
          check("", function(point), fixture.value[index], 4)
          check("'", grad(function)(point), fixture.first[index], 8)
          check("'", jvp(function, at: point, along: precision.tensor(1)).tangent, fixture.first[index], 8)
          check("''", grad(grad(function))(point), fixture.second[index], 16)
        }
      }
    }
  }

  /// How many times an error of the last place in between is larger in the result.
  private func condition(_ name: String, _ x: Double) -> Double {
    switch name {
    // The exponential of a square has the error of the square, and that grows with it.
    case "erf", "erfc": 1 + x * x
    // exp(erfinv²), at most the reciprocal of the distance from 1.
    case "erfinv": 1 - log(max(1 - abs(x), 0x1p-60))
    default: 1
    }
  }

  /// Errors are measured beside the magnitude: complex products and quotients have no better ones.
  @Test func holomorphic() throws {
    for precision in Self.precisions {
      let table = try #require(fixtures[precision.name]).complex
      #expect(table.count == 22)
      for (name, fixture) in table {
        let function = try #require(unaryFunctions.first { $0.name == name }).function
        // The gradient of the real part is the conjugate of the complex derivative.
        let derivative = { (z: Tensor) in conjugate(grad { realPart(function($0)) }(z)) }
        for (index, parts) in fixture.x.enumerated() {
          let z = complex(precision.tensor(parts[0]), precision.tensor(parts[1]))
          // The exponential of a product has the error of the product.
          let condition = name == "exp2" ? 1 + abs(parts[0]) : 1
          func check(_ order: String, _ value: @autoclosure () -> Tensor, _ expected: [Double]?, _ ulps: Double) {
            guard let expected else { return }
            let actual = value()
            let difference = hypot(number(realPart(actual)) - expected[0], number(imaginaryPart(actual)) - expected[1])
            let error = difference / hypot(expected[0], expected[1])
            #expect(
              error <= ulps * precision.ulp * condition,
              "\(precision.name) \(name)\(order)(\(z)) is \(actual), expected \(expected): \(error / precision.ulp) ulp"
            )
          }
          check("", function(z), fixture.value[index], 8)
          check("'", derivative(z), fixture.first[index], 16)
          let one = complex(precision.tensor(1), precision.tensor(0))
          check("'", jvp(function, at: z, along: one).tangent, fixture.first[index], 16)
          check("''", conjugate(grad { realPart(derivative($0)) }(z)), fixture.second[index], 32)
        }
      }
    }
  }

  @Test func functionsOfTwoNumbers() throws {
    let functions = binaryFunctions + otherBinaryFunctions
    for precision in Self.precisions {
      var table = try #require(fixtures[precision.name]).binary
      #expect(table.count == 4)
      table["norm"] = table["hypot"]
      for (name, fixture) in table {
        let function = try #require(functions.first { $0.name == name }).function
        for index in fixture.x.indices {
          let (x, y) = (fixture.x[index], fixture.y[index])
          func check(_ order: String, _ value: @autoclosure () -> Tensor, _ expected: Double?, _ scale: Double = 0) {
            guard let expected else { return }
            let actual = value()
            let error = abs(number(actual) - expected) / max(abs(expected), scale)
            #expect(
              number(actual) == expected || error <= (16 + roundedDistance(name, x, y)) * precision.ulp,
              "\(precision.name) \(name)\(order)(\(x), \(y)) is \(actual), expected \(expected): \(error / precision.ulp) ulp"
            )
          }
          let (a, b) = (precision.tensor(x), precision.tensor(y))
          let dx = { (x: Tensor, y: Tensor) in grad { function($0, y) }(x) }
          let dy = { (x: Tensor, y: Tensor) in grad { function(x, $0) }(y) }
          check("", function(a, b), fixture.value[index])
          check(" by x", dx(a, b), fixture.dx[index])
          check(" by y", dy(a, b), fixture.dy[index])
          // The Hessian of a norm is a projection divided by the norm, exact beside its largest element; the mixed second
          // derivative of the angle is a difference of squares.
          let distance = hypot(x, y)
          let largest = name == "norm" ? 1 / distance : 0
          check(" by x, x", grad { dx($0, b) }(a), fixture.dxx[index], largest)
          check(
            " by x, y", grad { dx(a, $0) }(b), fixture.dxy[index], name == "atan2" ? 1 / distance / distance : largest)
          check(
            " by y, x", grad { dy($0, b) }(a), fixture.dxy[index], name == "atan2" ? 1 / distance / distance : largest)
          check(" by y, y", grad { dy(a, $0) }(b), fixture.dyy[index], largest)
        }
      }
    }
  }

  /// How much a rounding of the distance of exponents counts in the weights of a sum of exponentials.
  private func roundedDistance(_ name: String, _ x: Double, _ y: Double) -> Double {
    name == "logAddExp" ? min(abs(x - y), 1000) : 0
  }

  private func number(_ x: Tensor) -> Double { Double(x.asType(.float64)) }
}
