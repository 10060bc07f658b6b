import Jacobi
import TestSupport
import Testing

/// Functions outside; the references are the same functions as operations.
@Suite struct PureCallbackTests {
  private struct Refused: Error {}

  /// exp, computed outside.
  private static let exponential = pureCallback(name: "exponential") { x in
    try HostTensor(x.shape, x.elements(as: Double.self).map { Double(exp(Tensor($0))) })
  }

  @Test func valuesAndBatches() {
    let f = Self.exponential
    expectClose(f(0.5), exp(Tensor(0.5)))
    let batch = Tensor([[0.1, 0.2], [0.3, 0.4], [0.5, 0.6]])
    expectClose(vmap(f)(batch), exp(batch))
    expectClose(vmap(f, axis: 1, resultAxis: 1)(batch), exp(batch))
    expectClose(vmap(vmap(f))(batch), exp(batch))
    let sums = pureCallback(name: "sums", resultTypes: [TensorType(.float64, []), TensorType(.int64, [])]) { inputs in
      let total = inputs[0].elements(as: Double.self).reduce(0, +) + inputs[1].elements(as: Double.self).reduce(0, +)
      return [try HostTensor([], [total]), try HostTensor([], [Int64(inputs[0].shape.count)])]
    }
    // One input is the same for all examples; it runs for each of them.
    let results = vmap { (x: Tensor) in sums([x, [10, 20]]) }(batch)
    expectClose(results[0], Tensor([30.3, 30.7, 31.1]))
    #expect(results[1].scalars(as: Int64.self) == [2, 2, 2])
  }

  @Test func itRunsOncePerExample() {
    let calls = Lock(0)
    let f = pureCallback(name: "counted") { x in
      calls.withLock { $0 += 1 }
      return x
    }
    _ = vmap(f)([1, 2, 3, 4])
    #expect(calls.withLock { $0 } == 4)
  }

  @Test func withARuleItHasAllDerivatives() {
    let f = customJVP(Self.exponential) { x, dx in
      let y = Self.exponential(x)
      return (y, y * dx)
    }
    let x = Tensor(0.5)
    for derivative in [grad(f), grad(grad(f)), grad(grad(grad(f)))] { expectClose(derivative(x), exp(x)) }
    expectClose(jvp(grad(f), at: x, along: 2).tangent, 2 * exp(x))
    expectClose(vmap(grad(f))([0.5, 0.7]), exp(Tensor([0.5, 0.7])))
    expectClose(hessian { f($0).sum() }([0.5, 0.7]), Tensor([[1.0, 0.0], [0.0, 1.0]]) * exp(Tensor([0.5, 0.7])))
    let g = customVJP(Self.exponential, { x in (Self.exponential(x), Self.exponential(x)) }) { y, ct in y * ct }
    for derivative in [grad(g), grad(grad(g)), grad(grad(grad(g)))] { expectClose(derivative(x), exp(x)) }
    expectClose(jvp(g, at: x, along: 2).tangent, 2 * exp(x))
    let looped = grad { x in scan({ h, a in (f(h) * a, h) }, x, over: [0.3, 0.2]).state }
    expectClose(looped(x), grad { x in exp(exp(x) * 0.3) * 0.2 }(x))
    expectClose(
      grad {
        cond($0 .> 0) {
          f(x)
        } else: {
          x
        }
      }(x), Tensor(0.0))
  }

  @Test func withoutARuleADerivativeIsAnError() {
    let f = Self.exponential
    for text in [
      message { _ = grad(f)(0.5) }, message { _ = jvp(f, at: 0.5, along: 1) }, message { _ = vmap(grad(f))([0.5]) },
      message { _ = grad { x in scan({ h, a in (f(h), a) }, x, over: [1.0]).state }(0.5) },
    ] {
      #expect(text.contains("exponential is a function outside, which has no derivative"), "\(text)")
      #expect(text.contains("customJVP(f) { x, dx in"), "\(text)")
    }
    // Where nothing flows through it, there is nothing to say.
    expectClose(grad { x in x * f(stopGradient(x)) }(0.5), exp(Tensor(0.5)))
    expectClose(grad { x in x * f(2) }(0.5), exp(Tensor(2.0)))
    expectClose(grad { x in x * stopGradient(f(x)) }(0.5), exp(Tensor(0.5)))
    let ints = pureCallback(name: "sign", resultTypes: [TensorType(.int64, [])]) { inputs in
      [try HostTensor([], [Int64(inputs[0].elements(as: Double.self)[0] < 0 ? -1 : 1)])]
    }
    expectClose(grad { x in x * ints([x])[0].asType(.float64) }(-0.5), Tensor(-1.0))
  }

  @Test func wrongResultsAndErrors() {
    let wrong = pureCallback(name: "wrong") { x in try HostTensor([2], [1.0, 2.0]) }
    #expect(message { _ = wrong(1) }.contains("wrong gave results of types [float64[2]]; [float64[]] were declared"))
    let failing = pureCallback(name: "failing") { _ in throw Refused() }
    #expect(message { _ = failing(1) }.contains("failing threw an error: Refused()"))
    #expect(message { _ = vmap(failing)([1, 2]) }.contains("failing threw an error"))
    let many = pureCallback(name: "many", resultTypes: [TensorType(.float64, []), TensorType(.float64, [])]) { $0 }
    #expect(message { _ = many([1])[1] }.contains("were declared"))
  }

  @Test func programText() throws {
    let f = Self.exponential
    let printed = program(of: { x in 2 * f(x) }, at: [1, 2])
    #expect(printed.text.contains("operandTypes=[\"float64[2]\"], resultTypes=[\"float64[2]\"]] a"), "\(printed)")
    #expect(printed.text.contains("callback[function=\"exponential#"), "\(printed)")
    let read = try Program(parsing: printed.text, primitives: PrimitiveCatalog.primitive(named:))
    #expect(read == printed)
    expectClose(read(Tensor([1.0, 2.0]))[0], 2 * exp(Tensor([1.0, 2.0])))
    for (old, new) in [("exponential#", "exponential#7"), ("float64[2]\"]", "float65[2]\"]"), ("float64[2]\"]", "\"]")]
    {
      let text = printed.text.replacing(old, with: new)
      #expect(throws: TensorError.self) {
        try Program(parsing: text, primitives: PrimitiveCatalog.primitive(named:))
      }
    }
    do {
      let text = printed.text.replacing("exponential#", with: "other#")
      _ = try Program(parsing: text, primitives: PrimitiveCatalog.primitive(named:))
    } catch {
      #expect(error.message.contains("is not in this process"), "\(error)")
    }
  }

  /// Found by the attack: the catalogue's sample stopped the process where the numbers overflow.
  @Test func theSampleWrapsAround() throws {
    let sample = try #require(Callback.samples.first)
    let x = Tensor([.min, .max, 1] as [Int64])
    #expect(sample.primitive.bind([x, x])[0].scalars(as: Int64.self) == [.min, -.max, -1])
  }
}
