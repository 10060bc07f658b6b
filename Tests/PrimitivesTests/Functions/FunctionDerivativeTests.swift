import Jacobi
import JacobiTesting
import Testing

/// Derivatives of functions: to the fourth order against mpmath, and to the second against differences.
@Suite struct FunctionDerivativeTests {
  private static let functions: [String: @Sendable (Tensor) -> Tensor] = [
    "sinc": { sinc($0) }, "silu": { silu($0) }, "gelu": { gelu($0) },
  ]

  /// The derivatives with an error that grows with the square of x where there is an exponential of that.
  @Test(arguments: ["sinc", "silu", "gelu"]) func toFourthOrder(name: String) throws {
    let fixture = try #require(try FunctionFixtures.load().derivatives[name])
    let function = try #require(Self.functions[name])
    for (x, expected) in zip(fixture.x, fixture.values) {
      var reverse: (Tensor) -> Tensor = function
      var forward: (Tensor) -> Tensor = function
      for (order, expected) in expected.enumerated() {
        let size = abs(expected) < 1e-100 && abs(x) < 2 ? 1 : max(abs(expected), name == "sinc" ? 1e-2 : 0)
        let condition = name == "gelu" ? 1 + x * x : name == "sinc" ? Double(1 + 10 * order) : 1
        for (mode, f) in [("reverse", reverse), ("forward", forward), ("compiled", { jit(reverse)($0) })] {
          let actual = Double(f(Tensor(x)))
          #expect(
            abs(actual - expected) <= 1e-14 * condition * size || actual == expected,
            "\(mode) derivative \(order) of \(name) at \(x) is \(actual), expected \(expected)")
        }
        let (f, g) = (reverse, forward)
        reverse = { grad(f)($0) }
        forward = { jvp(g, at: $0, along: 1).tangent }
      }
    }
  }

  private struct Example: Sendable, CustomTestStringConvertible {
    let name: String
    let point: [[Double]]
    let function: @Sendable ([Tensor]) -> [Tensor]
    var testDescription: String { name }

    init(_ name: String, _ point: [[Double]], _ function: @escaping @Sendable ([Tensor]) -> [Tensor]) {
      (self.name, self.point, self.function) = (name, point, function)
    }
  }

  private static let line = [0.3, -1.2, 0.8, 2.1, -0.4, 1.5]
  private static let other = [1.1, 0.4, -0.7, 0.9, 1.6, -1.9]

  private static let examples: [Example] = [
    Example("elu", [line]) { [elu($0[0], alpha: 0.7)] },
    Example("elu by alpha", [line, [0.6]]) { [elu($0[0], alpha: $0[1])] },
    Example("mod", [line, [1.1, 0.5, -0.7, 0.9, 1.6, -1.9]]) { [mod($0[0], $0[1])] },
    Example("multivariateLogGamma", [[2.1, 3.4]]) { [multivariateLogGamma($0[0], dimension: 3)] },
    Example("cumprod", [line]) { [$0[0].cumprod(axis: 0)] },
    Example("cumprod, one zero", [[1.5, 0, -2, 3]]) { [$0[0].cumprod(axis: 0)] },
    Example("cumprod, two zeros", [[1.5, 0, -2, 0, 3]]) { [$0[0].cumprod(axis: 0, reversed: true)] },
    Example("cumprod, all zeros", [[0, 0, 0]]) { [$0[0].cumprod(axis: 0)] },
    Example("cummax", [line]) { [$0[0].cummax(axis: 0)] },
    Example("cummin", [line]) { [$0[0].reshaped(3, 2).cummin(axis: 0, reversed: true)] },
    Example("logCumSumExp", [line]) { [$0[0].logCumSumExp(axis: 0)] },
    Example("logCumSumExp, reversed", [line]) { [$0[0].reshaped(2, 3).logCumSumExp(axis: 1, reversed: true)] },
    Example("logCumSumExp, ties", [[2, 2, 2, 1, 2]]) { [$0[0].logCumSumExp(axis: 0)] },
    Example("median", [line]) { [$0[0].median(), $0[0].reshaped(2, 3).median(axis: 1)] },
    Example("quantile", [line, [0.37, 0.52]]) { [$0[0].quantile($0[1])] },
    Example("nanQuantile", [line, [0.37, 0.52]]) { x in
      [Tensor.concatenated([x[0], Tensor([Double.nan])]).nanQuantile(x[1], axis: 0)]
    },
    Example("topK", [line]) { [$0[0].topK(3).values] },
    Example("maxWithIndex", [line]) { [$0[0].reshaped(2, 3).maxWithIndex(axis: 1).value] },
    Example("nanMean", [line]) { x in [Tensor.concatenated([x[0], Tensor([Double.nan])]).nanMean()] },
    Example("nanVariance", [line]) { x in [Tensor.concatenated([x[0], Tensor([Double.nan])]).nanVariance()] },
    Example("nanStandardDeviation", [line]) { x in
      [Tensor.concatenated([x[0], Tensor([Double.nan])]).nanStandardDeviation(correction: 1)]
    },
    Example("nanMax", [line]) { x in [Tensor.concatenated([x[0], Tensor([Double.nan])]).nanMax()] },
    Example("prod(where:)", [line]) { [$0[0].prod(where: $0[0] .> 0)] },
    Example("cross", [line, other]) { [cross($0[0].reshaped(2, 3), $0[1].reshaped(2, 3))] },
    Example("tensordot", [line, other]) { [tensordot($0[0].reshaped(2, 3), $0[1].reshaped(3, 2), axes: ([0], [1]))] },
    Example("kronecker", [line, other]) { [kronecker($0[0].reshaped(2, 3), $0[1].reshaped(3, 2))] },
    Example("diff", [line]) { [$0[0].diff(order: 2)] },
    Example("trapezoid", [line, [0, 1, 1.5, 2.5, 4, 5]]) { [trapezoid(square($0[0]), x: $0[1])] },
    Example("meshgrid", [line, other]) { x in
      let grid = Tensor.meshgrid(x)
      return [grid[0] * square(grid[1])]
    },
    Example("tril", [line + [1, 2, 3]]) { [square($0[0].reshaped(3, 3).tril(diagonal: 1))] },
    Example("triu", [line + [1, 2, 3]]) { [square($0[0].reshaped(3, 3).triu(diagonal: -1))] },
    Example("dynamicSlice", [line]) { x in
      [square(x[0].reshaped(2, 3).dynamicSlice(at: [1, Tensor(Int64(-1))], sizes: [1, 2]))]
    },
    Example("dynamicUpdateSlice", [line, [0.5, -0.6]]) { x in
      [square(x[0].reshaped(2, 3).dynamicUpdateSlice(x[1].reshaped(1, 2), at: [1, 7]))]
    },
    Example("interp", [[-0.5, 0.2, 1.3, 2.7], [0, 1, 2], [1, 3, -2]]) { [interp($0[0], $0[1], $0[2])] },
    Example("bincount by weights", [line]) { x in
      [square(Tensor([0, 2, 1, 2, 0, 0] as [Int64]).bincount(weights: x[0], length: 4))]
    },
    Example("unique", [line]) { [square($0[0].unique())] },
    Example("takeAlongAxis", [line]) { x in
      [square(x[0].reshaped(1, 6).takeAlongAxis(Tensor([[0, -1], [2, 2]] as [[Int64]]), axis: 1))]
    },
  ]

  @Test(arguments: examples) private func againstDifferences(_ example: Example) throws {
    try checkGradients(example.function, at: example.point.map { Tensor($0) }, order: 2)
  }
}
