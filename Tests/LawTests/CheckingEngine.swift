import Jacobi
import JacobiTesting
import NativeEngine
import Testing

/// The native engine where there is one, beside which the reference engine runs each program: where they differ beyond rounding, the test
/// that uses it fails with the program.
struct CheckingEngine: Engine {
  var id: EngineID { EngineID("checking") }
  var availability: EngineAvailability { .available("the native engine, checked") }

  func compile(_ program: Program) throws(TensorError) -> any Executable {
    let reference = try ReferenceEngine().compile(program)
    let native = NativeEngine().availability.isAvailable ? try NativeEngine().compile(program) : reference
    return CheckingExecutable(program: program, native: native, reference: reference)
  }
}

private struct CheckingExecutable: Executable {
  let program: Program
  let native: any Executable
  let reference: any Executable

  func run(_ arguments: [HostTensor]) throws(TensorError) -> [HostTensor] {
    let expected = try reference.run(arguments)
    let actual = try native.run(arguments)
    do {
      for (index, (a, b)) in zip(actual, expected).enumerated() {
        let (x, y) = (try Tensor(a).coordinates(), try Tensor(b).coordinates())
        let size = y.reduce(1e-2) { $1.isFinite ? max($0, $1.magnitude) : $0 }
        for (place, (x, y)) in zip(x, y).enumerated() where x != y && !(x.isNaN && y.isNaN) {
          if relativeError(x - y, size: size) > 1e-10 {
            Issue.record("result \(index), number \(place) is \(x), not \(y), for \(arguments) in\n\(program)")
            return actual
          }
        }
      }
    } catch {
      Issue.record(error)
    }
    return actual
  }
}
