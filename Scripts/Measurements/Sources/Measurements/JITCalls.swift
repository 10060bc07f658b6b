import Jacobi

/// Gives the same for every program, so that what is left is the call.
private struct TrivialEngine: Engine, Executable {
  let result: HostTensor
  var id: EngineID { EngineID("trivial") }
  var availability: EngineAvailability { .available("") }
  func compile(_ program: Program) throws(TensorError) -> any Executable { self }
  func run(_ arguments: [HostTensor]) throws(TensorError) -> [HostTensor] { [result] }
  func run(_ argument: HostTensor) throws(TensorError) -> HostTensor { result }
}

/// Prints the numbers of Documentation/Decisions/0009-guards.md.
func measureJITCalls() {
  func f(_ x: Tensor) -> Tensor { log(x[0]) + x[0] * x[1] - sin(x[1]) }
  let x: Tensor = [2, 5]
  func thousand(_ name: String, _ body: () -> Void) {
    measure("\(name), 1000 times", runs: 51) { for _ in 0..<1000 { body() } }
  }
  if let result = try? HostTensor([2], [1.0, 2.0]) {
    let engine = TrivialEngine(result: result)
    let one = jit(grad(f), engine: engine)
    thousand("jit(grad(f)) where nothing is computed") { _ = one(x) }
    let two = jit({ (x: Tensor, y: Tensor) in grad(f)(x) + y }, engine: engine)
    thousand("jit of two arguments where nothing is computed") { _ = two(x, x) }
    let tree = jit({ (x: [Tensor]) in [grad(f)(x[0])] }, engine: engine)
    thousand("jit of an array where nothing is computed") { _ = tree([x]) }
  }
  let compiled = jit(grad(f))
  thousand("jit(grad(f))") { _ = compiled(x) }
  thousand("grad(f)") { _ = grad(f)(x) }
  let function = jit(f)
  thousand("grad(jit(f))") { _ = grad(function)(x) }
  let guarded = jit { x in Bool(x[0] .> 0) ? x * 2 : x }
  thousand("jit with one guard") { _ = guarded(x) }
  measure("tracing and compiling jit(grad(f))", runs: 1001) { _ = jit(grad(f))(x) }
}
