import Foundation
import Jacobi
import Testing

/// `logSumExp`, `softmax` and `logSoftmax` have their digits where one element takes nearly everything, where the numbers
/// are so large that the logarithm of the sum has none for it, and at ties: values, first derivatives in both modes,
/// second derivatives by each combination of modes, also compiled. `Fixtures/weights.py` writes the numbers, with mpmath.
@Suite("Weights that add up, against mpmath") struct WeightsTests {
  struct Entry: Decodable, Sendable {
    let x: [Double]
    let logSumExp: Double?
    let weights, logSoftmax: [Double?]
    let hessian, logSoftmaxJacobian: [[Double?]]
    let weightsHessian, weightsHessianScale: [[[Double?]]]
  }

  static let entries: [String: [Entry]] = {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Fixtures/weights.json")
    return (try? Data(contentsOf: file)).flatMap { try? JSONDecoder().decode([String: [Entry]].self, from: $0) } ?? [:]
  }()

  /// Compares element by element, where the expected number is a normal one.
  private func expect(
    _ actual: Tensor, _ expected: [Double?], scale: [Double?]? = nil, _ what: String, _ entry: Entry,
    sourceLocation: Testing.SourceLocation = #_sourceLocation
  ) {
    let ulp = actual.dtype == .float32 ? Double(Float.ulpOfOne) : .ulpOfOne
    let farthest = entry.x.map { (entry.x.max() ?? 0) - $0 }.filter { $0 < 1000 }.max() ?? 0
    let numbers = actual.asType(.float64).scalars(as: Double.self)
    guard numbers.count == expected.count else {
      Issue.record("\(what) at \(entry.x) has the shape \(actual.shape)", sourceLocation: sourceLocation)
      return
    }
    for (index, expected) in expected.enumerated() {
      guard let expected else { continue }
      let size = max(abs(expected), scale?[index] ?? 0)
      let isClose = abs(numbers[index] - expected) <= (8 + 2 * farthest) * ulp * size
      if !isClose {
        Issue.record(
          "\(what)[\(index)] at \(entry.x) is \(numbers[index]), expected \(expected)", sourceLocation: sourceLocation)
      }
    }
  }

  private func rows(_ count: Int, _ f: (Tensor) -> Tensor, _ x: Tensor) -> Tensor {
    Tensor.stacked((0..<count).map { row in f(Tensor((0..<count).map { $0 == row ? 1.0 : 0 }).asType(x.dtype)) })
  }

  /// The Jacobian of a function of a vector, column by column in forward mode and row by row in reverse mode.
  private func jacobians(_ f: @escaping (Tensor) -> Tensor, at x: Tensor) -> [(mode: String, matrix: Tensor)] {
    [
      ("forward mode", rows(x.count, { jvp(f, at: x, along: $0).tangent }, x).transposed()),
      ("reverse mode", rows(x.count, { vjp(f, at: x).pullback($0) }, x)),
    ]
  }

  @Test(arguments: ["double", "single"], [false, true]) func family(precision: String, isCompiled: Bool) throws {
    let entries = try #require(Self.entries[precision])
    #expect(entries.count >= 17)
    for entry in entries {
      let x = precision == "double" ? Tensor(entry.x) : Tensor(entry.x.map { Float($0) })
      func run(_ f: @escaping (Tensor) -> Tensor) -> (Tensor) -> Tensor { isCompiled ? { jit(f)($0) } : f }
      let logSum: (Tensor) -> Tensor = { $0.logSumExp() }
      expect(run(logSum)(x), [entry.logSumExp], "logSumExp", entry)
      expect(run { $0.softmax() }(x), entry.weights, "softmax", entry)
      expect(run { $0.logSoftmax() }(x), entry.logSoftmax, "logSoftmax", entry)
      expect(run(grad(logSum))(x), entry.weights, "gradient of logSumExp", entry)
      let forward = run { x in self.rows(x.count, { jvp(logSum, at: x, along: $0).tangent }, x) }
      expect(forward(x), entry.weights, "forward mode of logSumExp", entry)
      let hessian = entry.hessian.flatMap { $0 }
      func check(_ f: @escaping (Tensor) -> Tensor, _ expected: [Double?], _ what: String) {
        for index in 0..<2 {
          let actual = run { x in self.jacobians(f, at: x)[index].matrix }(x)
          expect(actual, expected, ["forward", "reverse"][index] + " mode of \(what)", entry)
        }
      }
      check({ $0.softmax() }, hessian, "softmax")
      check(grad(logSum), hessian, "the gradient of logSumExp")
      check({ x in self.rows(x.count, { jvp(logSum, at: x, along: $0).tangent }, x) }, hessian, "tangents of logSumExp")
      check({ $0.logSoftmax() }, entry.logSoftmaxJacobian.flatMap { $0 }, "logSoftmax")
      for row in entry.x.indices {
        let expected = entry.weightsHessian[row].flatMap { $0 }
        let scale = entry.weightsHessianScale[row].flatMap { $0 }
        let element: (Tensor) -> Tensor = { $0.softmax()[row] }
        let tangents: (Tensor) -> Tensor = { x in self.rows(x.count, { jvp(element, at: x, along: $0).tangent }, x) }
        for (modes, f) in [("reverse", grad(element)), ("forward", tangents)] {
          for index in 0..<2 {
            let actual = run { x in self.jacobians(f, at: x)[index].matrix }(x)
            expect(actual, expected, scale: scale, "\(modes), then mode \(index), of softmax()[\(row)]", entry)
          }
        }
      }
    }
  }

  /// Second derivatives of logSoftmax are those of -logSumExp.
  @Test func logarithms() {
    for point in [[40.0, 0], [0.1, 0.2], [1e20, 1e20], [-3, 700]] {
      let x = Tensor(point)
      let expected = (-hessian { $0.logSumExp() }(x)).scalars(as: Double.self)
      for index in 0..<2 {
        let actual = hessian { $0.logSoftmax()[index] }(x).scalars(as: Double.self)
        for (a, e) in zip(actual, expected) { #expect(abs(a - e) <= 1e-14 * abs(e), "\(point) \(actual) \(expected)") }
      }
    }
  }

  @Test(arguments: [false, true]) func infinities(isCompiled: Bool) {
    let inf = Double.infinity
    func check(_ f: @escaping (Tensor) -> Tensor, _ x: [Double], _ expected: [Double]) {
      let function = isCompiled ? { jit(f)($0) } : f
      let actual = function(Tensor(x)).scalars(as: Double.self)
      #expect(
        zip(actual, expected).allSatisfy { $0 == $1 || ($0.isNaN && $1.isNaN) } && actual.count == expected.count,
        "\(x) gives \(actual), expected \(expected)")
    }
    let sum: (Tensor) -> Tensor = { $0.logSumExp() }
    let columns: (Tensor) -> Tensor = { x in self.rows(x.count, { jvp(sum, at: x, along: $0).tangent }, x) }
    for (x, value, weights) in [
      ([inf, 1], inf, [1.0, 0]), ([1, inf, -inf], inf, [0, 1, 0]), ([inf, inf], inf, [0.5, 0.5]),
      ([-inf, 2], 2, [0, 1]), ([-inf, -inf], -inf, [0, 0]), ([.nan, 1], .nan, [.nan, .nan]),
    ] {
      check(sum, x, [value])
      check(grad(sum), x, weights)
      check(columns, x, weights)
      if value.isFinite || value > 0 { check({ $0.softmax() }, x, weights) }
    }
    check({ $0.softmax() }, [-inf, -inf], [.nan, .nan])
    check({ $0.logSoftmax() }, [inf, 1], [0, -inf])
    check({ $0.logSoftmax() }, [-inf, 2], [-inf, 0])
    // Masked elements have no part in second derivatives either.
    check({ x in hessian(sum)(x) }, [-inf, 0, 0], [0, 0, 0, 0, 0.25, -0.25, 0, -0.25, 0.25])
    check({ x in hessian { $0.softmax()[1] }(x) }, [-inf, 0, 0], [0, 0, 0, 0, 0, 0, 0, 0, 0])
  }
}
