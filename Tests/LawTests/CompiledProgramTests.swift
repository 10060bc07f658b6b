import Jacobi
import JacobiTesting
import Testing

/// jit(f) = f and jit(grad f) = grad f, bit for bit on the reference engine and to rounding on the native one, each of
/// whose programs is also compared with the reference engine's; grad(jit f) = grad f, to rounding. Each compiled function
/// is called twice: when it is traced, and when its program runs.
@Suite struct CompiledProgramTests {
  @Test(arguments: SmallProgram.all) func smallPrograms(_ program: SmallProgram) throws {
    let f = program.function
    let scalar = { (x: Tensor) in f(x).sum() }
    for engine in [ReferenceEngine(), CheckingEngine()] as [any Engine] {
      let compiled = (jit(f, engine: engine), jit(grad(scalar), engine: engine), jit(scalar, engine: engine))
      for _ in 0..<2 {
        for point in [program.point, 0.9 * program.point] {
          try expectEqual([compiled.0(point)], [f(point)], isExact: engine is ReferenceEngine)
          try expectEqual([compiled.1(point)], [grad(scalar)(point)], isExact: engine is ReferenceEngine)
          try expectEqual([grad(compiled.2)(point)], [grad(scalar)(point)], isExact: false)
        }
      }
    }
  }

  @Test(arguments: RandomFunctionTests.seeds) func randomFunctions(seed: UInt64) throws {
    let function = try RandomFunction(seed: seed)
    let comment = Comment(rawValue: "\(function)")
    var random = CountingGenerator(seed: seed).split("compiled")
    let types = function.inputShapes.map { TensorType(.float64, $0) }
    let f = { (x: [Tensor]) in function(x) }
    let cotangents = try random.tensors(f(try random.tensors(types)).map(\.type))
    let gradient = { (x: [Tensor]) in vjp(f, at: x).pullback(cotangents) }
    for engine in [ReferenceEngine(), CheckingEngine()] as [any Engine] {
      let isExact = engine is ReferenceEngine
      // Recording is the same for both; one of them has fewer functions.
      if isExact && seed % 4 != 0 { continue }
      let compiled = jit(f, engine: engine)
      let (inside, outside) = (
        jit(gradient, engine: engine), { (x: [Tensor]) in vjp(compiled, at: x).pullback(cotangents) }
      )
      try catchingTensorErrors {
        for _ in 0..<2 {
          let point = try random.tensors(types)
          try expectEqual(compiled(point), f(point), isExact: isExact, comment)
          try expectEqual(inside(point), gradient(point), isExact: isExact, comment)
          try expectEqual(outside(point), gradient(point), isExact: false, comment)
        }
      }
    }
  }

  private func expectEqual(_ actual: [Tensor], _ expected: [Tensor], isExact: Bool, _ comment: Comment? = nil) throws {
    #expect(actual.map(\.type) == expected.map(\.type), comment)
    for (a, b) in zip(actual, expected) {
      if isExact {
        #expect(try a.hostValue() == b.hostValue(), comment)
        continue
      }
      let (x, y) = (try a.coordinates(), try b.coordinates())
      let size = (x + y).reduce(1e-2) { max($0, $1.magnitude) }
      for (x, y) in zip(x, y) where x != y { #expect(relativeError(x - y, size: size) < 1e-10, comment) }
    }
  }
}
