import Jacobi
import TestSupport
import Testing

/// A function through control primitives against the same in Swift's own loops and branches.
@Suite struct ScanTests {
  private let w: Tensor = [0.3, -0.7, 1.1]
  private let xs: Tensor = Tensor([0.5, -0.2, 0.9, 0.1])

  private func scanned(_ w: Tensor, _ checkpoint: LoopCheckpointing? = nil) -> Tensor {
    let (state, results) = scan(
      { (h: Tensor, x: Tensor) in
        let next = sin(h * w) + x * cos(w).sum()
        return (next, next.sum() * x)
      }, w * w, over: xs * w[0], checkpoint: checkpoint)
    return (state * w).sum() + (results * results).sum()
  }

  private func unrolled(_ w: Tensor) -> Tensor {
    var h = w * w
    var total: Tensor = 0
    for index in 0..<4 {
      let x = xs[index] * w[0]
      h = sin(h * w) + x * cos(w).sum()
      let y = h.sum() * x
      total = total + y * y
    }
    return (h * w).sum() + total
  }

  @Test(arguments: [
    LoopCheckpointing?.none, .every(1), .every(3), .binomial(slots: 1), .binomial(slots: 2), .budget(bytes: 30),
  ])
  func derivativesAreThoseOfTheLoop(_ checkpoint: LoopCheckpointing?) {
    let f = { (w: Tensor) in scanned(w, checkpoint) }
    expectClose(f(w), unrolled(w))
    expectClose(grad(f)(w), grad(unrolled)(w))
    expectClose(jvp(f, at: w, along: [1, 2, 3]).tangent, jvp(unrolled, at: w, along: [1, 2, 3]).tangent)
    expectClose(hessian(f)(w), hessian(unrolled)(w))
    expectClose(jacobian(grad(f), mode: .reverse)(w), hessian(unrolled)(w))
    expectClose(jacobian(jacobian(f, mode: .forward), mode: .forward)(w), hessian(unrolled)(w))
    expectClose(
      grad { w in hessian(f)(w).sum() }(w), grad { w in hessian(unrolled)(w).sum() }(w))
    let batch = Tensor([[0.1, 0.2, 0.3], [1, 2, 3]])
    expectClose(vmap(grad(f))(batch), vmap(grad(unrolled))(batch))
    expectClose(grad { vmap(f)($0).sum() }(batch), grad { vmap(unrolled)($0).sum() }(batch))
  }

  @Test func reverseGoesFromTheLastSlice() {
    let (state, results) = scan({ (s: Tensor, x: Tensor) in (s * 2 + x, s) }, 0, over: [1, 2, 3], reverse: true)
    expectClose(state, Tensor(17.0))
    expectClose(results, [8, 3, 0])
  }

  @Test func stateAndElementsMayBeTrees() {
    let step = { (s: [String: Tensor], x: [Tensor]) -> ([String: Tensor], [Tensor]) in
      let (a, b) = (s["a"]!, s["b"]!)
      return (["a": a + x[0], "b": b * x[1].sum()], [a, x[1] * 2])
    }
    let elements = [Tensor([1.0, 2]), Tensor([[1.0, 1], [2, 3]])]
    let (state, results) = scan(step, ["a": 0, "b": 1], over: elements)
    expectClose(state["a"]!, Tensor(3.0))
    expectClose(state["b"]!, Tensor(10.0))
    expectClose(results[0], [0, 1])
    expectClose(results[1], Tensor([[2.0, 2], [4, 6]]))
  }

  @Test func noStepsGiveTheInitialState() {
    let xs = Tensor.zeros([0])
    let f = { (a: Tensor) in scan({ (s: Tensor, x: Tensor) in (s * x, s) }, a, over: xs).state }
    expectClose(f(Tensor(3.0)), Tensor(3.0))
    expectClose(grad(f)(Tensor(3.0)), Tensor(1.0))
    #expect(scan({ (s: Tensor, x: Tensor) in (s * x, s) }, 1, over: xs).results.shape == [0])
  }

  @Test func literalsAdoptTheElementType() {
    let xs = Tensor([Float(1), 2, 3])
    let (state, results) = scan({ (s: Tensor, x: Tensor) in (s + x, s) }, 0, over: xs)
    #expect(state.dtype == .float32)
    #expect(results.dtype == .float32)
    let (count, _) = scan({ (s: Tensor) in (s + 1, s) }, Tensor(Int64(0)), length: 5)
    #expect(Int(count) == 5)
  }

  @Test func whatIsTheSameInEveryStepIsComputedOnce() {
    let f = { (w: Tensor) in
      scan({ (h: Tensor) in (h * sin(exp(w)), h) }, Tensor(1.0), length: 10).state
    }
    let text = program(of: f, at: Tensor(0.3)).text
    // The exponential stands in the function, not in the step, whose only equation is the product.
    let step = text.split(separator: "program f", omittingEmptySubsequences: false).first.map(String.init) ?? ""
    #expect(!step.contains("exp") && !step.contains("sin"), "\(text)")
    let gradient = program(of: grad(f), at: Tensor(0.3)).text
    let steps = gradient.split(separator: "program f", omittingEmptySubsequences: false).first.map(String.init) ?? ""
    #expect(!steps.contains("exp") && !steps.contains("cos"), "\(gradient)")
  }

  @Test func mistakesSayWhatToWrite() {
    #expect(
      message { _ = scan({ (s: Tensor, x: Tensor) in (s * x, s) }, 1, over: Tensor([[1.0, 2]])) }
        .contains("begin with the shape that a step gives"))
    #expect(message { _ = scan({ (s: Tensor, x: Tensor) in (s, x) }, 1, over: Tensor(2.0)) }.contains("is a scalar"))
    #expect(
      message { _ = scan({ (s: Tensor, x: [Tensor]) in (s, x) }, 1, over: [[1, 2], [1, 2, 3]]) }
        .contains("has 3 slices"))
    #expect(
      message { _ = scan({ (s: Tensor, x: Tensor) in (Double(s) > 0 ? s : x, s) }, 1, over: [1, 2]) }
        .contains("choose with cond or where"))
    #expect(message { _ = scan({ (s: [Tensor], x: Tensor) in ([], x) }, [1], over: [1, 2]) }.contains("structure"))
    #expect(message { _ = scan({ (s: Tensor) in (s, s) }, 1, length: -1) }.contains("must not be negative"))
    #expect(
      message { _ = scan({ (s: Tensor) in (s, s) }, 1, length: 2, checkpoint: .every(0)) }
        .contains("give a positive number"))
  }
}

/// Loops that cannot be held in memory, and what was invalid before.
@Suite struct LoopLimitTests {
  @Test func lengthsThatCannotBeHeldAreErrors() {
    let endless = { (length: Int) in scan({ (s: Tensor) in (s + 1, s) }, 0, length: length) }
    #expect(message { _ = endless(1 << 50) }.contains("bytes"))
    #expect(message { _ = endless(.max) }.contains("bytes"))
  }

  @Test func whatWasInvalidBeforeIsAnError() {
    var invalid: Tensor = 0
    _ = message { invalid = Tensor([1.0, 2]) + Tensor([1.0, 2, 3]) }
    #expect(
      message {
        _ = cond(Tensor(1.0) .> 0) {
          invalid
        } else: {
          0
        }
      }.contains("failed"))
    #expect(message { _ = scan({ (s: Tensor, x: Tensor) in (s + x, invalid) }, 0, over: [1, 2]) }.contains("failed"))
    #expect(message { _ = whileLoop({ $0 .< 1 }, { _ in invalid }, Tensor(0.0)) }.contains("failed"))
    #expect(message { _ = switchCase(0, []) }.contains("at least one function"))
  }
}
