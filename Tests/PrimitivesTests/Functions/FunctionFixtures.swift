import Foundation
import Jacobi
import Testing

/// Results of NumPy's and SciPy's functions, and derivatives by mpmath; `Fixtures/functions.py` writes them.
struct FunctionFixtures: Decodable {
  /// A tensor; what is not a number is missing.
  struct Array: Decodable {
    let dtype: String
    let shape: [Int]
    let values: [Double?]

    var tensor: Tensor {
      let numbers = values.map { $0 ?? .nan }
      switch dtype {
      case "int64": return Tensor(shape: shape, scalars: numbers.map { Int64($0) })
      case "bool": return Tensor(shape: shape, scalars: numbers.map { $0 != 0 })
      default: return Tensor(shape: shape, scalars: numbers)
      }
    }
  }

  /// A call and its results.
  struct Case: Decodable {
    let inputs: [Array]
    let options: [String: Double]
    let outputs: [Array]

    /// A whole number among the options.
    func integer(_ name: String, default value: Int = 0) -> Int { options[name].map { Int($0) } ?? value }
    var axis: Int { integer("axis") }
    var axes: [Int] { options["axis2"] == nil ? [axis] : [axis, integer("axis2")] }
    var reversed: Bool { integer("reversed") == 1 }
  }

  /// The value and the first four derivatives at points.
  struct Derivatives: Decodable {
    let x: [Double]
    let values: [[Double]]
  }

  let arrays: [String: [Case]]
  let derivatives: [String: Derivatives]

  static func load() throws -> FunctionFixtures {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Fixtures/functions.json")
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return try decoder.decode(FunctionFixtures.self, from: Data(contentsOf: file))
  }
}

/// A function under the name that the fixtures have for it.
struct ReferenceFunction: Sendable, CustomTestStringConvertible {
  typealias Apply = @Sendable ([Tensor], FunctionFixtures.Case) -> [Tensor]

  let name: String
  /// Whether the size of the result depends on values, so that it works without tracing only.
  let readsValues: Bool
  let apply: Apply
  var testDescription: String { name }

  init(_ name: String, readsValues: Bool = false, _ apply: @escaping Apply) {
    (self.name, self.readsValues, self.apply) = (name, readsValues, apply)
  }
}

private func quantiles(_ method: QuantileInterpolation) -> [ReferenceFunction] {
  [
    ReferenceFunction("quantile \(method)") { [$0[0].quantile($0[1], axes: $1.axes, interpolation: method)] },
    ReferenceFunction("nanQuantile \(method)") { [$0[0].nanQuantile($0[1], axis: $1.axis, interpolation: method)] },
  ]
}

private let division: [ReferenceFunction] = [
  ReferenceFunction("/") { x, _ in [x[0] / x[1]] }, ReferenceFunction("%") { x, _ in [x[0] % x[1]] },
  ReferenceFunction("floorDivide") { x, _ in [floorDivide(x[0], x[1])] },
  ReferenceFunction("mod") { x, _ in [mod(x[0], x[1])] },
]

private let cumulative: [ReferenceFunction] = [
  ReferenceFunction("cumprod") { [$0[0].cumprod(axis: $1.axis, reversed: $1.reversed)] },
  ReferenceFunction("cummax") { [$0[0].cummax(axis: $1.axis, reversed: $1.reversed)] },
  ReferenceFunction("cummin") { [$0[0].cummin(axis: $1.axis, reversed: $1.reversed)] },
  ReferenceFunction("logCumSumExp") { [$0[0].logCumSumExp(axis: $1.axis, reversed: $1.reversed)] },
]

private let statistics: [ReferenceFunction] = [
  ReferenceFunction("median") { [$0[0].median(axis: $1.axis)] },
  ReferenceFunction("nanMedian") { [$0[0].nanMedian(axis: $1.axis)] },
  ReferenceFunction("percentile") { [$0[0].percentile($0[1], axis: $1.axis)] },
  ReferenceFunction("nanSum") { [$0[0].nanSum(axis: $1.axis)] },
  ReferenceFunction("nanProd") { [$0[0].nanProd(axis: $1.axis)] },
  ReferenceFunction("nanMean") { [$0[0].nanMean(axis: $1.axis)] },
  ReferenceFunction("nanMax") { [$0[0].nanMax(axis: $1.axis)] },
  ReferenceFunction("nanMin") { [$0[0].nanMin(axis: $1.axis)] },
  ReferenceFunction("nanVariance") {
    [$0[0].nanVariance(axis: $1.axis, correction: $1.integer("correction"))]
  },
  ReferenceFunction("nanStandardDeviation") { [$0[0].nanStandardDeviation(axis: $1.axis)] },
  ReferenceFunction("topK") { x, c in
    let (values, indices) = x[0].topK(c.integer("count"), axis: c.axis)
    return [values, indices]
  },
  ReferenceFunction("maxWithIndex") { x, c in
    let (value, index) = x[0].maxWithIndex(axis: c.axis)
    return [value, index]
  },
  ReferenceFunction("minWithIndex") { x, c in
    let (value, index) = x[0].minWithIndex(axis: c.axis)
    return [value, index]
  },
  ReferenceFunction("sum(where:)") { [$0[0].sum(where: $0[1], axis: $1.axis)] },
  ReferenceFunction("mean(where:)") { [$0[0].mean(where: $0[1], axis: $1.axis)] },
  ReferenceFunction("prod(where:)") { [$0[0].prod(where: $0[1], axis: $1.axis)] },
  ReferenceFunction("max(where:)") { [$0[0].max(where: $0[1], axis: $1.axis)] },
  ReferenceFunction("variance(where:)") { [$0[0].variance(where: $0[1], axis: $1.axis)] },
  ReferenceFunction("standardDeviation(where:)") { [$0[0].standardDeviation(where: $0[1], axis: $1.axis)] },
]

private let shapes: [ReferenceFunction] = [
  ReferenceFunction("cross") { [cross($0[0], $0[1], axis: $1.axis)] },
  ReferenceFunction("tensordot") { [tensordot($0[0], $0[1], axes: $1.integer("axes"))] },
  ReferenceFunction("tensordot pairs") { x, _ in [tensordot(x[0], x[1], axes: ([1, 2], [1, 0]))] },
  ReferenceFunction("kronecker") { x, _ in [kronecker(x[0], x[1])] },
  ReferenceFunction("diff") { [$0[0].diff(order: $1.integer("order"), axis: $1.axis)] },
  ReferenceFunction("trapezoid x") { [trapezoid($0[0], x: $0[1], axis: $1.axis)] },
  ReferenceFunction("trapezoid") { [trapezoid($0[0], spacing: Tensor($1.options["spacing"] ?? 1), axis: $1.axis)] },
  ReferenceFunction("meshgrid xy") { x, _ in Tensor.meshgrid(x) },
  ReferenceFunction("meshgrid ij") { x, _ in Tensor.meshgrid(x, indexing: .ij) },
  ReferenceFunction("tril") { [$0[0].tril(diagonal: $1.integer("diagonal"))] },
  ReferenceFunction("triu") { [$0[0].triu(diagonal: $1.integer("diagonal"))] },
  ReferenceFunction("hstack") { x, _ in [Tensor.hstack(x)] },
  ReferenceFunction("vstack") { x, _ in [Tensor.vstack(x)] },
  ReferenceFunction("takeAlongAxis") { [$0[0].takeAlongAxis($0[1], axis: $1.axis)] },
  ReferenceFunction("interp") { x, _ in [interp(x[0], x[1], x[2])] },
]

private let counting: [ReferenceFunction] = [
  ReferenceFunction("unique", readsValues: true) { x, _ in
    let all = x[0].uniqueElements()
    return [all.values, all.indices, all.inverse, all.counts]
  },
  ReferenceFunction("bincount", readsValues: true) { [$0[0].bincount(minimumLength: $1.integer("minimumLength"))] },
  ReferenceFunction("bincount weights", readsValues: true) { x, _ in [x[0].bincount(weights: x[1])] },
  ReferenceFunction("bincount length") { [$0[0].bincount(weights: $0[1], length: $1.integer("length"))] },
  ReferenceFunction("histogram") { x, c in
    let (counts, edges) = x[0].histogram(bins: c.integer("bins"))
    return [counts, edges]
  },
  ReferenceFunction("histogram range") { x, c in
    let (counts, edges) = x[0].histogram(bins: c.integer("bins"), range: -0.5...1)
    return [counts, edges]
  },
  ReferenceFunction("histogram edges") { x, _ in [x[0].histogram(edges: x[1], weights: x[2])] },
  ReferenceFunction("searchSorted left") { x, _ in [searchSorted(x[0], x[1])] },
  ReferenceFunction("searchSorted right") { x, _ in [searchSorted(x[0], x[1], side: .right)] },
  ReferenceFunction("digitize") { x, _ in [digitize(x[0], bins: x[1])] },
  ReferenceFunction("digitize right") { x, _ in [digitize(x[0], bins: x[1], right: true)] },
  ReferenceFunction("nonzero", readsValues: true) { x, _ in x[0].nonzero() },
  ReferenceFunction("isClose") { x, _ in [isClose(x[0], x[1])] },
  ReferenceFunction("isClose equalNaN") { x, _ in [isClose(x[0], x[1], equalNaN: true)] },
  ReferenceFunction("allClose") { x, _ in [allClose(x[0], x[1])] },
  ReferenceFunction("multivariateLogGamma") { [multivariateLogGamma($0[0], dimension: $1.integer("dimension"))] },
]

/// The functions of the fixtures.
let referenceFunctions: [ReferenceFunction] =
  division + cumulative + QuantileInterpolation.allCases.flatMap(quantiles) + statistics + shapes + counting
