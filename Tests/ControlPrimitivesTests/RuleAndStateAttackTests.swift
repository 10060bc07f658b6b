import Foundation
import Jacobi
import TestSupport
import Testing

/// Rules, odd states, errors in bodies, threads and damaged text: what a careless or hostile caller does.
@Suite struct RuleAndStateAttackTests {
  private func expectError(sourceLocation: Testing.SourceLocation = #_sourceLocation, _ body: () -> Void) {
    #expect(message(body) != "no error", sourceLocation: sourceLocation)
  }

  @Test func loopInsideARuleOverBoth() {
    // The value and its tangent in one loop, as one would write an integrator with its sensitivities.
    let f = { (x: Tensor) -> Tensor in forLoop(from: 0, to: 3, x) { _, s in sin(s) } }
    let ruled = customJVP(f) { x, dx in
      let both = forLoop(from: 0, to: 3, [x, dx] as [Tensor]) { (_, s: [Tensor]) -> [Tensor] in
        [sin(s[0]), cos(s[0]) * s[1]]
      }
      return (both[0], both[1])
    }
    expectClose(grad(ruled)(Tensor(0.5)), grad(f)(Tensor(0.5)))
    expectClose(grad(grad(ruled))(Tensor(0.5)), grad(grad(f))(Tensor(0.5)))
    let called = customJVP(f) { x, dx in
      let pair = subprogram("pair") { (s: [Tensor]) -> [Tensor] in [f(s[0]), grad(f)(s[0]) * s[1]] }([x, dx])
      return (pair[0], pair[1])
    }
    expectClose(grad(called)(Tensor(0.5)), grad(f)(Tensor(0.5)))
    let chosen = customJVP(f) { x, dx in
      let pair: [Tensor] = cond(x .> 0) {
        [f(x), grad(f)(x) * dx]
      } else: {
        [f(x), dx * grad(f)(x)]
      }
      return (pair[0], pair[1])
    }
    expectClose(grad(chosen)(Tensor(0.5)), grad(f)(Tensor(0.5)))
    let whiled = customJVP(f) { x, dx in
      let r = whileLoop(
        { (s: [Tensor]) in s[2] .< 3 }, { (s: [Tensor]) -> [Tensor] in [sin(s[0]), cos(s[0]) * s[1], s[2] + 1] },
        [x, dx, Tensor(0.0)])
      return (r[0], r[1])
    }
    expectClose(grad(whiled)(Tensor(0.5)), grad(f)(Tensor(0.5)))
    let cp = customJVP(f) { x, dx in
      let r = checkpoint { (s: [Tensor]) -> [Tensor] in [f(s[0]), grad(f)(s[0]) * s[1]] }([x, dx])
      return (r[0], r[1])
    }
    expectClose(grad(cp)(Tensor(0.5)), grad(f)(Tensor(0.5)))
  }

  @Test func jvpAndVJPOfLoopsAsRules() {
    let f = { (x: Tensor) -> Tensor in whileLoop({ s in s .< 100 }, { s in s * x }, x) }
    let forward = customJVP(f) { x, dx in
      let r = jvp(f, at: x, along: dx)
      return (r.value, r.tangent)
    }
    expectClose(grad(forward)(Tensor(2.0)), Tensor(448.0))
    expectClose(vmap(grad(grad(forward)))(Tensor([2.0, 3])), Tensor([7 * 6 * 32.0, 5 * 4 * 27]))
    let reverse = customVJP(f, { x in (f(x), x) }) { x, ct in vjp(f, at: x).pullback(ct) }
    expectClose(grad(reverse)(Tensor(2.0)), Tensor(448.0))
    expectClose(jvp(reverse, at: Tensor(2.0), along: Tensor(1.0)).tangent, Tensor(448.0))
    expectClose(vmap(grad(grad(reverse)))(Tensor([2.0, 3])), Tensor([7 * 6 * 32.0, 5 * 4 * 27]))
    let inLoop = { (x: Tensor) in
      scan({ (s: Tensor, k: Tensor) in (s + k * reverse(x), s) }, Tensor(0.0), over: Tensor([1.0, 2])).state
    }
    expectClose(grad(inLoop)(Tensor(2.0)), Tensor(3 * 448.0))
    expectClose(grad(grad(inLoop))(Tensor(2.0)), Tensor(3 * 7 * 6 * 32.0))
  }

  @Test func emptyTensorsAndNoState() {
    let empty = Tensor.zeros([0])
    expectClose(scan({ s, x in (s + x, s) }, Tensor(1.0), over: empty).results, empty)
    expectClose(grad { x in scan({ s, x in (s + x, s * x) }, Tensor(1.0), over: x).results.sum() }(empty), empty)
    let none = forLoop(from: 0, to: 3, [Tensor]()) { _, s in s }
    #expect(none.isEmpty)
    let none2 = whileLoop({ _ in Tensor(false) }, { s in s }, [Tensor]())
    #expect(none2.isEmpty)
    let none3 = cond(Tensor(true)) {
      [Tensor]()
    } else: {
      []
    }
    #expect(none3.isEmpty)
    expectClose(vmap { (x: Tensor) in forLoop(from: 0, to: 3, x) { _, s in s * 2 } }(Tensor.zeros([0])), empty)
    expectClose(vmap { (x: Tensor) in whileLoop({ $0 .< 3 }, { s in s * 2 }, x) }(Tensor.zeros([0])), empty)
    expectClose(vmap(grad { (x: Tensor) in whileLoop({ $0 .< 3 }, { s in s * 2 }, x) })(Tensor.zeros([0])), empty)
    expectClose(
      vmap { (x: Tensor) in
        cond(x .> 0) {
          x
        } else: {
          -x
        }
      }(Tensor.zeros([0])), empty)
    expectClose(
      vmap(
        { (x: Tensor) in
          cond(x .> 0) {
            x
          } else: {
            -x
          }
        }, strategy: .sequential)(Tensor.zeros([0])), empty)
    expectClose(
      grad { x in whileLoop({ $0.sum() .< -1 }, { $0 * 2 }, x).sum() }(Tensor.zeros([0, 3])), Tensor.zeros([0, 3]))
    let lengths = vmap { (n: Tensor) in forLoop(from: Tensor(Int64(0)), to: n, Tensor(1.0)) { _, s in s * 2 } }
    expectClose(lengths(Tensor.zeros([0], dtype: .int64)), empty)
    expectClose(lengths(Tensor([Int64(0), 3, -4, 1])), Tensor([1.0, 8, 1, 2]))
  }

  @Test func sameTensorTwiceAndCapturesUnchanged() {
    let f = { (x: Tensor) -> Tensor in
      let s = forLoop(from: 0, to: 3, [x, x] as [Tensor]) { (_, s: [Tensor]) -> [Tensor] in [s[1] * s[0], s[0]] }
      return s[0] + 2 * s[1]
    }
    // (x, x) -> (x², x) -> (x³, x²) -> (x⁵, x³).
    expectClose(grad(f)(Tensor(2.0)), Tensor(80 + 24.0))
    let g = { (x: Tensor) -> Tensor in
      let s = forLoop(from: 0, to: 3, [x, x] as [Tensor]) { (_, s: [Tensor]) -> [Tensor] in [x, s[0]] }
      return s[0] * s[1]
    }
    expectClose(grad(g)(Tensor(2.0)), Tensor(4.0))
    expectClose(grad(grad(g))(Tensor(2.0)), Tensor(2.0))
    let h = { (x: Tensor) -> Tensor in
      let pair: [Tensor] = cond(x .> 0) {
        [x, x]
      } else: {
        [Tensor(1.0), x]
      }
      return pair[0]
    }
    expectClose(vmap(grad(h))(Tensor([2.0, -1])), Tensor([1.0, 0]))
    let literal = { (x: Tensor) -> Tensor in
      cond(x .> 0) {
        1
      } else: {
        x
      }
    }
    expectClose(vmap(grad(literal))(Tensor([2.0, -1])), Tensor([0.0, 1]))
    let swap = { (x: Tensor) -> Tensor in
      let s = whileLoop(
        { (s: [Tensor]) in s[2] .> 0 }, { (s: [Tensor]) -> [Tensor] in [s[1], s[0], s[2] - 1] },
        [x, 2 * x, Tensor(3.0)])
      return s[0] * 10 + s[1]
    }
    expectClose(grad(swap)(Tensor(2.0)), Tensor(21.0))
  }

  @Test func mixedStates() {
    let f = { (x: Tensor) -> Tensor in
      let s = whileLoop(
        { (s: [Tensor]) in s[1] },
        { (s: [Tensor]) -> [Tensor] in [s[0] * x, (s[2] + 1) .< 3, s[2] + 1, s[3] * complex(x, x)] },
        [x, Tensor(true), Tensor(Int32(0)), complex(x, Tensor(0.0))])
      return s[0] + realPart(s[3]) + s[2].asType(.float64)
    }
    // x⁴ + re(x⁴ (1 + i)³) + 3 = x⁴ - 2 x⁴ + 3.
    expectClose(f(Tensor(1.5)), Tensor(3 - pow(1.5, 4)))
    expectClose(grad(f)(Tensor(1.5)), Tensor(-4 * pow(1.5, 3)))
    expectClose(vmap(grad(grad(f)))(Tensor([1.5, 2])), Tensor([-12 * 2.25, -48]))
    expectClose(jvp(grad(f), at: Tensor(1.5), along: Tensor(1.0)).tangent, Tensor(-12 * 2.25))
    let single = { (x: Tensor) -> Tensor in forLoop(from: 0, to: 3, x) { i, s in s * x + i.asType(.float32) } }
    let g = grad(single)(Tensor(Float(2)))
    #expect(g.dtype == .float32)
    expectClose(g.asType(.float64), Tensor(33.0), tolerance: 1e-6)
    let overflow = forLoop(from: 0, to: 5, Tensor(Int64.max - 2)) { _, s in s + 1 }
    #expect(overflow.scalars(as: Int64.self) == [Int64.min + 2])
    let ends = forLoop(from: Int.max - 2, to: Int.max, Tensor(Int64(0))) { i, s in i }
    #expect(ends.scalars(as: Int64.self) == [Int64.max - 1])
    let tensors = forLoop(from: Tensor(Int64.max - 2), to: Tensor(Int64.max), Tensor(Int64(0))) { i, s in i }
    #expect(tensors.scalars(as: Int64.self) == [Int64.max - 1])
    expectError { _ = forLoop(from: Tensor(Int64.min), to: Tensor(Int64.max), Tensor(0.0)) { _, s in s } }
  }

  @Test func infinitiesAndNaN() {
    let f = { (x: Tensor) in whileLoop({ s in s .< 100 }, { s in s * x }, x) }
    #expect(Double(f(Tensor(Double.nan))).isNaN)
    #expect(Double(f(Tensor(Double.infinity))) == .infinity)
    // One lane is infinite and ends; the other goes on.
    expectClose(vmap(grad(f))(Tensor([.infinity, 2, .nan])), Tensor([1, 448, 1.0]))
    let g = { (x: Tensor) in
      whileLoop({ s in s[1] .< 3 }, { s in [s[0] * x / (3 - s[1]), s[1] + 1] }, [x, 3 - x])[0]
    }
    // x^(n + 1) / (x (x - 1) … (x - n + 1)) for n steps.
    expectClose(vmap(grad(g))(Tensor([0.0, 1, 2, 3])), Tensor([1.0, 1, 0, -6.75]))
    let h = { (x: Tensor) in
      forLoop(from: Tensor(Int64(0)), to: x.asType(.int64), x) { i, s in s / (x - i.asType(.float64)) }
    }
    // x / (x (x - 1) … 1).
    expectClose(vmap(h)(Tensor([0.0, 1, 3])), Tensor([0.0, 1, 0.5]))
    expectClose(vmap(grad(h))(Tensor([0.0, 1, 3])), Tensor([1.0, 0, -0.75]))
    expectClose(vmap(grad(grad(h)))(Tensor([0.0, 1, 3])), Tensor([0.0, 0, 1.75]))
  }

  @Test func afterErrorsInBodies() {
    func clean() { expectClose(grad { x in forLoop(from: 0, to: 2, x) { _, s in s * x } }(Tensor(2.0)), Tensor(12.0)) }
    struct Own: Error {}
    do {
      try catchingTensorErrors {
        _ = forLoop(from: 0, to: 3, Tensor(1.0)) { _, s in
          do {
            try catchingTensorErrors {
              _ = Double(s); throw Own()
            }
          } catch {}
          return s + 1
        }
        throw Own()
      }
    } catch {}
    clean()
    expectError {
      _ = grad { x in whileLoop({ s in s .< 3 }, { s in s + Tensor([1.0, 2]) + Tensor([1.0, 2, 3]) }, x) }(Tensor(1.0))
    }
    clean()
    expectError { _ = grad { x in whileLoop({ s in Tensor(Double(s) < 3) }, { s in s + 1 }, x) }(Tensor(1.0)) }
    clean()
    expectError {
      _ = grad { x in
        cond(x .> 0) {
          Tensor(Double(x)) * Tensor([1.0, 2]).reshaped([3])
        } else: {
          x
        }
      }(Tensor(1.0))
    }
    clean()
    expectError { _ = vmap { x in whileLoop({ s in s .< 3 }, { s in s + Tensor(Double(s)) }, x) }(Tensor([1.0])) }
    clean()
    expectError { _ = grad { x in whileLoop({ s in s .< 3 }, { s in s + 0 * x }, x, maximumSteps: 10) }(Tensor(1.0)) }
    clean()
    expectError {
      _ = vmap(grad { x in whileLoop({ s in s .< 3 }, { s in s + 0 * x }, x, maximumSteps: 10) })(Tensor([1.0, 5]))
    }
    clean()
    expectError { _ = grad(customJVP({ x in x }) { x, dx in (x, dx + Tensor([1.0, 2])) })(Tensor(1.0)) }
    clean()
    expectError { _ = grad(customVJP({ x in x }, { x in (x, x) }) { r, ct in Tensor(Double(ct)) })(Tensor(1.0)) }
    clean()
    expectError { _ = map({ x in x.reshaped([3]) }, over: Tensor([1.0])) }
    expectError { _ = associativeScan({ a, b in Tensor([1.0, 2]) }, over: Tensor([1.0, 2, 3])) }
    expectError { _ = grad { x in checkpoint { y in y.reshaped([3]) }(x).sum() }(Tensor(1.0)) }
    clean()
  }

  @Test func capturedSwiftVariables() {
    // A body is recorded once, with the values that variables have then.
    var k = 1.0
    let f = { (x: Tensor) in forLoop(from: 0, to: 3, x) { _, s in s * Tensor(k) } }
    expectClose(f(Tensor(1.0)), Tensor(1.0))
    k = 2
    expectClose(f(Tensor(1.0)), Tensor(8.0))
    expectClose(grad(f)(Tensor(1.0)), Tensor(8.0))
    var runs = 0
    _ = forLoop(from: 0, to: 3, Tensor([1.0])) { _, s in
      runs += 1
      return s
    }
    #expect(runs == 1)
    var leaked: Tensor?
    _ = forLoop(from: 0, to: 3, Tensor(1.0)) { _, s in
      leaked = s
      return s
    }
    expectError { _ = Double(leaked! + 1) }
    expectError { _ = grad { x in leaked! * x }(Tensor(1.0)) }
    expectError { _ = forLoop(from: 0, to: 3, Tensor(1.0)) { _, s in leaked! * s } }
    expectError {
      _ = cond(leaked! .> 0) {
        Tensor(1.0)
      } else: {
        Tensor(2.0)
      }
    }
  }

  @Test func jacobiansThroughLoops() {
    let w = Tensor.arange(0, 20).asType(.float64) / 40
    let f = { (x: Tensor) in scan({ (s: Tensor, w: Tensor) in (sin(s * w) + x, s.sum()) }, x, over: w) }
    let x = Tensor.linspace(0.1, 0.9, count: 7)
    for part in [{ (x: Tensor) in f(x).state }, { (x: Tensor) in f(x).results }] {
      let expected = jacobian(part, mode: .forward)(x)
      for mode in JacobianMode.allCases {
        for budget in [1, 5000, 1 << 28] {
          expectClose(jacobian(part, mode: mode, memoryBudget: budget)(x), expected)
        }
      }
      let h = hessian { x in (part(x) * part(x)).sum() }(x)
      expectClose(hessian({ x in (part(x) * part(x)).sum() }, memoryBudget: 1)(x), h)
      expectClose(jacobian(grad { x in (part(x) * part(x)).sum() }, mode: .reverse, memoryBudget: 3000)(x), h)
    }
  }

  @Test func severalThreads() async {
    let results = await withTaskGroup(of: [Double].self) { group in
      for index in 0..<8 {
        group.addTask {
          (0..<20).map { k in
            let f = { (x: Tensor) in
              whileLoop(
                { s in s .< Tensor(Double(100 + index + k)) },
                { s in
                  s
                    * cond(x .> 0) {
                      x
                    } else: {
                      -x
                    }
                }, x)
            }
            return Double(vmap(grad(f))(Tensor([2.0, 3]))[0])
          }
        }
      }
      var all: [[Double]] = []
      for await result in group { all.append(result) }
      return all
    }
    for result in results.flatMap({ $0 }) { #expect(result == 448) }
  }

  @Test func manyStepsWithFewSlots() {
    let f = { (w: Tensor) in
      forLoop(from: 0, to: 20_000, Tensor.ones([100]), checkpoint: .binomial(slots: 8)) { _, h in h * w }.sum()
    }
    expectClose(grad(f)(Tensor(1.0)), Tensor(2e6))
  }

  @Test func hostileNames() throws {
    let odd = pureCallback(name: "a\"b#3\n, ]") { x in x }
    let f = { (x: Tensor) in odd(x) + subprogram("f") { y in y * 2 }(x) + subprogram("f") { y in y * 3 }(x) }
    let p = program(of: f, at: Tensor(1.0))
    let q = try Program(parsing: p.text, primitives: PrimitiveCatalog.primitive(named:))
    #expect(q.text == p.text)
    expectClose(q(Tensor(2.0))[0], Tensor(12.0))
  }

  @Test func hostileNumbersInText() throws {
    let f = { (x: Tensor) in
      let n = whileLoop({ s in s .< 3 }, { s in s * 2 }, x, maximumSteps: 9)
      return scan({ (s: Tensor, k: Tensor) in (s + k * n, s) }, x, over: Tensor([1.0, 2]), checkpoint: .every(2)).state
    }
    let sources = [program(of: grad(f), at: Tensor(1.0)).text, program(of: f, at: Tensor(1.0)).text]
    #expect(sources.allSatisfy { $0.contains("loop[") && $0.contains("while[") })
    let large = ["9223372036854775807", "-1", "4611686018427387904", "7"]
    for name in ["length", "fixedCount", "stateCount", "slicedCount", "recordCount", "maximumSteps", "_0"] {
      for number in large {
        for source in sources {
          guard let place = source.range(of: "\(name)=") else { continue }
          let digits = source[place.upperBound...].prefix { $0.isNumber }
          let changed = source.replacingCharacters(
            in: place.upperBound..<digits.endIndex, with: number)
          if let parsed = try? Program(parsing: changed, primitives: PrimitiveCatalog.primitive(named:)) {
            try? catchingTensorErrors { _ = parsed(Tensor(1.0)) }
          }
        }
      }
    }
  }

  @Test func sweepsInOneDirection() throws {
    func step(_ types: [TensorType], _ body: ([Tensor]) -> [Tensor]) -> Subprogram {
      let p = program(of: body, at: types.map { Tensor.zeros($0.shape.dimensions, dtype: $0.dtype) }, name: "step")
      return Subprogram(p)
    }
    let scalar = TensorType(.float64, .scalar)
    let first = Sweep(step([scalar]) { [$0[0] * 2, $0[0] + 1] }, stateCount: 1, slicedCount: 0, recordCount: 1)
    let second = Sweep(step([scalar, scalar]) { [$0[1] * 3 + $0[0]] }, stateCount: 1, slicedCount: 0)
    let operands = try [HostTensor([], [1.0]), HostTensor([], [0.0])]
    let expected = try Loop(length: 4, fixedCount: 0, sweeps: [first, second]).evaluate(operands)
    for checkpointing in [LoopCheckpointing.every(2), .binomial(slots: 1)] {
      let loop = Loop(length: 4, fixedCount: 0, sweeps: [first, second], checkpointing: checkpointing)
      #expect(try loop.evaluate(operands) == expected)
    }
    // (0 · 3 + 2) · 3 + 3, and so on.
    #expect(expected == (try [HostTensor([], [16.0]), HostTensor([], [((2.0 * 3 + 3) * 3 + 5) * 3 + 9])]))
  }
}
