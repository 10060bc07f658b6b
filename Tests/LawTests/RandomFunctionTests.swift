import Foundation
import Jacobi
import JacobiTesting
import Testing

/// Random functions over the whole catalogue: forward mode against differences, reverse mode by the adjoint identity,
/// `vmap` against a loop.
///
/// `JACOBI_RANDOM_FUNCTIONS` sets how many, `JACOBI_RANDOM_SEED` the first seed; failures print the seed and the steps.
@Suite struct RandomFunctionTests {
  static let seeds: Range<UInt64> = {
    let environment = ProcessInfo.processInfo.environment
    let first = environment["JACOBI_RANDOM_SEED"].flatMap(UInt64.init) ?? 1
    return first..<(first + (environment["JACOBI_RANDOM_FUNCTIONS"].flatMap(UInt64.init) ?? 200))
  }()

  @Test(arguments: seeds) func derivativesAndBatches(seed: UInt64) throws {
    let function = try RandomFunction(seed: seed)
    let comment = Comment(rawValue: "\(function)")
    var random = CountingGenerator(seed: seed).split("point")
    let types = function.inputShapes.map { TensorType(.float64, $0) }
    let lanes = [try random.tensors(types), try random.tensors(types), try random.tensors(types)]
    let point = lanes[0]
    let f = { (x: [Tensor]) in function(x) }

    try catchingTensorErrors {
      // Forward mode.
      let direction = try random.direction(at: point)
      let (values, tangents) = jvp(f, at: point, along: direction)
      #expect(try Self.distance(values, f(point)) == 0, comment)
      let wide = try differences(f, at: point, along: direction, step: 1e-3)
      let narrow = try differences(f, at: point, along: direction, step: 1e-4)
      // Two steps that disagree show a kink nearby, where differences say nothing.
      if try Self.distance(wide, narrow) < 1e-8 {
        #expect(try Self.distance(tangents, narrow) < 1e-7, comment)
      }
      // Reverse mode.
      let cotangents = try random.tensors(values.map(\.type))
      let v = try random.tensors(types)
      let forward = try dotProduct(cotangents, jvp(f, at: point, along: v).tangent)
      let reverse = try dotProduct(vjp(f, at: point).pullback(cotangents), v)
      #expect(relativeError(forward.value - reverse.value, size: forward.size + reverse.size) < 1e-10, comment)
      // Batches of the function, and of its gradient.
      let batch = try LawExamples.stacked(lanes, types: types)
      let gradient = { (x: [Tensor]) in vjp(f, at: x).pullback(cotangents) }
      for function in [f, gradient] {
        let loop = lanes.map(function)
        let expected = try LawExamples.stacked(loop, types: loop[0].map(\.type))
        #expect(try Self.distance(vmap(function)(batch), expected) < 1e-10, comment)
      }
    }
  }

  /// Differences can be compared with for most functions, and nearly all primitives take part; or the test above would say
  /// little.
  @Test func mostFunctionsAreSmooth() throws {
    var smooth = 0
    var primitives: Set<String> = []
    for seed in UInt64(1)...200 {
      let function = try RandomFunction(seed: seed)
      primitives.formUnion(function.primitiveNames)
      var random = CountingGenerator(seed: seed).split("point")
      let point = try random.tensors(function.inputShapes.map { TensorType(.float64, $0) })
      let direction = try random.direction(at: point)
      let f = { (x: [Tensor]) in function(x) }
      let wide = try differences(f, at: point, along: direction, step: 1e-3)
      if try Self.distance(wide, try differences(f, at: point, along: direction, step: 1e-4)) < 1e-8 { smooth += 1 }
    }
    #expect(smooth >= 160 && primitives.count >= 50, "\(smooth) smooth, \(primitives.count) primitives")
  }

  /// The largest relative difference between two lists of tensors; each is measured by its own size.
  private static func distance(_ a: [Tensor], _ b: [Tensor]) throws -> Double {
    guard a.map(\.type) == b.map(\.type) else { return .infinity }
    var largest = 0.0
    for (a, b) in zip(a, b) {
      let (x, y) = (try a.coordinates(), try b.coordinates())
      let size = (x + y).reduce(1e-2) { max($0, $1.magnitude) }
      for (x, y) in zip(x, y) where x != y { largest = max(largest, relativeError(x - y, size: size)) }
    }
    return largest
  }
}
