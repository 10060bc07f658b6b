import Jacobi
import JacobiTesting
import Testing

@testable import NativeEngine

/// Where functions of several numbers at once come from.
@Suite(.enabled(if: NativeEngine().availability.isAvailable))
struct VectorMathTests {
  /// A loop over several vectors and a remainder.
  private static func loop() throws -> (program: Program, argument: HostTensor) {
    let values = (0..<67).map { Double($0) / 16 - 2 }
    let argument = Tensor(values)
    return (try program(of: { (x: [Tensor]) in [sin(x[0])] }, at: [argument]), try argument.hostValue())
  }

  @Test("Without vector functions the code calls the C library, with the host's bits")
  func none() throws {
    let (program, argument) = try Self.loop()
    let engine = NativeEngine(vectorMath: VectorMath.none)
    let written = try engine.assembly(of: program).written
    #expect(!written.contains("_ZGV"))
    #expect(written.contains("@sin("))
    #expect(try program.run([argument], on: engine) == program.run([argument]))
  }

  #if os(Linux) && arch(x86_64)
    @Test(
      "With libmvec the code calls its functions",
      .enabled(if: DynamicLibrary(firstOf: ["libmvec.so.1"]) != nil))
    func libmvec() throws {
      let (program, _) = try Self.loop()
      #expect(try NativeEngine(vectorMath: .libmvec).assembly(of: program).written.contains("_ZGV"))
    }
  #endif

  @Test("The environment's word is understood or refused")
  func names() throws {
    #expect(try VectorMath.named(nil) == .libmvec)
    #expect(try VectorMath.named("none") == VectorMath.none)
    #expect(try VectorMath.named("libmvec") == .libmvec)
    let error = #expect(throws: TensorError.self) { try VectorMath.named("fast") }
    #expect(error?.description.contains("JACOBI_VECTOR_MATH is libmvec or none, not \"fast\"") == true)
  }
}
