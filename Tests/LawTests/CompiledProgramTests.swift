import Jacobi
import JacobiTesting
import Testing

/// jit(f) = f, bit for bit; jit(grad f) = grad f, bit for bit; grad(jit f) = grad f, up to the order of sums. Each compiled
/// function is called twice: when it is traced, and when its program runs.
@Suite struct CompiledProgramTests {
  @Test(arguments: SmallProgram.all) func smallPrograms(_ program: SmallProgram) throws {
    let f = program.function
    let scalar = { (x: Tensor) in f(x).sum() }
    let compiled = (jit(f), jit(grad(scalar)), jit(scalar))
    for _ in 0..<2 {
      for point in [program.point, 0.9 * program.point] {
        #expect(try compiled.0(point).hostValue() == f(point).hostValue())
        #expect(try compiled.1(point).hostValue() == grad(scalar)(point).hostValue())
        let (a, b) = (try grad(compiled.2)(point).coordinates(), try grad(scalar)(point).coordinates())
        let size = b.reduce(1) { max($0, $1.magnitude) }
        for (a, b) in zip(a, b) { #expect(relativeError(a - b, size: size) < 1e-12) }
        #expect(a.count == b.count)
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
    let compiled = jit(f)
    let (inside, outside) = (jit(gradient), { (x: [Tensor]) in vjp(compiled, at: x).pullback(cotangents) })
    try catchingTensorErrors {
      for _ in 0..<2 {
        let point = try random.tensors(types)
        for (a, b) in zip(compiled(point), f(point)) { #expect(try a.hostValue() == b.hostValue(), comment) }
        let expected = gradient(point)
        for (a, b) in zip(inside(point), expected) { #expect(try a.hostValue() == b.hostValue(), comment) }
        for (a, b) in zip(outside(point), expected) {
          let (x, y) = (try a.coordinates(), try b.coordinates())
          let size = (x + y).reduce(1e-2) { max($0, $1.magnitude) }
          for (x, y) in zip(x, y) where x != y { #expect(relativeError(x - y, size: size) < 1e-10, comment) }
        }
      }
    }
  }
}
