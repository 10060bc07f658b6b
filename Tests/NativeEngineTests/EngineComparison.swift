import Jacobi
import JacobiTesting
import NativeEngine
import Testing

/// States that the native engine gives for a program what the reference engine gives: up to a rounding relative to the
/// largest number of each result, or bit for bit where the tolerance is 0.
func expectAgreement(
  _ program: Program, _ arguments: [HostTensor], tolerance: Double = 1e-13,
  on engine: NativeEngine = NativeEngine(), _ comment: String = "", sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let expected = try program.run(arguments)
  let actual = try program.run(arguments, on: engine)
  #expect(actual.map(\.type) == expected.map(\.type), sourceLocation: sourceLocation)
  for (a, b) in zip(actual, expected) {
    if tolerance == 0 {
      #expect(a == b, "\(comment)\n\(program)", sourceLocation: sourceLocation)
      continue
    }
    let (x, y) = (try Tensor(a).coordinates(), try Tensor(b).coordinates())
    let size = y.reduce(1e-300) { max($0, $1.isFinite ? $1.magnitude : 0) }
    let differing = zip(x, y).filter { x, y in
      !(x == y || (x.isNaN && y.isNaN) || abs(x - y) <= tolerance * size)
    }
    #expect(
      differing.isEmpty, "\(comment) \(differing.first.map { "\($0)" } ?? "") in\n\(program)",
      sourceLocation: sourceLocation)
  }
}

/// The same for a function at a point.
func expectAgreement(
  _ f: @escaping ([Tensor]) -> [Tensor], at point: [Tensor], tolerance: Double = 1e-13,
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  try expectAgreement(
    program(of: f, at: point), point.map { try $0.hostValue() }, tolerance: tolerance, sourceLocation: sourceLocation)
}

/// What running a program says on the native and on the reference engine; "nothing" where it does not fail.
func failures(of program: Program, _ arguments: [HostTensor]) -> [String] {
  [NativeEngine() as any Engine, ReferenceEngine()].map { engine in
    do throws(TensorError) {
      _ = try engine.compile(program).run(arguments)
      return "nothing"
    } catch { return "\(error)" }
  }
}
