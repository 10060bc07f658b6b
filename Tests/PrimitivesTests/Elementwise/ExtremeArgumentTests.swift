import Foundation
import Jacobi
import Testing

/// Derivatives at extreme arguments have the relative accuracy that they have elsewhere, wherever they are normal
/// numbers of the type. `Fixtures/extremes.py` writes the numbers, with mpmath.
@Suite("Derivatives at extreme arguments against mpmath") struct ExtremeArgumentTests {
  struct Fixture: Decodable {
    let x: [Double]
    /// The derivatives; none where they are not normal numbers.
    let first, second: [Double?]
  }
  let fixtures: [String: [String: Fixture]]

  init() throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Fixtures/extremes.json")
    fixtures = try JSONDecoder().decode([String: [String: Fixture]].self, from: Data(contentsOf: file))
  }

  @Test func float64() throws { try check("double", .ulpOfOne) { Tensor($0) } }

  @Test func float32() throws { try check("single", Double(Float.ulpOfOne)) { Tensor(Float($0)) } }

  private func check(_ precision: String, _ ulp: Double, _ tensor: (Double) -> Tensor) throws {
    let table = try #require(fixtures[precision])
    #expect(table.count == 20)
    for (name, fixture) in table {
      let function = try #require(unaryFunctions.first { $0.name == name }).function
      for (index, x) in fixture.x.enumerated() {
        // The exponential of a square has the error of the square, and that grows with it.
        let condition = name.hasPrefix("erf") ? 1 + x * x : 1
        let point = tensor(x)
        if let expected = fixture.first[index] {
          for actual in [grad(function)(point), jvp(function, at: point, along: tensor(1)).tangent] {
            let error = abs(number(actual) - expected) / abs(expected)
            #expect(
              number(actual) == expected || error <= 8 * ulp * condition,
              "\(precision) \(name)'(\(x)) is \(actual), expected \(expected)")
          }
        }
        if let expected = fixture.second[index] {
          let actual = number(grad(grad(function))(point))
          let error = abs(actual - expected) / abs(expected)
          #expect(
            actual == expected || error <= 16 * ulp * condition,
            "\(precision) \(name)''(\(x)) is \(actual), expected \(expected)")
        }
      }
    }
  }

  private func number(_ x: Tensor) -> Double { Double(x.asType(.float64)) }
}
