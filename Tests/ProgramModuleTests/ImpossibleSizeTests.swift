import Jacobi
import Testing

/// Sizes that no tensor can have are errors wherever they come in, and never reach an engine.
@Suite struct ImpossibleSizeTests {
  private func problem(_ body: () throws -> Void) -> TensorError? {
    do {
      try catchingTensorErrors(body)
      return nil
    } catch {
      return error as? TensorError
    }
  }

  @Test func programText() {
    for (size, words) in [
      ("9223372036854775807", "larger than any memory"), ("140737488355329", "larger than any memory"),
    ] {
      let text = """
        program p(a: float64[0]) -> float64[\(size)] {
          b: float64[\(size)] = broadcast(shape=[\(size)], axes=[0]) a
          return b
        }
        """
      let error = problem { _ = try Program(parsing: text, primitives: PrimitiveCatalog.primitive(named:)) }
      #expect(error != nil, "\(size) \(words)")
    }
  }

  @Test func builtPrograms() {
    for (size, words) in [
      (-4, "has a negative size"), (Int.max, "larger than any memory"), (1 << 47, "larger than any memory"),
    ] {
      let error = problem {
        var builder = ProgramBuilder(name: "p")
        let x = builder.input(TensorType(.float64, [size]))
        try builder.finish([x]).verify()
      }
      #expect(error?.message.contains(words) == true, "\(String(describing: error))")
    }
  }

  @Test func callbacks() {
    let wrong = pureCallback(name: "wrong", resultTypes: [TensorType(.float64, [-3])]) { $0 }
    #expect(problem { _ = wrong([Tensor(1.0)]) }?.message.contains("negative size") == true)
    #expect(
      problem { _ = scan({ s, x in (s + wrong([x])[0].sum(), x) }, Tensor(0.0), over: Tensor([1.0, 2])) } != nil)
    #expect(problem { _ = jit { (x: Tensor) in wrong([x])[0] }(Tensor(1.0)) } != nil)
  }
}
