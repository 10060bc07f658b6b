import Jacobi
import JacobiTesting
import NativeEngine
import RandomPrograms
import Testing

/// Random programs give on the native engine what they give on the reference engine.
@Suite(.enabled(if: NativeEngine().availability.isAvailable)) struct RandomProgramTests {
  @Test func agree() throws {
    for seed in 0..<300 as Range<UInt64> {
      let program = try randomProgram(seed: seed)
      let arguments = try randomArguments(for: program, seed: seed)
      let expected = try program.run(arguments)
      let actual = try program.run(arguments, on: NativeEngine())
      for (a, b) in zip(actual, expected) {
        #expect(a.type == b.type)
        let (x, y) = (a.elements(as: Double.self), b.elements(as: Double.self))
        let size = y.reduce(1e-300) { max($0, $1.isFinite ? $1.magnitude : 0) }
        for (p, q) in zip(x, y) where !(p == q || (p.isNaN && q.isNaN)) {
          #expect(abs(p - q) <= 1e-9 * size, "seed \(seed):\n\(program)")
        }
      }
    }
  }
}
