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
      try expectAgreement(program, arguments, tolerance: 1e-9)
    }
  }
}
