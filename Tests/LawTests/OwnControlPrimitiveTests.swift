import Jacobi
import JacobiTesting
import Testing

/// What transforms and analyses know of control primitives they know from ports: one that is defined here is treated like
/// those of the library.
@Suite struct OwnControlPrimitiveTests {
  /// The step of a recursion w, x -> sin(w x).
  private static func iterated(_ w: Tensor, _ x: Tensor, count: Int = 3) -> Tensor {
    let step = program(of: { (x: [Tensor]) in [sin(x[0] * x[1])] }, at: [Tensor([0.5, 1.5]), Tensor([1.0, 2.0])])
    return Iterated(step: Subprogram(step), count: count).bind([x, w])[0]
  }

  private static func expected(_ w: Tensor, _ x: Tensor, count: Int = 3) -> Tensor {
    var x = x
    for _ in 0..<count { x = sin(w * x) }
    return x
  }

  private let w: Tensor = [0.5, 1.5]
  private let x: Tensor = [0.25, 2]

  private func isClose(_ a: Tensor, _ b: Tensor) -> Bool { Bool((abs(a - b) .<= 1e-12).all()) }

  @Test func itPassesAllLaws() {
    let report = checkLaws(of: [Iterated.self])
    #expect(report.isPassed, "\(report)")
  }

  @Test func itPassesAllLawsOnEngines() {
    let report = checkLaws(of: [Iterated.self], laws: [EngineLaw(EngineRegistry.preferred)])
    #expect(report.isPassed, "\(report)")
  }

  @Test func derivativesOfSecondOrder() {
    let hessian = hessian { x in Self.iterated(w, x).sum() }(x)
    #expect(isClose(hessian, Jacobi.hessian { x in Self.expected(w, x).sum() }(x)))
    let mixed = jacobian { w in grad { x in Self.iterated(w, x).sum() }(x) }(w)
    #expect(isClose(mixed, jacobian { w in grad { x in Self.expected(w, x).sum() }(x) }(w)))
  }

  @Test func compiledBatchedAndCheckpointed() {
    let gradient = grad { (x: Tensor) in Self.expected(w, x).sum() }(x)
    #expect(isClose(jit(grad { x in Self.iterated(w, x).sum() })(x), gradient))
    #expect(isClose(grad { x in checkpoint { x in Self.iterated(w, x).sum() }(x) }(x), gradient))
    let keeping = checkpoint(
      { x in Jacobi.named(Self.iterated(w, exp(x)), "last").sum() }, keeping: .named(["last"]))
    #expect(isClose(grad(keeping)(x), grad { x in Self.expected(w, exp(x)).sum() }(x)))
    let batch = Tensor.stacked([x, x + 1])
    let batched = vmap(grad { x in Self.iterated(w, x).sum() })(batch)
    #expect(isClose(batched, Tensor.stacked([gradient, grad { x in Self.expected(w, x).sum() }(x + 1)])))
  }

  @Test func insideALoop() {
    func loop(_ function: @escaping (Tensor, Tensor) -> Tensor) -> (Tensor) -> Tensor {
      { w in
        scan({ x, a in (function(w, x) * a, function(w, w).sum()) }, Tensor([0.25, 2]), over: [1, 2, 3]).state.sum()
      }
    }
    let (own, other) = (loop { Self.iterated($0, $1) }, loop { Self.expected($0, $1) })
    #expect(isClose(grad(own)(w), grad(other)(w)))
    #expect(isClose(jit(grad(own))(w), grad(other)(w)))
  }

  /// A state that no active operand reaches has no derivative, so that nothing is kept for it.
  @Test func activityIsKnownFromPorts() {
    let report = residuals(of: { (x: Tensor) in Self.iterated(stopGradient(x), [1, 2]) }, at: x)
    #expect(report.residuals.isEmpty)
  }

  /// Under a batch the branch runs for all examples; an index out of range is an error only for those that chose it.
  @Test func failuresOfExamplesThatDidNotChooseIt() throws {
    let table: Tensor = [10, 20, 30]
    let step = program(
      of: { (x: [Tensor]) in [x[1] + table.take(x[0].asType(.int64))] }, at: [Tensor(1.0), Tensor(0.0)])
    let iterated = Iterated(step: Subprogram(step), count: 2)
    func chosen(_ x: Tensor) -> Tensor {
      cond(x .< 3) {
        iterated.bind([Tensor(0.5).lifted(beside: x), x])[0]
      } else: {
        x
      }
    }
    #expect(
      try catchingTensorErrors { vmap(chosen)([0, 7, 2, 1e30]) }.scalars(as: Double.self) == [20.5, 7, 60.5, 1e30])
    #expect(throws: TensorError.self) { try catchingTensorErrors { vmap(chosen)([0, -9]) } }
  }
}
