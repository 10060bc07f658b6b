import Foundation
import Jacobi
import Testing

/// Every control primitive inside every other one gives on the native engine what it gives on the reference engine: values,
/// gradients and Hessian-vector products; for a part of the pairs, second derivatives in all modes, and batches. With
/// `JACOBI_NESTED=all` that is for all pairs.
@Suite(.enabled(if: NativeEngine().availability.isAvailable)) struct NestedControlEngineTests {
  @Test(arguments: NestedControlTests.constructs, NestedControlTests.constructs)
  func enginesAgree(_ outer: NestedControlTests.Construct, _ inner: NestedControlTests.Construct) throws {
    let f = { (x: Tensor) in outer.control(inner.control { x in sin(x) * 0.7 + 0.1 })(x).sum() }
    let points: [Tensor] = [[0.3, -0.2, 0.5], [0.1, 0.15, -0.4]]
    let direction: Tensor = [1, 2, 3]
    let number = "\(outer) \(inner)".utf8.reduce(0) { $0 + Int($1) }
    let isWhole = number % 5 == 0 || ProcessInfo.processInfo.environment["JACOBI_NESTED"] == "all"
    let all = { (x: Tensor) -> [Tensor] in
      let first = [f(x), grad(f)(x), jvp(grad(f), at: x, along: direction).tangent]
      if !isWhole { return first }
      return first + [
        jvp(f, at: x, along: direction).tangent, grad { x in jvp(f, at: x, along: direction).tangent }(x),
        grad { x in (grad(f)(x) * direction).sum() }(x),
      ]
    }
    let batched = { (x: Tensor) -> [Tensor] in [vmap(f)(x), vmap(grad(f))(x), grad { x in vmap(f)(x).sum() }(x)] }
    let single = program(of: all, at: points[0])
    let executable = try NativeEngine().compile(single)
    for x in points {
      let arguments = [try x.hostValue()]
      try expectClose(executable.run(arguments), single.run(arguments), "at \(x)")
    }
    if !isWhole { return }
    let batch = [try Tensor.stacked(points).hostValue()]
    let several = program(of: batched, at: Tensor.stacked(points))
    try expectClose(several.run(batch, on: NativeEngine()), several.run(batch), "batch")
  }

  private func expectClose(_ actual: [HostTensor], _ expected: [HostTensor], _ what: String) {
    for (number, (x, y)) in zip(actual, expected).enumerated() {
      #expect(x.type == y.type)
      let (a, b) = (x.elements(as: Double.self), y.elements(as: Double.self))
      let size = b.reduce(1e-300) { max($0, abs($1)) }
      #expect(zip(a, b).allSatisfy { abs($0 - $1) <= 1e-12 * size }, "\(what), result \(number): \(a) is not \(b)")
    }
  }
}
