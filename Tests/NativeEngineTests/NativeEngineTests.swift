import Jacobi
import JacobiTesting
import NativeEngine
import Testing

@Suite struct NativeEngineTests {
  @Test func talk() throws {
    let f: (Tensor) -> Tensor = { x in log(x[0]) + x[0] * x[1] - sin(x[1]) }
    let program = program(of: f, at: [2, 5])
    let engine = NativeEngine()
    print(engine.availability)
    let (written, optimized) = try engine.assembly(of: program)
    print(written)
    print(optimized)
    let x = try HostTensor([2], [2.0, 5.0])
    print(try program.run([x], on: engine), try program.run([x]))
  }
}
