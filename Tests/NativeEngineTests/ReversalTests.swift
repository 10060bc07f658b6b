import Jacobi
import NativeEngine
import Testing

/// Loops that keep few states give, to the last bit, what the reference engine gives, and take the same steps.
@Suite(.enabled(if: NativeEngine().availability.isAvailable)) struct ReversalTests {
  static let ways: [LoopCheckpointing] = [
    .every(1), .every(3), .every(1000), .every(.max), .binomial(slots: 1), .binomial(slots: 2), .binomial(slots: 3),
    .binomial(slots: .max), .budget(bytes: 1), .budget(bytes: 40), .budget(bytes: .max),
  ]

  private func expectSameBits(_ f: (Tensor) -> Tensor, _ x: Tensor, _ what: String) throws {
    let recorded = program(of: f, at: x)
    let arguments = [try x.hostValue()]
    #expect(try recorded.run(arguments, on: NativeEngine()) == recorded.run(arguments), "\(what)")
  }

  @Test(arguments: ways) func scalarBodies(_ way: LoopCheckpointing) throws {
    for steps in [0, 1, 2, 3, 7, 50] {
      for reverse in [false, true] {
        let inputs = Tensor((0..<steps).map { 0.1 * Double($0) })
        let f = { (w: Tensor) -> Tensor in
          let (state, results) = scan(
            { (h: Tensor, x: Tensor) in (h * w + x, h * h) }, w, over: inputs, reverse: reverse, checkpoint: way)
          return state + results.sum()
        }
        try expectSameBits(grad(f), Tensor([0.9])[0], "\(way), \(steps) steps, reverse \(reverse)")
        try expectSameBits(
          { jvp(grad(f), at: $0, along: Tensor([1.0])[0]).tangent }, Tensor([0.9])[0], "Hessian, \(way), \(steps) steps"
        )
      }
    }
  }

  /// The number of steps is known only at run time.
  @Test(arguments: ways) func boundsAtRunTime(_ way: LoopCheckpointing) throws {
    let f = { (x: Tensor) in
      forLoop(from: Tensor(Int64(0)), to: floor(x[0]).asType(.int64), x[1], checkpoint: way) { i, s in
        s * x[1] + i.asType(.float64)
      }
    }
    let recorded = program(of: grad(f), at: Tensor([3.0, 0.5]))
    let executable = try NativeEngine().compile(recorded)
    for steps in [0.0, 1, 2, 5, 33, 200] {
      let arguments = [try Tensor([steps, 0.99]).hostValue()]
      #expect(try executable.run(arguments) == recorded.run(arguments), "\(way), \(steps) steps")
    }
  }

  /// States that are too large for registers, of several tensors of several types.
  @Test(arguments: ways) func largeStates(_ way: LoopCheckpointing) throws {
    let n = 40
    let f = { (x: Tensor) -> Tensor in
      let start = [x, Tensor([Int64(1), 2])[0], x[0]]
      let (state, results) = scan(
        { (s: [Tensor]) -> ([Tensor], [Tensor]) in
          ([s[0] * 0.9 + s[2], s[1] + 1, s[2] * s[1].asType(.float64) * 0.3], [s[0] * s[2]])
        }, start, length: 11, checkpoint: way)
      return (state[0] * state[2]).sum() + results[0].sum()
    }
    let x = Tensor((0..<n).map { Double($0) / 10 + 0.1 })
    let recorded = program(of: grad(f), at: x)
    let arguments = [try x.hostValue()]
    let (actual, expected) = (
      try recorded.run(arguments, on: NativeEngine())[0].elements(as: Double.self),
      try recorded.run(arguments)[0].elements(as: Double.self)
    )
    for (a, b) in zip(actual, expected) { #expect(abs(a - b) <= 1e-13 * abs(b), "\(way)") }
  }

  @Test func failuresAreThoseOfTheReference() throws {
    let f = { (x: Tensor) in
      forLoop(from: Tensor(Int64(0)), to: floor(x[0]).asType(.int64), x[1], checkpoint: .binomial(slots: 2)) { i, s in
        s * x[i]
      }
    }
    let recorded = program(of: grad(f), at: Tensor([2.0, 0.5, 1]))
    for steps in [4.0, 1e18] {
      let arguments = [try Tensor([steps, 0.99, 1]).hostValue()]
      let messages = failures(of: recorded, arguments)
      #expect(messages[0] == messages[1] && messages[0] != "nothing", "\(messages)")
    }
  }
}
