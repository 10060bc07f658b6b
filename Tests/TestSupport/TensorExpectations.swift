import Jacobi
import Testing

/// The talk's running example.
package func talk(_ x: Tensor) -> Tensor { log(x[0]) + x[0] * x[1] - sin(x[1]) }

/// Whether two tensors have one type and equal numbers up to rounding.
package func expectClose(
  _ actual: Tensor, _ expected: Tensor, tolerance: Double = 1e-12,
  sourceLocation: Testing.SourceLocation = #_sourceLocation
) {
  #expect(actual.type == expected.type, sourceLocation: sourceLocation)
  let (a, b) = (actual.scalars(as: Double.self), expected.scalars(as: Double.self))
  for (x, y) in zip(a, b) where !(abs(x - y) <= tolerance * max(1, abs(y))) && !(x.isNaN && y.isNaN) && x != y {
    Issue.record("\(a) is not \(b)", sourceLocation: sourceLocation)
    return
  }
}

/// The message of the first error in a scope.
package func message(_ body: () -> Void) -> String {
  do {
    try catchingTensorErrors(body)
    return "no error"
  } catch let error as TensorError {
    return "\(error.operation): \(error.message)" + (error.hint.map { " | " + $0 } ?? "")
  } catch {
    return "\(error)"
  }
}
